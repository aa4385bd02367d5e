/** What somebody did to a text to make another of it: places, and at each what went and what was typed. */

import { diffLines, type Hunk } from "./lineDiff.ts";

export interface Edit {
  /** In the text as all edits before have left it; line breaks count as one. */
  readonly offset: number;
  readonly removed: string;
  readonly typed: string;
}

/** In the order of the text. Both texts have `\n` as line breaks. */
export function editsBetween(before: string, after: string): Edit[] {
  const oldLines = linesOf(before);
  const newLines = linesOf(after);
  const edits: Edit[] = [];
  let moved = 0;
  for (const hunk of diffLines(oldLines, newLines).flatMap(singleLines)) {
    const removed = oldLines.slice(hunk.oldStart, hunk.oldEnd).join("");
    const typed = newLines.slice(hunk.newStart, hunk.newEnd).join("");
    const offset = oldLines.slice(0, hunk.oldStart).join("").length + moved;
    moved += typed.length - removed.length;
    edits.push(trimmed({ offset, removed, typed }));
  }
  return edits.filter(({ removed, typed }) => removed !== "" || typed !== "");
}

/** Each with its line break, which the last one may not have. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** As many lines for as many others were most likely changed one by one. */
function singleLines(hunk: Hunk): readonly Hunk[] {
  const count = hunk.oldEnd - hunk.oldStart;
  if (count !== hunk.newEnd - hunk.newStart) return [hunk];
  return Array.from({ length: count }, (_, index) => ({
    oldStart: hunk.oldStart + index,
    oldEnd: hunk.oldStart + index + 1,
    newStart: hunk.newStart + index,
    newEnd: hunk.newStart + index + 1,
  }));
}

/** Of whole lines: without what both sides have at their starts and ends. A word that changes is typed anew, not in parts. */
function trimmed({ offset, removed, typed }: Edit): Edit {
  let start = 0;
  while (start < removed.length && start < typed.length && removed[start] === typed[start]) start += 1;
  while (start > 0 && isInWord(removed, start) && isInWord(typed, start)) start -= 1;
  let end = 0;
  const most = Math.min(removed.length, typed.length) - start;
  while (end < most && removed.at(-1 - end) === typed.at(-1 - end)) end += 1;
  while (end > 0 && isInWord(removed, removed.length - end) && isInWord(typed, typed.length - end)) end -= 1;
  // Several lines are written to their ends, not in front of what is left of the last of the old ones.
  const isOneLine = !removed.slice(start, -1).includes("\n") && !typed.slice(start, -1).includes("\n");
  if (!isOneLine) while (end > 0 && typed[typed.length - end] !== "\n") end -= 1;
  const edit = {
    offset: offset + start,
    removed: removed.slice(start, removed.length - end),
    typed: typed.slice(start, typed.length - end),
  };
  const isAtLineStart = start === 0 || removed[start - 1] === "\n";
  return isAtLineStart ? asTyped(edit) : edit;
}

/** Between two letters, or in the middle of a character of two units. */
function isInWord(text: string, at: number): boolean {
  return /^[\p{L}\p{N}_$]{2}$/u.test(text.slice(at - 1, at + 1)) || isLow(text, at);
}

function isLow(text: string, at: number): boolean {
  return text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) <= 0xdfff;
}

/** New lines are begun with Enter at the end of the line before, not typed in front of the next one. */
function asTyped(edit: Edit): Edit {
  const { offset, removed, typed } = edit;
  if (removed !== "" || offset === 0 || !typed.endsWith("\n")) return edit;
  return { offset: offset - 1, removed, typed: `\n${typed.slice(0, -1)}` };
}
