/**
 * The last look at a change before anybody is asked to accept it: what could be parsed still can be, nothing is lost that
 * was not meant to go, and nothing is written that is no code. Says so as data.
 */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { isElision } from "./elisions.ts";
import { outlineOf } from "./blockCode.ts";
import { keysOf } from "./json.ts";
import { lineChanges } from "../text/diff.ts";
import { type Shrunk, shrunkBodies } from "./shrunkBodies.ts";
import { lostSymbols, repeatedSymbols, symbolsOf } from "./symbols.ts";
import type { BlockFormat, Refusal } from "./verdict.ts";

export type Verdict =
  | {
      readonly kind: "accepted";
      /** Errors of the grammar after and before; `undefined` where there is none. 0 is "parses". */
      readonly errors: { readonly before: number; readonly after: number } | undefined;
      /** Definitions that are gone because the answer, or the user, says so. */
      readonly removed: readonly string[];
      readonly added: readonly string[];
      readonly renamed: readonly { readonly from: string; readonly to: string }[];
      /** Definitions that stay and lose most of their code: it is replaced, or the answer, or the user, says so. */
      readonly shrunk: readonly Shrunk[];
      /** By the line. */
      readonly lines: { readonly removed: number; readonly added: number };
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export interface Change {
  readonly before: string;
  readonly after: string;
  readonly languageId: string;
  /** A diff, and search and replace, name what they take away. */
  readonly format: BlockFormat;
  /** The user has been told that it loses code, and wants it. */
  readonly mayLose?: boolean;
}

export function judge(change: Change, readOutline: ReadOutline): Verdict {
  const before = linesOf(change.before);
  const after = linesOf(change.after);
  const { languageId, format } = change;
  const marks = marksLeft(before, after, languageId) ?? sizeOf(change, before, after);
  if (marks) return { kind: "refused", refusal: marks };
  const lines = linesChanged(before, after);
  if (languageId === "json" || languageId === "jsonc") return judgeJson(change, lines);
  const outline = outlineOf(before, languageId, readOutline);
  const outlineAfter = outline && outlineOf(after, languageId, readOutline);
  if (!outline || !outlineAfter) return { kind: "accepted", errors: undefined, ...nothing, lines };
  const errors = { before: outline.errors, after: outlineAfter.errors };
  if (errors.after > errors.before) return { kind: "refused", refusal: { reason: "does-not-parse", ...errors } };
  const symbols = symbolsOf(outline.units, before);
  const symbolsAfter = symbolsOf(outlineAfter.units, after);
  const { lost, gained, renamed } = lostSymbols(symbols, symbolsAfter);
  const isMeant = isExplicit(format) || change.mayLose === true;
  if (!isMeant && lost.length > 0) return { kind: "refused", refusal: { reason: "symbols-lost", names: lost } };
  const doubled = repeatedSymbols(symbols, symbolsAfter);
  if (doubled.length > 0) return { kind: "refused", refusal: { reason: "symbols-doubled", names: doubled } };
  const sides = [
    { units: outline.units, lines: before },
    { units: outlineAfter.units, lines: after },
  ] as const;
  const shrunk = shrunkBodies(...sides, renamed, languageId);
  const bodies = shrunk.filter(({ isReplaced }) => !isReplaced);
  if (!isMeant && bodies.length > 0) return { kind: "refused", refusal: { reason: "bodies-lost", bodies } };
  return { kind: "accepted", errors, removed: lost, added: gained, renamed, shrunk, lines };
}

const nothing = { removed: [], added: [], renamed: [], shrunk: [] };

type Lines = Extract<Verdict, { readonly kind: "accepted" }>["lines"];

function linesChanged(before: readonly string[], after: readonly string[]): Lines {
  let removed = 0;
  let added = 0;
  for (const { from, to, newFrom, newTo } of lineChanges(before, after)) {
    removed += to - from;
    added += newTo - newFrom;
  }
  return { removed, added };
}

function isExplicit(format: BlockFormat): boolean {
  return format === "diff" || format === "search-replace";
}

function judgeJson({ before, after, format, mayLose }: Change, lines: Lines): Verdict {
  const keys = keysOf(before);
  const keysAfter = keysOf(after);
  if (keys && !keysAfter) return { kind: "refused", refusal: { reason: "does-not-parse", before: 0, after: 1 } };
  if (!keys || !keysAfter) return { kind: "accepted", errors: undefined, ...nothing, lines };
  const removed = keys.filter((key) => !keysAfter.includes(key));
  if (removed.length > 0 && !mayLose && !isExplicit(format))
    return { kind: "refused", refusal: { reason: "symbols-lost", names: removed } };
  const added = keysAfter.filter((key) => !keys.includes(key));
  return { kind: "accepted", errors: { before: 0, after: 0 }, ...nothing, removed, added, lines };
}

/** What stood in the file before may stay. */
function marksLeft(before: readonly string[], after: readonly string[], languageId: string): Refusal | undefined {
  const known = new Set(before.map((line) => line.trim()));
  const isMarkdown = languageId === "markdown";
  for (const line of after) {
    const text = line.slice(0, LONGEST_MARK).trim();
    if (text === "" || known.has(line.trim())) continue;
    if (/^(?:<{7}|>{7}|\|{7})(?:\s|$)/.test(text) || (text === "=======" && !isMarkdown))
      return { reason: "marks-left", kind: "conflict", text };
    if (!isMarkdown && /^(?:`{3,}|~{3,})[\w+#-]*$/.test(text)) return { reason: "marks-left", kind: "fence", text };
    // In Python three dots are code.
    if (isElision(text, languageId) && !(languageId === "python" && text === "..."))
      return { reason: "marks-left", kind: "elision", text };
  }
  return undefined;
}

/** Far less than was there, without a word; or far more than anybody asks for. */
function sizeOf(
  { before, after, format, mayLose }: Change,
  lines: readonly string[],
  linesAfter: readonly string[],
): Refusal | undefined {
  const size: Refusal = { reason: "size", before: before.length, after: after.length };
  if (after.length > MOST_GROWTH * before.length + GROWTH_CHARS) return size;
  if (isExplicit(format) || mayLose) return undefined;
  const filled = lines.filter((line) => !isBlank(line)).length;
  const filledAfter = linesAfter.filter((line) => !isBlank(line)).length;
  const isLess = filled - filledAfter > SHRINKING_LINES && filledAfter < filled * LEAST_LEFT;
  return isLess || (filled > 0 && filledAfter === 0) ? size : undefined;
}

function linesOf(text: string): readonly string[] {
  return unixNewlines(text)
    .replace(/^\uFEFF/, "")
    .split("\n");
}

const LONGEST_MARK = 300;
const MOST_GROWTH = 4;
const GROWTH_CHARS = 40_000;
const SHRINKING_LINES = 20;
const LEAST_LEFT = 0.5;
