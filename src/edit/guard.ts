/**
 * The last look at a change before anybody is asked to accept it: what could be parsed still can be, nothing is lost that
 * was not meant to go, and nothing is written that is no code. Says so as data.
 */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { isElision } from "./elisions.ts";
import { outlineOf } from "./blockCode.ts";
import { keysOf } from "./json.ts";
import { emptiedSymbols, lostSymbols, repeatedSymbols, symbolsOf } from "./symbols.ts";
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
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

export interface Change {
  readonly before: string;
  readonly after: string;
  readonly languageId: string;
  /** A diff, and search and replace, name what they take away. */
  readonly format: BlockFormat;
  /** Names that the user wants to be gone. */
  readonly mayRemove?: readonly string[];
}

export function judge(change: Change, readOutline: ReadOutline): Verdict {
  const before = linesOf(change.before);
  const after = linesOf(change.after);
  const { languageId, format } = change;
  const marks = marksLeft(before, after, languageId) ?? sizeOf(change, before, after);
  if (marks) return { kind: "refused", refusal: marks };
  if (languageId === "json" || languageId === "jsonc") return judgeJson(change);
  const outline = outlineOf(before, languageId, readOutline);
  const outlineAfter = outline && outlineOf(after, languageId, readOutline);
  if (!outline || !outlineAfter) return { kind: "accepted", errors: undefined, ...nothing };
  const errors = { before: outline.errors, after: outlineAfter.errors };
  if (errors.after > errors.before) return { kind: "refused", refusal: { reason: "does-not-parse", ...errors } };
  const symbols = symbolsOf(outline.units, before);
  const symbolsAfter = symbolsOf(outlineAfter.units, after);
  const { lost, gained, renamed } = lostSymbols(symbols, symbolsAfter);
  const isMeant = (name: string): boolean =>
    isExplicit(format) || (change.mayRemove?.some((other) => name === other || name.endsWith(`.${other}`)) ?? false);
  const notMeant = lost.filter((name) => !isMeant(name));
  if (notMeant.length > 0) return { kind: "refused", refusal: { reason: "symbols-lost", names: notMeant } };
  const emptied = isExplicit(format) ? [] : emptiedSymbols(symbols, symbolsAfter).filter((name) => !isMeant(name));
  if (emptied.length > 0) return { kind: "refused", refusal: { reason: "emptied", names: emptied } };
  const doubled = repeatedSymbols(symbols, symbolsAfter);
  if (doubled.length > 0) return { kind: "refused", refusal: { reason: "symbols-doubled", names: doubled } };
  return { kind: "accepted", errors, removed: lost, added: gained, renamed };
}

const nothing = { removed: [], added: [], renamed: [] };

function isExplicit(format: BlockFormat): boolean {
  return format === "diff" || format === "search-replace";
}

function judgeJson({ before, after, format, mayRemove = [] }: Change): Verdict {
  const keys = keysOf(before);
  const keysAfter = keysOf(after);
  if (keys && !keysAfter) return { kind: "refused", refusal: { reason: "does-not-parse", before: 0, after: 1 } };
  if (!keys || !keysAfter) return { kind: "accepted", errors: undefined, ...nothing };
  const removed = keys.filter((key) => !keysAfter.includes(key));
  const notMeant = isExplicit(format) ? [] : removed.filter((key) => !mayRemove.includes(key));
  if (notMeant.length > 0) return { kind: "refused", refusal: { reason: "symbols-lost", names: notMeant } };
  const added = keysAfter.filter((key) => !keys.includes(key));
  return { kind: "accepted", errors: { before: 0, after: 0 }, removed, added, renamed: [] };
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
  { before, after, format }: Change,
  lines: readonly string[],
  linesAfter: readonly string[],
): Refusal | undefined {
  const size: Refusal = { reason: "size", before: before.length, after: after.length };
  if (after.length > MOST_GROWTH * before.length + GROWTH_CHARS) return size;
  if (isExplicit(format)) return undefined;
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
