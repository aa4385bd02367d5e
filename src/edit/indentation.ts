/** The indentation of an answer, put in the place of a file's own. */

import { indentationOf, isBlank } from "../text/lines.ts";

/** Moves lines from one outer indentation to another, and from one unit to another. */
export interface Indenter {
  readonly indent: (line: string) => string;
  readonly isNone: boolean;
}

export interface Units {
  /** What one level is: a tab, or so many spaces. */
  readonly block: string;
  readonly file: string;
}

/** @param from the block's outer indentation, which its other lines begin with */
export function indenter(from: string, to: string, { block, file }: Units): Indenter {
  const sameUnit = block === file;
  return {
    isNone: from === to && sameUnit,
    indent: (line) => {
      if (isBlank(line)) return "";
      const own = indentationOf(line);
      const rest = line.slice(own.length);
      if (!own.startsWith(from)) return to.slice(0, Math.max(0, to.length - (from.length - own.length))) + rest;
      const inner = own.slice(from.length);
      return to + (sameUnit ? inner : inUnits(inner, block, file)) + rest;
    },
  };
}

function inUnits(inner: string, block: string, file: string): string {
  let levels = 0;
  let at = 0;
  while (inner.startsWith(block, at)) {
    levels += 1;
    at += block.length;
  }
  return file.repeat(levels) + inner.slice(at);
}

/** What one level of the text is indented with; `undefined` where nothing tells. */
export function unitOf(lines: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  let before = "";
  for (const line of lines.slice(0, MOST_LINES)) {
    const start = line.slice(0, LONGEST_CHARS);
    if (isBlank(start)) continue;
    const own = indentationOf(start);
    // A star of a comment, aligned by one.
    if (start.charAt(own.length) === "*") continue;
    const step = own.startsWith(before) ? own.slice(before.length) : "";
    if (/^(?:\t| {2,4}| {8})$/.test(step)) counts.set(step, (counts.get(step) ?? 0) + 1);
    before = own;
  }
  let best: string | undefined;
  for (const [step, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = step;
  return best;
}

/** Without what all lines that are not blank are indented by. */
export function dedented(lines: readonly string[]): readonly string[] {
  let common: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const own = indentationOf(line);
    common ??= own;
    while (!own.startsWith(common)) common = common.slice(0, -1);
    if (common === "") return lines;
  }
  const length = common?.length ?? 0;
  return length === 0 ? lines : lines.map((line) => (isBlank(line) ? "" : line.slice(length)));
}

const MOST_LINES = 2_000;
const LONGEST_CHARS = 200;
