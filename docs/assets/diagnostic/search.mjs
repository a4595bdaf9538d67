// Tries hypotheses: one step at a time, then two of different axes, within a budget of octets.
// The order of the table is the order of trial and, among causes of equally many changes, the
// order in which they are told: what happens more often comes first.

import { base64Steps, lineSteps, orderSteps, remarkSteps } from "./content.mjs";
import { cause, make } from "./findings.mjs";
import { applied } from "./forms.mjs";
import { blankSteps } from "./layout.mjs";
import { placeSteps } from "./places.mjs";
import { namedLists, namedSteps, otherSteps } from "./prefixlists.mjs";
import { match } from "./targets.mjs";
import {
  endSteps, methodSteps, nameSteps, octetSteps, scopeSteps, sourceSteps,
} from "./writing.mjs";

/** @typedef {import("./forms.mjs").Form} Form */
/** @typedef {import("./forms.mjs").Step} Step */
/** @typedef {import("./targets.mjs").Target} Target */
/** @typedef {import("./prefixlists.mjs").Profile} Profile */

/** Octets that one diagnosis may canonicalise: less than the command spends, for a page waits. */
const OCTETS = 600_000_000;
/** Candidates that one diagnosis may compute. */
const CANDIDATES = 40_000;
/** Pairs that fit, after which no further one is looked for. */
const ENOUGH = 4;

/** What a diagnosis may still spend: every question at most half of what is left. */
export class Budget {
  constructor() {
    this.octets = OCTETS;
    this.candidates = CANDIDATES;
    this.least = { octets: 0, candidates: 0 };
    /** Whether any question ended before every hypothesis was tried. */
    this.exhausted = false;
  }

  /** Begin a question. */
  begin() {
    this.least = {
      octets: Math.floor(this.octets / 2), candidates: Math.floor(this.candidates / 2),
    };
  }

  /** @returns {boolean} whether this question has spent its share */
  get ended() {
    return this.octets < this.least.octets || this.candidates < this.least.candidates;
  }

  /** @param {number} octets length of one candidate */
  spend(octets) {
    this.octets -= octets;
    this.candidates -= 1;
    this.exhausted ||= this.ended;
  }
}

/**
 * @typedef {object} Hit steps whose octets fit
 * @property {Step[]} steps
 * @property {Target} target
 * @property {Uint8Array} octets
 */

/**
 * @typedef {object} Asked a question: which form fits one of these targets
 * @property {Form} form
 * @property {Target[]} targets
 * @property {Profile | null} profile
 * @property {readonly Profile[]} profiles all of the catalogue
 * @property {Step[]} [first] steps that are tried before the table
 * @property {import("./nodes.mjs").Node} [signature] the one that the value belongs to
 */

/**
 * Every step, in the order of trial.
 * @param {Asked} asked
 * @returns {Step[]}
 */
export function table({ form, profile, profiles, signature, first = [] }) {
  const lists = namedLists(profile, profiles);
  return [
    ...first,
    ...namedSteps(form, lists),
    ...lineSteps(),
    ...endSteps(),
    ...blankSteps(form),
    ...base64Steps(form),
    ...remarkSteps(form),
    ...scopeSteps(form),
    ...methodSteps(form),
    ...sourceSteps(form),
    ...placeSteps(form, signature),
    ...octetSteps(form),
    ...nameSteps(form),
    ...otherSteps(form, lists),
    ...orderSteps(form),
  ];
}

/**
 * What fits: the form itself, else single steps, else pairs; in the order of the table.
 * @param {Asked} asked
 * @param {Budget} budget
 * @returns {Promise<Hit[]>}
 */
export async function search(asked, budget) {
  if (!asked.targets.length) return [];
  budget.begin();
  const plain = await tried(asked, [], budget);
  if (plain) return [plain];
  const steps = table(asked);
  const singles = await hits(asked, steps.map((step) => [step]), budget, Infinity);
  return singles.length ? singles : hits(asked, pairs(steps), budget, ENOUGH);
}

/**
 * @param {Asked} asked
 * @param {Iterable<Step[]>} candidates
 * @param {Budget} budget
 * @param {number} enough
 * @returns {Promise<Hit[]>}
 */
async function hits(asked, candidates, budget, enough) {
  const found = [];
  for (const steps of candidates) {
    if (budget.ended || found.length >= enough) break;
    const hit = await tried(asked, steps, budget);
    if (hit) found.push(hit);
  }
  return found;
}

/**
 * @param {Step[]} steps
 * @returns {Generator<Step[]>}
 */
function* pairs(steps) {
  const free = steps.filter((step) => !step.alone);
  for (const [index, one] of free.entries()) {
    for (const other of free.slice(index + 1)) if (one.axis !== other.axis) yield [one, other];
  }
}

/**
 * The form after some steps, if it fits one of the targets.
 * @param {Asked} asked
 * @param {Step[]} steps of different axes
 * @param {Budget} budget
 * @returns {Promise<Hit | null>}
 */
export async function tried(asked, steps, budget) {
  if (budget.ended) return null;
  const octets = applied(asked.form, steps)?.octets();
  if (!octets) return null;
  const target = await match(octets, asked.targets);
  budget.spend(octets.length);
  return target && { steps, target, octets };
}

/**
 * The finding of a step, with what was found and what must have been done.
 * @param {Step} step
 * @param {number} [line]
 */
export function told(step, line) {
  const { found = "", expected = "", detail } = step;
  return make(step.cause, { line, found, expected, detail: detail || undefined });
}

/**
 * A cause from what fits.
 * @param {Hit} hit
 * @param {string} value what the message holds
 * @param {import("./findings.mjs").Finding[]} extra about hash and writing of the value
 * @param {number} [line]
 */
export function causeOf(hit, value, extra, line) {
  return cause([...hit.steps.map((step) => told(step, line)), ...extra], hit.octets, value);
}
