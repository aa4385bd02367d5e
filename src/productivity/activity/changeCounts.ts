import type { AttributedChange, ChangeEvent, Origin, TextEdit } from "../editorEvents.ts";
import { replacesSelection } from "./atCarets.ts";

/** In UTF-16 code units. */
export interface ChangeCounts {
  /** More than there was before: what a completion, a composition or a key writes anew of what stood there is not counted. */
  readonly insertedChars: number;
  readonly removedChars: number;
}

/** How much a change inserted and removed. A selection that was replaced counts as removed. */
export function countsOf({ change, origin }: AttributedChange): ChangeCounts {
  let insertedChars = 0;
  let removedChars = 0;
  for (const edit of change.edits) {
    const kept = isWrittenAnew(edit, change, origin) ? Math.min(edit.length, edit.text.length) : 0;
    insertedChars += edit.text.length - kept;
    removedChars += edit.length - kept;
  }
  return { insertedChars, removedChars };
}

function isWrittenAnew(edit: TextEdit, change: ChangeEvent, origin: Origin): boolean {
  if (edit.length === 0 || edit.text === "" || (origin.kind !== "typed" && origin.kind !== "other")) return false;
  return !change.selectionsBefore?.some((selection) => replacesSelection(edit, selection));
}
