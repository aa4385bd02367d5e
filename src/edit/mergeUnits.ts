/** Definitions of a block, put in the places that they have in the file. */

import type { Unit } from "../context/syntax/outline.ts";
import { isBlank } from "../text/lines.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { goneUnasked } from "./goneByWish.ts";
import { mergeImports } from "./imports.ts";
import {
  type Entry,
  entriesOf,
  headerOf,
  isCommented,
  isText,
  leftOutMembers,
  matched,
  textOf,
  withMembers,
} from "./matching.ts";
import { expandUnit, indenterOf, replaceHead, replaceUnit, requireAlone } from "./replaceUnit.ts";
import { likeness } from "./similarity.ts";
import type { Place } from "./verdict.ts";

/** What the units stand in: a file, or the body of a class, up to its closing row. */
interface Holder {
  readonly units: readonly Unit[];
  readonly close: number;
  readonly isFile: boolean;
  /** All units of the file, to find a method in that has lost its class; of a class, none. */
  readonly all: readonly Unit[];
}

export function mergeFile(own: readonly Unit[], units: readonly Unit[], draft: Draft): void {
  const entries = entriesOf(own, draft);
  const imports = entries.flatMap((entry) =>
    entry.kind === "unit" && entry.unit.kind === "import" ? [entry.unit] : [],
  );
  const rest = entries.filter((entry) => entry.kind === "elision" || !/^(?:import|header)$/.test(entry.unit.kind));
  mergeImports(imports, units, draft);
  merge(rest, { units, close: draft.index.lines.length, isFile: true, all: withMembers(units) }, draft);
}

function merge(entries: readonly Entry[], holder: Holder, draft: Draft): void {
  const own = entries.flatMap((entry) => (entry.kind === "unit" ? [entry.unit] : []));
  const pairs = matched(own, holder.units, holder.all, draft);
  for (const [unit, there] of pairs) putInPlace(unit, there, draft);
  for (const [at, entry] of entries.entries()) {
    if (entry.kind === "elision" || pairs.has(entry.unit) || isKnownComment(entry.unit, draft)) continue;
    add(entry.unit, at, entries, pairs, holder, draft);
  }
}

/** Of a comment that belongs to something else in the file, some lines. */
function isKnownComment({ kind, first, last }: Unit, { block, index }: Draft): boolean {
  return (
    kind === "comment" &&
    block.lines.slice(first, last + 1).every((line) => isBlank(line) || index.rowsOf(line).length > 0)
  );
}

function putInPlace(own: Unit, there: Unit, draft: Draft): void {
  if (own.kind !== "definition" && textOf(own, draft.block.lines) === textOf(there, draft.index.lines)) return;
  const elided = elisionsIn(own, draft);
  const missing = elided.length === 0 ? leftOutMembers(own, there) : [];
  const left = goneUnasked(draft.wish, missing).length > 0 ? missing : [];
  if (elided.length === 0 && left.length === 0 && !leavesOutComments(own, there, draft))
    return replaceUnit(own, there, draft);
  draft.keep(left);
  const { members } = own;
  const membersThere = there.members;
  if (!members || !membersThere || elided.some((row) => row <= members.open || row >= members.close))
    return expandUnit(own, there, draft);
  requireAlone(own, there, draft);
  if (left.length === 0 || !abbreviates(own, there, draft))
    replaceHead(own, there, draft, indenterOf(own, there, draft), { own: members.open, there: membersThere.open });
  const { units, close } = membersThere;
  merge(entriesOf(members.units, draft), { units, close, isFile: false, all: [] }, draft);
}

/** Of the class's first line it has the start, as `class Cart` of `class Cart extends Base`. */
function abbreviates(own: Unit, there: Unit, { block, index }: Draft): boolean {
  const [short = "", long = ""] = [headerOf(own, block.lines), headerOf(there, index.lines)].map((header) =>
    header.replace(/^export(?:default)?/, ""),
  );
  return own.first === own.head && long.startsWith(short);
}

/** It has all members of the class, and none of the comments or no docstring: then these stay, as those of a function do. */
function leavesOutComments(own: Unit, there: Unit, draft: Draft): boolean {
  if (!own.members || !there.members) return false;
  const after = { units: own.members.units, lines: draft.block.lines };
  const before = { units: there.members.units, lines: draft.index.lines };
  const isBare = [isCommented, isText].some(
    (is) => before.units.some((unit) => is(unit, before.lines)) && !after.units.some((unit) => is(unit, after.lines)),
  );
  const [left, right] = [before, after].map(({ units, lines }) =>
    units.filter((unit) => unit.kind !== "comment" && !isText(unit, lines)),
  );
  return (
    isBare &&
    left?.length === right?.length &&
    (right ?? []).every(({ kind, type, name }, at) => {
      const other = left?.[at];
      return kind === "definition" && other?.kind === kind && other.type === type && other.name === name;
    })
  );
}

function elisionsIn(unit: Unit, { block: { elisions } }: Draft): readonly number[] {
  const rows: number[] = [];
  for (let row = unit.code; row <= unit.last; row += 1) if (elisions.has(row)) rows.push(row);
  return rows;
}

/** A unit that the file has not: beside its neighbours in the block, else at the end. */
function add(
  unit: Unit,
  at: number,
  entries: readonly Entry[],
  pairs: ReadonlyMap<Unit, Unit>,
  holder: Holder,
  draft: Draft,
): void {
  const text = draft.block.lines[unit.head]?.trim() ?? unit.name;
  if (elisionsIn(unit, draft).length > 0) throw new CannotApply({ reason: "unclear-elision", text });
  const above = neighbour(entries, at, -1, pairs, holder.units);
  const below = neighbour(entries, at, 1, pairs, holder.units);
  const isTied = above !== undefined || below !== undefined;
  const mayStandAlone = unit.kind === "definition" && !VALUES.test(unit.type);
  if (!mayStandAlone && !isTied && holder.isFile) throw new CannotApply({ reason: "no-place", text });
  // The edge of something that the file has elsewhere.
  const rows = draft.block.lines.slice(unit.code, unit.last + 1);
  if (unit.kind === "statement" && rows.every((line) => isBlank(line) || draft.index.rowsOf(line).length > 0))
    throw new CannotApply({ reason: "no-place", text });
  // It is there, in a way that can't be told for the same.
  const namesakes = isTied ? [] : holder.all.filter(({ name }) => name !== "" && name === unit.name);
  if (namesakes.length > 0)
    throw new CannotApply({ reason: "ambiguous", candidates: namesakes.slice(0, 10).map(placeOfUnit) });
  if (unit.kind === "definition") refuseRenamed(unit, entries, pairs, holder, draft);
  const isFileOfOneClass = holder.isFile && !isTied && belongsInClass(unit, draft);
  if (isFileOfOneClass) return addToOnlyClass(unit, neighbour(entries, at, -1, pairs, holder.all), holder, draft);
  const { units } = holder;
  draft.notes.push({ kind: "added", name: unit.name || text });
  if (above) insertBehind(unit, above, gapAbove(unit, at, entries), holder, draft);
  else if (below) insertBefore(unit, below, draft);
  else {
    const last = endOf(units, draft.languageId);
    if (last.before) insertBefore(unit, last.before, draft);
    else if (last.behind) insertBehind(unit, last.behind, undefined, holder, draft);
    else throw new CannotApply({ reason: "no-place", text });
  }
}

/** The unit of the file whose counterpart stands right above or below, with nothing but other new units between. */
function neighbour(
  entries: readonly Entry[],
  at: number,
  step: 1 | -1,
  pairs: ReadonlyMap<Unit, Unit>,
  units: readonly Unit[],
): Unit | undefined {
  for (let next = at + step; ; next += step) {
    const entry = entries[next];
    if (entry?.kind !== "unit") return undefined;
    const there = pairs.get(entry.unit);
    if (there) return units.includes(there) ? there : undefined;
  }
}

/** Blank rows above it in the block, where what is above it there is a unit, too. */
function gapAbove(unit: Unit, at: number, entries: readonly Entry[]): number | undefined {
  const before = entries[at - 1];
  return before?.kind === "unit" ? Math.max(0, unit.first - before.unit.last - 1) : undefined;
}

function insertBehind(unit: Unit, above: Unit, gap: number | undefined, holder: Holder, draft: Draft): void {
  if (!unit.alone || !above.alone) throw new CannotApply({ reason: "no-place", text: unit.name });
  const lines = draft.placed(unit.first, unit.last + 1, draft.indenterFor(unit.head, above.head));
  const blanks = gap ?? usualGap(unit, above, holder);
  draft.replace(above.last + 1, above.last + 1, [...Array.from({ length: blanks }, () => ""), ...lines]);
}

function insertBefore(unit: Unit, below: Unit, draft: Draft): void {
  if (!unit.alone || !below.alone) throw new CannotApply({ reason: "no-place", text: unit.name });
  const lines = draft.placed(unit.first, unit.last + 1, draft.indenterFor(unit.head, below.head));
  let blanks = 0;
  while (below.first - 1 - blanks > 0 && isBlank(draft.index.lines[below.first - 1 - blanks] ?? "x")) blanks += 1;
  draft.replace(below.first, below.first, [...lines, ...Array.from({ length: Math.max(1, blanks) }, () => "")]);
}

/** As between the last units of the file. */
function usualGap(unit: Unit, above: Unit, { units }: Holder): number {
  const gaps = units.slice(1).map((next, at) => next.first - (units[at]?.last ?? next.first) - 1);
  const at = units.indexOf(above);
  const near = [gaps[at - 1], gaps[at]].filter((gap): gap is number => gap !== undefined && gap >= 0);
  const least = unit.last > unit.head ? 1 : 0;
  return Math.min(MOST_GAP, Math.max(least, ...near));
}

/** What runs when a file of Python is a program stays at its end. */
function endOf(units: readonly Unit[], languageId: string): { readonly before?: Unit; readonly behind?: Unit } {
  const last = units.at(-1);
  if (!last) return {};
  return languageId === "python" && last.type === "if_statement" ? { before: last } : { behind: last };
}

/** Where functions stand in classes only, as in Java. */
function belongsInClass(unit: Unit, { languageId }: Draft): boolean {
  const isClass = /class|interface|enum|record|struct|namespace|delegate/.test(unit.type);
  if (languageId === "java" || languageId === "csharp") return !isClass;
  return /^(?:method_definition|public_field_definition|field_definition|method_signature)$/.test(unit.type);
}

/** @param above what it follows in the block, wherever that stands in the file */
function addToOnlyClass(unit: Unit, above: Unit | undefined, holder: Holder, draft: Draft): void {
  const all = holder.units.flatMap((each) => (/namespace/.test(each.type) ? (each.members?.units ?? []) : [each]));
  const classes = all.filter(({ members }) => members !== undefined);
  const [only] = classes;
  const last = only?.members?.units.at(-1);
  if (classes.length !== 1 || !only?.members || !last)
    throw new CannotApply({ reason: "no-place", text: draft.block.lines[unit.head]?.trim() ?? unit.name });
  draft.notes.push({ kind: "added", name: unit.name });
  const { units, close } = only.members;
  insertBehind(
    unit,
    above && units.includes(above) ? above : last,
    undefined,
    { units, close, isFile: false, all: [] },
    draft,
  );
}

/** A new name with the text of something that the block does not show is most likely that, renamed. */
function refuseRenamed(
  unit: Unit,
  entries: readonly Entry[],
  pairs: ReadonlyMap<Unit, Unit>,
  { units, all }: Holder,
  draft: Draft,
): void {
  const taken = new Set(pairs.values());
  const own = bodyOf(unit, draft.block.lines);
  if (own.length < LEAST_BODY) return;
  const others = all.length > 0 ? all : units;
  const same = others.filter(
    (other) =>
      other.kind === "definition" &&
      other.type === unit.type &&
      !taken.has(other) &&
      Math.abs(other.last - other.head - (unit.last - unit.head)) <= 2 + (unit.last - unit.head) / 2 &&
      likeness(bodyOf(other, draft.index.lines), own) > (unit.last - unit.head < 3 ? 0.999 : RENAMED) &&
      headerOf(other, draft.index.lines) !== "",
  );
  if (same.length === 0) return;
  const candidates = same.slice(0, 10).map(placeOfUnit);
  throw new CannotApply({ reason: "ambiguous", candidates });
}

function placeOfUnit({ first, last }: Unit): Place {
  return { from: first, to: last + 1 };
}

function bodyOf(unit: Unit, lines: readonly string[]): string {
  return lines
    .slice(unit.head + 1, unit.last + 1)
    .map((line) => line.trim())
    .join(" ");
}

const VALUES = /expression_statement|assignment/;
const RENAMED = 0.85;
/** Blank lines, as Python's style guide has them. */
const MOST_GAP = 2;
/** Characters; shorter ones are alike by chance. */
const LEAST_BODY = 40;
