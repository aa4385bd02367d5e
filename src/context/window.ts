/**
 * The part of the caret's own file that a model sees. It is cut so that the prompts of neighbouring keystrokes share
 * all but their last tokens: the prefix starts at a line that moves only in big steps, and the suffix stays as it was
 * while somebody types in one place.
 */

import { suffixChange } from "../text/closers.ts";
import { headOf, tailOf } from "../text/offsets.ts";
import type { CursorSnapshot } from "./snapshot.ts";

/** In characters (UTF-16 code units). */
export interface WindowBudget {
  /** Where a window is placed anew its prefix is at most this long; typing then makes it longer. */
  readonly freshPrefixChars: number;
  /** A prefix that has grown beyond this is placed anew. */
  readonly mostPrefixChars: number;
  readonly suffixChars: number;
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
  const suffixSeen = cursor.suffix.slice(0, budget.suffixChars);
  if (known && suffixChange(known.suffixSeen, suffixSeen) !== undefined) {
    return { uri: cursor.uri, start, prefix, suffix: known.suffix, suffixSeen: known.suffixSeen };
  }
  return { uri: cursor.uri, start, prefix, suffix: cutSuffix(cursor.suffix, budget.suffixChars), suffixSeen };
}

/** The document's offset at which the snapshot's prefix begins. */
function prefixStart(cursor: CursorSnapshot): number {
  return cursor.offset - cursor.prefix.length;
}

function keptStart(previous: FileWindow, cursor: CursorSnapshot, budget: WindowBudget): number | undefined {
  const from = previous.start - prefixStart(cursor);
  const length = cursor.prefix.length - from;
  if (from < 0 || length < 0 || length > budget.mostPrefixChars) return undefined;
  // A caret that went up to just below the old start would leave the model without what stands above.
  if (previous.start > 0 && length < Math.min(previous.prefix.length, budget.freshPrefixChars) / 2) return undefined;
  // An edit above has moved the text: the offset now points at something else.
  const same = Math.min(SAME_START_CHARS, previous.prefix.length, length);
  if (cursor.prefix.slice(from, from + same) !== previous.prefix.slice(0, same)) return undefined;
  return previous.start;
}

function freshStart(cursor: CursorSnapshot, budget: WindowBudget): number {
  const first = prefixStart(cursor);
  if (cursor.prefix.length <= budget.freshPrefixChars) return first;
  const from = cursor.prefix.length - budget.freshPrefixChars;
  const lineEnd = cursor.prefix.indexOf("\n", from - 1);
  // A line longer than half of the window is cut where it is: better half a line than next to nothing.
  const tooFar = lineEnd === -1 || lineEnd - from > budget.freshPrefixChars / 2;
  if (!tooFar) return first + lineEnd + 1;
  return cursor.offset - tailOf(cursor.prefix, budget.freshPrefixChars).length;
}

/** The suffix ends at the end of a line where there is one in the second half of the budget. */
function cutSuffix(suffix: string, chars: number): string {
  const head = headOf(suffix, chars);
  if (head.length === suffix.length) return head;
  const lineEnd = head.lastIndexOf("\n");
  return lineEnd > chars / 2 ? head.slice(0, lineEnd + 1) : head;
}

const SAME_START_CHARS = 200;
