// Why a signature value does not fit: the key, the form of SignedInfo, or its content.

import { digest } from "./digests.mjs";
import { cause, make } from "./findings.mjs";
import { AXIS, Form } from "./forms.mjs";
import { SIGNATURE_URIS } from "./names.mjs";
import { base64, same } from "./octets.mjs";
import { keyOctets, readings, recover } from "./recovery.mjs";
import { UNEXPLAINED } from "./references.mjs";
import { rewritingSteps } from "./rewriting.mjs";
import { search, told } from "./search.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./findings.mjs").Finding} Finding */
/** @typedef {import("./lenient.mjs").SignatureWritten} SignatureWritten */
/** @typedef {import("./recovery.mjs").Recovered} Recovered */
/** @typedef {import("./signers.mjs").Signers} Signers */

/** Steps that are another canonicalisation of the same SignedInfo. */
const FORM = new Set([AXIS.method, AXIS.scope, AXIS.names, AXIS.remarks]);
/** Steps that are another SignedInfo. */
const CONTENT = new Set([AXIS.blanks, AXIS.base64, AXIS.lines, AXIS.order]);
/** Keys are a multiple of these octets long; a value of another length is incomplete. */
const WHOLE = 64;
const [CHANGED, OTHERWISE, KEY] = ["DIA-013", "DIA-014", "DIA-015"];

/**
 * Whether a signature value fits, and why not.
 * @param {SignatureWritten} written
 * @param {Signers} signers
 * @param {import("./references.mjs").Context} context
 * @param {import("./references.mjs").ReferenceDiagnosis[]} references
 * @returns {Promise<{octets: Uint8Array, right: boolean, causes: Cause[]}>}
 */
export async function judge(written, signers, context, references) {
  const form = formOf(written, context);
  if (!form) {
    const nothing = new Uint8Array();
    return { octets: nothing, right: false, causes: [unexplained(written, nothing, "SignedInfo")] };
  }
  const octets = stated(written, context, form);
  const { recovered, foreign } = opened(written, signers);
  if (!recovered) return { octets, right: false, causes: noKey(written, signers, octets) };
  const extra = [...foreign, ...writing(written, recovered)];
  if (same(await digest(recovered.hash, octets), recovered.digest)) {
    const causes = extra.length ? [cause(extra, octets, base64(recovered.digest))] : [];
    return { octets, right: !extra.length, causes };
  }
  const { profile, profiles, budget } = context;
  const target = { digest: recovered.digest, hash: recovered.hash, written: "", partial: false };
  const first = [...rewritingSteps(form, references, recovered.hash, profiles)];
  const hits = await search({ form, targets: [target], profile, profiles, first }, budget);
  const causes = causesOf(hits, recovered, extra, written);
  return { octets, right: false, causes: causes.length ? causes : proven(written, recovered, extra) };
}

/**
 * @param {SignatureWritten} written
 * @param {import("./references.mjs").Context} context
 * @returns {Form | null}
 */
function formOf({ info, method }, { document: { tree } }) {
  return info ? new Form({ tree, place: info, node: info, scope: tree.scope(info), method }) : null;
}

/**
 * The octets as the message stands: by libxml2 where the method is the one of the chain.
 * @param {SignatureWritten} written
 * @param {import("./references.mjs").Context} context
 * @param {Form} form
 */
function stated({ info, method }, { document }, form) {
  const usual = method.exclusive && !method.comments;
  return usual ? document.canonical(info, method.prefixes) : form.octets();
}

/**
 * What the named key yields, or else the key of another certificate at hand.
 * @param {SignatureWritten} written
 * @param {Signers} signers
 * @returns {{recovered: Recovered | null, foreign: Finding[]}}
 */
function opened(written, { named, others }) {
  const own = named && recover(written.value, named);
  if (own) return { recovered: own, foreign: [] };
  for (const other of others) {
    const recovered = recover(written.value, other);
    if (recovered) return { recovered, foreign: [keyFinding(written, named, other.subject, "–")] };
  }
  return { recovered: null, foreign: [] };
}

/**
 * @param {SignatureWritten} written
 * @param {import("./certificates.mjs").Certificate | null} named
 * @param {string} expected
 * @param {string} detail
 */
function keyFinding({ line }, named, expected, detail) {
  return make(KEY, { line, found: named?.subject ?? "–", expected, detail });
}

/**
 * No key at hand made the value: it is incomplete, or somebody else's.
 * @param {SignatureWritten} written
 * @param {Signers} signers
 * @param {Uint8Array} octets
 * @returns {Cause[]}
 */
function noKey(written, { named, others }, octets) {
  const size = named ? keyOctets(named) : 0;
  if (!size) return [unexplained(written, octets, "KeyInfo")];
  const lengths = [...readings(written.value)].map(([found]) => found.length);
  if (lengths.length && !lengths.includes(size) && lengths[0] % WHOLE) {
    const found = `${lengths[0]}/${size}`;
    const finding = make("DIA-010", { line: written.line, found, element: "SignatureValue" });
    return [cause([finding], null, found)];
  }
  return [cause([keyFinding(written, named, "?", `${others.length + 1}`)], null, "")];
}

/**
 * @param {SignatureWritten} written
 * @param {Recovered} recovered
 * @returns {Finding[]}
 */
function writing({ algorithm, line }, recovered) {
  const found = [];
  if (SIGNATURE_URIS[algorithm] !== recovered.hash || recovered.bare) {
    const expected = recovered.hash + (recovered.bare ? " (– DigestInfo)" : "");
    found.push(make("DIA-012", { line, found: algorithm || "–", expected }));
  }
  if (recovered.written) {
    found.push(make("DIA-010", { line, found: recovered.written, element: "SignatureValue" }));
  }
  return found;
}

/**
 * @param {import("./search.mjs").Hit[]} hits
 * @param {Recovered} recovered
 * @param {Finding[]} extra
 * @param {SignatureWritten} written
 * @returns {Cause[]}
 */
function causesOf(hits, recovered, extra, { line }) {
  /** @type {Map<string, Cause>} */
  const found = new Map();
  for (const hit of hits) {
    const findings = [...findingsOf(hit, line), ...extra];
    const key = findings.map((finding) => finding.id).join(" ");
    if (!found.has(key) && found.size < 8) {
      const changes = hit.steps.length + extra.length;
      found.set(key, cause(findings, hit.octets, base64(recovered.digest), changes));
    }
  }
  return [...found.values()];
}

/**
 * The findings of steps, which on SignedInfo have a name of their own.
 * @param {import("./search.mjs").Hit} hit
 * @param {number} line
 * @returns {Finding[]}
 */
function findingsOf(hit, line) {
  const steps = hit.steps.map((step) => told(step, line));
  const axes = hit.steps.filter((step) => !["DIA-008", CHANGED].includes(step.cause))
    .map((step) => step.axis);
  const found = [];
  if (axes.some((axis) => CONTENT.has(axis))) found.push(general(CHANGED, steps[0], line));
  if (axes.some((axis) => FORM.has(axis))) found.push(general(OTHERWISE, steps[0], line));
  return [...found, ...steps];
}

/**
 * @param {string} id
 * @param {Finding} step
 * @param {number} line
 */
function general(id, step, line) {
  const words = { found: step.found || "–", expected: step.expected || "–", detail: step.id };
  return make(id, { line, ...words });
}

/**
 * The key is right and the octets are not: proven, though not which ones were signed.
 * @param {SignatureWritten} written
 * @param {Recovered} recovered
 * @param {Finding[]} extra
 * @returns {Cause[]}
 */
function proven({ line }, recovered, extra) {
  const value = base64(recovered.digest);
  const finding = make(CHANGED, { line, found: "SignedInfo", expected: value, detail: "–" });
  return [cause([...extra, finding], null, value)];
}

/**
 * @param {SignatureWritten} written
 * @param {Uint8Array} octets
 * @param {string} detail
 */
function unexplained({ line }, octets, detail) {
  const words = { line, element: "SignatureValue", found: "–", expected: "–", detail };
  return cause([make(UNEXPLAINED, words)], octets.length ? octets : null, "", 0);
}
