/** Lines from around what was asked about that an answer has along with it. */

import { hasWords, isBlank } from "../text/lines.ts";
import type { Draft } from "./draft.ts";
import type { Place } from "./verdict.ts";

/** With those lines around the rows that the answer repeats: it takes the place of these, too. */
export function withRepeated({ block, index }: Draft, { from, to }: Place): Place {
  const own = filledRows(block.lines);
  const there = filledRows(index.lines.slice(from, to));
  const start = Math.max(0, from - MOST_AROUND);
  const above = filledRows(index.lines.slice(start, from));
  const below = filledRows(index.lines.slice(to, to + MOST_AROUND));
  const before = repeated(own, there, above.toReversed());
  const after = repeated(own.toReversed(), there, below);
  // Brackets alone stand everywhere.
  if (![...above.slice(above.length - before), ...below.slice(0, after)].some(({ text }) => hasWords(text)))
    return { from, to };
  return {
    from: before > 0 ? start + (above.at(-before)?.row ?? from) : from,
    to: after > 0 ? to + (below[after - 1]?.row ?? -1) + 1 : to,
  };
}

/** @returns how many of the lines around, the nearest first, the answer begins with; none that were asked about as often */
function repeated(own: readonly Row[], there: readonly Row[], around: readonly Row[]): number {
  const [first] = own;
  const count = (rows: readonly Row[]): number => rows.filter(({ text }) => text === first?.text).length;
  if (count(own) <= count(there)) return 0;
  const isRepeated = (length: number): boolean =>
    around.slice(0, length).every(({ text }, at) => text === own[length - 1 - at]?.text);
  return around.findLastIndex((_, at) => around[at]?.text === first?.text && isRepeated(at + 1)) + 1;
}

interface Row {
  readonly row: number;
  readonly text: string;
}

function filledRows(lines: readonly string[]): readonly Row[] {
  return lines.flatMap((line, row) => (isBlank(line) ? [] : [{ row, text: line.trim() }]));
}

const MOST_AROUND = 300;
