/** Changes that are offered, in a text that has become another one meanwhile. */

import type { Hunk } from "../edit/hunks.ts";
import { rawLines } from "../edit/lineText.ts";

interface Rebased<Each extends Hunk> {
  /** Of the text as it is now. */
  readonly hunks: readonly Each[];
  /** How many had to go: their own lines have changed. */
  readonly lost: number;
}

/**
 * @param hunks offered, of the text before
 * @param changes what has become of that text, by hunks of it, in order
 */
export function rebased<Each extends Hunk>(hunks: readonly Each[], changes: readonly Hunk[]): Rebased<Each> {
  const kept = hunks.flatMap((hunk) => {
    let [moved, movedLines] = [0, 0];
    for (const change of changes) {
      if (change.to > hunk.from) {
        // Behind, or inside.
        if (change.from >= hunk.to) break;
        return [];
      }
      moved += change.added.length - change.removed.length;
      movedLines += rawLines(change.added).length - rawLines(change.removed).length;
    }
    return [{ ...hunk, from: hunk.from + moved, to: hunk.to + moved, line: hunk.line + movedLines }];
  });
  return { hunks: kept, lost: hunks.length - kept.length };
}

/** The same for a stretch that is asked about: it grows and shrinks with what changes in it. */
export function movedStretch<Stretch extends { readonly from: number; readonly to: number }>(
  stretch: Stretch,
  changes: readonly Hunk[],
): Stretch {
  const moved = (offset: number): number => {
    let sum = 0;
    for (const { from, to, added, removed } of changes) {
      if (to > offset) return from < offset ? from + sum : offset + sum;
      sum += added.length - removed.length;
    }
    return offset + sum;
  };
  const from = moved(stretch.from);
  return { ...stretch, from, to: Math.max(from, moved(stretch.to)) };
}

/** Those that change more than blanks before or behind a stretch; what is added right below it belongs to it. */
export function hunksOutside<Each extends Hunk>(
  hunks: readonly Each[],
  stretch: { readonly from: number; readonly to: number },
): readonly Each[] {
  return hunks.filter(
    ({ from, to, removed, added }) =>
      (from < stretch.from || to > stretch.to + LINE_BREAK_CHARS) && (removed + added).trim() !== "",
  );
}

/** At most; a hunk ends behind it. */
const LINE_BREAK_CHARS = 2;
