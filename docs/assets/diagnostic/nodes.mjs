// A document as plain values: what a hypothesis changes is a copy, never the tree of the parser.

import { spans } from "./spans.mjs";

export const XML = "http://www.w3.org/XML/1998/namespace";

/** A comment or a processing instruction. */
export class Remark {
  /**
   * @param {string} text as it stands between its marks
   * @param {boolean} comment
   */
  constructor(text, comment) {
    this.text = text;
    this.comment = comment;
  }
}

/** An element; never changed once it is made. */
export class Node {
  /**
   * @param {object} values
   * @param {string} values.prefix
   * @param {string} values.uri
   * @param {string} values.local
   * @param {[string, string][]} values.declared prefix and namespace of its own declarations
   * @param {[string, string, string, string][]} values.attributes prefix, namespace, name, value
   * @param {(Node | Remark | string)[]} values.children
   */
  constructor({ prefix, uri, local, declared, attributes, children }) {
    this.prefix = prefix;
    this.uri = uri;
    this.local = local;
    this.declared = declared;
    this.attributes = attributes;
    this.children = children;
  }

  /** @returns {Node[]} the children that are elements */
  get elements() {
    return this.children.filter((child) => child instanceof Node);
  }

  /** @returns {string} all text below it */
  get text() {
    let text = "";
    for (const child of this.children) {
      if (typeof child === "string") text += child;
      else if (child instanceof Node) text += child.text;
    }
    return text;
  }

  /** @returns {string} its name in Clark notation */
  get tag() {
    return this.uri ? `{${this.uri}}${this.local}` : this.local;
  }

  /** Itself and every element below, in document order. */
  * walk() {
    yield this;
    for (const child of this.children) if (child instanceof Node) yield* child.walk();
  }

  /**
   * The element with other values.
   * @param {object} values
   * @returns {Node}
   */
  with(values) {
    return new Node({ ...this, ...values });
  }

  /**
   * The value of an attribute.
   * @param {string} local
   * @param {string} [uri]
   * @returns {string | undefined}
   */
  get(local, uri = "") {
    return this.attributes.find((found) => found[2] === local && found[1] === uri)?.[3];
  }
}

/** A document: its elements, where they stand and how they are written. */
export class Tree {
  /**
   * @param {Node} root
   * @param {Map<Node, number>} lines
   * @param {string} text the document, decoded
   */
  constructor(root, lines, text) {
    this.root = root;
    /** @type {Map<Node, Node>} */
    this.parents = new Map();
    /** @type {Map<Node, number>} */
    this.order = new Map();
    this.lines = lines;
    this.written = text;
    for (const node of root.walk()) {
      this.order.set(node, this.order.size);
      for (const inner of node.elements) this.parents.set(inner, node);
    }
  }

  /**
   * The namespaces that the ancestors of a node declare, by prefix.
   * @param {Node} node
   * @returns {Map<string, string>}
   */
  scope(node) {
    return new Map(this.above(node).reverse().flatMap((parent) => parent.declared));
  }

  /**
   * The ancestors of a node, the nearest first.
   * @param {Node} node
   * @returns {Node[]}
   */
  above(node) {
    const found = [];
    for (let up = this.parents.get(node); up; up = this.parents.get(up)) found.push(up);
    return found;
  }

  /**
   * The text of a node as the document writes it.
   * @param {Node} node
   * @param {boolean} [content] without its own tags
   * @returns {string}
   */
  source(node, content = false) {
    this.places ??= spans(this.written);
    const [start, opened, closing, end] = this.places[this.order.get(node)];
    return content ? this.written.slice(opened, closing) : this.written.slice(start, end);
  }

  /**
   * The path of a node as libxml2 writes it.
   * @param {Node} node
   * @returns {string}
   */
  path(node) {
    const steps = [node, ...this.above(node)].map((one) => this.step(one));
    return `/${steps.reverse().join("/")}`;
  }

  /**
   * @param {Node} node
   * @returns {string}
   */
  step(node) {
    const star = !node.prefix && node.uri;
    const name = star ? "*" : qualified(node);
    const peers = (this.parents.get(node)?.elements ?? []).filter((peer) => (
      star || (qualified(peer) === name && !(peer.uri && !peer.prefix))));
    return peers.length > 1 ? `${name}[${peers.indexOf(node) + 1}]` : name;
  }
}

/**
 * An element without a signature in it; texts on both sides become one.
 * @param {Node} node
 * @param {Node} signature
 * @returns {Node}
 */
export function without(node, signature) {
  /** @type {Node["children"]} */
  const children = [];
  for (const child of node.children) {
    if (child === signature) continue;
    const made = child instanceof Node ? without(child, signature) : child;
    if (typeof made === "string" && typeof children.at(-1) === "string") {
      children.push(children.pop() + made);
    } else {
      children.push(made);
    }
  }
  const same = children.length === node.children.length
    && children.every((child, index) => child === node.children[index]);
  return same ? node : node.with({ children });
}

/**
 * @param {Node} node
 * @returns {string} the name as it is written
 */
export function qualified(node) {
  return node.prefix ? `${node.prefix}:${node.local}` : node.local;
}
