/** The two views of a caret that the engine works with. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { headOf, tailOf } from "../text/offsets.ts";
import { unixNewlines } from "../text/lines.ts";

/** The caret's neighbourhood, with `\n` as line breaks: what the filters look at. */
export function nearby(cursor: CursorSnapshot): CursorSnapshot {
  return {
    ...cursor,
    prefix: unixNewlines(tailOf(cursor.prefix, NEAR_CHARS)),
    suffix: unixNewlines(headOf(cursor.suffix, NEAR_CHARS)),
  };
}

/** The caret as it would be with the suggest widget's selected item accepted; without one it is the same. */
export function withSelectedAccepted(cursor: CursorSnapshot): CursorSnapshot {
  const selected = cursor.selectedCompletion;
  if (selected === undefined) return cursor;
  const kept = cursor.prefix.slice(0, cursor.prefix.length - selected.replaces);
  return {
    ...cursor,
    prefix: kept + selected.text,
    offset: cursor.offset - selected.replaces + selected.text.length,
  };
}

/** No filter and no rule looks further. */
const NEAR_CHARS = 4_000;
