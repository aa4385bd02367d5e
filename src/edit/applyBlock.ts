/** A block of an answer, put into a file; or why not. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import type { Outline, Unit } from "../context/syntax/outline.ts";
import { isBlank, isFilled, unixNewlines } from "../text/lines.ts";
import { leftOutOf, putAsAsked, putAtCaret } from "./askedPlace.ts";
import { blockCode, outlineOf } from "./blockCode.ts";
import { shapeOf } from "./blockFormats.ts";
import { CannotApply, Draft } from "./draft.ts";
import { goneUnasked } from "./goneByWish.ts";
import { hunksBetween } from "./hunks.ts";
import { indenter } from "./indentation.ts";
import { asMeant } from "./mistypedCode.ts";
import { lineText, withLines } from "./lineText.ts";
import { putLocalPiece } from "./localPiece.ts";
import { namesIn, withMembers } from "./matching.ts";
import { mergeJson, shareOfKeys } from "./mergeJson.ts";
import { mergeFile } from "./mergeUnits.ts";
import { putUnderNewName } from "./newName.ts";
import { LineIndex, placeOf } from "./placing.ts";
import { newFileOf, withReplacements } from "./replacements.ts";
import { expandRows } from "./replaceUnit.ts";
import { faultOf } from "./unparsed.ts";
import type { Applied, BlockFormat, Place, Refused } from "./verdict.ts";
import { refused } from "./verdict.ts";
import { extentOf, looksWhole } from "./wholeFile.ts";

export interface AnswerBlock {
  /** As its fence says; empty where that says nothing. */
  readonly language: string;
  readonly text: string;
}

export interface TargetFile {
  readonly text: string;
  /** As VS Code calls it. */
  readonly languageId: string;
  /** With `/`; for a first line of the block that is nothing but this. */
  readonly path?: string;
  /** What the user has selected, in UTF-16 code units; both the same for a caret. Decides between several places. */
  readonly selection?: { readonly from: number; readonly to: number };
  /** The selection is what the model was shown to change, and the block is to be all of it. */
  readonly isAsked?: boolean;
  /** Where the caret is, if nothing is selected. */
  readonly caret?: number | undefined;
  /** What was asked for, in the user's words: what it says is to go may go. */
  readonly wish?: string;
  /** The user has been told that it loses code, and wants it. */
  readonly mayLose?: boolean;
}

/** What the guard has to say of the result is not in it: see guard.ts. */
export function applyBlock(file: TargetFile, block: AnswerBlock, readOutline: ReadOutline): Applied | Refused {
  if (file.text.length > MOST_CHARS || block.text.length > MOST_CHARS) return refused({ reason: "too-large" });
  try {
    return apply(file, block, readOutline);
  } catch (error) {
    if (error instanceof CannotApply) return refused(error.refusal);
    throw error;
  }
}

function apply(file: TargetFile, block: AnswerBlock, readOutline: ReadOutline): Applied | Refused {
  const { languageId } = file;
  const there = lineText(file.text);
  const rows = unixNewlines(block.text)
    .replace(/^\uFEFF/, "")
    .split("\n");
  const lines = asMeant(rows, file.text, languageId, readOutline);
  if (lines.length > MOST_LINES || there.lines.length > MOST_LINES) return refused({ reason: "too-large" });
  const index = new LineIndex(there.lines);
  const shape = shapeOf(lines, block.language, languageId);
  if (shape.kind === "malformed") return refused({ reason: "malformed", text: shape.text });
  const hint = file.selection && rowsAt(file.text, file.selection);
  const isEmpty = there.lines.every(isBlank);
  if (shape.kind === "replacements") {
    const all = isEmpty ? newFileOf(shape.parts) : withReplacements(index, shape.parts, hint);
    return finish(file, all, isEmpty ? "new-file" : shape.format, undefined);
  }
  const code = blockCode(shape.lines, index, languageId, file.path, readOutline);
  if (code.lines.every((line, row) => isBlank(line) || code.elisions.has(row)))
    return withoutRows(file, there.lines, hint, code.elisions.size > 0);
  if (isEmpty) {
    const [row] = code.elisions;
    if (row !== undefined) return refused({ reason: "unclear-elision", text: code.lines[row]?.trim() ?? "" });
    return finish(file, code.lines, "new-file", undefined);
  }
  const shown = file.isAsked && hint ? (filledRows(hint, there.lines) ?? hint) : undefined;
  // All of a file may be what was sent since nothing was selected.
  const asked = shown && !isAll(shown, there.lines) ? shown : undefined;
  const fault = code.outline ? undefined : faultOf(code.lines, index, languageId);
  if (fault && code.elisions.size === 0) return refused(fault);
  const draft = new Draft(index, code, languageId, { hint, asked, wish: file.wish ?? "" });
  const json = asked ? undefined : partOfJson(draft);
  if (json) return finish(file, json, "symbols", undefined);
  const outline = outlineOf(there.lines, languageId, readOutline);
  const format = edit(draft, outline, shown, file);
  const isWhole = format === "whole-file";
  const result = isWhole ? wholeFile(draft, outline) : draft.result();
  return finish(file, result, format, draft);
}

/** An answer of nothing at all is what is to become of what was asked about. */
function withoutRows(
  file: TargetFile,
  lines: readonly string[],
  hint: Place | undefined,
  isElided: boolean,
): Applied | Refused {
  const rows = file.isAsked && hint && !isElided ? filledRows(hint, lines) : undefined;
  if (!rows || isAll(rows, lines)) return refused({ reason: "unchanged" });
  // Of the blank lines around it one side is enough.
  const isApart = isBlank(lines[rows.from - 1] ?? "") && isBlank(lines[rows.to] ?? "");
  return finish(
    file,
    [...lines.slice(0, rows.from), ...lines.slice(rows.to + (isApart ? 1 : 0))],
    "fragment",
    undefined,
  );
}

/** The file's lines with an object that is only a part of its own; `undefined` for what is none, or is the whole file. */
function partOfJson({ block, index, languageId, units }: Draft): readonly string[] | undefined {
  if ((languageId !== "json" && languageId !== "jsonc") || block.elisions.size > 0) return undefined;
  const [text, part] = [index.lines.join("\n"), block.lines.join("\n")];
  const isWhole = looksWhole(block.lines, index.lines) && shareOfKeys(text, part) > 0.5;
  return isWhole ? undefined : mergeJson(text, part, units)?.split("\n");
}

/** Writes the changes into the draft. */
function edit(
  draft: Draft,
  outline: Outline | undefined,
  shown: Place | undefined,
  { text, caret, mayLose = false }: TargetFile,
): BlockFormat {
  const { block, index, wish } = draft;
  const own = block.outline;
  const isElided = block.elisions.size > 0;
  const isParsed = outline && own && own.errors <= outline.errors;
  if (isParsed && !isElided) {
    const extent = extentOf(block, own.units, outline.units, index.lines, (names) => goneUnasked(wish, names));
    if (extent === "whole") return "whole-file";
    const row = caret === undefined ? undefined : rowsAt(text, { from: caret, to: caret }).from;
    if (row !== undefined && putAtCaret(draft, row, outline)) return "fragment";
    // What begins and ends as the file does is no answer for a part of it.
    const isOfPart = extent === "parts" || !draft.asked;
    if (isOfPart && shown && putAsAsked(draft, shown, outline)) return "fragment";
    if (extent !== "parts") {
      if (mayLose) return "whole-file";
      throw new CannotApply({ reason: "symbols-lost", names: extent.lost });
    }
  }
  if (!outline && !isElided && looksWhole(block.lines, index.lines)) return "whole-file";
  if (!isParsed && shown && putAsAsked(draft, shown, outline)) return "fragment";
  const hasDefinition = own?.units.some(({ kind }) => kind === "definition" || kind === "import") ?? false;
  if (isParsed && hasDefinition && !isFragment(draft, outline)) {
    const defined = withMembers(outline.units).filter(({ kind }) => kind === "definition");
    if (shown && putLocalPiece(draft, shown, namesIn(defined))) return "fragment";
    if (putUnderNewName(draft, outline, (name) => mayLose || goneUnasked(wish, [name]).length === 0)) return "fragment";
    mergeFile(own.units, outline.units, draft);
    if (draft.asked) draft.keep(leftOutOf(draft, draft.asked, outline));
    return "symbols";
  }
  placeFragment(draft, outline);
  return "fragment";
}

/** Its definitions are local ones: all of it stands inside of one definition of the file. */
function isFragment({ block, index, hint, units }: Draft, outline: Outline): boolean {
  const own = block.outline?.units ?? [];
  const all = withMembers(outline.units);
  const names = namesIn(outline.units);
  if (block.elisions.size > 0 || own.some(({ kind }) => kind === "import" || kind === "header")) return false;
  if (own.some(({ kind, name }) => kind === "definition" && names.has(name))) return false;
  const whole = { from: 0, to: index.lines.length };
  const placed = placeOf(index, block.lines, whole, { start: "like", end: "like" }, units, hint);
  if (placed.kind !== "placed") return placed.kind === "ambiguous";
  const { from, to } = placed.fit;
  return !all.some(({ kind, head }) => kind === "definition" && head >= from && head < to);
}

function placeFragment(draft: Draft, outline: Outline | undefined): void {
  const { block, index } = draft;
  const all: Place = { from: 0, to: index.lines.length };
  const own: Place = { from: 0, to: block.lines.length };
  if (block.elisions.size > 0) {
    const inside = outline && definitionBegunBy(block.lines.find(isFilled) ?? "", draft, outline);
    const there = inside ? { from: inside.head, to: inside.last + 1 } : all;
    const rows = index.lines.slice(there.from, there.to);
    const isStart = sameFilled(block.lines.find(isFilled), rows.find(isFilled));
    const isEnd = sameFilled(block.lines.findLast(isFilled), rows.findLast(isFilled));
    return expandRows(own, there, draft, { start: isStart ? "fixed" : "like", end: isEnd ? "fixed" : "like" });
  }
  const ends = { start: "like", end: "like" } as const;
  let placed = placeOf(index, block.lines, all, ends, draft.units, draft.hint);
  const first = placed.kind === "ambiguous" ? nearestEnd(placed.candidates, draft) : undefined;
  if (first) placed = placeOf(index, block.lines, first, ends, draft.units, draft.hint);
  if (placed.kind === "ambiguous") {
    const [first] = placed.candidates;
    // It begins in one place, and may end in several.
    if (placed.candidates.every(({ from }) => from === first?.from))
      throw new CannotApply({ reason: "unclear-end", name: block.lines[0]?.trim() ?? "" });
    throw new CannotApply({ reason: "ambiguous", candidates: placed.candidates });
  }
  if (placed.kind === "none") throw new CannotApply({ reason: "no-place", text: block.lines[0]?.trim() ?? "" });
  draft.replace(placed.fit.from, placed.fit.to, draft.placed(0, block.lines.length, placed.fit.indenter));
}

/** An entry of JSON ends at its first bracket that may be its end. */
function nearestEnd(candidates: readonly Place[], { languageId }: Draft): Place | undefined {
  const [first] = candidates.toSorted((a, b) => a.to - b.to);
  const isSame = candidates.every(({ from }) => from === first?.from);
  return isSame && languageId.startsWith("json") ? first : undefined;
}

/** The only one whose header this line is. */
function definitionBegunBy(line: string, { index }: Draft, outline: Outline): Unit | undefined {
  const found = withMembers(outline.units).filter(
    ({ kind, head }) => kind === "definition" && index.lines[head]?.trim() === line.trim(),
  );
  return found.length === 1 && index.rowsOf(line).length === 1 ? found[0] : undefined;
}

function sameFilled(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.trim() === b.trim();
}

/** Blank lines at the start and at the end of the file stay, and a comment at its start that nothing was asked about. */
function wholeFile(draft: Draft, outline: Outline | undefined): readonly string[] {
  const { index, block, asked } = draft;
  const { lines } = index;
  const code = codeStart(outline);
  const isLeftOut = asked && asked.from >= code && codeStart(block.outline) === block.lines.findIndex(isFilled);
  const start = lines.slice(0, isLeftOut ? code : lines.findIndex(isFilled));
  const end = lines.slice(lines.findLastIndex(isFilled) + 1);
  return [...start, ...draft.placed(0, block.lines.length, indenter("", "", draft.units)), ...end];
}

/** The first row that is no comment. */
function codeStart(outline: Outline | undefined): number {
  return outline?.units.find(({ kind }) => kind !== "comment")?.code ?? 0;
}

function finish(
  file: TargetFile,
  lines: readonly string[],
  format: BlockFormat,
  draft: Draft | undefined,
): Applied | Refused {
  const text = withLines(lineText(file.text), lines);
  if (text === file.text) return refused({ reason: "unchanged" });
  return { kind: "applied", format, text, hunks: hunksBetween(file.text, text), notes: draft?.notes ?? [] };
}

/** The rows that a selection takes, or the one of a caret. */
export function rowsAt(text: string, { from, to }: { readonly from: number; readonly to: number }): Place {
  const first = text.slice(0, from).split("\n").length - 1;
  const breaks = text.slice(from, to).split("\n").length - 1;
  // Up to the start of a line, that one does not belong to it.
  const isWholeLines = to > from && text[to - 1] === "\n";
  return { from: first, to: first + breaks + (isWholeLines ? 0 : 1) };
}

/** Without blank lines at its ends. */
function filledRows({ from, to }: Place, lines: readonly string[]): Place | undefined {
  const filled = lines.slice(from, to).map(isFilled);
  const start = filled.indexOf(true);
  return start === -1 ? undefined : { from: from + start, to: from + filled.lastIndexOf(true) + 1 };
}

function isAll({ from, to }: Place, lines: readonly string[]): boolean {
  return !lines.slice(0, from).some(isFilled) && !lines.slice(to).some(isFilled);
}

/** What is larger is no file that people edit by an answer. */
const MOST_CHARS = 4_000_000;
const MOST_LINES = 200_000;
