/** The code that declares something, on one line. */

import { MOST_SIGNATURE_CHARS } from "../facts.ts";

export type Range = Readonly<{ startIndex: number; endIndex: number }>;

/** Where the code of a definition begins whose first parts, such as decorators, are left out. */
export function startBehind(text: string, start: number, leftOut: readonly Range[]): number {
  let begin = start;
  for (const { startIndex, endIndex } of leftOut) {
    if (text.slice(begin, startIndex).trim() === "" && startIndex >= begin) begin = endIndex;
  }
  while (begin > start && /\s/.test(text.charAt(begin))) begin += 1;
  return begin;
}

/** Without comments, without what is in `leftOut` (in the order of the text), and without the sign that opens the body. */
export function signatureOf(
  text: string,
  start: number,
  end: number,
  leftOut: readonly Range[],
  comments: RegExp,
): string {
  // Far more than is kept, so that comments and line breaks may go.
  const line = without(text, start, end, leftOut)
    .slice(0, MOST_READ_CHARS)
    .replace(comments, " ")
    .replace(/([([<])\s*\n\s*/g, "$1")
    .replace(/\s*\n\s*([)\]>])/g, "$1")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\s*(?:[=-]> ?|[{:;,=\\])$/, "")
    .trimEnd();
  if (line.length <= MOST_SIGNATURE_CHARS) return line;
  // A cut inside a word would name something that there is not.
  return line
    .slice(0, MOST_SIGNATURE_CHARS)
    .replace(/[\p{L}\p{N}_$]*$/u, "")
    .trimEnd();
}

function without(text: string, start: number, end: number, leftOut: readonly Range[]): string {
  let kept = "";
  let from = start;
  for (const { startIndex, endIndex } of leftOut) {
    if (startIndex < from || startIndex >= end) continue;
    kept += text.slice(from, Math.min(startIndex, from + MOST_READ_CHARS));
    from = endIndex;
    // What stood around it stands side by side.
    while (/[ \t]/.test(text.charAt(from)) && /(?:^|[\s(,])$/.test(kept)) from += 1;
  }
  return kept + text.slice(from, Math.max(from, Math.min(end, from + MOST_READ_CHARS)));
}

const MOST_READ_CHARS = 4 * MOST_SIGNATURE_CHARS;
