import type { AttributedChange, ChangeEvent, Origin, TextEdit } from "../editorEvents.ts";
import { unixNewlines } from "../../text/lines.ts";
import { replacesSelection } from "./atCarets.ts";

/** In UTF-16 code units. */
export interface ChangeCounts {
  /**
   * More than there was before: what an accept, a completion, a composition or a key writes anew of what stood there is not counted.
   * A line break is one character, whatever the document's are.
   */
  readonly insertedChars: number;
  /** As long as they were in the document. */
  readonly removedChars: number;
}

/** How much a change inserted and removed. A selection that was replaced counts as removed. */
export function countsOf({ change, origin }: AttributedChange): ChangeCounts {
  let insertedChars = 0;
  let removedChars = 0;
  for (const edit of change.edits) {
    const chars = unixNewlines(edit.text).length;
    const kept = isWrittenAnew(edit, change, origin) ? Math.min(edit.length, chars) : 0;
    insertedChars += chars - kept;
    removedChars += edit.length - kept;
  }
  return { insertedChars, removedChars };
}

function isWrittenAnew(edit: TextEdit, change: ChangeEvent, origin: Origin): boolean {
  if (edit.length === 0 || edit.text === "" || !WRITE_ANEW.has(origin.kind)) return false;
  return !change.selectionsBefore?.some((selection) => replacesSelection(edit, selection));
}

const WRITE_ANEW: ReadonlySet<Origin["kind"]> = new Set(["ai", "completed", "other", "typed"]);
