// Octets as text in which nothing is invisible: blanks, line ends and odd characters are drawn.

const DRAWN = { " ": "·", "\t": "→", "\r": "←", "\n": "↵" };
const AMBIGUOUS = new Set([...Object.values(DRAWN), "‹", "›"]);
const ODD = /[^\x21-\x7e]/gu;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]/u;
const HIDDEN_ALL = new RegExp(HIDDEN, "gu");
const MOST = 16_000;
const TAIL = 2_000;
const BEFORE = 60;
const AFTER = 100;

/**
 * The octets as text; what a reader would not see is drawn. A character that looks like one of the
 * drawings is written out too, so that the text has one meaning.
 * @param {Uint8Array} octets UTF-8 is expected
 * @param {boolean} [lines] whether a true line end follows each `↵`
 * @returns {string}
 */
export function visible(octets, lines = false) {
  const shown = pieces(octets).map((piece) => (
    typeof piece === "number" ? `‹0x${piece.toString(16).toUpperCase()}›` : piece.replace(ODD, drawn)));
  const text = shown.join("");
  return lines ? text.replaceAll("↵", "↵\n") : text;
}

/** @param {string} character */
function drawn(character) {
  if (DRAWN[character]) return DRAWN[character];
  if (!AMBIGUOUS.has(character) && !HIDDEN.test(character)) return character;
  return `‹U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`;
}

/**
 * A sentence of ours with values of a message: only what could fool a reader is written out.
 * @param {string} text
 * @returns {string}
 */
export function safe(text) {
  return text.replace(HIDDEN_ALL, (found) => (found === " " || found === "\u00a0" ? found : drawn(found)));
}

/**
 * Text, and the octets between that are none.
 * @param {Uint8Array} octets
 * @returns {(string | number)[]}
 */
function pieces(octets) {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return [strict.decode(octets)];
  } catch {
    return [...bit(octets, strict)];
  }
}

/**
 * @param {Uint8Array} octets
 * @param {TextDecoder} strict
 */
function* bit(octets, strict) {
  for (let place = 0; place < octets.length;) {
    const [text, size] = character(octets, place, strict);
    yield text ?? octets[place];
    place += size;
  }
}

/**
 * @param {Uint8Array} octets
 * @param {number} place
 * @param {TextDecoder} strict
 * @returns {[string | null, number]} the character that begins there, and its octets
 */
function character(octets, place, strict) {
  const size = [[0xf0, 4], [0xe0, 3], [0xc0, 2]].find(([least]) => octets[place] >= least)?.[1] ?? 1;
  try {
    return [strict.decode(octets.subarray(place, place + size)), size];
  } catch {
    return [null, 1];
  }
}

/**
 * Beginning, number of octets left out, and end; cut between characters.
 * @param {Uint8Array} octets
 * @param {number} [most] octets above which the middle is left out
 * @returns {[Uint8Array, number, Uint8Array]}
 */
export function shortened(octets, most = MOST) {
  if (octets.length <= most) return [octets, 0, new Uint8Array()];
  const [first, last] = [boundary(octets, most - TAIL), boundary(octets, octets.length - TAIL)];
  return [octets.subarray(0, first), last - first, octets.subarray(last)];
}

/**
 * The place, or the next before it at which a character begins.
 * @param {Uint8Array} octets
 * @param {number} place
 */
function boundary(octets, place) {
  if (place >= octets.length) return place;
  for (let nearer = place; nearer > Math.max(place - 4, -1); nearer--) {
    if ((octets[nearer] & 0xc0) !== 0x80) return nearer;
  }
  return place;
}

/**
 * @typedef {object} Difference the first octet at which two forms part
 * @property {number} offset
 * @property {Uint8Array} common what stands before it in both
 * @property {Uint8Array} ours
 * @property {Uint8Array} theirs
 */

/**
 * Where two octet strings part; null when they are the same.
 * @param {Uint8Array} ours
 * @param {Uint8Array} theirs
 * @returns {Difference | null}
 */
export function firstDifference(ours, theirs) {
  let offset = 0;
  while (offset < ours.length && ours[offset] === theirs[offset]) offset += 1;
  if (offset === ours.length && offset === theirs.length) return null;
  const parted = boundary(ours, offset);
  const start = boundary(ours, Math.max(0, parted - BEFORE));
  const [one, other] = [ours, theirs].map((text) => (
    text.subarray(parted, boundary(text, Math.min(text.length, offset + AFTER)))));
  return { offset, common: ours.subarray(start, parted), ours: one, theirs: other };
}
