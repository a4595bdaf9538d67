// Octets, text and base64.

const UTF8 = new TextEncoder();
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The UTF-8 octets of a text.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function utf8(text) {
  return UTF8.encode(text);
}

/**
 * Several pieces as one.
 * @param {Uint8Array[]} parts
 * @returns {Uint8Array}
 */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/**
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 * @returns {boolean}
 */
export function same(one, other) {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}

/**
 * @param {Uint8Array} octets
 * @returns {string} lower case
 */
export function hex(octets) {
  let text = "";
  for (const octet of octets) text += octet.toString(16).padStart(2, "0");
  return text;
}

/**
 * @param {string} text an even number of hexadecimal digits
 * @returns {Uint8Array}
 */
export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * @param {Uint8Array} octets
 * @returns {string}
 */
export function base64(octets) {
  let text = "";
  for (let start = 0; start < octets.length; start += 24573) {
    text += btoa(String.fromCharCode(...octets.subarray(start, start + 24573)));
  }
  return text;
}

/**
 * Strict: white space inside is not allowed here.
 * @param {string} text
 * @returns {Uint8Array | null} null when it is no base64
 */
export function fromBase64(text) {
  if (text.length > 100000 ? text.length % 4 : !BASE64.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
