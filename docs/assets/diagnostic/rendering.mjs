// A diagnosis as a part of the page; the words are those of the command.

import { drawings, element, pairs } from "./elements.mjs";
import { filled } from "./findings.mjs";
import { utf8 } from "./octets.mjs";
import { firstDifference, safe, shortened, visible } from "./visible.mjs";

/** @typedef {import("./findings.mjs").Cause} Cause */
/** @typedef {import("./findings.mjs").Finding} Finding */

/**
 * @typedef {object} Wording from the catalogue, made at build
 * @property {Record<string, string>} words
 * @property {import("./findings.mjs").Texts} texts
 * @property {string} findings address of the page of findings, from this page
 */

/** Shows diagnoses with the words of one language. */
export class Renderer {
  /** @param {Wording} wording */
  constructor({ words, texts, findings }) {
    this.words = words;
    this.texts = texts;
    this.findings = findings;
  }

  /**
   * @param {import("./explaining.mjs").Diagnosis} diagnosis
   * @returns {HTMLElement[]}
   */
  diagnosis({ signatures, causes, exhausted }) {
    const { words } = this;
    const parts = exhausted ? [element("p", { class: "remark" }, words.exhausted)] : [];
    if (!signatures.length) parts.push(element("p", { class: "remark" }, words.none));
    if (causes.length) {
      parts.push(element("section", {}, element("h3", {}, words.document), ...this.causes(causes)));
    }
    return [...parts, ...signatures.map((signature, index) => this.signature(signature, index + 1))];
  }

  /**
   * One sentence for the live region.
   * @param {import("./explaining.mjs").Diagnosis} diagnosis
   * @returns {string}
   */
  summary({ signatures, causes }) {
    if (!signatures.length) return this.words.none;
    const wrong = signatures.flatMap((signature) => [
      ...signature.references.filter((one) => !one.right).map((one) => one.causes[0]),
      ...(signature.right ? [] : [signature.causes[0]]),
    ]);
    const first = [...causes, ...wrong][0];
    const counted = `${signatures.length} signature${signatures.length > 1 ? "s" : ""}`;
    return first ? `${counted}, ${this.words.wrong} : ${this.title(first.finding)}.`
      : `${counted}, ${this.words.right}.`;
  }

  /**
   * @param {import("./explaining.mjs").SignatureDiagnosis} signature
   * @param {number} number
   * @returns {HTMLElement}
   */
  signature(signature, number) {
    const { words } = this;
    const right = signature.right && signature.references.every((one) => one.right);
    const title = filledWord(words.signature, { number, line: signature.line });
    return element(
      "section",
      { class: "signature" },
      element("h3", {}, `${title} `, this.badge(right)),
      ...signature.references.map((reference) => this.reference(reference)),
      this.value(signature),
    );
  }

  /**
   * @param {import("./references.mjs").ReferenceDiagnosis} reference
   * @returns {HTMLElement}
   */
  reference(reference) {
    const { words } = this;
    const where = shown(reference.element) || words.nowhere;
    const values = pairs([
      [words.prefixes, shown(reference.prefixes.join(" ")) || words.empty],
      [words.found, shown(reference.found)],
      [words.computed, reference.computed],
    ]);
    const title = `${words.reference} #${shown(reference.uri)} (${where})`;
    return this.judged(title, reference, values, words.octets, `${reference.element}.c14n`);
  }

  /**
   * @param {import("./explaining.mjs").SignatureDiagnosis} signature
   * @returns {HTMLElement}
   */
  value(signature) {
    const { words } = this;
    const values = pairs([
      [words.signer, shown(signature.signer) || words.nobody],
      [words.xpath, shown(signature.xpath)],
    ]);
    return this.judged(words.value, signature, values, words.octets_info, "signed-info.c14n");
  }

  /**
   * @param {string} title
   * @param {{right: boolean, causes: Cause[], octets: Uint8Array}} judged
   * @param {HTMLElement | null} values
   * @param {string} word
   * @param {string} file
   * @returns {HTMLElement}
   */
  judged(title, { right, causes, octets }, values, word, file) {
    return element(
      "section",
      { class: right ? "judged" : "judged judged--wrong" },
      element("h4", {}, `${title} `, this.badge(right)),
      values,
      ...this.causes(causes, octets),
      this.octets(word, octets, file),
    );
  }

  /** @param {boolean} right */
  badge(right) {
    const kind = right ? "badge badge--alive" : "badge badge--error";
    return element("span", { class: kind }, this.words[right ? "good" : "bad"]);
  }

  /**
   * The causes, most likely first.
   * @param {Cause[]} causes
   * @param {Uint8Array} [actual] what was digested or signed as the message stands
   * @returns {HTMLElement[]}
   */
  causes(causes, actual = new Uint8Array()) {
    if (!causes.length) return [];
    const items = causes.map((cause) => element("li", {}, ...this.cause(cause, actual)));
    return [
      element("p", { class: "causes-title" }, this.words.causes),
      element("ol", { class: "causes" }, ...items),
    ];
  }

  /**
   * @param {Cause} cause
   * @param {Uint8Array} actual
   */
  cause({ finding, along, octets, value }, actual) {
    const { words } = this;
    const text = this.texts[finding.id];
    const more = along.map((one) => `${one.id} ${this.text(one)}`);
    const parted = octets && actual.length ? firstDifference(actual, octets) : null;
    return [
      element("p", { class: "cause" }, this.link(finding), ` ${this.title(finding)}`),
      element("p", {}, this.text(finding)),
      ...more.map((told) => element("p", {}, `${words.along} : ${told}`)),
      element("p", { class: "fix" }, `${words.fix} : ${text?.fix ?? ""}`),
      element("p", {}, `${words.why} : ${text?.cause ?? ""}`),
      pairs([[words.proof, shown(value)]]),
      parted && this.difference(parted),
      parted && this.octets(words.octets_cause, octets, `${finding.id}.c14n`),
    ];
  }

  /** @param {Finding} finding */
  link(finding) {
    return element("a", { href: `${this.findings}#${finding.id.toLowerCase()}` }, finding.id);
  }

  /** @param {Finding} finding */
  title(finding) {
    return this.texts[finding.id]?.title ?? finding.id;
  }

  /** @param {Finding} finding */
  text(finding) {
    return safe(filled(this.texts[finding.id]?.text ?? "", finding));
  }

  /** @param {import("./visible.mjs").Difference} parted */
  difference(parted) {
    const title = filledWord(this.words.differs, { offset: parted.offset });
    const rows = [["ours", parted.ours], ["theirs", parted.theirs]].flatMap(([name, rest]) => [
      element("b", {}, `${this.words[name]} `),
      ...drawings(visible(parted.common)),
      element("mark", {}, ...(rest.length ? drawings(visible(rest)) : ["∅"])),
      "\n",
    ]);
    const pre = element("pre", { tabindex: "0", role: "region", "aria-label": title }, ...rows);
    return element("figure", {}, element("figcaption", {}, title), pre);
  }

  /**
   * Octets that unfold, cut in the middle when there are many; the file has them all.
   * @param {string} word
   * @param {Uint8Array} octets
   * @param {string} file
   * @returns {HTMLElement | null}
   */
  octets(word, octets, file) {
    if (!octets.length) return null;
    const title = filledWord(word, { count: octets.length });
    const [head, left, tail] = shortened(octets);
    const text = drawings(visible(head, true));
    if (left) {
      const cut = filledWord(this.words.left_out, { count: left });
      text.push("\n", element("b", {}, cut), "\n", ...drawings(visible(tail, true)));
    }
    const label = `${title} (${file})`;
    return element(
      "details",
      {},
      element("summary", {}, title),
      element("p", {}, download(octets, file)),
      element("pre", { tabindex: "0", role: "region", "aria-label": label }, ...text),
    );
  }
}

/**
 * @param {Uint8Array} octets
 * @param {string} file
 */
function download(octets, file) {
  const button = element("button", { type: "button", class: "small" }, `Enregistrer ${file}`);
  button.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([octets], { type: "application/octet-stream" }));
    element("a", { href: address, download: file }).click();
    URL.revokeObjectURL(address);
  });
  return button;
}

/**
 * A short text of the message, drawn but with true blanks.
 * @param {string} text
 */
function shown(text) {
  return visible(utf8(text)).replaceAll("·", " ");
}

/**
 * @param {string} word
 * @param {Record<string, string | number>} values
 */
function filledWord(word, values) {
  return word.replace(/\{(\w+)\}/g, (_mark, name) => String(values[name]));
}
