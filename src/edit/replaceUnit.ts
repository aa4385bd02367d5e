/** One definition of the file becomes what a block has of it. */

import type { Unit } from "../context/syntax/outline.ts";
import { lineChanges } from "../text/diff.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { withoutBlankEnds } from "./blockFormats.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { type Indenter, indenter } from "./indentation.ts";
import { type Ends, placeOf } from "./placing.ts";
import { isNear } from "./similarity.ts";
import type { Place } from "./verdict.ts";

/** The block has all of it. */
export function replaceUnit(own: Unit, there: Unit, draft: Draft): void {
  requireAlone(own, there, draft);
  const indenter = indenterOf(own, there, draft);
  requireStart(own, there, draft);
  if (draft.block.lines[own.last]?.endsWith("\\")) throw new CannotApply({ reason: "unclear-end", name: own.name });
  if (draft.languageId === "python") requireEnd(own, there, indenter, draft);
  replaceHead(own, there, draft, indenter, { own: own.last, there: there.last });
}

/** Where nothing closes a block, an answer that stops early can't be told from one that takes the rest away. */
function requireEnd(own: Unit, there: Unit, indenter: Indenter, draft: Draft): void {
  const { lines } = draft.block;
  const next = lines.slice(own.last + 1).find((line) => !isBlank(line));
  if (next !== undefined && !/^\s*(?:#|\.{3}|…)/.test(next)) return;
  const after = withoutClosers(lines.slice(own.head, own.last + 1).map((line) => indenter.indent(line).trimEnd()));
  const before = withoutClosers(draft.index.lines.slice(there.head, there.last + 1).map((line) => line.trimEnd()));
  const last = lineChanges(before, after).at(-1);
  if (!last || last.newTo !== after.length || last.to !== before.length) return;
  const left = before.slice(last.from, last.to).filter((line) => !isBlank(line));
  // What was asked about as a whole may well end otherwise.
  const { asked } = draft;
  const mayEnd = asked !== undefined && asked.from <= there.head && asked.to > there.last;
  const isLike = left.slice(0, -1).some((line) => isNear(line, after.at(-1) ?? ""));
  const isCut = last.newFrom === last.newTo || (isLike && !mayEnd);
  if (left.length > 0 && isCut) throw new CannotApply({ reason: "unclear-end", name: own.name });
}

/** Brackets at the end are alike by chance. */
function withoutClosers(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => /\w/.test(line)) + 1);
}

/** A block that begins in the middle of a header would take its start away. */
function requireStart(own: Unit, there: Unit, { block, index }: Draft): void {
  const line = block.lines[own.head]?.trim() ?? "";
  const header = index.lines
    .slice(there.head, Math.min(there.last, there.head + LONGEST_HEADER) + 1)
    .map((row) => row.trim());
  if (header.indexOf(line) > 0) throw new CannotApply({ reason: "no-place", text: line });
}

/** What shows only some of the lines of a comment leaves it as it is. */
function replaceComments(comments: readonly string[], there: Unit, draft: Draft): void {
  if (comments.every(isBlank)) return;
  const known = draft.index.lines.slice(there.first, there.code).map((line) => line.trim());
  if (comments.every((line) => known.includes(line.trim()))) return;
  const { asked } = draft;
  // What stands above what was asked about was not shown as what is to be changed.
  const above = asked && asked.from > there.first && asked.from <= there.head ? asked.from - there.first : 0;
  const isRepeated = known.slice(0, above).some((line) => comments.some((own) => own.trim() === line));
  draft.replace(isRepeated ? there.first : Math.min(there.first + above, there.code), there.code, comments);
}

/** The rows up to `last` of each, with comments and decorators that the block has not left as they are. */
export function replaceHead(
  own: Unit,
  there: Unit,
  draft: Draft,
  indenter: Indenter,
  last: { readonly own: number; readonly there: number },
): void {
  replaceComments(draft.placed(own.first, own.code, indenter), there, draft);
  const decorators = draft.index.lines.slice(there.code, there.head).map((line) => line.trim());
  const shown = draft.block.lines.slice(own.code, own.head);
  // None of them, or some of them.
  const keepsDecorators = shown.length < decorators.length && shown.every((line) => decorators.includes(line.trim()));
  if (keepsDecorators) draft.notes.push({ kind: "kept", what: "decorator", name: there.name });
  const from = keepsDecorators ? there.head : there.code;
  const start = keepsDecorators ? own.head : own.code;
  const lines = draft.placed(start, last.own + 1, indenter);
  draft.replace(from, last.there + 1, withExport(own, there, lines, own.head - start, draft));
}

function withExport(own: Unit, there: Unit, lines: readonly string[], at: number, draft: Draft): readonly string[] {
  if (own.exported || !there.exported) return lines;
  const prefix = /^\s*(export\s+(?:default\s+)?)/.exec(draft.index.lines[there.head] ?? "")?.[1];
  if (prefix === undefined) throw new CannotApply({ reason: "symbols-lost", names: [there.name] });
  draft.notes.push({ kind: "kept", what: "export", name: there.name });
  return lines.map((line, row) => (row === at ? indentationOf(line) + prefix + line.trimStart() : line));
}

/** The block has parts of it, with placeholders between them. */
export function expandUnit(own: Unit, there: Unit, draft: Draft): void {
  requireAlone(own, there, draft);
  replaceComments(draft.placed(own.first, own.code, indenterOf(own, there, draft)), there, draft);
  if (draft.languageId === "python" && !draft.block.elisions.has(own.last))
    requireEnd(own, there, indenterOf(own, there, draft), draft);
  const from = own.code === own.head ? there.head : there.code;
  expandRows({ from: own.code, to: own.last + 1 }, { from, to: there.last + 1 }, draft, {
    start: "fixed",
    end: "fixed",
  });
}

/** Rows of the block with placeholders, in rows of the file. */
export function expandRows(own: Place, there: Place, draft: Draft, ends: Ends): void {
  const segments = segmentsOf(own, draft);
  let { from } = there;
  for (const [at, segment] of segments.entries()) {
    const bound: Ends = {
      start: at === 0 && !draft.block.elisions.has(own.from) ? ends.start : "like",
      end: at === segments.length - 1 && !draft.block.elisions.has(own.to - 1) ? ends.end : "like",
    };
    const lines = draft.block.lines.slice(segment.from, segment.to);
    const placed = placeOf(draft.index, lines, { from, to: there.to }, bound, draft.units, draft.hint);
    if (placed.kind === "ambiguous") throw new CannotApply({ reason: "ambiguous", candidates: placed.candidates });
    if (placed.kind === "none") throw new CannotApply({ reason: "unclear-elision", text: lines[0]?.trim() ?? "" });
    draft.replace(placed.fit.from, placed.fit.to, draft.placed(segment.from, segment.to, placed.fit.indenter));
    from = placed.fit.to;
  }
}

/** Rows between placeholders, without blank ones at their ends. */
function segmentsOf({ from, to }: Place, { block: { lines, elisions } }: Draft): readonly Place[] {
  const segments: Place[] = [];
  let start = from;
  for (let row = from; row <= to; row += 1) {
    if (row < to && !elisions.has(row)) continue;
    const bare = withoutBlankEnds(lines.slice(start, row));
    if (bare.length > 0) {
      let first = start;
      while (isBlank(lines[first] ?? "")) first += 1;
      segments.push({ from: first, to: first + bare.length });
    }
    start = row + 1;
  }
  return segments;
}

export function requireAlone(own: Unit, there: Unit, draft: Draft): void {
  if (!own.alone || !there.alone)
    throw new CannotApply({ reason: "no-place", text: draft.block.lines[own.head]?.trim() ?? own.name });
}

export function indenterOf(own: Unit, there: Unit, draft: Draft): Indenter {
  const outer = indentationOf(draft.index.lines[there.head] ?? "");
  const usual = draft.indenterFor(own.head, there.head);
  return lostFirstIndentation(own, there, outer, usual, draft)
    ? firstLineAlone(draft.block.lines[own.first] ?? "", outer)
    : usual;
}

/** Copied from its first word on: the first line is at the margin, and all others are where the file has them. */
function lostFirstIndentation(own: Unit, there: Unit, outer: string, usual: Indenter, draft: Draft): boolean {
  const { lines } = draft.block;
  if (outer === "" || indentationOf(lines[own.first] ?? "") !== "") return false;
  const strings = draft.block.outline?.stringRows;
  const rest = lines
    .slice(own.first + 1, own.last + 1)
    .filter((line, at) => !isBlank(line) && !strings?.has(own.first + 1 + at));
  // A body of Python is further in than its header, of which only brackets stand below: this one was moved as a whole.
  const isBeside = (line: string): boolean => indentationOf(line) === outer && !/^\s*[)\]}]/.test(line);
  if (draft.languageId === "python" && rest.some(isBeside)) return false;
  // A line of the preprocessor may stand at the margin.
  if (!rest.every((line) => line.startsWith(outer) || line.startsWith("#"))) return false;
  const least = rest.reduce((least, line) => Math.min(least, indentationOf(line).length), Number.POSITIVE_INFINITY);
  const isClosed = draft.languageId === "python" || indentationOf(rest.at(-1) ?? "") === outer;
  if (!isClosed && least <= outer.length) return false;
  const inFile = new Set(draft.index.lines.slice(there.first, there.last + 1));
  const asTheyAre = rest.filter((line) => inFile.has(line)).length;
  if (asTheyAre < rest.length / 2 && least <= outer.length) return false;
  return asTheyAre > rest.filter((line) => inFile.has(usual.indent(line))).length;
}

function firstLineAlone(first: string, outer: string): Indenter {
  const none = indenter("", "", { block: "  ", file: "  " });
  return { isNone: false, indent: (line) => (line === first ? outer + line : none.indent(line)) };
}

/** Rows. */
const LONGEST_HEADER = 6;
