// The other nodes of a document that may have been signed instead.

import { AXIS } from "./forms.mjs";
import { BODY, HEADER, SECURITY, SPACE } from "./names.mjs";
import { XML, without } from "./nodes.mjs";

/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {import("./nodes.mjs").Node} Node */
/** @typedef {import("./nodes.mjs").Tree} Tree */

const IDS = new Set([`{${SPACE.utility}}Id`, "Id", "ID", "id", "AssertionID", `{${XML}}id`]);
const MOST = 40;
const CAUSE = "DIA-007";

/**
 * The ids of an element, as a receiver reads them.
 * @param {Node} node
 * @returns {string[]}
 */
export function idsOf(node) {
  return node.attributes
    .filter(([, uri, local]) => IDS.has(uri ? `{${uri}}${local}` : local))
    .map((attribute) => attribute[3]);
}

/**
 * Other nodes than the one that the reference leads to.
 * @param {Form} form
 * @param {Node} [signature] what holds it was digested before it was there
 */
export function* placeSteps(form, signature) {
  const { local } = form.place;
  yield innerStep(local, { content: true });
  yield innerStep(local, { cut: true });
  for (const node of others(form.tree, form.place)) {
    yield placeStep(form, node, CAUSE, signature ? without(node, signature) : node);
  }
}

/**
 * What stands inside the element, without its own tags.
 * @param {string} found
 * @param {object} settings
 * @returns {Step}
 */
function innerStep(found, settings) {
  const change = (/** @type {Form} */ given) => given.with(settings);
  return { axis: AXIS.node, cause: CAUSE, change, found, expected: `${found}/node()` };
}

/**
 * Another element.
 * @param {Form} form
 * @param {Node} node the element of the document
 * @param {string} cause
 * @param {Node} [now] what is digested of it, if not all
 * @returns {Step}
 */
export function placeStep(form, node, cause, now = node) {
  const found = form.place.local;
  return {
    axis: AXIS.node,
    cause,
    change: (given) => given.with({ place: node, node: now, scope: given.tree.scope(node) }),
    found,
    expected: nameOf(node),
    detail: found,
  };
}

/**
 * @param {Tree} tree
 * @param {Node} place
 */
function* others(tree, place) {
  const seen = new Set([place]);
  for (const node of likely(tree, place)) {
    if (!seen.has(node) && seen.size <= MOST) {
      seen.add(node);
      yield node;
    }
  }
}

/**
 * @param {Tree} tree
 * @param {Node} place
 */
function* likely(tree, place) {
  for (const node of tree.root.walk()) if (idsOf(node).length) yield node;
  yield* place.elements.slice(0, 4);
  yield* tree.above(place);
  for (const node of tree.root.walk()) {
    if ([BODY, HEADER, SECURITY].includes(node.tag)) {
      yield node;
      yield* node.elements.slice(0, 4);
    }
  }
}

/** @param {Node} node */
function nameOf(node) {
  const [first] = idsOf(node);
  return first === undefined ? node.local : `${node.local} (#${first})`;
}
