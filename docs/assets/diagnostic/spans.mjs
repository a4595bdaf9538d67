// Where each element stands in the text of a well-formed document.

const MARKUP = new RegExp(
  "<!--[^]*?-->|<\\?[^]*?\\?>|<!\\[CDATA\\[[^]*?\\]\\]>|(</)[^>]*>"
  + "|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(/?)>",
  "g",
);

/**
 * @param {string} text a well-formed document without its byte order mark
 * @returns {[number, number, number, number][]} start, end of the start tag, start of the end tag
 *   and end of every element, in document order
 */
export function spans(text) {
  const found = [];
  const opened = [];
  for (const mark of text.matchAll(MARKUP)) {
    const start = mark.index;
    const end = start + mark[0].length;
    if (mark[1]) {
      const number = opened.pop();
      found[number] = [found[number][0], found[number][1], start, end];
    } else if (mark[2] !== undefined) {
      if (!mark[2]) opened.push(found.length);
      found.push([start, end, end, end]);
    }
  }
  return found;
}
