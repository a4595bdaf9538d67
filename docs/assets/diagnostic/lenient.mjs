// Reads a ds:Signature as it is: what the receiver refuses is what has to be explained.

import {
  ASSERTION, ENVELOPED, INCLUSIVE, INCLUSIVES, SECURITY, SIGNATURE, SPACE, clark,
} from "./names.mjs";

/** @typedef {import("./nodes.mjs").Node} Node */
/** @typedef {import("./serial.mjs").Method} Method */

/** More than any message of the chain carries. */
const MOST_SIGNATURES = 8;
const MOST_REFERENCES = 16;
const MOST_PREFIXES = 64;
const COMMENTS = "WithComments";
const LIST = clark(SPACE.exclusive, "InclusiveNamespaces");
const DS = (/** @type {string} */ local) => clark(SPACE.signature, local);

/**
 * @typedef {object} Written one reference as it is written
 * @property {string | undefined} uri
 * @property {string} id the id that it names
 * @property {boolean} enveloped
 * @property {Method} method
 * @property {string} algorithm URI of its digest
 * @property {string} value
 * @property {number} line
 */

/**
 * @typedef {object} SignatureWritten
 * @property {Node} node
 * @property {Node | undefined} info SignedInfo
 * @property {Method} method
 * @property {string} algorithm URI of the signature method
 * @property {Written[]} references
 * @property {string} value
 * @property {Node | undefined} keyInfo
 * @property {number} line
 */

/**
 * The children of an element with a name.
 * @param {Node | undefined} node
 * @param {string} tag
 * @returns {Node[]}
 */
export function all(node, tag) {
  return node?.elements.filter((child) => child.tag === tag) ?? [];
}

/**
 * The signatures that the chain verifies, or all if it would verify none: a signature that a
 * business message carries for its own ends says nothing of the envelope.
 * @param {import("./nodes.mjs").Tree} tree
 */
export function signaturesOf(tree) {
  const found = [...tree.root.walk()].filter((node) => node.tag === SIGNATURE);
  const chain = found.filter((node) => (
    [SECURITY, ASSERTION].includes(tree.parents.get(node)?.tag)));
  return (chain.length ? chain : found).slice(0, MOST_SIGNATURES);
}

/**
 * A signature, whatever is missing in it.
 * @param {Node} node
 * @param {Map<Node, number>} lines
 * @returns {SignatureWritten}
 */
export function readLeniently(node, lines) {
  const [info] = all(node, DS("SignedInfo"));
  const [method] = all(info, DS("CanonicalizationMethod"));
  const references = all(info, DS("Reference")).slice(0, MOST_REFERENCES);
  return {
    node,
    info,
    method: methodOf(method, algorithmOf(method)),
    algorithm: algorithmOf(all(info, DS("SignatureMethod"))[0]),
    references: references.map((reference) => referenceOf(reference, lines)),
    value: textOf(all(node, DS("SignatureValue"))[0]),
    keyInfo: all(node, DS("KeyInfo"))[0],
    line: lines.get(node),
  };
}

/**
 * @param {Node} reference
 * @param {Map<Node, number>} lines
 * @returns {Written}
 */
function referenceOf(reference, lines) {
  const transforms = all(reference, DS("Transforms")).flatMap((one) => all(one, DS("Transform")));
  const other = transforms.filter((one) => algorithmOf(one) !== ENVELOPED);
  const transform = other.at(-1);
  const uri = reference.get("URI");
  return {
    uri,
    id: (uri ?? "").replace(/^#/, ""),
    enveloped: other.length < transforms.length,
    method: methodOf(transform, algorithmOf(transform) || INCLUSIVE),
    algorithm: algorithmOf(all(reference, DS("DigestMethod"))[0]),
    value: textOf(all(reference, DS("DigestValue"))[0]),
    line: lines.get(reference),
  };
}

/**
 * What a canonicalisation means; an unknown one counts as the one that is used everywhere.
 * @param {Node | undefined} named
 * @param {string} uri
 * @returns {Method}
 */
function methodOf(named, uri) {
  const [inner] = all(named, LIST);
  const prefixes = (inner?.get("PrefixList") ?? "").split(/\s+/).filter(Boolean);
  const comments = uri.endsWith(COMMENTS);
  const plain = comments ? uri.split("#")[0] : uri;
  return {
    exclusive: !INCLUSIVES.includes(plain), prefixes: prefixes.slice(0, MOST_PREFIXES), comments,
  };
}

/** @param {Node | undefined} node */
function algorithmOf(node) {
  return node?.get("Algorithm") ?? "";
}

/**
 * The text before the first element, as a receiver reads it.
 * @param {Node | undefined} node
 */
export function textOf(node) {
  const first = node?.children[0];
  return typeof first === "string" ? first : "";
}
