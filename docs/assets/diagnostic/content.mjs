// What may have been done to the content of an element after it was signed, or before.

import { AXIS } from "./forms.mjs";
import { Node, Remark } from "./nodes.mjs";

/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
/** Characters above which a text may be folded. */
const LEAST_BASE64 = 64;
/** Characters above which a text with white space may be folded base64. */
const LEAST_FOLDED = 16;
const WIDTHS = [76, 64];
const MOST_SHUFFLED = 5;
const MOST_SWAPPED = 12;
const MOST_ORDERS = 400;

/**
 * A step that changes the element itself.
 * @param {number} axis
 * @param {string} cause
 * @param {(node: Node) => Node} edit
 * @param {Partial<Step>} words
 * @returns {Step}
 */
export function edited(axis, cause, edit, words) {
  const change = (/** @type {Form} */ form) => {
    const node = edit(form.node);
    return node === form.node ? null : form.with({ node });
  };
  return { axis, cause, change, ...words };
}

/**
 * An element whose texts are changed; the same one when nothing is.
 * @param {Node} node
 * @param {(text: string, owner: Node) => string} change
 * @returns {Node}
 */
export function texts(node, change) {
  const children = node.children.map((child) => {
    if (typeof child === "string") return change(child, node);
    return child instanceof Node ? texts(child, change) : child;
  });
  if (children.every((child, index) => child === node.children[index])) return node;
  return node.with({ children: children.filter((child) => child !== "") });
}

// Line ends

const LINES = [
  ["↵", "&#xD;↵", "\n", "\r\n"],
  ["&#xD;↵", "↵", "\r\n", "\n"],
  ["&#xD;", "", "\r", ""],
  ["↵", "&#xD;", "\n", "\r"],
];

/** Line ends inside the text, as the canonical form shows them. */
export function* lineSteps() {
  for (const [found, expected, before, after] of LINES) {
    const edit = (/** @type {Node} */ node) => texts(node, (text) => text.replaceAll(before, after));
    yield edited(AXIS.lines, "DIA-002", edit, { found, expected });
  }
}

// Base64

/**
 * Base64 on one line, or folded: everywhere, then element by element.
 * @param {Form} form
 */
export function* base64Steps(form) {
  const owners = [...form.node.walk()].filter(isBase64);
  if (!owners.length) return;
  const chosen = owners.length > 1 ? [null, ...owners.slice(0, 4)] : [null];
  for (const owner of chosen) {
    const where = owner ? owner.local : [...new Set(owners.map((one) => one.local))].join(", ");
    yield foldStep(owner, 0, "", "", where);
    for (const width of WIDTHS) {
      for (const end of ["\n", "\r\n"]) {
        yield foldStep(owner, width, end, "", where);
        yield foldStep(owner, width, end, end, where);
      }
    }
  }
}

/** @param {Node} node */
function isBase64(node) {
  const [text] = node.children;
  if (node.children.length !== 1 || typeof text !== "string") return false;
  if (!BASE64.test(text)) return false;
  if (text.length >= LEAST_BASE64) return true;
  const flat = text.replace(/\s+/g, "");
  return flat !== text && flat.length >= LEAST_FOLDED && flat.length % 4 === 0;
}

/**
 * @param {Node | null} owner
 * @param {number} width
 * @param {string} end
 * @param {string} last
 * @param {string} where
 * @returns {Step}
 */
function foldStep(owner, width, end, last, where) {
  const wanted = owner?.text;
  const fold = (/** @type {string} */ text, /** @type {Node} */ node) => {
    const mine = !owner || (node.local === owner.local && text === wanted);
    if (!mine || !isBase64(node)) return text;
    const flat = text.replace(/\s+/g, "");
    return width ? folded(flat, width, end) + last : flat;
  };
  const shown = `${width} ${end && (end[0] === "\r" ? "←↵" : "↵")}`.trim();
  const words = { found: where, expected: shown + (last ? " …↵" : ""), detail: where };
  return edited(AXIS.base64, "DIA-011", (node) => texts(node, fold), words);
}

/**
 * @param {string} flat
 * @param {number} width
 * @param {string} end
 */
function folded(flat, width, end) {
  const lines = [];
  for (let at = 0; at < flat.length; at += width) lines.push(flat.slice(at, at + width));
  return lines.join(end);
}

// Comments and instructions

/**
 * Comments and processing instructions kept, or dropped.
 * @param {Form} form
 */
export function* remarkSteps(form) {
  const remarks = [...form.node.walk()].flatMap((node) => node.children)
    .filter((child) => child instanceof Remark);
  if (remarks.some((one) => one.comment)) {
    const comments = !form.method.comments;
    const [found, expected] = comments ? ["–", "<!-- -->"] : ["<!-- -->", "–"];
    const change = (/** @type {Form} */ given) => (
      given.with({ method: { ...given.method, comments } }));
    yield { axis: AXIS.remarks, cause: "DIA-006", change, found, expected };
  }
  if (!remarks.every((one) => one.comment)) {
    yield edited(AXIS.remarks, "DIA-006", bare, { found: "<? ?>", expected: "–" });
  }
}

/**
 * @param {Node} node
 * @returns {Node}
 */
function bare(node) {
  const kept = node.children.filter((child) => !(child instanceof Remark) || child.comment);
  const children = kept.map((child) => (child instanceof Node ? bare(child) : child));
  const same = children.length === node.children.length
    && children.every((child, index) => child === node.children[index]);
  return same ? node : node.with({ children });
}

// Order

/**
 * Other orders of the children of every element that has few.
 * @param {Form} form
 */
export function* orderSteps(form) {
  let count = 0;
  for (const owner of form.node.walk()) {
    const elements = owner.elements;
    if (elements.length < 2 || elements.length > MOST_SWAPPED) continue;
    for (const order of orders(elements.length)) {
      count += 1;
      if (count > MOST_ORDERS) return;
      yield orderStep(owner, order.map((index) => elements[index]));
    }
  }
}

/** @param {number} count */
function* orders(count) {
  const straight = Array.from({ length: count }, (_, index) => index);
  if (count <= MOST_SHUFFLED) {
    const all = permutations(straight);
    all.next();
    yield* all;
    return;
  }
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      const order = [...straight];
      [order[one], order[other]] = [other, one];
      yield order;
    }
  }
}

/**
 * In lexicographic order, the given one first.
 * @param {number[]} items
 * @returns {Generator<number[]>}
 */
export function* permutations(items) {
  if (!items.length) yield [];
  for (const first of items) {
    for (const rest of permutations(items.filter((item) => item !== first))) yield [first, ...rest];
  }
}

/**
 * @param {Node} owner
 * @param {Node[]} order
 * @returns {Step}
 */
function orderStep(owner, order) {
  const shuffled = (/** @type {Node} */ node) => {
    if (node === owner) {
      const rest = order.values();
      return node.with({
        children: node.children.map((one) => (one instanceof Node ? rest.next().value : one)),
      });
    }
    const children = node.children.map((one) => (one instanceof Node ? shuffled(one) : one));
    return children.every((one, index) => one === node.children[index])
      ? node : node.with({ children });
  };
  const [found, expected] = [owner.elements, order].map((nodes) => (
    nodes.map((node) => node.local).join(" ")));
  const words = { found, expected, detail: owner.local, alone: true };
  return edited(AXIS.order, "DIA-022", shuffled, words);
}
