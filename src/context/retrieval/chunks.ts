/** The pieces of a file that a search finds. */

import type { FileFacts } from "../index/facts.ts";
import { searchWords } from "./searchWords.ts";

export interface Chunk {
  /** From 0. */
  readonly line: number;
  /** The first line after it. */
  readonly endLine: number;
  /** Of what it defines, with spaces between. */
  readonly names: string;
  /** Of all its text, comments and strings too, each at most three times. */
  readonly words: string;
}

/** The whole file in a row, cut before definitions where that makes pieces that one can read. */
export function chunksOf(text: string, { definitions }: FileFacts): readonly Chunk[] {
  const lines = text.split(/\r\n?|\n/);
  const cuts = Array.from(new Set(definitions.map(({ line }) => withCommentAbove(lines, line)))).toSorted(
    (one, other) => one - other,
  );
  const chunks: Chunk[] = [];
  let next = 0;
  for (let line = 0; line < lines.length && chunks.length < MOST_CHUNKS;) {
    const endLine = endOf(line, cuts, lines.length);
    const names: string[] = [];
    for (; (definitions[next]?.line ?? Infinity) < endLine; next += 1) names.push(definitions[next]?.name ?? "");
    const words = wordsOf(lines.slice(line, endLine).join("\n"));
    if (words !== "") chunks.push({ line, endLine, names: wordsOf(names.join(" ")), words });
    line = endLine;
  }
  return chunks;
}

/** The last cut that leaves no more than is wanted, but not next to nothing. */
function endOf(line: number, cuts: readonly number[], lineCount: number): number {
  if (lineCount - line <= MOST_LINES) {
    // What is left may still be several things.
    const cut = cuts.find((each) => each >= line + WANTED_LINES);
    return cut !== undefined && lineCount - cut >= FEWEST_LINES ? cut : lineCount;
  }
  const cut =
    cuts.find((each) => each >= line + WANTED_LINES && each <= line + MOST_LINES) ??
    cuts.findLast((each) => each >= line + FEWEST_LINES && each <= line + MOST_LINES);
  return cut ?? line + MOST_LINES;
}

function withCommentAbove(lines: readonly string[], line: number): number {
  let from = line;
  while (from > 0 && COMMENT.test(lines[from - 1] ?? "")) from -= 1;
  return from;
}

/** How often a word stands there says little beyond the third time. */
function wordsOf(text: string): string {
  const counts = new Map<string, number>();
  for (const word of searchWords(text)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (counts.size >= MOST_WORDS) break;
  }
  return Array.from(counts, ([word, count]) => `${word} `.repeat(Math.min(count, MOST_TIMES))).join("");
}

const COMMENT = /^\s*(?:\/\/|\/\*|\*|#|@)/;
const FEWEST_LINES = 8;
const WANTED_LINES = 24;
const MOST_LINES = 60;
/** A file with more is data. */
const MOST_CHUNKS = 400;
/** Of one chunk; a line of a minified file has more. */
const MOST_WORDS = 1_000;
const MOST_TIMES = 3;
