import type { AttributedChange, ChangeEvent, Origin, TextEdit } from "../editorEvents.ts";
import { unixNewlines } from "../../text/lines.ts";
import { replacesSelection } from "./atCarets.ts";

/** In UTF-16 code units. A line break is one character, whatever the document's are. */
export interface ChangeCounts {
  /** More than there was before: what an accept, a completion, a composition or a key writes anew of what stood there is not counted. */
  readonly insertedChars: number;
  readonly removedChars: number;
}

/** How much a change inserted and removed. A selection that was replaced counts as removed. */
export function countsOf({ change, origin }: AttributedChange): ChangeCounts {
  let insertedChars = 0;
  let removedChars = 0;
  for (const edit of change.edits) {
    const chars = unixNewlines(edit.text).length;
    const before = edit.length - (edit.longBreaks ?? 0);
    const kept = isWrittenAnew(edit, change, origin) ? Math.min(before, chars) : 0;
    insertedChars += chars - kept;
    removedChars += before - kept;
  }
  return { insertedChars, removedChars };
}

function isWrittenAnew(edit: TextEdit, change: ChangeEvent, origin: Origin): boolean {
  if (edit.length === 0 || edit.text === "" || !WRITE_ANEW.has(origin.kind)) return false;
  return !change.selectionsBefore?.some((selection) => replacesSelection(edit, selection));
}

const WRITE_ANEW: ReadonlySet<Origin["kind"]> = new Set(["ai", "completed", "other", "typed"]);
