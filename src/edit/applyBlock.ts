/** A block of an answer, put into a file; or why not. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import type { Outline, Unit } from "../context/syntax/outline.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { blockCode, outlineOf } from "./blockCode.ts";
import { type Replacement, shapeOf, withoutBlankEnds } from "./blockFormats.ts";
import { CannotApply, Draft } from "./draft.ts";
import { hunksBetween } from "./hunks.ts";
import { indenter, unitOf } from "./indentation.ts";
import { lineText, withLines } from "./lineText.ts";
import { withMembers } from "./matching.ts";
import { mergeJson, shareOfKeys } from "./mergeJson.ts";
import { mergeFile } from "./mergeUnits.ts";
import { LineIndex, placeOf, runsOf } from "./placing.ts";
import { expandRows } from "./replaceUnit.ts";
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
  const lines = unixNewlines(block.text)
    .replace(/^\uFEFF/, "")
    .split("\n");
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
  if (code.lines.every((line, row) => isBlank(line) || code.elisions.has(row))) return refused({ reason: "unchanged" });
  if (isEmpty) {
    const [row] = code.elisions;
    if (row !== undefined) return refused({ reason: "unclear-elision", text: code.lines[row]?.trim() ?? "" });
    return finish(file, code.lines, "new-file", undefined);
  }
  const draft = new Draft(index, code, languageId, hint);
  const json = partOfJson(draft);
  if (json) return finish(file, json, "symbols", undefined);
  const format = edit(draft, outlineOf(there.lines, languageId, readOutline), file.mayLose ?? false);
  const isWhole = format === "whole-file";
  const result = isWhole ? wholeFile(draft) : draft.result();
  return finish(file, result, format, draft);
}

/** The file's lines with an object that is only a part of its own; `undefined` for what is none, or is the whole file. */
function partOfJson({ block, index, languageId, units }: Draft): readonly string[] | undefined {
  if ((languageId !== "json" && languageId !== "jsonc") || block.elisions.size > 0) return undefined;
  const [text, part] = [index.lines.join("\n"), block.lines.join("\n")];
  const isWhole = looksWhole(block.lines, index.lines) && shareOfKeys(text, part) > 0.5;
  return isWhole ? undefined : mergeJson(text, part, units)?.split("\n");
}

/** Writes the changes into the draft. */
function edit(draft: Draft, outline: Outline | undefined, mayLose: boolean): BlockFormat {
  const { block, index } = draft;
  const own = block.outline;
  const isElided = block.elisions.size > 0;
  if (outline && own && !isElided && own.errors <= outline.errors) {
    const extent = extentOf(block, own.units, outline.units, index.lines);
    if (extent === "whole") return "whole-file";
    if (extent !== "parts") {
      if (mayLose) return "whole-file";
      throw new CannotApply({ reason: "symbols-lost", names: extent.lost });
    }
  }
  if (!outline && !isElided && looksWhole(block.lines, index.lines)) return "whole-file";
  const hasDefinition = own?.units.some(({ kind }) => kind === "definition" || kind === "import") ?? false;
  if (outline && own && hasDefinition && own.errors <= outline.errors && !isFragment(draft, outline)) {
    mergeFile(own.units, outline.units, draft);
    return "symbols";
  }
  placeFragment(draft, outline);
  return "fragment";
}

/** Its definitions are local ones: all of it stands inside of one definition of the file. */
function isFragment({ block, index, hint, units }: Draft, outline: Outline): boolean {
  const own = block.outline?.units ?? [];
  const all = withMembers(outline.units);
  const names = new Set(all.map(({ name }) => name));
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
  const placed = placeOf(index, block.lines, all, { start: "like", end: "like" }, draft.units, draft.hint);
  if (placed.kind === "ambiguous") throw new CannotApply({ reason: "ambiguous", candidates: placed.candidates });
  if (placed.kind === "none") throw new CannotApply({ reason: "no-place", text: block.lines[0]?.trim() ?? "" });
  draft.replace(placed.fit.from, placed.fit.to, draft.placed(0, block.lines.length, placed.fit.indenter));
}

/** The only one whose header this line is. */
function definitionBegunBy(line: string, { index }: Draft, outline: Outline): Unit | undefined {
  const found = withMembers(outline.units).filter(
    ({ kind, head }) => kind === "definition" && index.lines[head]?.trim() === line.trim(),
  );
  return found.length === 1 && index.rowsOf(line).length === 1 ? found[0] : undefined;
}

function isFilled(line: string): boolean {
  return !isBlank(line);
}

function sameFilled(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.trim() === b.trim();
}

/** Blank lines at the start and at the end of the file stay. */
function wholeFile(draft: Draft): readonly string[] {
  const { lines } = draft.index;
  const start = lines.slice(0, lines.findIndex(isFilled));
  const end = lines.slice(lines.findLastIndex(isFilled) + 1);
  return [...start, ...draft.placed(0, draft.block.lines.length, indenter("", "", draft.units)), ...end];
}

/** Of several places for one part, the order of the parts may leave one. */
function withReplacements(index: LineIndex, parts: readonly Replacement[], hint: Place | undefined): readonly string[] {
  const lines = index.lines;
  const fileUnit = unitOf(lines);
  const found = parts.map(({ search, replace }) => {
    const own = unitOf([...search, ...replace]);
    const units = { block: own ?? fileUnit ?? "  ", file: fileUnit ?? own ?? "  " };
    const exact = runsOf(index, search, units);
    // Blank lines at its ends are seldom meant, so that they decide nothing.
    const bare = runsOf(index, withoutBlankEnds(search), units);
    const isExact = exact.length > 0 && exact.length === bare.length;
    const fits = isExact ? exact : bare;
    if (fits.length === 0)
      throw new CannotApply({ reason: "no-place", text: search.find((line) => !isBlank(line))?.trim() ?? "" });
    return { fits, replace: isExact ? replace : withoutBlankEnds(replace) };
  });
  const chosen = found.map(({ fits }, at) => {
    if (fits.length === 1) return fits[0];
    const before = Math.max(
      0,
      ...found.slice(0, at).map((other) => (other.fits.length === 1 ? (other.fits[0]?.to ?? 0) : 0)),
    );
    const after = Math.min(
      lines.length,
      ...found
        .slice(at + 1)
        .map((other) => (other.fits.length === 1 ? (other.fits[0]?.from ?? lines.length) : lines.length)),
    );
    const between = found.length > 1 ? fits.filter(({ from, to }) => from >= before && to <= after) : fits;
    const hinted = hint ? fits.filter(({ from, to }) => from < hint.to && hint.from < to) : [];
    const left = hinted.length === 1 ? hinted : between;
    if (left.length === 1) return left[0];
    throw new CannotApply({ reason: "ambiguous", candidates: fits.slice(0, 10).map(({ from, to }) => ({ from, to })) });
  });
  const sorted = chosen
    .flatMap((fit, at) => (fit ? [{ fit, replace: found[at]?.replace ?? [] }] : []))
    .toSorted((a, b) => a.fit.from - b.fit.from);
  const result: string[] = [];
  let row = 0;
  for (const { fit, replace } of sorted) {
    if (fit.from < row)
      throw new CannotApply({ reason: "ambiguous", candidates: sorted.map(({ fit: { from, to } }) => ({ from, to })) });
    for (; row < fit.from; row += 1) result.push(lines[row] ?? "");
    for (const line of replace) result.push(fit.indenter.indent(line));
    row = fit.to;
  }
  for (; row < lines.length; row += 1) result.push(lines[row] ?? "");
  return result;
}

function newFileOf(parts: readonly Replacement[]): readonly string[] {
  const [first, ...others] = parts;
  if (!first || others.length > 0 || first.search.some((line) => !isBlank(line)))
    throw new CannotApply({ reason: "no-place", text: first?.search.find((line) => !isBlank(line))?.trim() ?? "" });
  return first.replace;
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

function rowsAt(text: string, { from, to }: { readonly from: number; readonly to: number }): Place {
  const first = text.slice(0, from).split("\n").length - 1;
  const last = first + text.slice(from, to).split("\n").length - 1;
  return { from: first, to: last + 1 };
}

/** What is larger is no file that people edit by an answer. */
const MOST_CHARS = 4_000_000;
const MOST_LINES = 200_000;
