// Canonical XML with every setting open: the receiver's own form is only one of them.
// What it writes for the receiver's settings is compared with libxml2 by the tests.

import { Node, Remark, XML, qualified } from "./nodes.mjs";

const DEFAULT = "#default";

/**
 * @typedef {object} Method how a tree becomes octets
 * @property {boolean} [exclusive] true unless told otherwise
 * @property {readonly string[]} [prefixes] PrefixList; `#default` stands for no prefix
 * @property {boolean} [comments]
 */

/**
 * The canonical form of an element, as text.
 * @param {Node} node
 * @param {Map<string, string>} scope namespaces declared above it, by prefix
 * @param {Method} method
 * @param {{content?: boolean, cut?: boolean}} [part] without its own tags: what stands inside, or
 *   what is left of the whole when they are cut off
 * @returns {string}
 */
export function canonicalText(node, scope, method, { content = false, cut = false } = {}) {
  const writer = new Writer(method);
  if (content) writer.children(node, new Map([...scope, ...node.declared]), new Map());
  else writer.element(node, scope, new Map());
  return (cut ? writer.out.slice(1, -1) : writer.out).join("");
}

class Writer {
  /** @param {Method} method */
  constructor({ exclusive = true, prefixes = [], comments = false }) {
    /** @type {string[]} */
    this.out = [];
    this.exclusive = exclusive;
    this.comments = comments;
    this.listed = prefixes.map((name) => (name === DEFAULT ? "" : name));
  }

  /**
   * @param {Node} node
   * @param {Map<string, string>} scope namespaces in scope above it
   * @param {Map<string, string>} shown namespaces that the output declares above it
   */
  element(node, scope, shown) {
    const known = node.declared.length ? new Map([...scope, ...node.declared]) : scope;
    const fresh = this.declarations(node, known, shown);
    const below = fresh.length ? new Map([...shown, ...fresh]) : shown;
    const name = qualified(node);
    let head = `<${name}`;
    for (const [prefix, uri] of fresh) {
      head += ` ${prefix ? `xmlns:${prefix}` : "xmlns"}="${valueText(uri)}"`;
    }
    for (const [prefix, , local, value] of sorted(node.attributes)) {
      head += ` ${prefix ? `${prefix}:${local}` : local}="${valueText(value)}"`;
    }
    this.out.push(`${head}>`);
    this.children(node, known, below);
    this.out.push(`</${name}>`);
  }

  /**
   * @param {Node} node
   * @param {Map<string, string>} scope
   * @param {Map<string, string>} shown
   */
  children(node, scope, shown) {
    for (const child of node.children) {
      if (typeof child === "string") this.out.push(plainText(child));
      else if (child instanceof Node) this.element(child, scope, shown);
      else if (!child.comment || this.comments) this.out.push(remarkText(child));
    }
  }

  /**
   * The namespaces that an element has to declare in the output.
   * @param {Node} node
   * @param {Map<string, string>} scope
   * @param {Map<string, string>} shown
   * @returns {[string, string][]}
   */
  declarations(node, scope, shown) {
    const wanted = new Set([node.prefix]);
    if (this.exclusive) {
      for (const [prefix, uri] of node.attributes) if (uri && uri !== XML) wanted.add(prefix);
      for (const prefix of this.listed) if (scope.has(prefix)) wanted.add(prefix);
    } else {
      for (const prefix of scope.keys()) wanted.add(prefix);
    }
    wanted.delete("xml");
    return [...wanted]
      .map((prefix) => /** @type {[string, string]} */ ([prefix, scope.get(prefix) ?? ""]))
      .filter(([prefix, uri]) => (shown.get(prefix) ?? "") !== uri)
      .sort((one, other) => compared(one[0], other[0]));
  }
}

/** @param {Remark} child */
function remarkText(child) {
  return child.comment ? `<!--${child.text}-->` : `<?${child.text}?>`;
}

/** @param {[string, string, string, string][]} attributes */
function sorted(attributes) {
  if (attributes.length < 2) return attributes;
  return [...attributes].sort((one, other) => (
    compared(one[1], other[1]) || compared(one[2], other[2])));
}

/**
 * @param {string} one
 * @param {string} other
 */
function compared(one, other) {
  return one < other ? -1 : Number(one > other);
}

/** @param {string} text */
export function plainText(text) {
  if (!/[&<>\r]/.test(text)) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replaceAll("\r", "&#xD;");
}

/** @param {string} text */
function valueText(text) {
  if (!/[&<"\t\n\r]/.test(text)) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;")
    .replaceAll("\t", "&#x9;").replaceAll("\n", "&#xA;").replaceAll("\r", "&#xD;");
}
