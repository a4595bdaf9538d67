// What is wrong beside the digests: identifiers, the clock, the form of a password.

import { digest } from "./digests.mjs";
import { cause, make } from "./findings.mjs";
import { all, textOf } from "./lenient.mjs";
import { ASSERTION, SPACE, USERNAME_TOKEN, clark } from "./names.mjs";
import { base64, fromBase64, hex, joined, utf8 } from "./octets.mjs";
import { idsOf } from "./places.mjs";
import { refusals } from "./refusals.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./nodes.mjs").Node} Node */
/** @typedef {import("./nodes.mjs").Tree} Tree */

const HOUR = 3_600_000;
/** How far a message may come from the future. */
const TOLERANCE = 5_000;
/** Hours between the earliest and the latest zone and UTC. */
const ZONES = 14;
const MOST = 8;
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * Causes that belong to no single signature.
 * @param {Tree} tree
 * @param {import("./explaining.mjs").SignatureDiagnosis[]} signatures
 * @param {readonly string[]} passwords that may have been meant
 * @param {number | null} now instant at which the message arrived; null leaves the clock alone
 * @returns {Promise<Cause[]>}
 */
export async function documentCauses(tree, signatures, passwords, now) {
  const found = [...doubles(tree, signatures)];
  if (now !== null) found.push(...clock(tree, now));
  for (const node of tree.root.walk()) {
    if (node.tag === USERNAME_TOKEN && passwords.length) {
      found.push(...await passwordCauses(tree, node, passwords));
    }
  }
  if (!found.length && signatures.every(isRight)) found.push(...refusals(tree));
  return found.slice(0, MOST);
}

/**
 * @param {Tree} tree
 * @param {import("./explaining.mjs").SignatureDiagnosis[]} signatures
 */
function* doubles(tree, signatures) {
  const references = signatures.flatMap((signature) => signature.references);
  /** @type {Map<string, Node[]>} */
  const ids = new Map();
  for (const node of tree.root.walk()) {
    for (const id of new Set(idsOf(node))) ids.set(id, [...(ids.get(id) ?? []), node]);
  }
  for (const [found, nodes] of ids) {
    if (nodes.length > 1) {
      const expected = nodes.slice(0, 4)
        .map((node) => `${node.local} (${tree.lines.get(node)})`).join(", ");
      const right = references.find((one) => one.uri === found && one.right);
      const finding = make("DIA-019", { line: tree.lines.get(nodes[1]), found, expected });
      yield cause([finding], right?.octets ?? null, right?.found ?? found);
    }
  }
}

/** @param {import("./explaining.mjs").SignatureDiagnosis} signature */
function isRight({ right, references }) {
  return right && references.every((reference) => reference.right);
}

// The clock

/**
 * @param {Tree} tree
 * @param {number} now
 */
function* clock(tree, now) {
  for (const [node, start, end] of windows(tree)) {
    const [first, last] = [instant(start), instant(end)];
    const held = first <= now + TOLERANCE && now < last;
    if (last > first && !held) {
      const shift = shiftOf(first, last, now);
      if (shift !== null) yield shifted(tree, node, { first, now, shift });
    }
  }
}

/**
 * @param {Tree} tree
 * @returns {Generator<[Node, string | undefined, string | undefined]>}
 */
function* windows(tree) {
  const utility = (/** @type {string} */ local) => clark(SPACE.utility, local);
  const nodes = [...tree.root.walk()];
  for (const stamp of nodes.filter((node) => node.tag === utility("Timestamp"))) {
    const [created, expires] = [all(stamp, utility("Created")), all(stamp, utility("Expires"))];
    yield [stamp, textOf(created[0]), textOf(expires[0])];
  }
  for (const assertion of nodes.filter((node) => node.tag === ASSERTION)) {
    for (const conditions of all(assertion, clark(SPACE.saml, "Conditions"))) {
      yield [conditions, conditions.get("NotBefore"), conditions.get("NotOnOrAfter")];
    }
  }
}

/**
 * A text without a zone counts as UTC.
 * @param {string | undefined} text
 * @returns {number} NaN when it is no instant
 */
export function instant(text) {
  const plain = (text ?? "").trim();
  return Date.parse(ZONED.test(plain) || !plain.includes("T") ? plain : `${plain}Z`);
}

/**
 * The smallest shift that makes a window hold now: whole hours, else less than an hour.
 * @param {number} first
 * @param {number} last
 * @param {number} now
 * @returns {number | null}
 */
function shiftOf(first, last, now) {
  for (let hours = 0; hours <= ZONES; hours++) {
    for (const shift of [-hours * HOUR, hours * HOUR]) {
      if (first + shift <= now + TOLERANCE && now < last + shift) return shift;
    }
  }
  const skew = now - first;
  return Math.abs(skew) < HOUR ? skew : null;
}

/**
 * @param {Tree} tree
 * @param {Node} node
 * @param {{first: number, now: number, shift: number}} times
 */
function shifted(tree, node, { first, now, shift }) {
  const finding = make("DIA-020", {
    line: tree.lines.get(node),
    element: node.local,
    found: new Date(first).toISOString(),
    expected: new Date(now).toISOString(),
    detail: signed(shift),
  });
  return cause([finding], null, new Date(first + shift).toISOString());
}

/** @param {number} shift */
function signed(shift) {
  const seconds = Math.round(shift / 1000);
  const sign = seconds > 0 ? "+" : "−";
  const size = Math.abs(seconds);
  return size % 3600 ? `${sign}${size} s` : `${sign}${size / 3600} h`;
}

// The password

/**
 * @param {Tree} tree
 * @param {Node} token
 * @param {readonly string[]} passwords
 * @returns {Promise<Cause[]>}
 */
async function passwordCauses(tree, token, passwords) {
  const text = (/** @type {string} */ space, /** @type {string} */ local) => (
    textOf(all(token, clark(space, local))[0]).trim());
  const found = text(SPACE.security, "Password");
  const salt = { nonce: text(SPACE.security, "Nonce"), created: text(SPACE.utility, "Created") };
  const lists = await Promise.all(passwords.map((given) => forms(given, salt)));
  const listed = lists.flat();
  if (listed.some(([name, value]) => !name && value === found)) return [];
  const name = listed.find((form) => form[1] === found)?.[0];
  if (!name) return [];
  const words = { line: tree.lines.get(token), found: name, element: "Password" };
  // a password in clear is never shown: its form is
  return [cause([make("DIA-021", words)], null, name)];
}

/**
 * Every form in which a password is met, the right one first, without a name.
 * @param {string} password
 * @param {{nonce: string, created: string}} salt
 * @returns {Promise<[string, string][]>}
 */
async function forms(password, { nonce, created }) {
  const octets = utf8(password);
  const plain = await digest("sha1", octets);
  const [text, digits] = [base64(plain), hex(plain)];
  const latin = Uint8Array.from(password, (char) => (char > "ÿ" ? 63 : char.charCodeAt(0)));
  const wide = Uint8Array.from({ length: password.length * 2 }, (_, at) => (
    password.charCodeAt(at >> 1) >> (at % 2 ? 8 : 0)));
  /** @type {[string, string][]} */
  const found = [
    ["", text],
    ["text", password],
    ["base64(text)", base64(octets)],
    ["hex(SHA-1)", digits],
    ["HEX(SHA-1)", digits.toUpperCase()],
    ["base64(hex(SHA-1))", base64(utf8(digits))],
    ["base64(base64(SHA-1))", base64(utf8(text))],
    ["base64(SHA-1(SHA-1))", base64(await digest("sha1", plain))],
    ["base64(SHA-1(UTF-16LE))", base64(await digest("sha1", wide))],
    ["base64(SHA-1(ISO-8859-1))", base64(await digest("sha1", latin))],
    ["base64(SHA-1(text + ↵))", base64(await digest("sha1", utf8(`${password}\n`)))],
  ];
  for (const [name, shown] of [["sha256", "SHA-256"], ["sha512", "SHA-512"], ["md5", "MD5"]]) {
    const made = await digest(name, octets);
    found.push([`base64(${shown})`, base64(made)], [`hex(${shown})`, hex(made)]);
  }
  for (const salt of [fromBase64(nonce) ?? new Uint8Array(), utf8(nonce)]) {
    for (const [inner, shown] of [[octets, "text"], [plain, "SHA-1"], [utf8(text), "…"]]) {
      const whole = joined([salt, utf8(created), inner]);
      found.push([`PasswordDigest(${shown})`, base64(await digest("sha1", whole))]);
    }
  }
  return found;
}
