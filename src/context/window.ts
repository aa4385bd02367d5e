/**
 * The part of the caret's own file that a model sees. It is cut so that the prompts of neighbouring keystrokes share
 * all but their last tokens: the prefix starts at a line that moves only in big steps, and the suffix stays as it was
 * while somebody types in one place.
 */

import { suffixChange } from "../text/closers.ts";
import type { CursorSnapshot } from "./snapshot.ts";
import { headOfWeight, tailOfWeight, weightOf } from "./tokens.ts";

/** In characters of ASCII (see `tokens.ts`). */
export interface WindowBudget {
  /** Where a window is placed anew its prefix is at most this long; typing then makes it longer. */
  readonly freshPrefixChars: number;
  /** A prefix that has grown beyond this is placed anew. */
  readonly mostPrefixChars: number;
  /** Where a suffix is cut anew it is at most this long. */
  readonly suffixChars: number;
  /** One that was cut before is kept up to this length. */
  readonly mostSuffixChars: number;
  /** What a character outside of ASCII counts for. At least 1. */
  readonly otherWeight: number;
}

export interface FileWindow {
  readonly uri: string;
  /** The document's offset of the first character of `prefix`. */
  readonly start: number;
  readonly prefix: string;
  /** What the model is shown after the caret. */
  readonly suffix: string;
  /** What stood after the caret when `suffix` was cut. */
  readonly suffixSeen: string;
}

/** The window for a caret, as near to the previous one as it may be. Its cost does not depend on the file's length. */
export function nextWindow(previous: FileWindow | undefined, cursor: CursorSnapshot, budget: WindowBudget): FileWindow {
  const known = previous?.uri === cursor.uri ? previous : undefined;
  const start = (known && keptStart(known, cursor, budget)) ?? freshStart(cursor, budget);
  const prefix = cursor.prefix.slice(start - prefixStart(cursor));
  const suffixSeen = cursor.suffix.slice(0, budget.mostSuffixChars);
  if (known && fits(known.suffix, budget) && suffixChange(known.suffixSeen, suffixSeen) !== undefined) {
    return { uri: cursor.uri, start, prefix, suffix: known.suffix, suffixSeen: known.suffixSeen };
  }
  return { uri: cursor.uri, start, prefix, suffix: cutSuffix(cursor.suffix, budget), suffixSeen };
}

/** A suffix that was cut for a larger context does not. */
function fits(suffix: string, { mostSuffixChars, otherWeight }: WindowBudget): boolean {
  return weightOf(suffix, otherWeight) <= mostSuffixChars;
}

/** The document's offset at which the snapshot's prefix begins. */
function prefixStart(cursor: CursorSnapshot): number {
  return cursor.offset - cursor.prefix.length;
}

function keptStart(previous: FileWindow, cursor: CursorSnapshot, budget: WindowBudget): number | undefined {
  const from = previous.start - prefixStart(cursor);
  const length = cursor.prefix.length - from;
  if (from < 0 || length < 0 || length > budget.mostPrefixChars) return undefined;
  const weight = weightOf(cursor.prefix.slice(from), budget.otherWeight);
  if (weight > budget.mostPrefixChars) return undefined;
  // A caret that went up to just below the old start would leave the model without what stands above.
  const known = Math.min(weightOf(previous.prefix, budget.otherWeight), budget.freshPrefixChars);
  if (previous.start > 0 && weight < known / 2) return undefined;
  // An edit above has moved the text: the offset now points at something else.
  const same = Math.min(SAME_START_CHARS, previous.prefix.length, length);
  if (cursor.prefix.slice(from, from + same) !== previous.prefix.slice(0, same)) return undefined;
  return previous.start;
}

function freshStart({ prefix, offset }: CursorSnapshot, { freshPrefixChars, otherWeight }: WindowBudget): number {
  const tail = tailOfWeight(prefix, freshPrefixChars, otherWeight);
  if (tail.length === prefix.length) return offset - prefix.length;
  const from = prefix.length - tail.length;
  const lineEnd = prefix.indexOf("\n", from - 1);
  // A line longer than half of the window is cut where it is: better half a line than next to nothing.
  const tooFar = lineEnd === -1 || weightOf(prefix.slice(from, lineEnd), otherWeight) > freshPrefixChars / 2;
  return tooFar ? offset - tail.length : offset - prefix.length + lineEnd + 1;
}

/** The suffix ends at the end of a line where there is one in the second half of the budget. */
function cutSuffix(suffix: string, { suffixChars, otherWeight }: WindowBudget): string {
  const head = headOfWeight(suffix, suffixChars, otherWeight);
  if (head.length === suffix.length) return head;
  const lineEnd = Math.max(0, head.lastIndexOf("\n"));
  return weightOf(head.slice(0, lineEnd), otherWeight) > suffixChars / 2 ? head.slice(0, lineEnd + 1) : head;
}

const SAME_START_CHARS = 200;
