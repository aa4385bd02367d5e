import type { ChangeEvent, EditorEvent, Origin, Stretch, TextEdit } from "../editorEvents.ts";
import { shapeAt, type HandShape } from "./atCarets.ts";

/** What no accept of ours can have made. */
export type OriginOfOthers = Exclude<Origin, { readonly kind: "ai" }>;

/** More, in one change, nobody writes by hand; it is also above what counts as a short paste. */
export const LONG_CHARS = 200;
/** In as many places at once somebody replaces, or an extension rewrites. */
const MANY_PLACES = 10;
/** The documents whose other providers are remembered. */
const MOST_DOCUMENTS = 32;

/** White space, quotes, semicolons, commas and brackets: what formatters add, and nothing that anybody says with it. */
const LAYOUT = /^[\s"'`;,()[\]{}]*$/u;
const WORDS = /[\p{L}\p{N}]/u;

/**
 * Tells where changes come from that are not accepts of ours, by their shape and by where the carets were.
 *
 * What can't be told, and what it is taken for:
 * - The text that a change removed is not known. A formatter's edits are known by what they insert; one that replaces the whole
 *   document outside of saving is `bulk`, and a command that only removes white space is `other`. All of them are excluded alike.
 * - A name inserted at once is taken for a completion from the editor's list, though it may have been pasted, and so is up to
 *   LONG_CHARS that replace something next to the caret. A completion that adds one character to what was typed is taken for typed.
 *   What a completion inserts elsewhere, such as an import, is `other`; a snippet of which nothing was typed is a paste.
 * - One character, or two, pasted or inserted by an extension at the caret, is taken for typed.
 * - Where another provider of suggestions is active, what is inserted at once at the caret is `other`, though it may have been pasted
 *   or come from the editor's list.
 * - Up to six signs, or sixteen spaces, that are pasted at the caret are taken for typed.
 * - What is typed while a save goes on and might be a formatter's (white space, quotes, brackets, commas, semicolons) is `formatter`.
 */
export class ChangeOrigins {
  readonly #withOthers = new Set<string>();
  #isFocused = true;
  /** Where the carets should be after the last change by hand: for a key that is faster than the event of the selection. */
  #expected: { readonly uri: string; readonly version: number; readonly carets: readonly Stretch[] } | undefined;
  #composed: { readonly uri: string; readonly version: number } | undefined;

  /** Whether the window has the focus, and where other providers are active. Other events change nothing. */
  heed(event: EditorEvent): void {
    if (event.kind === "focus") this.#isFocused = event.isFocused;
    else if (event.kind === "closed") this.#withOthers.delete(event.uri);
    else if (event.kind === "asked") {
      this.#withOthers.delete(event.uri);
      if (!event.others) return;
      this.#withOthers.add(event.uri);
      if (this.#withOthers.size > MOST_DOCUMENTS) this.#withOthers.delete(this.#withOthers.values().next().value!);
    }
  }

  /** To be asked about every change, in order. */
  originOf(change: ChangeEvent): OriginOfOthers {
    const shape = this.#shapeOf(change);
    const origin = this.#judge(change, shape);
    const isByHand = origin.kind === "typed" || origin.kind === "deleted";
    const { uri, version } = change;
    this.#expected = isByHand ? { uri, version, carets: caretsAfter(change.edits) } : undefined;
    this.#composed = isByHand && change.isComposing ? { uri, version } : undefined;
    return origin;
  }

  #judge(change: ChangeEvent, shape: HandShape | undefined): OriginOfOthers {
    if (change.reason !== undefined) return { kind: change.reason };
    if (change.isOwn) return { kind: "own" };
    if (change.isSaving) return { kind: shape === "typed" && isNoLayout(change) ? "typed" : "formatter" };
    if (!change.isDirty) return { kind: "disk" };
    switch (shape) {
      case "typed":
      case "deleted":
        return { kind: shape };
      case "completed":
        return { kind: this.#withOthers.has(change.uri) || isLong(change.edits) ? "other" : "completed" };
      case "inserted":
        return { kind: this.#withOthers.has(change.uri) ? "other" : "paste" };
      case undefined:
        if (change.isActive && isLayout(change.edits)) return { kind: "formatter" };
        return { kind: change.isActive && isBulk(change.edits) ? "bulk" : "other" };
    }
  }

  #shapeOf({ uri, version, edits, isActive, isComposing, selectionsBefore }: ChangeEvent): HandShape | undefined {
    if (!isActive || !this.#isFocused) return undefined;
    // The last step of a composition may come when it is over already.
    const isComposed = isComposing || (this.#composed?.uri === uri && this.#composed.version === version - 1);
    const shape = selectionsBefore && shapeAt(selectionsBefore, edits, isComposed);
    if (shape !== undefined) return shape;
    const expected = this.#expected;
    if (expected?.uri === uri && expected.version === version - 1) return shapeAt(expected.carets, edits, isComposed);
    // Before the first event of a selection: a single key is believed.
    const [edit] = edits;
    if (selectionsBefore || edits.length > 1 || !edit || edit.length + edit.text.length !== 1) return undefined;
    return edit.length === 1 ? "deleted" : "typed";
  }
}

function caretsAfter(edits: readonly TextEdit[]): readonly Stretch[] {
  let moved = 0;
  return edits.map(({ offset, length, text }) => {
    const start = offset + moved;
    moved += text.length - length;
    // Inside the pair, where the editor has closed the bracket.
    const caret = start + (text.length === 2 && !WORDS.test(text) ? 1 : text.length);
    return { from: caret, to: caret };
  });
}

/** While a document is being saved the editor trims, breaks and closes lines where the caret is; it writes nothing else there. */
function isNoLayout({ edits }: ChangeEvent): boolean {
  return edits.every((edit) => edit.length === 0 && edit.text.length <= 2 && !LAYOUT.test(edit.text));
}

function isLayout(edits: readonly TextEdit[]): boolean {
  return edits.some((edit) => edit.text !== "") && edits.every((edit) => LAYOUT.test(edit.text));
}

function isLong(edits: readonly TextEdit[]): boolean {
  return edits.some(({ text }) => text.length > LONG_CHARS);
}

function isBulk(edits: readonly TextEdit[]): boolean {
  if (edits.length >= MANY_PLACES) return true;
  return edits.reduce((chars, edit) => chars + Math.max(edit.length, edit.text.length), 0) > LONG_CHARS;
}
