// A form: one way in which octets may be made from a place of the document.
// The receiver's own form is where every search begins; a step changes one setting of it.

import { fromBase64, joined, utf8 } from "./octets.mjs";
import { canonicalText } from "./serial.mjs";

/** @typedef {import("./nodes.mjs").Node} Node */
/** @typedef {import("./nodes.mjs").Tree} Tree */

/** What a step changes; the steps of a form are applied in this order, one for each axis. */
export const AXIS = Object.freeze({
  node: 1, order: 2, names: 3, blanks: 4, base64: 5, lines: 6, remarks: 7, method: 8, scope: 9,
  ends: 10, octets: 11,
});

/** From what the octets are made. */
export const SOURCE = Object.freeze({ canonical: 1, written: 2, string: 3, decoded: 4 });

const LATIN = { "iso-8859-1": latinCodes(), cp1252: windowsCodes() };

/** Settings from which octets follow; never changed once it is made. */
export class Form {
  /**
   * @param {object} values
   * @param {Tree} values.tree
   * @param {Node} values.place the element of the document: its ancestors and its source text
   * @param {Node} values.node the same element, or what is made of it
   * @param {Map<string, string>} values.scope
   * @param {import("./serial.mjs").Method} values.method
   */
  constructor(values) {
    /** @type {boolean} */
    this.content = false;
    /** As content, but cut out of the canonical form of the whole element. */
    this.cut = false;
    this.source = SOURCE.canonical;
    this.lineEnd = "\n";
    this.front = "";
    this.back = "";
    this.encoding = "utf-8";
    /** @type {readonly number[]} */
    this.mark = [];
    Object.assign(this, values);
  }

  /**
   * The form with other settings.
   * @param {object} values
   * @returns {Form}
   */
  with(values) {
    return new Form({ ...this, ...values });
  }

  /** @returns {Uint8Array | null} null when there are none */
  octets() {
    const made = this.made();
    const nothing = made === null || (this.source === SOURCE.canonical && made === "");
    const plain = nothing ? null : this.recoded(made);
    if (!plain) return null;
    if (!this.mark.length && !this.front && !this.back) return plain;
    const [front, back] = [this.front, this.back].map((text) => encoded(text, this.encoding));
    return joined([Uint8Array.from(this.mark), front, plain, back]);
  }

  /**
   * @param {string | Uint8Array} made
   * @returns {Uint8Array | null}
   */
  recoded(made) {
    const other = this.encoding !== "utf-8" || this.lineEnd !== "\n";
    if (typeof made !== "string" && !other) return made;
    let text = typeof made === "string" ? made : asText(made);
    if (text === null) return null;
    if (this.lineEnd !== "\n") text = text.replaceAll("\r\n", "\n").replaceAll("\n", this.lineEnd);
    return encoded(text, this.encoding);
  }

  /** @returns {string | Uint8Array | null} */
  made() {
    switch (this.source) {
      case SOURCE.canonical:
        return canonicalText(this.node, this.scope, this.method, this);
      case SOURCE.written:
        return this.tree.source(this.place, this.content);
      case SOURCE.string:
        return this.content ? this.node.text.trim() : this.node.text;
      default:
        return fromBase64(this.node.text.replace(/\s+/g, ""));
    }
  }
}

/** @param {Uint8Array} octets */
function asText(octets) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @param {string} encoding
 * @returns {Uint8Array | null} null when a character has no place in it
 */
function encoded(text, encoding) {
  if (encoding === "utf-8") return utf8(text);
  if (encoding.startsWith("utf-16")) {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let at = 0; at < text.length; at++) {
      view.setUint16(at * 2, text.charCodeAt(at), encoding === "utf-16-le");
    }
    return new Uint8Array(view.buffer);
  }
  const codes = Array.from(text, (char) => LATIN[encoding].get(char));
  return codes.includes(undefined) ? null : Uint8Array.from(codes);
}

function latinCodes() {
  return new Map(Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), code]));
}

function windowsCodes() {
  const text = new TextDecoder("windows-1252").decode(Uint8Array.from({ length: 256 }, (_, i) => i));
  return new Map(Array.from(text, (char, code) => [char, code]));
}

/**
 * @typedef {object} Step one hypothesis: what was done otherwise, and what octets would follow
 * @property {number} axis
 * @property {string} cause a finding
 * @property {(form: Form) => Form | null} change null where the step does not apply
 * @property {string} [found] what the message says or does
 * @property {string} [expected] what must have been done
 * @property {string} [detail]
 * @property {boolean} [alone] whether it is not tried together with other steps
 */

/**
 * A form after some steps, in the order of their axes.
 * @param {Form} form
 * @param {readonly Step[]} steps
 * @returns {Form | null}
 */
export function applied(form, steps) {
  return [...steps].sort((one, other) => one.axis - other.axis)
    .reduce((/** @type {Form | null} */ found, step) => found && step.change(found), form);
}
