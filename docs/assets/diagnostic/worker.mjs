// Does the work beside the page, so that it stays usable; knows neither the page nor the network.

import { readPem } from "./certificates.mjs";
import { explain } from "./explaining.mjs";
import { Unreadable } from "./reading.mjs";

/**
 * @typedef {object} Question
 * @property {number} number given back with the answer
 * @property {Uint8Array} data
 * @property {object} catalogue profiles and contents
 * @property {{certificates: string, passwords: string[], now: number | null}} options
 */

addEventListener("message", async (/** @type {MessageEvent<Question>} */ event) => {
  const { number, data, catalogue, options } = event.data;
  const known = readPem(options.certificates);
  const settings = { ...catalogue, known, passwords: options.passwords, now: options.now };
  try {
    postMessage({ number, diagnosis: await explain(data, settings) });
  } catch (error) {
    const failed = error instanceof Unreadable ? "" : `${error}`;
    postMessage({ number, unreadable: failed ? "" : error.message, failed });
  }
});

postMessage({ ready: true });
