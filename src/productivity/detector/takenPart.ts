/** Whether one change took a part of what is suggested. */

import { unixNewlines } from "../../text/lines.ts";
import type { ChangeEvent, EditorEvent } from "../editorEvents.ts";
import { editsAt, type Place } from "./place.ts";
import type { Taken } from "./run.ts";
import { isWordBoundary, keyed, lineCount, partTaken } from "./shapes.ts";

export type Taking = Extract<EditorEvent, { readonly kind: "taking" }>;

/** Our own command's insertion. */
export function takes({ uri, edits, reason }: ChangeEvent, taking: Taking): boolean {
  const [edit, another] = edits;
  if (!edit || another || uri !== taking.uri || edit.length > 0 || reason !== undefined) return false;
  return edit.offset === taking.offset && unixNewlines(edit.text) === unixNewlines(taking.text);
}

/**
 * What VS Code's own commands for a word or a line may have made. What is in front of the grey text, such as a closing bracket,
 * they write anew.
 */
export function partInOneChange(change: ChangeEvent, place: Place): Taken | undefined {
  const { caret, alternatives, composed } = place;
  const { edits, isComposing } = change;
  if (composed !== undefined || isComposing) return undefined;
  const [edit] = editsAt(place, change);
  if (edit?.offset !== caret || edits.some(({ text }) => text !== edit.text)) return undefined;
  const inserted = unixNewlines(edit.text);
  const chars = inserted.length - edit.length;
  if (chars < SHORTEST_PART_CHARS || keyed(inserted)?.behind) return undefined;
  const from = alternatives.find((one) => caret + edit.length <= one.to && one.text.startsWith(inserted, one.done));
  if (!from) return undefined;
  const end = from.done + inserted.length;
  if (end >= from.text.length || !isWordBoundary(from.text, end)) return undefined;
  const part = partTaken(from.text, from.done, inserted.length);
  return { part, evidence: "inferred", chars, lines: lineCount(inserted), carets: edits.length };
}

const SHORTEST_PART_CHARS = 2;
