// What a signature value says by itself: the digest that was signed, and by which key.

import { number } from "./certificates.mjs";
import { fromBase64, fromHex, hex } from "./octets.mjs";
import { SIZES, ascii, fromPadded, ordinaryAlphabet } from "./targets.mjs";

/** DER in front of a digest in PKCS#1 v1.5 (RFC 8017, 9.2). */
const PREFIXES = Object.freeze({
  md5: "3020300c06082a864886f70d020505000410",
  sha1: "3021300906052b0e03021a05000414",
  sha224: "302d300d06096086480165030402040500041c",
  sha256: "3031300d060960864801650304020105000420",
  sha384: "3041300d060960864801650304020205000430",
  sha512: "3051300d060960864801650304020305000440",
});
const LEAST_PADDING = 8;
/** Characters of a signature value that are looked at. */
const MOST = 8192;
const HEX = /^(?:[0-9A-Fa-f]{2})+$/;

/**
 * @typedef {object} Recovered what a key yields from a signature value
 * @property {Uint8Array} digest
 * @property {string} hash
 * @property {string} written how the value is written, if not in plain base64
 * @property {boolean} bare whether the digest was signed without the name of its hash
 */

/**
 * What a SignatureValue may mean, with how it is written where that is not base64.
 * @param {string} value
 * @returns {Generator<[Uint8Array, string]>}
 */
export function* readings(value) {
  const flat = value.replace(/\s+/g, "").slice(0, MOST);
  const plain = fromBase64(flat);
  if (plain) yield [plain, ""];
  if (HEX.test(flat)) yield [fromHex(flat), "hex"];
  if (plain) {
    const text = ascii(plain)?.replace(/\s+/g, "");
    if (text === undefined) return;
    if (HEX.test(text)) yield [fromHex(text), "base64(hex)"];
    const inner = fromBase64(text);
    if (inner?.length) yield [inner, "base64(base64)"];
    return;
  }
  const ordinary = ordinaryAlphabet(flat);
  const padded = fromPadded(ordinary.replace(/=+$/, ""));
  if (padded?.length) yield [padded, ordinary === flat ? "base64 – «=»" : "base64url"];
}

/**
 * The digest that the key of a certificate signed; null when it is another key's value.
 * @param {string} value SignatureValue as it is written
 * @param {import("./certificates.mjs").Certificate} certificate
 * @returns {Recovered | null}
 */
export function recover(value, certificate) {
  const { key } = certificate;
  if (!key) return null;
  for (const [octets, written] of readings(value)) {
    if (octets.length === key.size) {
      const found = unpadded(opened(octets, key));
      if (found) return { ...found, written };
    }
  }
  return null;
}

/**
 * Length of what the key of a certificate signs, in octets; 0 when it is no RSA key.
 * @param {import("./certificates.mjs").Certificate} certificate
 */
export function keyOctets(certificate) {
  return certificate.key?.size ?? 0;
}

/**
 * @param {Uint8Array} octets
 * @param {import("./certificates.mjs").Key} key
 * @returns {Uint8Array}
 */
function opened(octets, key) {
  const found = power(number(octets), key.exponent, key.modulus);
  return fromHex(found.toString(16).padStart(key.size * 2, "0"));
}

/**
 * @param {bigint} base
 * @param {bigint} exponent
 * @param {bigint} modulus
 * @returns {bigint}
 */
function power(base, exponent, modulus) {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/**
 * @param {Uint8Array} padded
 * @returns {{digest: Uint8Array, hash: string, bare: boolean} | null}
 */
function unpadded(padded) {
  const end = padded.indexOf(0, 2);
  const head = padded.subarray(2, end);
  const right = padded[0] === 0 && padded[1] === 1 && head.length >= LEAST_PADDING;
  if (end < 0 || !right || head.some((octet) => octet !== 255)) return null;
  const rest = padded.slice(end + 1);
  for (const [hash, prefix] of Object.entries(PREFIXES)) {
    const digest = rest.slice(prefix.length / 2);
    if (SIZES[digest.length] === hash && hex(rest).startsWith(prefix)) {
      return { digest, hash, bare: false };
    }
  }
  const hash = SIZES[rest.length];
  return hash ? { digest: rest, hash, bare: true } : null;
}
