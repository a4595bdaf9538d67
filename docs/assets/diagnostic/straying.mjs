// A reference that leads nowhere, and the element that it may have meant.

import { placeStep } from "./places.mjs";
import { extraOf, ranked } from "./ranking.mjs";
import { causeOf, search, tried } from "./search.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {import("./lenient.mjs").Written} Written */
/** @typedef {import("./nodes.mjs").Node} Node */

const MOST = 40;

/**
 * A reference that leads nowhere: the element that has the digest, if there is one.
 * @param {Written} written
 * @param {import("./references.mjs").Context} context
 * @param {import("./search.mjs").Asked} asked
 * @returns {Promise<Cause[]>}
 */
export async function ledAstray(written, context, asked) {
  const { document: { tree }, budget } = context;
  const marked = [...tree.root.walk()].filter((node) => node.attributes.length);
  const near = marked.filter((node) => alike(node, written.id));
  const rest = marked.filter((node) => !near.includes(node));
  const value = written.value.replace(/\s+/g, "");
  for (const node of [...near, ...rest].slice(0, MOST)) {
    const form = asked.form.with({ place: node, node, scope: tree.scope(node) });
    const only = { ...asked, form, first: [] };
    const plain = near.includes(node) ? search(only, budget) : alone(only, budget);
    const hits = await plain;
    if (hits.length) {
      const step = strayStep(asked.form, node, written);
      return ranked(hits.map((hit) => causeOf(
        { ...hit, steps: [step, ...hit.steps] }, value, extraOf(hit.target, written), written.line,
      )));
    }
  }
  return [];
}

/**
 * @param {import("./search.mjs").Asked} asked
 * @param {import("./search.mjs").Budget} budget
 */
async function alone(asked, budget) {
  const hit = asked.targets.length ? await tried(asked, [], budget) : null;
  return hit ? [hit] : [];
}

/**
 * @param {Form} form
 * @param {Node} node
 * @param {Written} written
 * @returns {Step}
 */
function strayStep(form, node, written) {
  const names = idLike(node).join(", ") || "–";
  const words = { found: written.uri || "–", expected: `#${names}`, detail: node.local };
  return { ...placeStep(form, node, "DIA-018"), ...words };
}

/**
 * The values of the attributes that look like an id, whatever their case and namespace.
 * @param {Node} node
 */
function idLike(node) {
  return node.attributes
    .filter(([, , local]) => ["id", "assertionid"].includes(local.toLowerCase()))
    .map((attribute) => attribute[3]);
}

/**
 * @param {Node} node
 * @param {string} wanted
 */
function alike(node, wanted) {
  return idLike(node).some((value) => plainId(value) === plainId(wanted));
}

/** @param {string} value */
function plainId(value) {
  return value.trim().replace(/^#+/, "").toLowerCase();
}
