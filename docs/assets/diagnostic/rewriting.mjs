// What may have been written otherwise in SignedInfo when it was signed.

import { edited, permutations } from "./content.mjs";
import { AXIS } from "./forms.mjs";
import { DIGEST_URIS, EXCLUSIVE, INCLUSIVE, SIGNATURE_URIS } from "./names.mjs";
import { Node } from "./nodes.mjs";

/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {import("./references.mjs").ReferenceDiagnosis} ReferenceDiagnosis */
/** @typedef {import("./prefixlists.mjs").Profile} Profile */

const CHANGED = "DIA-013";
const MOST = 4;

/**
 * Other contents of SignedInfo that the message itself suggests.
 * @param {import("./forms.mjs").Form} form of SignedInfo
 * @param {ReferenceDiagnosis[]} references
 * @param {string} used the hash that was signed
 * @param {readonly Profile[]} profiles
 */
export function* rewritingSteps(form, references, used, profiles) {
  const wrong = references.filter((one) => !one.right && one.computed);
  if (wrong.length) yield digestsStep(wrong);
  if (wrong.length > 1) for (const one of wrong) yield digestsStep([one]);
  yield* orders(form.node);
  yield* methods(used);
  yield* lists(form.node, profiles);
}

/**
 * @param {(node: Node) => Node} edit
 * @param {string} found
 * @param {string} expected
 * @returns {Step}
 */
function step(edit, found, expected) {
  return edited(AXIS.order, CHANGED, edit, { found, expected, detail: CHANGED });
}

/**
 * An element and everything below it, changed from the leaves up.
 * @param {Node} node
 * @param {(node: Node) => Node} change
 * @returns {Node}
 */
function mapped(node, change) {
  const children = node.children.map((one) => (one instanceof Node ? mapped(one, change) : one));
  const same = children.every((one, index) => one === node.children[index]);
  return change(same ? node : node.with({ children }));
}

/**
 * The digests of the message as it stands now.
 * @param {ReferenceDiagnosis[]} wrong
 * @returns {Step}
 */
function digestsStep(wrong) {
  const values = new Map(wrong.map((one) => [one.found, one.computed]));
  const change = (/** @type {Node} */ node) => {
    const value = node.local === "DigestValue" ? node.text.replace(/\s+/g, "") : "";
    return values.has(value) ? node.with({ children: [values.get(value)] }) : node;
  };
  return step((node) => mapped(node, change), wrong[0].found, wrong[0].computed);
}

/** @param {Node} info */
function* orders(info) {
  const references = info.elements.filter((node) => node.local === "Reference");
  if (references.length < 2 || references.length > MOST) return;
  const all = permutations(references.map((_, index) => index));
  all.next();
  for (const order of all) yield orderStep(info, references, order.map((at) => references[at]));
}

/**
 * @param {Node} info
 * @param {Node[]} references
 * @param {Node[]} order
 * @returns {Step}
 */
function orderStep(info, references, order) {
  const places = new Map(references.map((node, index) => [node, order[index]]));
  const change = (/** @type {Node} */ node) => (node !== info ? node : node.with({
    children: node.children.map((one) => (one instanceof Node ? places.get(one) ?? one : one)),
  }));
  const [found, expected] = [references, order].map((nodes) => (
    nodes.map((node) => node.get("URI") ?? "–").join(" ")));
  return step(change, found, expected);
}

/**
 * The algorithms named otherwise.
 * @param {string} used
 */
function* methods(used) {
  const uri = Object.keys(SIGNATURE_URIS).find((name) => SIGNATURE_URIS[name] === used);
  yield algorithmStep("SignatureMethod", uri);
  for (const name of Object.keys(DIGEST_URIS)) yield algorithmStep("DigestMethod", name);
  for (const name of [EXCLUSIVE, INCLUSIVE]) yield algorithmStep("CanonicalizationMethod", name);
}

/**
 * @param {string} owner
 * @param {string} uri
 * @returns {Step}
 */
function algorithmStep(owner, uri) {
  return step((node) => attribute(node, owner, "Algorithm", uri), owner, uri);
}

/**
 * @param {Node} info
 * @param {string} owner
 * @param {string} name
 * @param {string} value
 */
function attribute(info, owner, name, value) {
  return mapped(info, (node) => {
    const old = node.local === owner && node.attributes.find((item) => item[2] === name);
    if (!old || old[3] === value) return node;
    const attributes = node.attributes.map((item) => (
      item === old ? [item[0], item[1], item[2], value] : item));
    return node.with({ attributes });
  });
}

/**
 * Another list written, or none, with the canonicalisation of SignedInfo or one reference.
 * @param {Node} info
 * @param {readonly Profile[]} profiles
 */
function* lists(info, profiles) {
  const known = new Set(profiles.flatMap((profile) => [
    profile.signedInfo.join(" "), ...profile.parts.map((part) => part.prefixes.join(" ")),
  ]));
  const owners = [...info.walk()].filter((node) => (
    node.elements.some((one) => one.local === "InclusiveNamespaces")));
  for (const owner of owners.slice(0, 6)) {
    for (const prefixes of [...known].sort()) yield listStep(owner, prefixes);
  }
}

/**
 * @param {Node} owner
 * @param {string} prefixes
 * @returns {Step}
 */
function listStep(owner, prefixes) {
  const change = (/** @type {Node} */ node) => {
    if (node !== owner) return node;
    if (!prefixes) return node.with({ children: [] });
    return attribute(node, "InclusiveNamespaces", "PrefixList", prefixes);
  };
  const found = owner.elements[0].get("PrefixList") ?? "–";
  return step((node) => mapped(node, change), found, prefixes || "–");
}
