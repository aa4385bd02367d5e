/** How much of a document a snapshot carries, wherever the document comes from. */

import { headOf, tailOf } from "../text/offsets.ts";

/** At most on each side of the caret, in UTF-16 code units: several times what any prompt takes. */
export const SNAPSHOT_PREFIX_CHARS = 16_000;
export const SNAPSHOT_SUFFIX_CHARS = 8_000;

/**
 * The snapshot's prefix, out of the `SNAPSHOT_PREFIX_CHARS + 1` characters before the caret, or all there are. It starts
 * at the start of a line, except where one line alone fills it (minified files).
 */
export function snapshotPrefix(before: string): string {
  if (before.length <= SNAPSHOT_PREFIX_CHARS) return before;
  // With one character more than is kept, a line that starts exactly there is seen to.
  const lineEnd = before.indexOf("\n");
  return lineEnd === -1 ? tailOf(before, SNAPSHOT_PREFIX_CHARS) : before.slice(lineEnd + 1);
}

/** The snapshot's suffix, out of at least as many characters after the caret, or all there are. */
export function snapshotSuffix(after: string): string {
  return headOf(after, SNAPSHOT_SUFFIX_CHARS);
}
