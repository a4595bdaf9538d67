// Octets → tree, by libxml2, with the refusals of a diagnosis: no DTD, no entity, no giant.
// Comments and processing instructions are let in: they can be the cause.

import { ParseOption, XmlDocument, XmlParseError } from "../libxml2-wasm/document.mjs";
import { XmlCData, XmlComment, XmlElement, XmlText, XmlTreeNode } from "../libxml2-wasm/nodes.mjs";
import { XmlStringOutputBufferHandler } from "../libxml2-wasm/utils.mjs";
import { Node, Remark, Tree } from "./nodes.mjs";
import { utf8 } from "./octets.mjs";

/** Octets above which nothing is read. */
export const MOST = 16 * 1024 * 1024;
const EXCLUSIVE = 1;
const OPTIONS = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE
  | ParseOption.XML_PARSE_BIG_LINES;
const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/** What the reader of the page is told instead of a diagnosis. */
export class Unreadable extends Error {}

/** A document as libxml2 read it and as plain values. */
export class Document {
  /** @param {Uint8Array} data */
  constructor(data) {
    this.data = data;
    this.xml = parsed(data);
    /** @type {Map<Node, XmlElement>} */
    this.elements = new Map();
    /** @type {Map<Node, number>} */
    this.lines = new Map();
    const root = this.node(this.xml.root);
    this.encoding = encodingOf(data);
    const text = decoded(data, this.encoding);
    this.tree = new Tree(root, this.lines, text);
  }

  /**
   * @param {XmlElement} element
   * @returns {Node}
   */
  node(element) {
    const children = [];
    for (let child = element.firstChild; child; child = following(child)) {
      if (child instanceof XmlElement) children.push(this.node(child));
      else if (child instanceof XmlText || child instanceof XmlCData) append(children, child.content);
      else if (child instanceof XmlComment) children.push(new Remark(child.content, true));
      else children.push(new Remark(instruction(child), false));
    }
    const made = new Node({
      prefix: element.prefix,
      uri: element.namespaceUri,
      local: element.name,
      declared: Object.entries(element.nsDeclarations),
      attributes: element.attrs.map((attribute) => [
        attribute.prefix, attribute.namespaceUri, attribute.name, attribute.value]),
      children,
    });
    this.elements.set(made, element);
    this.lines.set(made, element.line);
    return made;
  }

  /**
   * The canonical octets that the receiver computes, by libxml2.
   * @param {Node} node
   * @param {readonly string[]} prefixes
   * @param {Node | null} [without] a child that is left out: the signature of an assertion
   * @returns {Uint8Array}
   */
  canonical(node, prefixes, without = null) {
    if (without) return this.withoutChild(node, prefixes, without);
    return utf8(written(this.xml, this.elements.get(node), prefixes));
  }

  /**
   * libxml2 takes the child out of a document of its own.
   * @param {Node} node
   * @param {readonly string[]} prefixes
   * @param {Node} without
   * @returns {Uint8Array}
   */
  withoutChild(node, prefixes, without) {
    const twin = new Document(this.data);
    const [order, other] = [this.tree.order, [...twin.tree.order.keys()]];
    twin.elements.get(other[order.get(without)]).remove();
    const octets = utf8(written(twin.xml, twin.elements.get(other[order.get(node)]), prefixes));
    twin.dispose();
    return octets;
  }

  /** Give the memory back. */
  dispose() {
    this.elements.clear();
    this.xml.dispose();
  }
}

/**
 * @param {XmlDocument} xml
 * @param {XmlElement} element
 * @param {readonly string[]} prefixes
 */
function written(xml, element, prefixes) {
  const handler = new XmlStringOutputBufferHandler();
  xml.canonicalize(handler, {
    mode: EXCLUSIVE, inclusiveNamespacePrefixes: [...prefixes], nodeSet: new Set([element]),
  });
  return handler.result;
}

/**
 * @param {Uint8Array} data
 * @returns {XmlDocument}
 */
function parsed(data) {
  if (data.length > MOST) {
    throw new Unreadable(`Le document fait ${data.length} octets ; la limite est de ${MOST}.`);
  }
  let found;
  try {
    found = XmlDocument.fromBuffer(data, { option: OPTIONS });
  } catch (error) {
    if (error instanceof XmlParseError) throw new Unreadable(malformed(error));
    throw error;
  }
  if (found.dtd) {
    found.dispose();
    throw new Unreadable("Le document a un DOCTYPE : il est refusé, ici comme par un serveur.");
  }
  return found;
}

/** @param {XmlParseError} error */
function malformed(error) {
  const first = error.details[0];
  const place = first ? `ligne ${first.line}, colonne ${first.col} : ${first.message.trim()}` : "vide";
  return `Ce document n'est pas du XML bien formé (${place}). Collez le corps HTTP entier, sans en-têtes.`;
}

/**
 * @param {(Node | Remark | string)[]} children
 * @param {string} text
 */
function append(children, text) {
  if (!text) return;
  if (typeof children.at(-1) === "string") children.push(children.pop() + text);
  else children.push(text);
}

/**
 * The wrapper gives a processing instruction no way to its sibling but XPath.
 * @param {import("../libxml2-wasm/nodes.mjs").XmlNode} child
 */
function following(child) {
  return child instanceof XmlTreeNode ? child.next : child.get("following-sibling::node()[1]");
}

/** @param {import("../libxml2-wasm/nodes.mjs").XmlNode} child */
function instruction(child) {
  const handler = new XmlStringOutputBufferHandler();
  child.doc.canonicalize(handler, { mode: EXCLUSIVE, nodeSet: new Set([child]) });
  return handler.result.trim().slice(2, -2);
}

/**
 * @param {Uint8Array} data
 * @returns {string} a name that TextDecoder knows
 */
export function encodingOf(data) {
  if (data[0] === 0xff && data[1] === 0xfe) return "utf-16le";
  if (data[0] === 0xfe && data[1] === 0xff) return "utf-16be";
  const head = String.fromCharCode(...data.subarray(0, 256)).replace(/^\u00ef\u00bb\u00bf/, "");
  return (DECLARED.exec(head)?.[1] ?? "utf-8").toLowerCase();
}

/**
 * @param {Uint8Array} data
 * @param {string} encoding
 * @returns {string} without the byte order mark
 */
function decoded(data, encoding) {
  if (encoding !== "iso-8859-1") return new TextDecoder(encoding).decode(data);
  let text = "";
  for (let start = 0; start < data.length; start += 8192) {
    text += String.fromCharCode(...data.subarray(start, start + 8192));
  }
  return text;
}
