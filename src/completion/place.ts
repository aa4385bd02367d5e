/** A place in a document, remembered in a few hundred characters, and whether a caret is still there or has typed on. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { suffixChange } from "../text/closers.ts";
import { unixNewlines } from "../text/lines.ts";

export interface Place {
  readonly uri: string;
  /** The end of the text before the caret. */
  readonly before: string;
  /** `before` is all there is before the caret. */
  readonly fromDocumentStart: boolean;
  /** The start of the text after the caret. */
  readonly after: string;
}

export function placeOf(cursor: CursorSnapshot): Place {
  return {
    uri: cursor.uri,
    before: cursor.prefix.slice(-KEY_CHARS),
    fromDocumentStart: cursor.prefix.length <= KEY_CHARS && cursor.offset === cursor.prefix.length,
    after: cursor.suffix.slice(0, KEY_CHARS),
  };
}

/**
 * What was typed between a place and a caret, with `\n` as line breaks; empty when the caret is where it was. `undefined`
 * when the caret is somewhere else, when the text after it has changed by more than the closing brackets that typing
 * moves, or when more than `mostChars` were typed.
 */
export function typedSince(place: Place, cursor: CursorSnapshot, mostChars: number): string | undefined {
  if (place.uri !== cursor.uri) return undefined;
  const change = suffixChange(place.after, cursor.suffix.slice(0, KEY_CHARS));
  if (change === undefined) return undefined;
  const typed = typedAfter(place, cursor, mostChars);
  if (typed === undefined || change.kind === "none") return typed;
  // Closing brackets come with the opening ones typed, and go when they are typed over; anything else is an edit.
  const related = change.kind === "added" ? opens(typed, change.closers) : typed.endsWith(change.closers);
  return related ? unixNewlines(typed) : undefined;
}

/** True where what a model wrote for a place and what was typed there are, as far as both go, the same. */
export function agrees(written: string, typed: string, { before }: Place): boolean {
  if (written.startsWith(typed) || typed.startsWith(written)) return true;
  // A blank that the line has already is taken off the answer.
  const cleaned = /[ \t]$/.test(before) ? written.replace(/^[ \t]+/, "") : written;
  return cleaned.startsWith(typed) || typed.startsWith(cleaned);
}

function typedAfter(place: Place, cursor: CursorSnapshot, mostChars: number): string | undefined {
  const { prefix } = cursor;
  if (place.fromDocumentStart) {
    const whole = cursor.offset === prefix.length && prefix.startsWith(place.before);
    const typed = whole ? prefix.slice(place.before.length) : undefined;
    return typed !== undefined && typed.length <= mostChars ? unixNewlines(typed) : undefined;
  }
  const near = prefix.slice(-(place.before.length + mostChars));
  const at = near.lastIndexOf(place.before);
  return at === -1 ? undefined : unixNewlines(near.slice(at + place.before.length));
}

function opens(typed: string, closers: string): boolean {
  return Array.from(closers).every((closer) => typed.includes(openerOf[closer] ?? closer));
}

const openerOf: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Enough to tell two places of one file apart, little enough to compare at every keystroke with all that is cached. */
const KEY_CHARS = 256;
