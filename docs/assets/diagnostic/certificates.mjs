// What a diagnosis needs of an X.509 certificate: its subject and its RSA key, read from DER.

import { fromBase64, hex } from "./octets.mjs";

const [SEQUENCE, INTEGER, BITS, OBJECT, VERSION] = [0x30, 0x02, 0x03, 0x06, 0xa0];
const RSA = "1.2.840.113549.1.1.1";
const UTF16 = 0x1e;
const LATIN = 0x14;
/** Characters of a certificate in a message. */
const MOST = 65536;

/** As the field writes attributes. */
const NAMES = Object.freeze({
  "2.5.4.3": "CN", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O", "2.5.4.11": "OU",
  "2.5.4.6": "C", "2.5.4.9": "STREET", "0.9.2342.19200300.100.1.25": "DC",
  "0.9.2342.19200300.100.1.1": "UID", "2.5.4.12": "title", "2.5.4.4": "SN", "2.5.4.42": "GN",
  "2.5.4.5": "serialNumber", "1.2.840.113549.1.9.1": "emailAddress",
});

/**
 * @typedef {object} Key an RSA key
 * @property {bigint} modulus
 * @property {bigint} exponent
 * @property {number} size in octets
 */

/**
 * @typedef {object} Certificate
 * @property {string} subject
 * @property {Key | null} key null when it is no RSA key
 * @property {string} mark two certificates are one when it is the same
 */

/**
 * The certificate in a text of a message, or null when it is none.
 * @param {string} text base64 of DER, or PEM
 * @returns {Certificate | null}
 */
export function readCertificate(text) {
  if (text.length > MOST) return null;
  const der = fromBase64(text.replace(/-----[^-]*-----/g, "").replace(/\s+/g, ""));
  if (!der?.length) return null;
  try {
    return certificate(der);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Every certificate of a PEM text.
 * @param {string} text
 * @returns {Certificate[]}
 */
export function readPem(text) {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.map(readCertificate).filter(Boolean);
}

/**
 * @param {Uint8Array} der
 * @returns {Certificate}
 */
function certificate(der) {
  const whole = expected(element(der, 0), SEQUENCE);
  const fields = children(expected(children(whole)[0], SEQUENCE));
  const start = fields[0].tag === VERSION ? 1 : 0;
  const subject = children(expected(fields[start + 4], SEQUENCE)).flatMap(children).map(attribute);
  const key = publicKey(expected(fields[start + 5], SEQUENCE));
  return { subject: subject.join(", "), key, mark: hex(der) };
}

/** @param {Item} item of name and value */
function attribute(item) {
  const [type, value] = children(item);
  const oid = objectName(type);
  return `${NAMES[oid] ?? oid}=${text(value)}`;
}

/** @param {Item} item */
function text(item) {
  const encoding = { [UTF16]: "utf-16be", [LATIN]: "windows-1252" }[item.tag] ?? "utf-8";
  return new TextDecoder(encoding).decode(item.octets);
}

/**
 * @param {Item} info SubjectPublicKeyInfo
 * @returns {Key | null}
 */
function publicKey(info) {
  const [algorithm, bits] = children(info);
  if (objectName(children(algorithm)[0]) !== RSA) return null;
  const inner = element(expected(bits, BITS).octets, 1);
  const [modulus, exponent] = children(inner).map((item) => number(expected(item, INTEGER).octets));
  return { modulus, exponent, size: Math.ceil(modulus.toString(2).length / 8) };
}

/**
 * @param {Uint8Array} octets
 * @returns {bigint}
 */
export function number(octets) {
  return BigInt(`0x${hex(octets) || "0"}`);
}

/** @param {Item} item */
function objectName(item) {
  const [first, ...rest] = expected(item, OBJECT).octets;
  const parts = [Math.floor(first / 40), first % 40];
  let value = 0;
  for (const octet of rest) {
    value = value * 128 + (octet & 127);
    if (octet < 128) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join(".");
}

// DER

/** @typedef {{tag: number, octets: Uint8Array, end: number}} Item */

/**
 * @param {Uint8Array} data
 * @param {number} place
 * @returns {Item}
 */
function element(data, place) {
  let start = place + 2;
  let length = data[place + 1];
  if (length > 127) {
    const digits = length & 127;
    if (digits < 1 || digits > 3) throw new RangeError("length");
    length = Number(number(data.subarray(start, start + digits)));
    start += digits;
  }
  const end = start + length;
  if (!(end <= data.length)) throw new RangeError("end");
  return { tag: data[place], octets: data.subarray(start, end), end };
}

/**
 * @param {Item} item
 * @returns {Item[]}
 */
function children(item) {
  const found = [];
  for (let place = 0; place < item.octets.length;) {
    const next = element(item.octets, place);
    found.push(next);
    place = next.end;
  }
  return found;
}

/**
 * @param {Item | undefined} item
 * @param {number} tag
 * @returns {Item}
 */
function expected(item, tag) {
  if (item?.tag !== tag) throw new RangeError("tag");
  return item;
}
