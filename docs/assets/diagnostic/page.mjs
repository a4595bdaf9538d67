// The page « Diagnostiquer une signature »: what is typed, chosen or tried, and the answer.
// Everything is loaded when the page opens; afterwards nothing is asked of any server.

import { element } from "./elements.mjs";
import { instant } from "./documents.mjs";
import { utf8 } from "./octets.mjs";
import { Renderer } from "./rendering.mjs";

/** Octets of a file that the text field still shows. */
const SHOWN = 200_000;

const find = (/** @type {string} */ id) => /** @type {any} */ (
  document.getElementById(`diagnostic-${id}`));

/** What the page knows: the catalogue, the worker, and the octets of a chosen file. */
class Page {
  /**
   * @param {object} data made at build
   * @param {Worker} worker
   */
  constructor(data, worker) {
    this.data = data;
    this.worker = worker;
    this.renderer = new Renderer({ ...data, findings: find("app").dataset.findings });
    /** @type {Uint8Array | null} */
    this.octets = null;
    this.number = 0;
    this.asked = 0;
  }

  start() {
    this.worker.addEventListener("message", (event) => this.answered(event.data));
    this.worker.addEventListener("error", () => this.say("Le calcul a échoué : rechargez la page."));
    find("run").addEventListener("click", () => this.ask());
    find("clear").addEventListener("click", () => this.clear());
    find("file").addEventListener("change", () => this.choose());
    find("text").addEventListener("input", () => { this.octets = null; });
    for (const [index, example] of this.data.examples.entries()) {
      const button = element("button", { type: "button", class: "small" }, example.title);
      button.addEventListener("click", () => this.example(index));
      find("examples").append(element("li", {}, button));
    }
    find("app").hidden = false;
  }

  /** @param {number} index */
  example(index) {
    this.octets = null;
    find("file").value = "";
    find("text").value = this.data.examples[index].text;
    this.ask();
  }

  async choose() {
    const [file] = find("file").files;
    if (!file) return;
    this.octets = new Uint8Array(await file.arrayBuffer());
    const small = this.octets.length <= SHOWN;
    find("text").value = small ? new TextDecoder().decode(this.octets) : "";
    this.ask();
  }

  clear() {
    this.octets = null;
    for (const id of ["text", "file", "password", "certificates", "now"]) find(id).value = "";
    find("results").replaceChildren();
    this.say("");
    find("text").focus();
  }

  ask() {
    const data = this.octets ?? utf8(find("text").value);
    if (!data.length) {
      this.say("Collez un message ou choisissez un fichier.");
      find("text").focus();
      return;
    }
    const { profiles, contents } = this.data;
    const password = find("password").value;
    const now = instant(find("now").value);
    const options = {
      certificates: find("certificates").value,
      passwords: password ? [password] : [],
      now: Number.isNaN(now) ? null : now,
    };
    this.number += 1;
    this.asked = performance.now();
    this.say("Calcul en cours…");
    find("results").setAttribute("aria-busy", "true");
    this.worker.postMessage({ number: this.number, data, catalogue: { profiles, contents }, options });
  }

  /** @param {{number: number, diagnosis?: object, unreadable?: string, failed?: string}} answer */
  answered({ number, diagnosis, unreadable, failed }) {
    if (number !== this.number) return;
    const results = find("results");
    results.setAttribute("aria-busy", "false");
    results.replaceChildren();
    if (diagnosis) {
      results.append(...this.renderer.diagnosis(diagnosis));
      const seconds = ((performance.now() - this.asked) / 1000).toFixed(1).replace(".", ",");
      this.say(`${this.renderer.summary(diagnosis)} (${seconds} s)`);
      results.focus({ preventScroll: true });
      find("status").scrollIntoView({ block: "start" });
    } else {
      this.say(unreadable || `Le calcul a échoué : ${failed}`);
    }
  }

  /** @param {string} text */
  say(text) {
    find("status").textContent = text;
  }
}

/**
 * A worker from an address would follow the policy of its own answer; one made here inherits the
 * policy of this page, which lets nothing out.
 * @returns {Promise<Worker>}
 */
function startWorker() {
  const source = `import ${JSON.stringify(new URL("worker.mjs", import.meta.url).href)};`;
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", () => resolve(worker), { once: true });
    worker.addEventListener("error", () => reject(new Error("worker")), { once: true });
  });
}

/** Load what the page needs; the rest of the page stays as it is when that fails. */
export async function start() {
  const answer = await fetch(new URL("data.json", import.meta.url));
  if (!answer.ok) throw new Error(`data.json: ${answer.status}`);
  const [data, worker] = await Promise.all([answer.json(), startWorker()]);
  new Page(data, worker).start();
  find("loading").hidden = true;
}
