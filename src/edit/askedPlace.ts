/** An answer that is all of what was asked about, as a model is told to write it: it takes the place of that. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { hasWords, isBlank, isFilled } from "../text/lines.ts";
import type { Draft } from "./draft.ts";
import { goneUnasked } from "./goneByWish.ts";
import { mergeImports } from "./imports.ts";
import { localRows } from "./localPiece.ts";
import { isCommented, namesIn, withMembers } from "./matching.ts";
import { placeOf } from "./placing.ts";
import { withRepeated } from "./repeatedLines.ts";
import { putInRows } from "./rows.ts";
import type { Place } from "./verdict.ts";
import { leavesOutImports } from "./wholeFile.ts";

/** Where the rows stand that were asked about. */
interface Surroundings {
  /** What they are inside of, the outermost first. */
  readonly around: readonly Unit[];
  /** What they hold; none where they are lines of one function. */
  readonly inside: readonly Unit[];
  /** What stands beside them, in the same class or file. */
  readonly beside: readonly Unit[];
  readonly isInFunction: boolean;
}

/**
 * Puts the block in the place of the rows, unless it shows that it is more than these, or only a part of them, or is made
 * of definitions that can be put in their places one by one, where what the answer leaves out is known to stay.
 */
export function putAsAsked(draft: Draft, asked: Place, outline: Outline | undefined): boolean {
  const { block } = draft;
  if (block.elisions.size > 0) return false;
  const own = unitsOf(draft, outline);
  const repeated = withRepeated(draft, asked);
  // With the line below it a line would be what is there; it is twice what was asked about.
  const isThere = isSame(block.lines, draft.index.lines.slice(repeated.from, repeated.to));
  const rows = isThere ? asked : repeated;
  const place = surroundingsOf(rows, outline?.units ?? []);
  if (!place) return putInCut(draft, own, rows, outline);
  if (putAbove(draft, own, place)) return true;
  if (saysMore(own, rows, place, outline) || saysLess(draft, own, rows, place)) return false;
  if (isOneByOne(own, place, draft.wish)) return false;
  const imports = place.inside.some(isImport) || !outline ? [] : importsToMove(draft, own, rows, outline);
  mergeImports(imports, outline?.units ?? [], draft);
  putInRows(draft, rows, outline, (imports.at(-1)?.last ?? -1) + 1);
  return true;
}

/** The selection begins or ends inside of definitions: an answer of about as many lines, none of which are such, is meant for it. */
function putInCut(draft: Draft, own: readonly Unit[], rows: Place, outline: Outline | undefined): boolean {
  const { lines } = draft.block;
  const there = draft.index.lines.slice(rows.from, rows.to);
  const names = namesIn(outline?.units ?? []);
  const [filled, filledThere] = [lines.filter(isFilled).length, there.filter(isFilled).length];
  if (own.some(({ kind, name }) => kind === "definition" && names.has(name))) return false;
  const isAlike = sameWords(lines, there, 0) || sameWords(lines, there, -1);
  if (!isAlike || filled < filledThere / 2 || filled > filledThere * 2) return false;
  putInRows(draft, rows, outline, 0);
  return true;
}

function isSame(lines: readonly string[], others: readonly string[]): boolean {
  return lines.length === others.length && lines.every((line, row) => line.trim() === others[row]?.trim());
}

/**
 * New code for the empty row that the caret is in, where nothing in it is in the file already.
 * @returns whether it is that
 */
export function putAtCaret(draft: Draft, row: number, outline: Outline): boolean {
  const { index } = draft;
  const own = unitsOf(draft, outline);
  const at = { from: row, to: row + 1 };
  const place = surroundingsOf(at, outline.units);
  if (!place || own.length === 0 || !isBlank(index.lines[row] ?? "x")) return false;
  const names = namesIn(outline.units);
  if (own.some(({ kind, name }) => kind === "definition" && names.has(name))) return false;
  // Lines of a function may be what others of it become.
  const isKnown = (): boolean => fits(draft, { from: 0, to: index.lines.length });
  const isStatements = !own.some(isFunctionOrType);
  if (place.isInFunction ? !isStatements || isKnown() : isStatements && isKnown()) return false;
  return putAsAsked(draft, at, outline);
}

/** Comments alone, for one definition, stand above it, in the place of those that are there. */
function putAbove(draft: Draft, own: readonly Unit[], { inside }: Surroundings): boolean {
  const [only, ...others] = inside;
  const isComment = own.length > 0 && own.every(({ kind }) => kind === "comment");
  if (!isComment || !only || others.length > 0 || !isFunctionOrType(only)) return false;
  // It may be the code itself, commented out.
  const head = draft.index.lines[only.head]?.trim() ?? "";
  if (draft.block.lines.some((line) => line.includes(head))) return false;
  draft.replace(only.first, only.code, draft.placed(0, draft.block.lines.length, draft.indenterFor(0, only.code)));
  return true;
}

/** The names of definitions that were asked about, and that the answer does not show at all: they stay, and it is to be told. */
export function leftOutOf(draft: Draft, asked: Place, outline: Outline): readonly string[] {
  const shown = namesIn(unitsOf(draft, outline));
  const inside = surroundingsOf(asked, outline.units)?.inside ?? [];
  return inside.flatMap(({ kind, name }) => (kind === "definition" && !shown.has(name) ? [name] : []));
}

/** None where it can't be parsed by itself, as lines out of a list. */
function unitsOf({ block }: Draft, outline: Outline | undefined): readonly Unit[] {
  return block.outline && block.outline.errors <= (outline?.errors ?? 0) ? block.outline.units : [];
}

/** `undefined` where the rows cut something in two. */
function surroundingsOf(
  { from, to }: Place,
  units: readonly Unit[],
  around: readonly Unit[] = [],
): Surroundings | undefined {
  const meant = units.filter(({ code, last }) => code < to && last >= from);
  const [only, ...others] = meant;
  const holds = ({ code, last }: Unit): boolean => code >= from && last < to;
  if (only && others.length === 0 && !holds(only)) {
    const { members, kind } = only;
    if (members && from > members.open && to <= members.close)
      return surroundingsOf({ from, to }, members.units, [...around, only]);
    if (from <= only.head) return undefined;
    return { around: [...around, only], inside: [], beside: [], isInFunction: kind === "definition" };
  }
  if (!meant.every(holds)) return undefined;
  return { around, inside: meant, beside: units.filter((unit) => !meant.includes(unit)), isInFunction: false };
}

/** It has definitions that stand elsewhere. */
function saysMore(
  own: readonly Unit[],
  asked: Place,
  { around, inside, beside, isInFunction }: Surroundings,
  outline: Outline | undefined,
): boolean {
  if (own.some(({ kind }) => kind === "header") && !inside.some(({ kind }) => kind === "header")) return true;
  const isInside = ({ head }: Unit): boolean => head >= asked.from && head < asked.to;
  const here = namesIn(inside);
  const elsewhere = withMembers(outline?.units ?? []).filter((unit) => unit.kind === "definition" && !isInside(unit));
  const functions = new Set(elsewhere.filter((unit) => !isVariable(unit)).map(({ name }) => name));
  const near = new Set([...beside, ...around].map(({ name }) => name));
  const stands = (unit: Unit): boolean =>
    isVariable(unit) ? !isInFunction && near.has(unit.name) : functions.has(unit.name);
  return own.some((unit) => unit.kind === "definition" && !here.has(unit.name) && stands(unit));
}

/** What it does not show is not said to go. */
function saysLess(draft: Draft, own: readonly Unit[], asked: Place, { inside }: Surroundings): boolean {
  const { block, index } = draft;
  const rows = index.lines.slice(asked.from, asked.to);
  // All of a file may have been sent since nothing was selected: then a part of it may be what is meant.
  const isAll = rows.filter(isFilled).length === index.lines.filter(isFilled).length;
  const imports = { units: inside, lines: index.lines };
  return (
    leavesOutDefinitions(draft, own, asked, { inside, isAll }) ||
    (inside.some(isImport) && leavesOutImports({ units: own, lines: block.lines }, imports)) ||
    (isAll ? isShort(block.lines, own, rows, inside) : isMuchShorter(draft, asked, rows))
  );
}

/** Functions and types, or all but these. */
function leavesOutDefinitions(
  draft: Draft,
  own: readonly Unit[],
  asked: Place,
  { inside, isAll }: { readonly inside: readonly Unit[]; readonly isAll: boolean },
): boolean {
  const { lines } = draft.block;
  const rows = draft.index.lines.slice(asked.from, asked.to);
  const names = new Set(own.filter(isFunctionOrType).map(({ name }) => name));
  const there = inside.filter(isFunctionOrType).map(({ name }) => name);
  const missing = there.filter((name) => !names.has(name));
  const isOfDefinitions =
    own.some(({ kind }) => kind === "definition") &&
    own.every((unit) => unit.kind !== "statement" && !isVariable(unit));
  if (goneUnasked(draft.wish, missing).length > 0) {
    // Statements alone may well be all that is to become of a function, unless they are some of its own.
    if (isAll || isOfDefinitions || missing.length < there.length) return true;
    // What begins as the function does and can't be parsed is cut.
    const isCut = own.length === 0 && sameWords(lines, rows, 0);
    if (!isCut && (fits(draft, asked) || localRows(draft, asked, namesIn(inside)).length > 0)) return true;
  }
  const hasStatements = inside.some((unit) => unit.kind === "statement" || isVariable(unit));
  return names.size > 0 && isOfDefinitions && hasStatements && !isPartOf(lines, rows);
}

/** Of a whole file: by far, or nothing but some of its definitions. */
function isShort(
  lines: readonly string[],
  own: readonly Unit[],
  rows: readonly string[],
  inside: readonly Unit[],
): boolean {
  const [filled, filledThere] = [lines.filter(isFilled).length, rows.filter(isFilled).length];
  if (filledThere - filled > Math.max(FEW_LINES, filled)) return true;
  const names = new Set(inside.map(({ name }) => name));
  const isOfKnown = own.length > 0 && own.every(({ kind, name }) => kind === "definition" && names.has(name));
  return isOfKnown && filled < filledThere && !isPartOf(lines, rows);
}

/** It fits somewhere among the rows, and neither begins nor ends as they do. */
function isMuchShorter(draft: Draft, asked: Place, rows: readonly string[]): boolean {
  const { lines } = draft.block;
  const [filled, filledThere] = [lines.filter(isFilled).length, rows.filter(isFilled).length];
  if (filledThere - filled <= Math.max(SOME_LINES, 2 * filled)) return false;
  return !sameWords(lines, rows, 0) && !sameWords(lines, rows, -1) && fits(draft, asked);
}

function fits({ block, index, units, hint }: Draft, asked: Place): boolean {
  return placeOf(index, block.lines, asked, { start: "like", end: "like" }, units, hint).kind !== "none";
}

/** All of these lines, in this order, with others between them. */
function isPartOf(lines: readonly string[], others: readonly string[]): boolean {
  let at = 0;
  for (const line of lines) {
    if (isBlank(line)) continue;
    while (at < others.length && others[at]?.trim() !== line.trim()) at += 1;
    if (at === others.length) return false;
    at += 1;
  }
  return true;
}

/**
 * Nothing but functions and types, as they follow each other in what was asked about, or with new ones among them; or
 * variables, where an answer without any comment does not say that theirs are to go.
 */
function isOneByOne(own: readonly Unit[], { inside }: Surroundings, wish: string): boolean {
  const defined = [own, inside].map((units) => units.filter(({ kind }) => kind === "definition"));
  const [names = [], there = []] = defined.map((units) => units.map(({ name }) => name));
  if (inside.some(({ kind }) => kind === "statement")) return false;
  // Behind all else, as an example of how they are called.
  const start = own.findIndex(({ kind }) => kind === "statement");
  if (start !== -1 && own.slice(start).some(({ kind }) => kind !== "statement" && kind !== "comment")) return false;
  if (names.length === 0 || there.length === 0) return false;
  const missing = there.filter((name) => !names.includes(name));
  if (missing.length > 0 && goneUnasked(wish, missing).length === 0) return false;
  if ([...own, ...inside].some(isVariable)) return inside.some(isCommented) && !own.some(isCommented);
  const known = names.filter((name) => there.includes(name));
  return known.join("\n") === there.filter((name) => known.includes(name)).join("\n");
}

/** Those at its top, where the file has code above what was asked about, and that code has no import of its own. */
function importsToMove(
  { block, index }: Draft,
  own: readonly Unit[],
  asked: Place,
  { units }: Outline,
): readonly Unit[] {
  const end = own.findIndex((unit) => !isImport(unit));
  const leading = own.slice(0, end === -1 ? 0 : end);
  const rows = new Set(worded(index.lines.slice(asked.from, asked.to)));
  const isHere = leading.some(({ code }) => rows.has(block.lines[code]?.trim() ?? ""));
  const isFirst = units.every(({ kind, last }) => last >= asked.from || kind === "comment" || kind === "header");
  return isHere || isFirst ? [] : leading;
}

/** The first line or the last one; brackets alone say nothing. */
function sameWords(lines: readonly string[], rows: readonly string[], at: 0 | -1): boolean {
  return hasWords(rows.at(at) ?? "") && lines.at(at)?.trim() === rows.at(at)?.trim();
}

function isImport({ kind }: Unit): boolean {
  return kind === "import";
}

function isFunctionOrType(unit: Unit): boolean {
  return unit.kind === "definition" && !isVariable(unit);
}

/** Of a function it is a `const` of one, too: then it takes several lines. */
function isVariable({ kind, type }: Unit): boolean {
  return kind === "definition" && VARIABLE.test(type);
}

function worded(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter(hasWords);
}

/** What the grammars call them, in functions and in classes. */
const VARIABLE = /variable|lexical|assignment|field|expression_statement|^let_|^const_|^var_|^short_var|^declaration$/;
const FEW_LINES = 3;
const SOME_LINES = 5;
