/** From blocks that name what is named near the caret to snippets of some 10 to 25 lines around them. */

import { isBlank } from "../../text/lines.ts";
import type { CodeBlock } from "./codeBlocks.ts";
import type { LineRange } from "./edits.ts";
import { eachName } from "./names.ts";
import { withoutOuterIndentation } from "./outerIndentation.ts";

/** What is named near the caret, with how much each name counts. */
export interface CaretNames {
  readonly weights: ReadonlyMap<number, number>;
  /** Of all of them. */
  readonly total: number;
}

/** Blocks that follow each other in a file. */
export interface Run {
  readonly line: number;
  readonly blocks: readonly CodeBlock[];
  /** The weight of the names that it shares with the caret, as a share of all, from 0 to 1. */
  readonly similarity: number;
}

/** The nearer to the caret a name stands the more it counts. */
export function caretNames(before: string, after: string, rarityOf: (name: number) => number): CaretNames {
  const nearness = new Map<number, number>();
  const look = (lines: readonly string[]): void => {
    for (const [distance, line] of lines.entries()) {
      const near = 1 / (1 + distance / HALF_AFTER_LINES);
      eachName(line, (name) => nearness.set(name, Math.max(near, nearness.get(name) ?? 0)));
    }
  };
  look(before.slice(-MOST_BEFORE_CHARS).split("\n").slice(-MOST_BEFORE_LINES).toReversed());
  look(after.slice(0, MOST_AFTER_CHARS).split("\n").slice(0, MOST_AFTER_LINES));
  const weights = new Map<number, number>();
  let total = 0;
  for (const [name, near] of nearness) {
    const weight = near * rarityOf(name);
    weights.set(name, weight);
    total += weight;
  }
  return { weights, total };
}

/** The best run around each seed, in a file with these blocks. Nothing of what is `hidden` is in a run. */
export function runsAround(
  blocks: readonly CodeBlock[],
  seeds: ReadonlySet<CodeBlock>,
  names: CaretNames,
  hidden: LineRange | undefined,
): readonly Run[] {
  const starts = startsOf(blocks);
  const isOpen = (index: number): boolean => {
    const block = blocks[index];
    const start = starts[index];
    if (!block || start === undefined) return false;
    return !hidden || start > hidden.last || start + block.lines.length <= hidden.first;
  };
  const runs: Run[] = [];
  // Most blocks are no seeds, and nothing is to be allocated for those: they are all passed at every word.
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block === undefined || !seeds.has(block) || !isOpen(index)) continue;
    const { from, to, weight } = grown(blocks, index, names, isOpen);
    runs.push({
      line: starts[from] ?? 0,
      blocks: blocks.slice(from, to + 1),
      similarity: names.total === 0 ? 0 : weight / names.total,
    });
  }
  return runs;
}

/** As it is shown: without blank lines around it and without outer indentation. */
export function textOf({ line, blocks }: Run): { readonly line: number; readonly text: string } {
  const lines = blocks.flatMap(({ lines }) => lines);
  const first = lines.findIndex((each) => !isBlank(each));
  const last = lines.findLastIndex((each) => !isBlank(each));
  if (first === -1) return { line, text: "" };
  const filled = lines.slice(first, last + 1);
  return { line: line + first, text: withoutOuterIndentation(filled).join("\n") };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

function grown(
  blocks: readonly CodeBlock[],
  seed: number,
  names: CaretNames,
  isOpen: (index: number) => boolean,
): Span {
  const matched = new Set<number>();
  const gainOf = (index: number): number => weightOfNew(blocks[index]?.names, names, matched);
  const take = (index: number): number => {
    const gain = gainOf(index);
    for (const name of blocks[index]?.names ?? []) if (names.weights.has(name)) matched.add(name);
    return gain;
  };
  let from = seed;
  let to = seed;
  let weight = take(seed);
  let lines = blocks[seed]?.lines.length ?? 0;
  while (lines < ENOUGH_LINES) {
    const sides = [to + 1, from - 1].filter(
      (index) => isOpen(index) && lines + (blocks[index]?.lines.length ?? 0) <= MOST_LINES,
    );
    // What follows code that is alike is what may be written next: it comes first where neither side is better.
    const next = sides.toSorted((one, other) => gainOf(other) - gainOf(one))[0];
    if (next === undefined) break;
    weight += take(next);
    lines += blocks[next]?.lines.length ?? 0;
    from = Math.min(from, next);
    to = Math.max(to, next);
  }
  return { from, to, weight };
}

function weightOfNew(own: Uint32Array | undefined, { weights }: CaretNames, matched: ReadonlySet<number>): number {
  let weight = 0;
  for (const name of own ?? []) if (!matched.has(name)) weight += weights.get(name) ?? 0;
  return weight;
}

function startsOf(blocks: readonly CodeBlock[]): readonly number[] {
  let line = 0;
  return blocks.map(({ lines }) => {
    const start = line;
    line += lines.length;
    return start;
  });
}

const MOST_BEFORE_LINES = 40;
const MOST_BEFORE_CHARS = 2_000;
const MOST_AFTER_LINES = 10;
const MOST_AFTER_CHARS = 600;
/** So many lines from the caret a name counts half. */
const HALF_AFTER_LINES = 2;
const ENOUGH_LINES = 14;
const MOST_LINES = 25;
