/**
 * The last look at a change before anybody is asked to accept it: what could be parsed still can be, nothing is lost that
 * was not meant to go, and nothing is written that is no code. Says so as data.
 */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { isElision } from "./elisions.ts";
import { outlineOf } from "./blockCode.ts";
import { goneUnasked } from "./goneByWish.ts";
import { hiddenAdded } from "./hiddenCharacters.ts";
import { keysOf } from "./json.ts";
import { lineChanges } from "../text/diff.ts";
import { type Shrunk, shrunkBodies } from "./shrunkBodies.ts";
import { lostSymbols, type Renamed, renamedThemselves, repeatedSymbols, symbolsOf } from "./symbols.ts";
import type { BlockFormat, Refusal } from "./verdict.ts";

export type Verdict =
  | {
      readonly kind: "accepted";
      /** Errors of the grammar after and before; `undefined` where there is none. 0 is "parses". */
      readonly errors: { readonly before: number; readonly after: number } | undefined;
      /** Definitions that are gone because the answer, or the user, says so. */
      readonly removed: readonly string[];
      readonly added: readonly string[];
      readonly renamed: readonly Renamed[];
      /** Definitions that stay and lose most of their code: it is replaced, or the answer, or the user, says so. */
      readonly shrunk: readonly Shrunk[];
      /** By the line. */
      readonly lines: { readonly removed: number; readonly added: number };
      /** Characters that nobody sees, which it brings along, as `U+202E`. */
      readonly hidden: readonly string[];
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
  /** What was asked for, in the user's words: what it names may go. */
  readonly wish?: string;
}

export function judge(change: Change, readOutline: ReadOutline): Verdict {
  const before = linesOf(change.before);
  const after = linesOf(change.after);
  const { languageId, format } = change;
  const isJson = languageId === "json" || languageId === "jsonc";
  const outlineAfter = isJson ? undefined : outlineOf(after, languageId, readOutline);
  const marks = marksLeft(before, after, languageId, outlineAfter?.stringRows) ?? growthOf(change);
  if (marks) return { kind: "refused", refusal: marks };
  const shrinkage = shrinkageOf(change, before, after);
  const seen = { lines: linesChanged(before, after), hidden: hiddenAdded(before, after) };
  if (isJson) return judgeJson(change, seen, shrinkage);
  const outline = outlineOf(before, languageId, readOutline);
  if (shrinkage && (!outline || !outlineAfter)) return { kind: "refused", refusal: shrinkage };
  if (!outline || !outlineAfter) return { kind: "accepted", errors: undefined, ...nothing, ...seen };
  const errors = { before: outline.errors, after: outlineAfter.errors };
  if (errors.after > errors.before) return { kind: "refused", refusal: { reason: "does-not-parse", ...errors } };
  const symbols = symbolsOf(outline.units, before);
  const symbolsAfter = symbolsOf(outlineAfter.units, after);
  const { lost, gained, renamed } = lostSymbols(symbols, symbolsAfter, {
    isUsed: (name) => hasWord(change.after, name),
    isAssigned: (name) => assignments(change.after, name) >= Math.max(1, assignments(change.before, name)),
  });
  const isMeant = isExplicit(format) || change.mayLose === true;
  const unasked = goneUnasked(change.wish ?? "", lost);
  // By far the most of it is gone, and not because it was named.
  if (shrinkage && (lost.length === 0 || unasked.length > 0)) return { kind: "refused", refusal: shrinkage };
  if (!isMeant && unasked.length > 0) return { kind: "refused", refusal: { reason: "symbols-lost", names: unasked } };
  const doubled = repeatedSymbols(symbols, symbolsAfter);
  if (doubled.length > 0) return { kind: "refused", refusal: { reason: "symbols-doubled", names: doubled } };
  const sides = [
    { units: outline.units, lines: before },
    { units: outlineAfter.units, lines: after },
  ] as const;
  const shrunk = shrunkBodies(...sides, renamed, languageId);
  const bodies = shrunk.filter(({ isReplaced }) => !isReplaced);
  if (!isMeant && bodies.length > 0) return { kind: "refused", refusal: { reason: "bodies-lost", bodies } };
  const renames = renamedThemselves(renamed);
  return { kind: "accepted", errors, removed: lost, added: gained, renamed: renames, shrunk, ...seen };
}

function hasWord(text: string, name: string): boolean {
  const bare = /[\p{L}\p{N}_$]+/u.exec(name)?.[0];
  return bare === undefined || (text.match(/[\p{L}\p{N}_$]+/gu)?.includes(bare) ?? false);
}

/** `const name =`, `name: Type =`, `name :=`; none of what is no plain name. */
function assignments(text: string, name: string): number {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return 0;
  return (
    text.match(new RegExp(`(?<![\\p{L}\\p{N}_$.])${name.replaceAll("$", "\\$")}\\s*(?::[^=\\n;]*)?=(?![=>])`, "gu"))
      ?.length ?? 0
  );
}

const nothing = { removed: [], added: [], renamed: [], shrunk: [] };

type Accepted = Extract<Verdict, { readonly kind: "accepted" }>;

function linesChanged(before: readonly string[], after: readonly string[]): Accepted["lines"] {
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

function judgeJson(
  { before, after, format, mayLose, wish = "" }: Change,
  seen: Pick<Accepted, "lines" | "hidden">,
  shrinkage: Refusal | undefined,
): Verdict {
  const keys = keysOf(before);
  const keysAfter = keysOf(after);
  if (keys && !keysAfter) return { kind: "refused", refusal: { reason: "does-not-parse", before: 0, after: 1 } };
  const removed = keys?.filter((key) => !keysAfter?.includes(key)) ?? [];
  const unasked = goneUnasked(wish, removed);
  if (shrinkage && (removed.length === 0 || unasked.length > 0)) return { kind: "refused", refusal: shrinkage };
  if (!keys || !keysAfter) return { kind: "accepted", errors: undefined, ...nothing, ...seen };
  if (unasked.length > 0 && !mayLose && !isExplicit(format))
    return { kind: "refused", refusal: { reason: "symbols-lost", names: unasked } };
  const added = keysAfter.filter((key) => !keys.includes(key));
  return { kind: "accepted", errors: { before: 0, after: 0 }, ...nothing, removed, added, ...seen };
}

/** What stood in the file before may stay. */
function marksLeft(
  before: readonly string[],
  after: readonly string[],
  languageId: string,
  stringRows: ReadonlySet<number> | undefined,
): Refusal | undefined {
  const known = new Set(before.map((line) => line.trim()));
  const isMarkdown = languageId === "markdown";
  for (const [row, line] of after.entries()) {
    const text = line.slice(0, LONGEST_MARK).trim();
    if (text === "" || known.has(line.trim())) continue;
    if (/^(?:<{7}|>{7}|\|{7})(?:\s|$)/.test(text) || (text === "=======" && !isMarkdown))
      return { reason: "marks-left", kind: "conflict", text };
    if (!isMarkdown && /^(?:`{3,}|~{3,})[\w+#-]*$/.test(text) && !stringRows?.has(row))
      return { reason: "marks-left", kind: "fence", text };
    // In Python three dots are code.
    if (isElision(text, languageId) && !(languageId === "python" && text === "..."))
      return { reason: "marks-left", kind: "elision", text };
  }
  return undefined;
}

/** Far more than anybody asks for. */
function growthOf({ before, after }: Change): Refusal | undefined {
  const isMore = after.length > MOST_GROWTH * before.length + GROWTH_CHARS;
  return isMore ? { reason: "size", before: before.length, after: after.length } : undefined;
}

/** Far less than was there, without a word. */
function shrinkageOf(
  { before, after, format, mayLose }: Change,
  lines: readonly string[],
  linesAfter: readonly string[],
): Refusal | undefined {
  if (isExplicit(format) || mayLose) return undefined;
  const filled = lines.filter((line) => !isBlank(line)).length;
  const filledAfter = linesAfter.filter((line) => !isBlank(line)).length;
  const isLess = filled - filledAfter > SHRINKING_LINES && filledAfter < filled * LEAST_LEFT;
  return isLess || (filled > 0 && filledAfter === 0)
    ? { reason: "size", before: before.length, after: after.length }
    : undefined;
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
