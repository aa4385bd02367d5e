/** One of the texts to choose from, followed through the changes at its place. */

import { unixNewlines } from "../../text/lines.ts";
import type { GivenSuggestion, TextEdit } from "../editorEvents.ts";
import { keyed } from "./shapes.ts";

export interface Alternative {
  readonly id: string;
  /** With `\n` for line breaks. */
  readonly text: string;
  /** How many of its characters stand before the caret. */
  readonly done: number;
  /** What it replaces, in the document as it is. The caret is in between. */
  readonly from: number;
  readonly to: number;
}

/** It still agrees, with the caret moved on by so many of its characters; back where that is negative. */
export interface Step {
  readonly alternative: Alternative;
  readonly caret: number;
  readonly advanced: number;
  /** Something was put behind the caret along with it. It may as well be that the caret is behind that. */
  readonly closed: boolean;
}

export function alternativeOf({ id, insertText, from, to }: GivenSuggestion, caret: number): Alternative {
  const text = unixNewlines(insertText);
  return {
    id,
    text,
    done: Math.max(0, Math.min(caret - from, text.length)),
    from: Math.min(from, caret),
    to: Math.max(to, caret),
  };
}

/**
 * The same suggestion given again at the same caret: what stood before the caret is remembered, since deleting it does not end
 * the suggestion.
 */
export function givenAgain(known: Alternative, again: Alternative): Alternative {
  const rest = again.text.length - again.done;
  const isContinued = known.text.length - known.done === rest && known.text.endsWith(again.text.slice(again.done));
  return isContinued ? { ...known, to: again.to } : again;
}

/** Characters that are not in the document yet. What it replaces behind the caret is part of its text. */
export function charsLeft({ text, done, to }: Alternative, caret: number): number {
  return Math.max(0, text.length - done - (to - caret));
}

export function moved(alternative: Alternative, chars: number): Alternative {
  return chars === 0 ? alternative : { ...alternative, from: alternative.from + chars, to: alternative.to + chars };
}

/** `undefined` when the document says something else after the edit. */
export function stepAlong(alternative: Alternative, edit: TextEdit, caret: number): Step | undefined {
  if (edit.text === "") return stepBack(alternative, edit, caret);
  const { text, done, from, to } = alternative;
  const { offset, length } = edit;
  const end = offset + length;
  const inserted = unixNewlines(edit.text);
  const now = offset + edit.text.length;
  if (offset === caret) {
    // A closing bracket may be typed over that the suggestion does not replace.
    if (end > to && !(length === inserted.length && length === 1)) return undefined;
    const tail = Math.max(to, end) - end;
    const key = keyed(inserted);
    if (key?.behind && length === 0 && text.startsWith(key.before, done)) {
      const isWhole = text.startsWith(inserted, done);
      if (!isWhole || !key.before.startsWith("\n")) return stepWithin(alternative, edit, key, tail);
    }
    if (!text.startsWith(inserted, done)) return undefined;
    const alternativeNow = { ...alternative, done: done + inserted.length, to: now + tail };
    return { alternative: alternativeNow, caret: now, advanced: inserted.length, closed: false };
  }
  // A name from the editor's list replaces what was typed of it.
  if (offset !== from || offset > caret || end < caret || end > to || !text.startsWith(inserted)) return undefined;
  const alternativeNow = { ...alternative, done: inserted.length, to: to + edit.text.length - length };
  return { alternative: alternativeNow, caret: now, advanced: inserted.length - done, closed: false };
}

function stepWithin(
  { text, done, ...alternative }: Alternative,
  edit: TextEdit,
  key: { readonly before: string; readonly behind: string },
  tail: number,
): Step {
  const isExpected = text.includes(key.behind, done + key.before.length);
  const behindChars = edit.text.length - (edit.text.startsWith("\r\n") ? key.before.length + 1 : key.before.length);
  const now = edit.offset + edit.text.length - behindChars;
  // What the suggestion knows nothing of ends what it replaces.
  const to = isExpected ? now + behindChars + tail : now;
  const advanced = key.before.length;
  return { alternative: { ...alternative, text, done: done + advanced, to }, caret: now, advanced, closed: isExpected };
}

/** Characters before the caret were deleted, perhaps with their closing brackets behind it. */
function stepBack(alternative: Alternative, { offset, length }: TextEdit, caret: number): Step | undefined {
  const { text, done, from, to } = alternative;
  const end = offset + length;
  const back = caret - offset;
  if (back <= 0 || end < caret || end > to || offset < from || back > done) return undefined;
  // A line break may be one or two characters long in the document.
  if (text.slice(done - back, done).includes("\n")) return undefined;
  const alternativeNow = { ...alternative, done: done - back, to: to - length };
  return { alternative: alternativeNow, caret: offset, advanced: -back, closed: false };
}

/**
 * The edit makes the document say what the suggestion says, whole. The resulting text counts and not the edit's form: an editor
 * may replace the whole range, or only what is new.
 */
export function isTakenWhole({ text, done, from, to }: Alternative, edit: TextEdit, caret: number): boolean {
  const { offset, length } = edit;
  const kept = to - (offset + length);
  if (offset < from || offset > to || kept < 0 || edit.text === "") return false;
  const inserted = unixNewlines(edit.text);
  const end = text.length - kept;
  const start = end - inserted.length;
  if (start < 0 || !text.startsWith(inserted, start)) return false;
  if (offset >= caret) return start === done + (offset - caret);
  // Lines before the caret may have longer breaks in the document than here.
  return offset === from ? start === 0 : start > 0 && start < done;
}
