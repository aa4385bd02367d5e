/** Changes that are too long for one request are reviewed in several: some files in each, a long file in pieces. */

import { headOf } from "../text/offsets.ts";
import { type ChangedFile, type LineRange, numberedDiff } from "./reviewPrompt.ts";

/** Of a file, what one request has. */
interface PartFile extends ChangedFile {
  /** In the files that were given. */
  readonly index: number;
  /** Lines after the change, from 0, of a piece; `undefined` for a whole file. */
  readonly lines: LineRange | undefined;
}

export interface ChangesPart {
  /** At least one. */
  readonly files: readonly PartFile[];
  /** From 1, where it is one of several pieces of one file. */
  readonly piece: { readonly at: number; readonly of: number } | undefined;
}

interface Piece extends ChangedFile {
  readonly lines: LineRange;
}

/** In the order of the files; one part where all fits. @param mostTokens for the changes of one request */
export function changesParts(
  files: readonly ChangedFile[],
  mostTokens: number,
  count: (text: string) => number,
): readonly ChangesPart[] {
  const parts: ChangesPart[] = [];
  let [current, used] = [[] as PartFile[], 0];
  const close = (): void => {
    if (current.length > 0) parts.push({ files: current, piece: undefined });
    [current, used] = [[], 0];
  };
  for (const [index, file] of files.entries()) {
    const cost = count(numberedDiff(file.diff)) + count(file.path) + PER_FILE;
    if (used + cost > mostTokens) close();
    if (cost > mostTokens) {
      const pieces = piecesOf(file, mostTokens - count(file.path) - PER_FILE, count);
      for (const [at, piece] of pieces.entries())
        parts.push({ files: [{ ...piece, index }], piece: { at: at + 1, of: pieces.length } });
    } else {
      current.push({ ...file, index, lines: undefined });
      used += cost;
    }
  }
  close();
  return parts;
}

/** Cut between hunks, and a hunk that is too long between its lines; each says at which line it begins. */
function piecesOf({ path, diff }: ChangedFile, mostTokens: number, count: (text: string) => number): readonly Piece[] {
  const room = Math.max(LEAST_TOKENS, mostTokens);
  const pieces: Piece[] = [];
  let [lines, used, from, number] = [[] as string[], 0, 1, 1];
  const close = (): void => {
    if (lines.length > 0)
      pieces.push({ path, diff: lines.join("\n"), lines: { from: from - 1, to: Math.max(from, number - 1) } });
    [lines, used] = [[], 0];
  };
  for (const hunk of hunksOf(diff)) {
    const costs = hunk.lines.map((line) => count(line) + PER_LINE);
    const whole = costs.reduce((sum, cost) => sum + cost, PER_HUNK);
    // One that fits into a request of its own is not cut.
    if (used + whole > room && (whole <= room || used > room / 2)) close();
    number = hunk.start;
    let isHeadShown = false;
    for (const [row, line] of hunk.lines.entries()) {
      const cost = costs[row] ?? 0;
      if (lines.length > 0 && used + cost > room) {
        close();
        isHeadShown = false;
      }
      if (lines.length === 0) from = number;
      if (!isHeadShown) lines.push(`@@ -0 +${number} @@`);
      isHeadShown = true;
      lines.push(line);
      used += cost;
      if (!/^[-\\]/.test(line)) number += 1;
    }
  }
  close();
  return pieces;
}

/** Lines are cut where they are too long for anybody. Of a new file the diff may have no head. */
function hunksOf(diff: string): readonly { readonly start: number; readonly lines: string[] }[] {
  const hunks: { start: number; lines: string[] }[] = /^@@ /m.test(diff) ? [] : [{ start: 1, lines: [] }];
  for (const line of diff.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n")) {
    const start = /^@@ -\S+ \+(\d+)/.exec(line)?.[1];
    if (start === undefined) hunks.at(-1)?.lines.push(headOf(line, LONGEST_LINE));
    else hunks.push({ start: Number(start), lines: [] });
  }
  return hunks;
}

const PER_FILE = 12;
const PER_HUNK = 8;
/** Its number and a bar. */
const PER_LINE = 4;
const LEAST_TOKENS = 100;
export const LONGEST_LINE = 1_000;
