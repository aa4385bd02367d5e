/** The difference of two texts, in parts that can be taken or left one by one. */

import { lineChanges } from "../text/diff.ts";
import { rawLines } from "./lineText.ts";

export interface Hunk {
  /** Offsets in the text before, in UTF-16 code units. */
  readonly from: number;
  readonly to: number;
  readonly removed: string;
  readonly added: string;
  /** From 0, its first line before. */
  readonly line: number;
}

/** In order, of whole lines, apart from each other by at least one line that both texts have. */
export function hunksBetween(before: string, after: string): readonly Hunk[] {
  const old = rawLines(before);
  const young = rawLines(after);
  const hunks: Hunk[] = [];
  let offset = 0;
  let line = 0;
  for (const change of lineChanges(old, young)) {
    for (; line < change.from; line += 1) offset += old[line]?.length ?? 0;
    const removed = old.slice(change.from, change.to).join("");
    const added = young.slice(change.newFrom, change.newTo).join("");
    hunks.push({ from: offset, to: offset + removed.length, removed, added, line });
  }
  return hunks;
}

/** The text before with these hunks, all of `hunksBetween` or some of them in their order. */
export function withHunks(before: string, hunks: readonly Hunk[]): string {
  let text = "";
  let at = 0;
  for (const { from, to, added } of hunks) {
    text += before.slice(at, from) + added;
    at = to;
  }
  return text + before.slice(at);
}

/** The hunks that undo these ones in the text that `withHunks` made with them. */
export function undoing(hunks: readonly Hunk[]): readonly Hunk[] {
  let moved = 0;
  let movedLines = 0;
  return hunks.map(({ from, removed, added, line }) => {
    const start = from + moved;
    const startLine = line + movedLines;
    moved += added.length - removed.length;
    movedLines += rawLines(added).length - rawLines(removed).length;
    return { from: start, to: start + added.length, removed: added, added: removed, line: startLine };
  });
}
