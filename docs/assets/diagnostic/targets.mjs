// The values that a DigestValue may mean, whatever way it was written.

import { LENGTHS, digest } from "./digests.mjs";
import { base64, fromBase64, fromHex, same } from "./octets.mjs";

/** Octets of a digest, and its name. */
export const SIZES = Object.freeze({
  32: "sha256", 20: "sha1", 64: "sha512", 48: "sha384", 28: "sha224", 16: "md5",
});
/** Octets below which the beginning of a digest proves nothing. */
const LEAST = 8;
/** Octets that may stand behind a digest, e.g. a line end. */
const TOO_MUCH = 4;
/** Characters of a value that is looked at. */
const MOST = 512;
const HEX = /^[0-9A-Fa-f]{32,128}$/;

/**
 * @typedef {object} Target a digest to be found
 * @property {Uint8Array} digest
 * @property {string} hash
 * @property {string} written how the value is written, if not as it should be
 * @property {boolean} partial whether it is only the beginning of the right one
 */

/**
 * What a DigestValue may mean; the plain reading comes first.
 * @param {string} value
 * @param {string} [declared] the hash that the message names; a short value may be its beginning
 * @returns {Target[]}
 */
export function targetsOf(value, declared = "sha256") {
  const found = [];
  for (const [octets, written] of decoded(value.replace(/\s+/g, "").slice(0, MOST))) {
    const hash = SIZES[octets.length];
    if (hash) found.push({ digest: octets, hash, written, partial: false });
    if (octets.length >= LEAST) found.push(...partial(octets, declared));
  }
  return found;
}

/**
 * Readings of a text, with how it is written where that is not plain base64.
 * @param {string} value
 * @returns {Generator<[Uint8Array, string]>}
 */
function* decoded(value) {
  const plain = fromBase64(value);
  if (plain) {
    yield [plain, base64(plain) === value ? "" : "base64 (bits)"];
    yield* inside(plain);
  }
  const bare = value.replaceAll(":", "");
  if (HEX.test(bare) && bare.length % 2 === 0) yield [fromHex(bare), "hex"];
  const ordinary = ordinaryAlphabet(value);
  const unpadded = ordinary.replace(/=+$/, "");
  const padded = fromPadded(unpadded);
  if (padded && !plain) {
    yield [padded, ordinary === value ? "base64 – «=»" : "base64url"];
  } else if (!padded && !plain) {
    const cut = fromBase64(unpadded.slice(0, Math.floor(unpadded.length / 4) * 4));
    if (cut?.length) yield [cut, ""];
  }
}

/**
 * What base64 may hold instead of a digest: its text.
 * @param {Uint8Array} plain
 * @returns {Generator<[Uint8Array, string]>}
 */
function* inside(plain) {
  const text = ascii(plain)?.trim();
  if (text === undefined) return;
  if (HEX.test(text) && text.length % 2 === 0) yield [fromHex(text), "base64(hex)"];
  const inner = fromBase64(text);
  if (inner) yield [inner, "base64(base64)"];
}

/**
 * @param {Uint8Array} octets
 * @param {string} hash
 * @returns {Target[]}
 */
function partial(octets, hash) {
  const size = LENGTHS[hash];
  const words = { hash, written: `${octets.length}/${size}` };
  if (octets.length < size) return [{ ...words, digest: octets, partial: true }];
  if (octets.length === size || octets.length > size + TOO_MUCH) return [];
  return [{ ...words, digest: octets.slice(0, size), partial: false }];
}

/**
 * @param {string} value
 * @returns {string} the URL alphabet put back
 */
export function ordinaryAlphabet(value) {
  return value.replaceAll("-", "+").replaceAll("_", "/");
}

/**
 * @param {string} unpadded
 * @returns {Uint8Array | null}
 */
export function fromPadded(unpadded) {
  return fromBase64(unpadded + "=".repeat((4 - (unpadded.length % 4)) % 4));
}

/**
 * @param {Uint8Array} octets
 * @returns {string | undefined}
 */
export function ascii(octets) {
  return octets.some((octet) => octet > 127) ? undefined : String.fromCharCode(...octets);
}

/**
 * The target that octets fit; each hash is computed once.
 * @param {Uint8Array} octets
 * @param {readonly Target[]} targets
 * @returns {Promise<Target | null>}
 */
export async function match(octets, targets) {
  for (const name of new Set(targets.map((target) => target.hash))) {
    const made = await digest(name, octets);
    const found = targets.find((target) => target.hash === name && fits(target, made));
    if (found) return found;
  }
  return null;
}

/**
 * @param {Target} target
 * @param {Uint8Array} made
 */
function fits(target, made) {
  return same(target.digest, target.partial ? made.subarray(0, target.digest.length) : made);
}
