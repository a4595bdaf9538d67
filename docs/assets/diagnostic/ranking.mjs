// What hash and writing of a value add to its causes, and the order in which causes are told.

import { make } from "./findings.mjs";
import { DIGEST_URIS } from "./names.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./lenient.mjs").Written} Written */

/**
 * What hash and writing of a value add to its causes.
 * @param {import("./targets.mjs").Target} target
 * @param {Written} written
 */
export function extraOf(target, { algorithm, line }) {
  const found = [];
  if (DIGEST_URIS[algorithm] !== target.hash) {
    found.push(make("DIA-012", { line, found: algorithm || "–", expected: target.hash }));
  }
  if (target.written) {
    found.push(make("DIA-010", { line, found: target.written, element: "DigestValue" }));
  }
  return found;
}

/**
 * Fewest changes first; one cause for each set of findings, at most eight.
 * @param {Cause[]} causes
 * @returns {Cause[]}
 */
export function ranked(causes) {
  const found = new Map();
  for (const one of [...causes].sort((a, b) => a.changes - b.changes)) {
    const key = [one.finding, ...one.along].map((finding) => finding.id).join(" ");
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()].slice(0, 8);
}
