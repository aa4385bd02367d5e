/** The lines that a model was asked to change, where nothing in its answer says otherwise. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { indenter } from "./indentation.ts";
import { withMembers } from "./matching.ts";
import type { Placed } from "./placing.ts";
import { likeness } from "./similarity.ts";
import type { Place } from "./verdict.ts";

/** @returns whether the block was put in the place of what was asked about */
export function putWhereAsked(draft: Draft, found: Placed): boolean {
  const { asked, block, index } = draft;
  if (!asked) return false;
  const there = index.lines.slice(asked.from, asked.to);
  switch (found.kind) {
    case "placed": {
      const { from, to } = found.fit;
      const isWithin = from >= asked.from && to <= asked.to;
      if (!isWithin || !(sharesLine(block.lines, there, 0) || sharesLine(block.lines, there, -1))) return false;
      break;
    }
    case "ambiguous":
      if (!found.candidates.some(({ from, to }) => from === asked.from && to === asked.to)) return false;
      break;
    case "none":
      // With what stands around it, it is more than what was asked about.
      if (has(block.lines, lastWords(index.lines.slice(0, asked.from)))) return false;
      if (has(block.lines, firstWords(index.lines.slice(asked.to)))) return false;
      if (block.lines.length > MOST_GROWTH * there.length + MORE_LINES) return false;
  }
  put(asked, draft);
  return true;
}

/**
 * All definitions of the block are new, and the first is like the one that was asked about: that has another name now.
 * Throws where the file still uses the old one.
 * @param mayGo whether the user is content to lose a name
 */
export function putUnderNewName(draft: Draft, outline: Outline, mayGo: (name: string) => boolean): boolean {
  const { asked, block, index } = draft;
  const own = block.outline?.units.filter(({ kind }) => kind === "definition") ?? [];
  const [first] = own;
  if (!asked || !first || block.elisions.size > 0) return false;
  const all = withMembers(outline.units).filter(({ kind }) => kind === "definition");
  const names = new Set(all.map(({ name }) => name));
  if (own.some(({ name }) => names.has(name)) || block.outline?.units.some(({ kind }) => kind === "import"))
    return false;
  const there = all.find(({ head, last }) => head >= asked.from && last < asked.to);
  if (!there) return false;
  const bodyOf = (lines: readonly string[]): string => lines.map((line) => line.trim()).join(" ");
  const before = bodyOf(index.lines.slice(there.head + 1, there.last + 1));
  if (likeness(before, bodyOf(block.lines.slice(first.head + 1, first.last + 1))) < ALIKE) return false;
  const others = [...index.lines.slice(0, asked.from), ...index.lines.slice(asked.to)].join("\n");
  const isUsed = others.match(/[\p{L}\p{N}_$]+/gu)?.includes(there.name) ?? false;
  if (isUsed && !mayGo(there.name)) throw new CannotApply({ reason: "symbols-lost", names: [there.name] });
  put(asked, draft);
  return true;
}

/**
 * No definition was asked about, but a comment that asks for one, or lines inside of one; and the block defines nothing
 * that the file has. Elsewhere in the file the grammar may have a place for it, which is not the one that is meant.
 */
export function putBetweenDefinitions(draft: Draft, { units }: Outline): boolean {
  const { asked, block, index } = draft;
  const own = block.outline?.units ?? [];
  if (!asked || block.elisions.size > 0 || own.some(({ kind }) => kind === "import" || kind === "header")) return false;
  const around = unitsAround(asked, units);
  if (!around) return false;
  const taken = new Set(withMembers(units).map(({ name }) => name));
  const enclosing = new Set(around.map(({ name }) => name));
  // Inside of a function a variable may be called as a field is.
  const isThere = ({ kind, type, name }: Unit): boolean =>
    kind === "definition" && (VARIABLE.test(type) && around.length > 0 ? enclosing : taken).has(name);
  if (own.some(isThere)) return false;
  const open = around.at(-1)?.members?.open;
  const isComment = around.length === 0 || (open !== undefined && asked.from > open);
  if (!isComment && !sharesLine(block.lines, index.lines.slice(asked.from, asked.to), 0))
    return putWhereAsked(draft, { kind: "none" });
  put(asked, draft);
  return true;
}

/**
 * Those that the rows are inside of, the outermost first; `undefined` where the code of some unit begins or ends in them.
 * In a class, or in the file, they are comments then.
 */
function unitsAround({ from, to }: Place, units: readonly Unit[]): readonly Unit[] | undefined {
  const meant = units.filter(({ kind, code, last }) => kind !== "comment" && code < to && last >= from);
  const [only, ...others] = meant;
  if (!only) return [];
  if (others.length > 0 || only.head >= from || only.last < to) return undefined;
  const { members } = only;
  if (!members || from <= members.open || to > members.close) return [only];
  const inner = unitsAround({ from, to }, members.units);
  return inner && [only, ...inner];
}

function put(asked: Place, draft: Draft): void {
  const { index, block, units } = draft;
  const outer = index.lines
    .slice(asked.from, asked.to)
    .filter((line) => !isBlank(line))
    .map(indentationOf)
    .reduce((least, own) => (own.length < least.length ? own : least));
  draft.replace(asked.from, asked.to, draft.placed(0, block.lines.length, indenter("", outer, units)));
}

/** Brackets alone say nothing. */
function sharesLine(block: readonly string[], there: readonly string[], at: 0 | -1): boolean {
  const line = there.at(at)?.trim() ?? "";
  return WORDS.test(line) && block.at(at)?.trim() === line;
}

function has(block: readonly string[], line: string | undefined): boolean {
  return line !== undefined && block.some((own) => own.trim() === line.trim());
}

function firstWords(lines: readonly string[]): string | undefined {
  return lines.find((line) => WORDS.test(line));
}

function lastWords(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => WORDS.test(line));
}

/** What the grammars call them, in functions and in classes. */
const VARIABLE = /variable|lexical|assignment|field|^let_|^const_|^var_|^short_var/;
const WORDS = /[\p{L}\p{N}]/u;
const ALIKE = 0.7;
const MOST_GROWTH = 4;
const MORE_LINES = 40;
