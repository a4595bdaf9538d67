// Other ways from an element to octets: algorithm, namespaces, source text, frame and encoding.

import { edited } from "./content.mjs";
import { AXIS, SOURCE } from "./forms.mjs";
import { EXCLUSIVE, INCLUSIVE, PREFIXES } from "./names.mjs";
import { Node } from "./nodes.mjs";

/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */

const DECLARATIONS = [
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
  "<?xml version='1.0' encoding='UTF-8'?>",
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
  "<?xml version='1.0' encoding='utf-8'?>",
  "<?xml version=\"1.0\"?>",
  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
  "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>",
];
const BOM = Object.freeze({ utf8: [0xef, 0xbb, 0xbf], little: [0xff, 0xfe], big: [0xfe, 0xff] });
/** @type {[string, readonly number[], string][]} */
const ENCODINGS = [
  ["utf-16-le", [], "UTF-16LE"],
  ["utf-16-le", BOM.little, "BOM + UTF-16LE"],
  ["utf-16-be", [], "UTF-16BE"],
  ["utf-16-be", BOM.big, "BOM + UTF-16BE"],
  ["iso-8859-1", [], "ISO-8859-1"],
  ["cp1252", [], "Windows-1252"],
];
const GENERATED = /^(?:ns|n|ns_|p)\d+$/;
const BEYOND_ASCII = /[^\x00-\x7f]/;

// Algorithm

/**
 * The other canonicalisation: inclusive, or exclusive.
 * @param {Form} form
 */
export function* methodSteps(form) {
  const exclusive = form.method.exclusive === false;
  const [found, expected] = exclusive ? [INCLUSIVE, EXCLUSIVE] : [EXCLUSIVE, INCLUSIVE];
  const change = (/** @type {Form} */ given) => given.with({ method: { ...given.method, exclusive } });
  yield { axis: AXIS.method, cause: "DIA-005", change, found, expected };
}

// Namespaces

/**
 * Namespaces declared elsewhere than in the message.
 * @param {Form} form
 */
export function* scopeSteps(form) {
  const missing = form.method.prefixes
    .filter((prefix) => !form.scope.has(prefix) && known(form, prefix))
    .map((prefix) => /** @type {[string, string]} */ ([prefix, known(form, prefix)]));
  for (const chosen of subsets(new Map(missing))) {
    yield scopeStep(new Map([...form.scope, ...chosen]), [...chosen.keys()].join(" "), "+");
  }
  const lost = [...form.scope.keys()].filter((prefix) => prefix !== "xml").sort();
  const used = usedBelow(form.node);
  const own = new Map([...form.scope].filter(([prefix]) => used.has(prefix)));
  const names = lost.filter((prefix) => !used.has(prefix)).map((prefix) => prefix || "xmlns");
  yield scopeStep(own, names.join(" "), "–");
  for (const prefix of lost.filter((name) => !used.has(name))) {
    const rest = new Map([...form.scope].filter(([name]) => name !== prefix));
    yield scopeStep(rest, prefix || "xmlns", "–");
  }
  const declared = [...form.node.walk()].flatMap((node) => node.declared.map(([prefix]) => prefix));
  if (declared.length) yield movedStep(form, [...new Set(declared)]);
}

/**
 * Prefixes that a library made up, put back to those of the field.
 * @param {Form} form
 */
export function* nameSteps(form) {
  const usual = new Map(Object.entries(PREFIXES).map(([prefix, uri]) => [uri, prefix]));
  const names = [...form.scope, ...[...form.node.walk()].flatMap((node) => node.declared)];
  const renamed = new Map(names
    .filter(([prefix, uri]) => usual.has(uri) && usual.get(uri) !== prefix)
    .map(([prefix, uri]) => [prefix, usual.get(uri)]));
  const all = [...renamed].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  const madeUp = all.filter(([prefix]) => !prefix || GENERATED.test(prefix));
  for (const chosen of [madeUp, all]) if (chosen.length) yield renamedStep(new Map(chosen));
}

/**
 * @param {Map<string, string>} names
 * @returns {Step}
 */
function renamedStep(names) {
  const now = (/** @type {string} */ prefix) => names.get(prefix) ?? prefix;
  const rename = (/** @type {Node} */ node) => node.with({
    prefix: now(node.prefix),
    declared: node.declared.map(([prefix, uri]) => [now(prefix), uri]),
    attributes: node.attributes.map(([prefix, uri, local, value]) => (
      [uri ? now(prefix) : "", uri, local, value])),
    children: node.children.map((child) => (child instanceof Node ? rename(child) : child)),
  });
  return {
    axis: AXIS.names,
    cause: "DIA-004",
    change: (form) => form.with({
      node: rename(form.node),
      scope: new Map([...form.scope].map(([prefix, uri]) => [now(prefix), uri])),
    }),
    found: [...names.keys()].map((name) => `${name || "xmlns"}:`).join(" "),
    expected: [...names.values()].map((name) => `${name}:`).join(" "),
    detail: "≠",
  };
}

/**
 * The namespace that a prefix has elsewhere in the document, or in the field.
 * @param {Form} form
 * @param {string} prefix
 * @returns {string}
 */
function known(form, prefix) {
  for (const node of form.tree.root.walk()) {
    for (const [name, uri] of node.declared) if (name === prefix) return uri;
  }
  return PREFIXES[prefix] ?? "";
}

/** @param {Map<string, string>} missing */
function* subsets(missing) {
  if (missing.size) yield missing;
  if (missing.size > 1) for (const pair of missing) yield new Map([pair]);
}

/**
 * @param {Map<string, string>} scope
 * @param {string} names
 * @param {string} sign
 * @returns {Step}
 */
function scopeStep(scope, names, sign) {
  return {
    axis: AXIS.scope,
    cause: "DIA-004",
    change: (form) => form.with({ scope }),
    found: names || "–",
    expected: `${sign} ${names}`,
    detail: sign,
  };
}

/**
 * Every declaration below the element moved up onto it.
 * @param {Form} form
 * @param {string[]} declared
 * @returns {Step}
 */
function movedStep(form, declared) {
  const raise = (/** @type {Node} */ node) => {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const inner of node.walk()) {
      for (const [prefix, uri] of inner.declared) {
        if (prefix && uri && !found.has(prefix)) found.set(prefix, uri);
      }
    }
    return node.with({ declared: [...new Map([...found, ...node.declared])] });
  };
  const names = declared.filter(Boolean).sort().join(" ");
  const words = { found: names || "–", expected: form.node.local, detail: "↑" };
  return edited(AXIS.names, "DIA-004", raise, words);
}

/** @param {Node} node */
function usedBelow(node) {
  const found = new Set();
  for (const inner of node.walk()) {
    found.add(inner.prefix);
    for (const [prefix, uri] of inner.attributes) if (uri) found.add(prefix);
  }
  return found;
}

// Source text

/**
 * The text of the document instead of its canonical form.
 * @param {Form} form
 */
export function* sourceSteps(form) {
  const { local } = form.node;
  yield sourceStep(SOURCE.written, false, `<${local}>…</${local}>`);
  yield sourceStep(SOURCE.written, true, `<${local}> [ … ] </${local}>`);
  yield sourceStep(SOURCE.string, false, `string(${local})`);
  yield sourceStep(SOURCE.string, true, `normalize-space(${local})`);
  yield sourceStep(SOURCE.decoded, false, `base64-decode(${local})`);
}

/**
 * @param {number} source
 * @param {boolean} content
 * @param {string} expected
 * @returns {Step}
 */
function sourceStep(source, content, expected) {
  const change = (/** @type {Form} */ form) => form.with({ source, content });
  return { axis: AXIS.method, cause: "DIA-008", change, found: "c14n", expected };
}

// Octets

/** Line ends of the octets, after canonicalisation. */
export function* endSteps() {
  for (const [lineEnd, expected] of [["\r\n", "←↵"], ["\r", "←"]]) {
    const change = (/** @type {Form} */ form) => form.with({ lineEnd });
    yield { axis: AXIS.ends, cause: "DIA-002", change, found: "↵", expected };
  }
}

/**
 * What may stand before and behind the canonical form, and other encodings.
 * @param {Form} form
 */
export function* octetSteps(form) {
  yield octetStep("BOM (EF BB BF)", { mark: BOM.utf8 });
  for (const front of DECLARATIONS) {
    yield octetStep(front, { front });
    yield octetStep(`${front}↵`, { front: `${front}\n` });
  }
  const [first] = DECLARATIONS;
  yield octetStep(`BOM + ${first}`, { mark: BOM.utf8, front: first });
  yield octetStep(`${first}←↵`, { front: `${first}\r\n` });
  yield octetStep("…↵", { back: "\n" });
  yield octetStep("…←↵", { back: "\r\n" });
  const beyond = beyondAscii(form.node);
  for (const [encoding, mark, shown] of ENCODINGS) {
    if (encoding.startsWith("utf") || beyond) yield octetStep(shown, { encoding, mark });
  }
}

/** @param {Node} node */
function beyondAscii(node) {
  return [...node.walk()].some((inner) => (
    inner.children.some((child) => typeof child === "string" && BEYOND_ASCII.test(child))
    || inner.attributes.some((attribute) => BEYOND_ASCII.test(attribute[3]))));
}

/**
 * @param {string} expected
 * @param {object} settings
 * @returns {Step}
 */
function octetStep(expected, settings) {
  const change = (/** @type {Form} */ form) => form.with(settings);
  return { axis: AXIS.octets, cause: "DIA-009", change, found: "c14n", expected };
}
