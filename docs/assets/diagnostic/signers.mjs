// The certificates that may have signed: the one that is named, those beside it, those known.

import { readCertificate } from "./certificates.mjs";
import { all, textOf } from "./lenient.mjs";
import { BINARY_TOKEN, SPACE, clark } from "./names.mjs";

/** @typedef {import("./certificates.mjs").Certificate} Certificate */

const MOST = 64;
/** Characters of the shortest text that may be a certificate. */
const LEAST = 200;
const CERTIFICATE = clark(SPACE.signature, "X509Certificate");

/**
 * @typedef {object} Signers certificates of one signature
 * @property {Certificate | null} named the one that the signature names
 * @property {Certificate[]} others every other one in the message, then those known
 */

/**
 * The certificates that may have signed.
 * @param {import("./lenient.mjs").SignatureWritten} written
 * @param {import("./nodes.mjs").Tree} tree
 * @param {readonly Certificate[]} known
 * @returns {Signers}
 */
export function signersOf(written, tree, known) {
  const named = namedBy(written, tree);
  const seen = new Set(named ? [named.mark] : []);
  const others = [];
  for (const certificate of [...inside(tree), ...known]) {
    if (!seen.has(certificate.mark) && seen.size < MOST) {
      seen.add(certificate.mark);
      others.push(certificate);
    }
  }
  return { named, others };
}

/**
 * @param {import("./lenient.mjs").SignatureWritten} written
 * @param {import("./nodes.mjs").Tree} tree
 * @returns {Certificate | null}
 */
function namedBy(written, tree) {
  const [embedded] = all(written.keyInfo, clark(SPACE.signature, "X509Data"))
    .flatMap((data) => all(data, CERTIFICATE));
  if (embedded) return readCertificate(textOf(embedded));
  const [referred] = all(written.keyInfo, clark(SPACE.security, "SecurityTokenReference"))
    .flatMap((token) => all(token, clark(SPACE.security, "Reference")));
  const uri = (referred?.get("URI") ?? "").replace(/^#/, "");
  for (const token of tree.root.walk()) {
    const ids = [token.get("Id", SPACE.utility), token.get("Id")];
    if (token.tag === BINARY_TOKEN && uri && ids.includes(uri)) return readCertificate(textOf(token));
  }
  return null;
}

/** @param {import("./nodes.mjs").Tree} tree */
function* inside(tree) {
  for (const node of tree.root.walk()) {
    const may = [BINARY_TOKEN, CERTIFICATE].includes(node.tag) || node.local === "AttributeValue";
    const text = may ? textOf(node) : "";
    const found = text.length > LEAST ? readCertificate(text) : null;
    if (found) yield found;
  }
}
