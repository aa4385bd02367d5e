/** A block that stands for exactly the code that a model was shown to change, where nothing in it says so. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { indentationOf, isBlank, unixNewlines } from "../text/lines.ts";
import type { AnswerBlock, TargetFile } from "./applyBlock.ts";
import { blockCode } from "./blockCode.ts";
import { shapeOf, withoutBlankEnds } from "./blockFormats.ts";
import { hunksBetween } from "./hunks.ts";
import { indenter, unitOf } from "./indentation.ts";
import { lineText, withLines } from "./lineText.ts";
import { LineIndex } from "./placing.ts";
import type { Applied, Refusal } from "./verdict.ts";

/** Lines of code under no name that the file has, or under one that it has otherwise: a field without its class, say. */
export function isOfPlace({ reason }: Refusal): boolean {
  return reason === "no-place" || reason === "ambiguous" || reason === "unclear-end";
}

/** In the place of the selection's lines; `undefined` where the block is no plain code, or the selection is all or nothing. */
export function replaceAsked(file: TargetFile, block: AnswerBlock, readOutline: ReadOutline): Applied | undefined {
  const { text, selection, languageId, path } = file;
  if (!selection || text.slice(selection.from, selection.to).trim() === "") return undefined;
  const there = lineText(text);
  const from = text.slice(0, selection.from).split("\n").length - 1;
  const to = text.slice(0, selection.to).replace(/\n$/, "").split("\n").length;
  const old = there.lines.slice(from, to);
  const isAll = [...there.lines.slice(0, from), ...there.lines.slice(to)].every(isBlank);
  const shape = shapeOf(unixNewlines(block.text).split("\n"), block.language, languageId);
  if (isAll || shape.kind !== "code") return undefined;
  const { lines, elisions } = blockCode(shape.lines, new LineIndex(there.lines), languageId, path, readOutline);
  const own = withoutBlankEnds(lines);
  if (elisions.size > 0 || own.length === 0) return undefined;
  const unit = unitOf(there.lines) ?? unitOf(own) ?? "";
  const { indent, isNone } = indenter(outer(own), outer(old), { block: unitOf(own) ?? unit, file: unit });
  // Strings of several lines would be moved, too.
  if (!isNone && own.some((line) => /"""|'''|`/.test(line))) return undefined;
  const first = old.findIndex((line) => !isBlank(line));
  const last = old.findLastIndex((line) => !isBlank(line));
  const kept = [there.lines.slice(0, from + first), there.lines.slice(from + last + 1)] as const;
  const after = withLines(there, [...kept[0], ...own.map(indent), ...kept[1]]);
  if (after === text) return undefined;
  return { kind: "applied", format: "fragment", text: after, hunks: hunksBetween(text, after), notes: [] };
}

/** What all lines begin with. */
function outer(lines: readonly string[]): string {
  const all = lines.filter((line) => !isBlank(line)).map(indentationOf);
  return all.reduce((shortest, each) => (each.length < shortest.length ? each : shortest), all[0] ?? "");
}
