import type { Stretch, TextEdit } from "../editorEvents.ts";

/**
 * What a change at the carets looks like: a key, something taken away, a completion of the editor's own list, or something
 * inserted at once. The editor doesn't say which of its commands made a change, so only the shape of it can be judged.
 */
export type HandShape = "typed" | "deleted" | "completed" | "inserted";

/** Longer ones were replaced by a command, not by a key or a completion. */
const MOST_REPLACED_CHARS = 100;
/** A composition of an input method, even of a whole sentence, is shorter. */
const MOST_COMPOSED_CHARS = 200;
const MOST_PAIR_CHARS = 6;
/** White space that the editor itself removes from a line that was left. */
const MOST_TRIMMED_CHARS = 200;

/** A line break, the indentation, what continues a comment, and the second break that follows between brackets. */
const ENTER = /^\r?\n[ \t]*(?:(?:\*|\/\/[/!]?|#|--|;+) ?)?(?:\r?\n[ \t]*)?$/u;
const TAB = /^[ \t]{1,16}$/u;
const MARKS = /^[^\p{L}\p{N}\r\n]+$/u;
/** HTML's closing tag comes by itself after the opening one. */
const CLOSING_TAG = /^<\/[\p{L}\p{N}:._-]*>$/u;
/** A name, perhaps as it is called, as lists of completions insert it where nothing of it was typed yet. */
const NAME = /^[\p{L}_$@#][\p{L}\p{N}_$-]+(?:\([^\r\n]*\))?[;,:]?$/u;

const characters = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * `undefined` where it was not made at the carets. `carets` are in terms of the text before the edits, in any order; `isComposing`
 * says that the change belongs to a composition.
 */
export function shapeAt(
  carets: readonly Stretch[],
  edits: readonly TextEdit[],
  isComposing: boolean,
): HandShape | undefined {
  // Up to three for each caret: brackets around what is selected, and the white space of a line that was left.
  if (carets.length === 0 || edits.length > 3 * carets.length) return undefined;
  if (edits.length <= carets.length && edits.every((edit) => edit.length === 0 && ENTER.test(edit.text))) {
    // "Insert line below" does it away from the caret.
    return "typed";
  }
  const sorted = carets.toSorted((one, other) => one.from - other.from);
  const shapes = new Set<HandShape | undefined>();
  let isTrimmed = false;
  let next = 0;
  for (const edit of edits) {
    while (next < sorted.length - 1 && sorted[next]!.to < edit.offset) next += 1;
    const caret = sorted[next]!;
    if (touches(edit, caret)) shapes.add(shapeOf(edit, caret, isComposing));
    else if (edit.text === "" && edit.length <= MOST_TRIMMED_CHARS) isTrimmed = true;
    else return undefined;
  }
  if (shapes.has(undefined)) return undefined;
  if (isTrimmed) return shapes.size === 1 && shapes.has("typed") ? "typed" : undefined;
  return (["completed", "inserted", "typed", "deleted"] as const).find((shape) => shapes.has(shape));
}

function touches(edit: TextEdit, caret: Stretch): boolean {
  return edit.offset <= caret.to && caret.from <= edit.offset + edit.length;
}

function shapeOf(edit: TextEdit, caret: Stretch, isComposing: boolean): HandShape | undefined {
  const { text, length } = edit;
  if (text === "") return "deleted";
  if (isComposing && text.length <= MOST_COMPOSED_CHARS && length <= MOST_COMPOSED_CHARS) return "typed";
  if (length > 0 && !replacesSelection(edit, caret)) return shapeOfReplacing(edit, caret);
  if (isOneKey(text)) return "typed";
  return NAME.test(text) ? "completed" : "inserted";
}

export function replacesSelection(edit: TextEdit, caret: Stretch): boolean {
  return caret.from < caret.to && edit.offset === caret.from && edit.offset + edit.length === caret.to;
}

/** Something next to the caret was replaced that was not selected. */
function shapeOfReplacing({ offset, length, text }: TextEdit, caret: Stretch): HandShape | undefined {
  if (length > MOST_REPLACED_CHARS) return undefined;
  // White space around a line break goes with it.
  if (ENTER.test(text)) return "typed";
  // A closing bracket typed over the one that the editor has added, or the keyboard overwrites.
  if (offset === caret.from && length === text.length && isOneKey(text)) return "typed";
  const isBehind = offset + length === caret.to;
  // `end` and `}` move their line to the left: all of it is written anew, up to the key.
  if (isBehind && text.length <= length + 1 && !text.includes("\n")) return "typed";
  return "completed";
}

function isOneKey(text: string): boolean {
  if (text.length <= 2) return !text.includes("\n") || ENTER.test(text);
  if (ENTER.test(text) || TAB.test(text) || CLOSING_TAG.test(text)) return true;
  if (text.length <= MOST_PAIR_CHARS && MARKS.test(text)) return true;
  return text.length <= 20 && [...characters.segment(text)].length === 1;
}
