// Elements of the page, made without any markup from a message.

const DRAWING = /([·→←↵]+|‹[^›]*›)/;

/**
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(globalThis.Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/**
 * A text with its drawings set apart from what stands in the message.
 * @param {string} text
 * @returns {(HTMLElement | string)[]}
 */
export function drawings(text) {
  return text.split(DRAWING).filter(Boolean)
    .map((part) => (DRAWING.test(part) ? element("i", {}, part) : part));
}

/**
 * Names and values as a list; what has no value is left out.
 * @param {[string, string][]} values
 * @returns {HTMLElement | null}
 */
export function pairs(values) {
  const rows = values.filter(([, value]) => value).flatMap(([name, value]) => [
    element("dt", {}, name), element("dd", {}, element("code", {}, value)),
  ]);
  return rows.length ? element("dl", {}, ...rows) : null;
}
