// The diagnosis of a document: every signature, every reference, then what surrounds them.

import { documentCauses } from "./documents.mjs";
import { readLeniently, signaturesOf } from "./lenient.mjs";
import { BODY, ENVELOPE, SECURITY, USERNAME_TOKEN } from "./names.mjs";
import { Document } from "./reading.mjs";
import { diagnoseReference } from "./references.mjs";
import { Budget } from "./search.mjs";
import { judge } from "./signedinfo.mjs";
import { signersOf } from "./signers.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./prefixlists.mjs").Profile} Profile */

/**
 * @typedef {object} SignatureDiagnosis
 * @property {string} xpath
 * @property {number} line
 * @property {string} signer subject of the certificate it names
 * @property {import("./references.mjs").ReferenceDiagnosis[]} references
 * @property {Uint8Array} octets canonical octets of SignedInfo as the message stands
 * @property {boolean} right
 * @property {Cause[]} causes
 */

/**
 * @typedef {object} Diagnosis
 * @property {SignatureDiagnosis[]} signatures
 * @property {Cause[]} causes that belong to the document
 * @property {boolean} exhausted whether the search stopped at its budget
 */

/**
 * Say why digests and signature values of a document do not fit.
 * @param {Uint8Array} data
 * @param {object} settings
 * @param {readonly Profile[]} settings.profiles of the catalogue
 * @param {Record<string, string>} settings.contents profile by the name of what the Body holds
 * @param {readonly import("./certificates.mjs").Certificate[]} [settings.known]
 * @param {readonly string[]} [settings.passwords]
 * @param {number | null} [settings.now] milliseconds
 * @returns {Promise<Diagnosis>}
 */
export async function explain(data, { profiles, contents, known = [], passwords = [], now = null }) {
  const document = new Document(data);
  const { tree } = document;
  const profile = profileOf(tree, profiles, contents);
  const budget = new Budget();
  const signatures = [];
  for (const signature of signaturesOf(tree)) {
    const context = { document, profile, profiles, signature, budget };
    signatures.push(await diagnosed(context, known));
  }
  const causes = await documentCauses(tree, signatures, passwords, now);
  document.dispose();
  return { signatures, causes, exhausted: budget.exhausted };
}

/**
 * @param {import("./references.mjs").Context} context
 * @param {readonly import("./certificates.mjs").Certificate[]} known
 * @returns {Promise<SignatureDiagnosis>}
 */
async function diagnosed(context, known) {
  const { document: { tree }, signature } = context;
  const written = readLeniently(signature, tree.lines);
  const references = [];
  for (const one of written.references) {
    references.push(await diagnoseReference(one, context));
  }
  const signers = signersOf(written, tree, known);
  const judged = await judge(written, signers, context, references);
  return {
    xpath: tree.path(signature),
    line: written.line,
    signer: signers.named?.subject ?? "",
    references,
    ...judged,
  };
}

/**
 * The signing profile of an envelope, by what its Body holds; null when it is none known.
 * @param {import("./nodes.mjs").Tree} tree
 * @param {readonly Profile[]} profiles
 * @param {Record<string, string>} contents
 * @returns {Profile | null}
 */
function profileOf({ root }, profiles, contents) {
  const body = root.tag === ENVELOPE ? root.elements.find((one) => one.tag === BODY) : undefined;
  const content = body?.elements[0];
  let name = content && contents[content.local];
  if (name === "token-request-saml" && hasUsername(root)) name = "token-request-username";
  return profiles.find((profile) => profile.id === name) ?? null;
}

/** @param {import("./nodes.mjs").Node} root */
function hasUsername(root) {
  return [...root.walk()].some((node) => (
    node.tag === SECURITY && node.elements.some((child) => child.tag === USERNAME_TOKEN)));
}
