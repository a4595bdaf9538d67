// Why a digest does not fit: the reference, the element it leads to, and what reproduces it.

import { digest } from "./digests.mjs";
import { cause, make } from "./findings.mjs";
import { Form } from "./forms.mjs";
import { ASSERTION, DIGEST_URIS } from "./names.mjs";
import { without } from "./nodes.mjs";
import { base64 } from "./octets.mjs";
import { idsOf, placeStep } from "./places.mjs";
import { extraOf, ranked } from "./ranking.mjs";
import { causeOf, search } from "./search.mjs";
import { ledAstray } from "./straying.mjs";
import { targetsOf } from "./targets.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./lenient.mjs").Written} Written */
/** @typedef {import("./forms.mjs").Step} Step */

/** What a signed assertion suffers from when it is read and written again. */
const RESERIALISED = new Set(["DIA-001", "DIA-002", "DIA-004", "DIA-006", "DIA-011", "DIA-022"]);
export const UNEXPLAINED = "DIA-090";

/**
 * @typedef {object} Context what every reference of a signature is looked at with
 * @property {import("./reading.mjs").Document} document
 * @property {import("./prefixlists.mjs").Profile | null} profile
 * @property {readonly import("./prefixlists.mjs").Profile[]} profiles
 * @property {import("./nodes.mjs").Node} signature
 * @property {import("./search.mjs").Budget} budget
 */

/**
 * @typedef {object} ReferenceDiagnosis
 * @property {string} uri without `#`
 * @property {string} element local name; empty when it leads nowhere
 * @property {readonly string[]} prefixes
 * @property {Uint8Array} octets canonical, as the message stands
 * @property {string} found DigestValue as written
 * @property {string} computed
 * @property {boolean} right
 * @property {Cause[]} causes most likely first
 * @property {number} line
 */

/**
 * Compute a digest, and find out why it differs.
 * @param {Written} written
 * @param {Context} context
 * @returns {Promise<ReferenceDiagnosis>}
 */
export async function diagnoseReference(written, context) {
  const { form, candidates } = formOf(written, context);
  const named = DIGEST_URIS[written.algorithm];
  const octets = candidates.length ? stated(written, context, form) : new Uint8Array();
  const found = written.value.replace(/\s+/g, "");
  const computed = candidates.length ? base64(await digest(named ?? "sha256", octets)) : "";
  const right = Boolean(named) && computed === found;
  const causes = right ? [] : await causesOf(written, context, form, candidates);
  if (!right && !causes.length) causes.push(unexplained(written, octets, computed));
  return {
    uri: written.id,
    element: candidates.length ? form.place.local : "",
    prefixes: written.method.prefixes,
    octets,
    found,
    computed,
    right,
    causes,
    line: written.line,
  };
}

/**
 * The octets as the message stands: by libxml2 where the method is the one of the chain.
 * @param {Written} written
 * @param {Context} context
 * @param {Form} form
 */
function stated({ method }, { document, signature }, form) {
  const own = form.node === form.place || form.place === document.tree.parents.get(signature);
  if (!method.exclusive || method.comments || !own) return form.octets();
  const without = form.node === form.place ? null : signature;
  return document.canonical(form.place, method.prefixes, without);
}

/**
 * The form that the reference describes, and the elements that it may mean.
 * @param {Written} written
 * @param {Context} context
 */
function formOf(written, { document: { tree }, signature }) {
  const plain = written.uri?.startsWith("#");
  const candidates = written.uri === "" ? [tree.root]
    : [...tree.root.walk()].filter((node) => plain && idsOf(node).includes(written.id));
  const place = candidates[0] ?? tree.root;
  const node = written.enveloped ? without(place, signature) : place;
  const form = new Form({ tree, place, node, scope: tree.scope(place), method: written.method });
  return { form, candidates };
}

/**
 * @param {Written} written
 * @param {Context} context
 * @param {Form} form
 * @param {import("./nodes.mjs").Node[]} candidates
 * @returns {Promise<Cause[]>}
 */
async function causesOf(written, context, form, candidates) {
  const { profile, profiles, signature, budget } = context;
  const first = firstOf(written, context, form, candidates);
  const targets = targetsOf(written.value, DIGEST_URIS[written.algorithm]);
  const asked = { form, targets, profile, profiles, first, signature };
  if (!candidates.length) return ledAstray(written, context, asked);
  const found = (await search(asked, budget))
    .map((hit) => ({ hit, extra: extraOf(hit.target, written) }))
    .filter(({ hit, extra }) => hit.steps.length || extra.length);
  const value = written.value.replace(/\s+/g, "");
  const causes = ranked(found.map(({ hit, extra }) => causeOf(hit, value, extra, written.line)));
  return candidates[0].tag === ASSERTION ? assertionCauses(written, causes) : causes;
}

/**
 * Steps that only this reference suggests: other bearers of its id, with or without signature.
 * @param {Written} written
 * @param {Context} context
 * @param {Form} form
 * @param {import("./nodes.mjs").Node[]} candidates
 * @returns {Step[]}
 */
function firstOf(written, context, form, candidates) {
  const steps = candidates.slice(1).map((node) => placeStep(form, node, "DIA-019"));
  if (candidates.length && !written.enveloped) {
    const bare = without(form.place, context.signature);
    if (bare !== form.place) steps.push(envelopedStep(form, bare, "–"));
  } else if (candidates.length && form.node !== form.place) {
    steps.push(envelopedStep(form, form.place, "+"));
  }
  return steps;
}

/**
 * @param {Form} form
 * @param {import("./nodes.mjs").Node} node
 * @param {string} sign
 * @returns {Step}
 */
function envelopedStep(form, node, sign) {
  const expected = `${form.place.local} ${sign} Signature`;
  return { ...placeStep(form, form.place, "DIA-007", node), expected };
}

/**
 * The assertion's own signature, which a re-serialisation breaks, says so first.
 * @param {Written} written
 * @param {Cause[]} causes
 * @returns {Cause[]}
 */
function assertionCauses(written, causes) {
  const [first] = causes;
  if (!first || !written.enveloped || !RESERIALISED.has(first.finding.id)) return causes;
  const words = { line: written.line, found: written.id, detail: first.finding.id };
  const along = [first.finding, ...first.along];
  return [{ ...first, finding: make("DIA-017", words), along }, ...causes];
}

/**
 * @param {Written} written
 * @param {Uint8Array} octets
 * @param {string} computed
 */
function unexplained(written, octets, computed) {
  const finding = make(UNEXPLAINED, {
    line: written.line,
    element: "Reference",
    found: written.value.replace(/\s+/g, "") || "–",
    expected: computed || "–",
    detail: `#${written.id}`,
  });
  return cause([finding], octets.length ? octets : null, computed, 0);
}
