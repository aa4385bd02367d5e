/** Finds lines of an answer in a file by what they say, never by their numbers. */

import { indentationOf, isBlank } from "../text/lines.ts";
import { lineChanges } from "../text/diff.ts";
import { type Indenter, type Units, indenter } from "./indentation.ts";
import type { Place } from "./verdict.ts";
import { isNear, weightOf } from "./similarity.ts";

/** Where each line stands, whatever its indentation. */
export class LineIndex {
  readonly lines: readonly string[];
  readonly #rows = new Map<string, number[]>();

  constructor(lines: readonly string[]) {
    this.lines = lines;
    for (const [row, line] of lines.entries()) {
      const key = line.trim();
      if (key === "") continue;
      const rows = this.#rows.get(key);
      if (rows) rows.push(row);
      else this.#rows.set(key, [row]);
    }
  }

  rowsOf(line: string): readonly number[] {
    return this.#rows.get(line.trim()) ?? [];
  }
}

export interface Fit extends Place {
  readonly indenter: Indenter;
}

/** All places where these lines stand, as they are or with another outer indentation. Blanks at line ends don't count. */
export function runsOf(index: LineIndex, search: readonly string[], units: Units): readonly Fit[] {
  let rarest: { readonly at: number; readonly rows: readonly number[] } | undefined;
  for (const [at, line] of search.entries()) {
    if (isBlank(line)) continue;
    const rows = index.rowsOf(line);
    if (!rarest || rows.length < rarest.rows.length) rarest = { at, rows };
    if (rows.length === 0) return [];
  }
  if (!rarest) return [];
  const fits: Fit[] = [];
  let lines = 0;
  for (const row of rarest.rows) {
    const from = row - rarest.at;
    lines += 1;
    if (from < 0 || from + search.length > index.lines.length) continue;
    const indenter = indenterAt(index, search, from, rarest.at, units);
    if (search.every((line, at) => ((lines += 1), sameLine(indenter.indent(line), index.lines[from + at] ?? ""))))
      fits.push({ from, to: from + search.length, indenter });
    if (lines > MOST_COMPARED) return [];
  }
  const exact = fits.filter((fit) => fit.indenter.isNone);
  return exact.length > 0 ? exact : fits;
}

/** The same for lines that begin where the file's do, and are indented by other units below. */
export function runsInUnits(index: LineIndex, search: readonly string[], units: Units): readonly Fit[] {
  const moved = indenter("", "", units);
  const found = moved.isNone ? [] : runsOf(index, search.map(moved.indent), { block: units.file, file: units.file });
  return found.flatMap((fit) => (fit.indenter.isNone ? [{ ...fit, indenter: moved }] : []));
}

/** The indentation that brings the block's line `at` to that of the file's. */
function indenterAt(index: LineIndex, block: readonly string[], from: number, at: number, units: Units): Indenter {
  const own = indentationOf(block[at] ?? "");
  const there = indentationOf(index.lines[from + at] ?? "");
  if (own === there) return indenter("", "", { block: units.block, file: units.block });
  const outer = outerOf(block);
  // The outer indentation of the place is what the unit says of the difference.
  const inner = own.slice(outer.length);
  const innerThere = inner.replaceAll(units.block, units.file);
  const to = there.endsWith(innerThere)
    ? there.slice(0, there.length - innerThere.length)
    : there.slice(0, Math.max(0, there.length - inner.length));
  return indenter(outer, to, units);
}

function outerOf(lines: readonly string[]): string {
  let outer: string | undefined;
  for (const line of lines) {
    if (isBlank(line)) continue;
    const own = indentationOf(line);
    if (outer === undefined || own.length < outer.length) outer = own;
  }
  return outer ?? "";
}

function sameLine(a: string, b: string): boolean {
  return a === b || a.trimEnd() === b.trimEnd();
}

/** How the ends of a segment are bound: to the ends of the range, or to lines of the file that are like its own. */
export interface Ends {
  readonly start: "fixed" | "like";
  readonly end: "fixed" | "like";
}

export type Placed =
  | { readonly kind: "placed"; readonly fit: Fit }
  | { readonly kind: "ambiguous"; readonly candidates: readonly Place[] }
  | { readonly kind: "none" };

interface Rated extends Fit {
  readonly score: number;
}

/** Where in `range` the segment stands, changed as it may be between its ends. */
export function placeOf(
  index: LineIndex,
  segment: readonly string[],
  range: Place,
  ends: Ends,
  units: Units,
  hint: Place | undefined,
): Placed {
  if (segment.length === 0 || segment.length > LONGEST_SEGMENT) return { kind: "none" };
  const rated = candidates(index, segment, range, ends, units)
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((a, b) => b.score - a.score);
  const [best] = rated;
  if (!best) return { kind: "none" };
  const rivals = rated.filter(
    (other) => other.score >= best.score * CLEARLY && !(other.from === best.from && other.to === best.to),
  );
  if (rivals.length === 0) return { kind: "placed", fit: best };
  const all = [best, ...rivals];
  const exact = all.find(({ from, to }) => from === hint?.from && to === hint.to);
  if (exact) return { kind: "placed", fit: exact };
  const hinted = hint ? all.filter((fit) => fit.from < hint.to && hint.from < fit.to) : [];
  const [only] = hinted;
  if (only && hinted.length === 1) return { kind: "placed", fit: only };
  return { kind: "ambiguous", candidates: all.slice(0, MOST_CANDIDATES).map(({ from, to }) => ({ from, to })) };
}

function candidates(
  index: LineIndex,
  segment: readonly string[],
  range: Place,
  ends: Ends,
  units: Units,
): readonly Rated[] {
  const rated = new Map<string, Rated>();
  let compared = 0;
  for (const start of startsOf(index, segment, range, ends, units)) {
    for (const to of endsOf(index, segment, range, ends, start)) {
      const { from } = start;
      if (to <= from) continue;
      compared += to - from + segment.length;
      if (compared > MOST_RATED) return [];
      const { score, common } = scoreOf(index.lines.slice(from, to), segment.map(start.indenter.indent));
      // Brackets alone stand everywhere.
      if (ends.start === "like" && ends.end === "like" && common < LEAST_COMMON) continue;
      const known = rated.get(`${from}-${to}`);
      if (!known || known.score < score) rated.set(`${from}-${to}`, { from, to, indenter: start.indenter, score });
    }
  }
  return Array.from(rated.values());
}

interface Start {
  readonly from: number;
  readonly indenter: Indenter;
}

/** A line of the segment stands in the file, and those above it are like those above it there. */
function startsOf(
  index: LineIndex,
  segment: readonly string[],
  range: Place,
  ends: Ends,
  units: Units,
): readonly Start[] {
  if (ends.start === "fixed") {
    const first = segment.findIndex((line) => !isBlank(line));
    const near = index.lines.findIndex((line, row) => row >= range.from && row < range.to && !isBlank(line));
    return near === -1 ? [] : [{ from: range.from, indenter: indenterAt(index, segment, near - first, first, units) }];
  }
  const starts: Start[] = [];
  for (let at = 0; at < Math.min(segment.length, MOST_LIKE + 1); at += 1) {
    const line = segment[at] ?? "";
    if (isBlank(line)) continue;
    for (const row of index.rowsOf(line)) {
      const from = row - at;
      if (from < range.from || row >= range.to) continue;
      const indenter = indenterAt(index, segment, from, at, units);
      if (segment.slice(0, at).every((line, above) => isNear(indenter.indent(line), index.lines[from + above] ?? "")))
        starts.push({ from, indenter });
      if (starts.length > MOST_STARTS) return [];
    }
    if (starts.length > 0) break;
  }
  // Where all that ties it is the end of the range, lines are counted from there.
  if (starts.length === 0 && ends.end === "fixed") {
    const from = range.to - segment.length;
    const last = segment.length - 1;
    if (from < range.from) return [];
    const indenter = indenterAt(index, segment, from, last, units);
    if (segment.every((line, at) => isNear(indenter.indent(line), index.lines[from + at] ?? "")))
      return [{ from, indenter }];
  }
  return starts;
}

function endsOf(
  index: LineIndex,
  segment: readonly string[],
  range: Place,
  ends: Ends,
  { from, indenter }: Start,
): readonly number[] {
  if (ends.end === "fixed") return [range.to];
  const found: number[] = [];
  const furthest = Math.min(range.to, from + 3 * segment.length + 40);
  for (let back = 0; back < Math.min(segment.length, MOST_LIKE + 1); back += 1) {
    const line = indenter.indent(segment[segment.length - 1 - back] ?? "");
    if (isBlank(line)) continue;
    for (const row of index.rowsOf(line)) {
      const to = row + 1 + back;
      if (row < from || to > furthest || !sameLine(line, index.lines[row] ?? "")) continue;
      const tail = segment.slice(segment.length - back).map(indenter.indent);
      if (tail.every((line, at) => isNear(line, index.lines[row + 1 + at] ?? ""))) found.push(to);
      if (found.length > MOST_ENDS) return found;
    }
    if (found.length > 0) break;
  }
  // Nothing but its start ties it to the file: line by line from there.
  if (found.length === 0 && ends.start === "fixed" && from + segment.length <= range.to) {
    if (segment.every((line, at) => isNear(indenter.indent(line), index.lines[from + at] ?? "")))
      return [from + segment.length];
  }
  return found;
}

/** Of the lines on both sides, how much is common, by what the lines weigh: from 0 to 1. */
function scoreOf(
  before: readonly string[],
  after: readonly string[],
): { readonly score: number; readonly common: number } {
  const a = before.map((line) => line.trimEnd());
  const b = after.map((line) => line.trimEnd());
  let common = weightOfAll(a);
  let all = common + weightOfAll(b);
  for (const { from, to, newFrom, newTo } of lineChanges(a, b)) {
    common -= weightOfAll(a.slice(from, to));
    // What is like a line that it replaces counts for half.
    if (to - from === newTo - newFrom)
      for (let at = 0; at < to - from; at += 1)
        if (isNear(a[from + at] ?? "", b[newFrom + at] ?? "")) common += weightOf(a[from + at] ?? "") / 2;
  }
  return { score: all === 0 ? 0 : (2 * common) / all, common };
}

function weightOfAll(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + weightOf(line), 0);
}

const LEAST_SCORE = 0.4;
const LEAST_COMMON = 0.3;
/** A second place that is this good is as good as the first. */
const CLEARLY = 0.8;
const MOST_LIKE = 3;
const MOST_STARTS = 200;
const MOST_ENDS = 12;
const MOST_CANDIDATES = 10;
const MOST_COMPARED = 200_000;
/** Lines; to rate them takes more. */
const MOST_RATED = 30_000;
const LONGEST_SEGMENT = 3_000;
