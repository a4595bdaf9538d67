// Findings as values; their words come from the catalogue, with what was found filled in.

const CUT = 60;

/**
 * @typedef {object} Finding
 * @property {string} id
 * @property {number} [line]
 * @property {string} [found]
 * @property {string} [expected]
 * @property {string} [element]
 * @property {string} [detail]
 */

/**
 * @typedef {object} Cause a hypothesis that reproduces what the message says
 * @property {Finding} finding
 * @property {Uint8Array | null} octets what has to be digested, or signed, to obtain the value
 * @property {string} value what the hypothesis yields
 * @property {number} changes causes with fewer changes come first
 * @property {Finding[]} along causes that are needed together with this one
 */

/** @typedef {Record<string, {title: string, text: string, cause: string, fix: string}>} Texts */

/**
 * @param {string} id
 * @param {Omit<Finding, "id">} values
 * @returns {Finding}
 */
export function make(id, values) {
  const found = values.found === undefined ? undefined : cut(values.found);
  return { id, ...values, found, line: values.line || undefined };
}

/**
 * @param {Finding[]} findings the first one names the cause
 * @param {Uint8Array | null} octets
 * @param {string} value
 * @param {number} [changes]
 * @returns {Cause}
 */
export function cause([finding, ...along], octets, value, changes = along.length + 1) {
  return { finding, octets, value, changes, along };
}

/**
 * On one line and at most 60 characters long.
 * @param {string} value
 */
function cut(value) {
  const flat = [...value.slice(0, 600).trim().split(/\s+/).join(" ")];
  return flat.length > CUT ? `${flat.slice(0, CUT - 1).join("")}…` : flat.join("");
}

/**
 * The text of a finding with its values.
 * @param {string} template
 * @param {Finding} finding
 * @returns {string}
 */
export function filled(template, finding) {
  return template.replace(/\{(\{|element|found|expected|line|detail)\}?|\}\}/g, (mark, name) => {
    if (mark === "}}") return "}";
    return name === "{" ? "{" : String(finding[name] ?? "inconnu");
  });
}
