// The prefix lists that may have been used instead of the one that is written.

import { AXIS } from "./forms.mjs";

/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {import("./nodes.mjs").Node} Node */

/**
 * @typedef {object} Profile how one step of the chain is signed, from the catalogue
 * @property {string} id
 * @property {{name: string, prefixes: string[]}[]} parts
 * @property {string[]} signedInfo
 */

/** @typedef {{prefixes: string[], owners: string}[]} Lists */

const DEFAULT = "#default";
/** Prefixes of which every subset is tried. */
const MOST = 7;

/**
 * Every list of every step, with its owners; those of the message's own step come first.
 * @param {Profile | null} profile
 * @param {readonly Profile[]} all
 * @returns {Lists}
 */
export function namedLists(profile, all) {
  const others = all.filter((step) => step !== profile);
  /** @type {Map<string, {prefixes: string[], owners: string[]}>} */
  const found = new Map();
  const add = (/** @type {string[]} */ prefixes, /** @type {string} */ owner) => {
    const list = [...prefixes].sort();
    const key = list.join(" ");
    if (!found.has(key)) found.set(key, { prefixes: list, owners: [] });
    found.get(key).owners.push(owner);
  };
  for (const step of profile ? [profile, ...others] : others) {
    for (const part of step.parts) add(part.prefixes, `${step.id}/${part.name}`);
    add(step.signedInfo, `${step.id}/SignedInfo`);
  }
  return [...found.values()].map(({ prefixes, owners }) => (
    { prefixes, owners: owners.join(", ") }));
}

/**
 * The lists of the catalogue, as far as they make a difference.
 * @param {Form} form
 * @param {Lists} lists
 */
export function* namedSteps(form, lists) {
  const useful = usefulOf(form);
  const seen = new Set([keyOf(form.method.prefixes, useful)]);
  for (const { prefixes, owners } of lists) {
    const effective = keyOf(prefixes, useful);
    if (!seen.has(effective)) {
      seen.add(effective);
      yield listStep(form, prefixes, owners);
    }
  }
  if (!seen.has("")) yield listStep(form, [], "–");
}

/**
 * Every other set of the prefixes that make a difference, the nearest to the list first.
 * @param {Form} form
 * @param {Lists} lists lists that have been tried already
 */
export function* otherSteps(form, lists) {
  const useful = usefulOf(form);
  const tried = [...lists.map((list) => list.prefixes), [], form.method.prefixes];
  const seen = new Set(tried.map((prefixes) => keyOf(prefixes, useful)));
  const written = new Set(form.method.prefixes.filter((prefix) => useful.has(prefix)));
  const sets = setsOf([...useful].sort(), written);
  const ranked = sets.map((names) => ({ names, key: names.join(" "), far: distance(names, written) }));
  ranked.sort((one, other) => one.far - other.far || comparedLists(one.names, other.names));
  for (const { names, key } of ranked) {
    if (!seen.has(key)) {
      seen.add(key);
      yield listStep(form, names, "–", true);
    }
  }
}

/**
 * @param {string[]} useful sorted
 * @param {Set<string>} written
 * @returns {string[][]} each sorted
 */
function setsOf(useful, written) {
  if (useful.length <= MOST) {
    return Array.from({ length: 2 ** useful.length }, (_, bits) => (
      useful.filter((_name, index) => bits & (1 << index))));
  }
  const changed = useful.map((name) => {
    const set = new Set(written);
    if (!set.delete(name)) set.add(name);
    return [...set].sort();
  });
  return [...useful.map((name) => [name]), ...changed, useful];
}

/**
 * @param {string[]} names
 * @param {Set<string>} written
 */
function distance(names, written) {
  const common = names.filter((name) => written.has(name)).length;
  return names.length + written.size - 2 * common;
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
function comparedLists(one, other) {
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    if (one[index] !== other[index]) return one[index] < other[index] ? -1 : 1;
  }
  return one.length - other.length;
}

/**
 * @param {Form} form
 * @param {string[]} prefixes
 * @param {string} owners
 * @param {boolean} [alone]
 * @returns {Step}
 */
function listStep(form, prefixes, owners, alone = false) {
  return {
    axis: AXIS.method,
    cause: "DIA-003",
    change: (given) => given.with({ method: { ...given.method, exclusive: true, prefixes } }),
    found: form.method.prefixes.join(" ") || "–",
    expected: prefixes.join(" ") || "–",
    detail: owners,
    alone,
  };
}

/**
 * The prefixes whose place in the list makes a difference.
 * @param {Form} form
 * @returns {Set<string>}
 */
function usefulOf(form) {
  const known = new Set([...form.scope.keys()].map(listed));
  for (const node of form.node.walk()) for (const [prefix] of node.declared) known.add(listed(prefix));
  known.delete("xml");
  for (const prefix of usedBy(form.node)) known.delete(prefix);
  return known;
}

/**
 * What an element declares in the output anyway.
 * @param {Node} node
 */
function usedBy(node) {
  const own = node.attributes.filter(([, uri]) => uri).map(([prefix]) => prefix);
  return [node.prefix, ...own].map(listed);
}

/** @param {string} prefix */
function listed(prefix) {
  return prefix || DEFAULT;
}

/**
 * @param {readonly string[]} prefixes
 * @param {Set<string>} useful
 */
function keyOf(prefixes, useful) {
  return [...new Set(prefixes)].filter((prefix) => useful.has(prefix)).sort().join(" ");
}
