// White space between elements: dropped, or written as some tool would.

import { edited, texts } from "./content.mjs";
import { AXIS } from "./forms.mjs";
import { Node } from "./nodes.mjs";

/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {(node: Node) => Node} Edit */
/** @typedef {(node: Node, level: number) => Node} Level lays the direct children out */

const INDENTS = [["  ", "␣␣"], ["    ", "␣␣␣␣"], ["\t", "→"], [" ", "␣"], ["   ", "␣␣␣"], ["", ""]];
const UNITS = INDENTS.slice(0, 3);
const LEVELS = [1, 2, 3];

/**
 * White space between elements dropped, or written otherwise.
 * @param {import("./forms.mjs").Form} form
 */
export function* blankSteps(form) {
  yield step(between, "><");
  yield step(allBlanks, "><, <a></a>");
  yield step(trimmed, "><, <a>x</a>");
  const deep = form.tree.above(form.place).length;
  for (const [unit, shown] of INDENTS) {
    for (const depth of new Set([0, deep])) {
      yield step(indenting(unit, depth), `>↵${shown}<${depth ? ` (+${depth})` : ""}`);
    }
  }
  yield* mixed(deep);
}

/**
 * @param {Edit} edit
 * @param {string} expected
 * @returns {Step}
 */
function step(edit, expected) {
  return edited(AXIS.blanks, "DIA-001", edit, { expected });
}

/**
 * An envelope laid out in one way around a content laid out in another.
 * @param {number} deep
 */
function* mixed(deep) {
  for (const levels of LEVELS) {
    const bare = "><".repeat(levels);
    yield step(nested(levels, flat, same), `${bare} …`);
    for (const [unit, drawn] of UNITS) {
      const [inner, shown] = [indenting(unit, 0), `>↵${drawn}<`];
      yield step(nested(levels, same, inner), `… ${levels}: ${shown}`);
      yield step(nested(levels, flat, inner), `${bare} ${levels}: ${shown}`);
      const outer = level(unit, deep);
      yield step(nested(levels, outer, inner), `${shown} (+${deep}) ${levels}: ${shown}`);
    }
  }
}

/** @type {Edit} */
function between(node) {
  return texts(node, (text, owner) => (text.trim() || !owner.elements.length ? text : ""));
}

/** @type {Edit} */
function allBlanks(node) {
  return texts(node, (text) => (text.trim() ? text : ""));
}

/** @type {Edit} */
function trimmed(node) {
  return texts(node, (text) => text.trim());
}

/**
 * @param {string} unit
 * @param {number} depth
 * @returns {Edit}
 */
function indenting(unit, depth) {
  return (node) => indented(between(node), unit, depth);
}

/**
 * An element without blanks, laid out anew.
 * @param {Node} node
 * @param {string} unit
 * @param {number} depth
 * @returns {Node}
 */
function indented(node, unit, depth) {
  if (!node.children.length || hasText(node.children)) return node;
  const children = node.children.flatMap((child) => [
    `\n${unit.repeat(depth + 1)}`,
    child instanceof Node ? indented(child, unit, depth + 1) : child,
  ]);
  return node.with({ children: [...children, `\n${unit.repeat(depth)}`] });
}

/** @param {import("./nodes.mjs").Node["children"]} children */
function hasText(children) {
  return children.some((child) => typeof child === "string");
}

/** @type {Level} */
function same(node) {
  return node;
}

/** @type {Level} */
function flat(node) {
  if (!node.elements.length) return node;
  return node.with({
    children: node.children.filter((one) => typeof one !== "string" || one.trim()),
  });
}

/**
 * @param {string} unit
 * @param {number} deep
 * @returns {Level}
 */
function level(unit, deep) {
  return (node, at) => {
    const { children } = flat(node, at);
    if (!node.elements.length || hasText(children)) return node;
    const laid = children.flatMap((child) => [`\n${unit.repeat(deep + at + 1)}`, child]);
    return node.with({ children: [...laid, `\n${unit.repeat(deep + at)}`] });
  };
}

/**
 * The first levels laid out in one way, everything below in another.
 * @param {number} levels
 * @param {Level} outer
 * @param {Edit} inner
 * @returns {Edit}
 */
function nested(levels, outer, inner) {
  const layOut = (/** @type {Node} */ node, /** @type {number} */ at) => {
    if (at === levels) return inner(node);
    const children = node.children.map((child) => (
      child instanceof Node ? layOut(child, at + 1) : child));
    const kept = children.every((child, index) => child === node.children[index]);
    return outer(kept ? node : node.with({ children }), at);
  };
  return (node) => layOut(node, 0);
}
