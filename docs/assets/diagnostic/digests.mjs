// Digests: WebCrypto for those that it knows, a few lines for the two that it leaves out.

/** Names as hashlib writes them, with their lengths in octets. */
export const LENGTHS = Object.freeze({
  sha256: 32, sha1: 20, sha224: 28, sha384: 48, sha512: 64, md5: 16,
});

const NAMES = { sha1: "SHA-1", sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" };
const OWN = { md5, sha224 };

/**
 * @param {string} name one of LENGTHS
 * @param {Uint8Array} data
 * @returns {Promise<Uint8Array>}
 */
export async function digest(name, data) {
  if (OWN[name]) return OWN[name](data);
  return new Uint8Array(await crypto.subtle.digest(NAMES[name], data));
}

/**
 * The data as blocks of 64 octets: a one, zeros, and the length in bits.
 * @param {Uint8Array} data
 * @param {boolean} little order of the octets of a word
 * @returns {DataView}
 */
function padded(data, little) {
  const size = Math.ceil((data.length + 9) / 64) * 64;
  const whole = new Uint8Array(size);
  whole.set(data);
  whole[data.length] = 0x80;
  const view = new DataView(whole.buffer);
  const low = (data.length * 8) >>> 0;
  const high = Math.floor(data.length / 2 ** 29);
  view.setUint32(size - 8, little ? low : high, little);
  view.setUint32(size - 4, little ? high : low, little);
  return view;
}

const turned = (word, by) => (word << by) | (word >>> (32 - by));

const SINES = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/** @type {((b: number, c: number, d: number) => number)[]} */
const ROUNDS = [
  (b, c, d) => (b & c) | (~b & d),
  (b, c, d) => (d & b) | (~d & c),
  (b, c, d) => b ^ c ^ d,
  (b, c, d) => c ^ (b | ~d),
];
const STEPS = [[1, 0], [5, 1], [3, 5], [7, 0]];

/**
 * RFC 1321.
 * @param {Uint8Array} data
 * @returns {Uint8Array}
 */
function md5(data) {
  const view = padded(data, true);
  const state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const [factor, shift] = STEPS[round];
      const word = view.getUint32(block + ((factor * i + shift) % 16) * 4, true);
      const sum = (a + ROUNDS[round](b, c, d) + SINES[i] + word) | 0;
      [a, b, c, d] = [d, (b + turned(sum, SHIFTS[round][i % 4])) | 0, b, c];
    }
    [a, b, c, d].forEach((value, index) => { state[index] = (state[index] + value) | 0; });
  }
  return written(state, true);
}

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79,
  83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181,
  191, 193, 197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283,
  293, 307, 311];
const ROOTS = PRIMES.map((prime) => (Math.cbrt(prime) % 1) * 2 ** 32 | 0);
const START = [0xc105_9ed8, 0x367c_d507, 0x3070_dd17, 0xf70e_5939,
  0xffc0_0b31, 0x6858_1511, 0x64f9_8fa7, 0xbefa_4fa4];

/**
 * FIPS 180-4.
 * @param {Uint8Array} data
 * @returns {Uint8Array}
 */
function sha224(data) {
  const view = padded(data, false);
  const state = [...START];
  const words = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    schedule(words, view, block);
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = turned(e, 26) ^ turned(e, 21) ^ turned(e, 7);
      const first = (h + one + ((e & f) ^ (~e & g)) + ROOTS[i] + words[i]) | 0;
      const two = turned(a, 30) ^ turned(a, 19) ^ turned(a, 10);
      const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, index) => {
      state[index] = (state[index] + value) | 0;
    });
  }
  return written(state.slice(0, 7), false);
}

/**
 * @param {Int32Array} words
 * @param {DataView} view
 * @param {number} block
 */
function schedule(words, view, block) {
  for (let i = 0; i < 16; i++) words[i] = view.getInt32(block + i * 4);
  for (let i = 16; i < 64; i++) {
    const [near, far] = [words[i - 2], words[i - 15]];
    const one = turned(near, 15) ^ turned(near, 13) ^ (near >>> 10);
    const two = turned(far, 25) ^ turned(far, 14) ^ (far >>> 3);
    words[i] = (words[i - 16] + two + words[i - 7] + one) | 0;
  }
}

/**
 * @param {number[]} state
 * @param {boolean} little
 * @returns {Uint8Array}
 */
function written(state, little) {
  const view = new DataView(new ArrayBuffer(state.length * 4));
  state.forEach((word, index) => view.setInt32(index * 4, word, little));
  return new Uint8Array(view.buffer);
}
