/** A file as it is and as it would be, in one text: what goes stands above what comes. */

import type { Hunk } from "../edit/hunks.ts";

/** Rows of the merged text, from 0; each end is the first one behind. */
interface MergedHunk {
  readonly from: number;
  /** Where the rows that go end, and those that come begin. */
  readonly middle: number;
  readonly to: number;
}

export interface MergedText {
  /** Line breaks are `\n`. */
  readonly text: string;
  /** One for each hunk, in order. */
  readonly hunks: readonly MergedHunk[];
}

/** @param hunks of this text, in order */
export function mergedText(before: string, hunks: readonly Hunk[]): MergedText {
  const rows: string[] = [];
  const merged: MergedHunk[] = [];
  const add = (text: string): number => {
    for (const row of rowsOf(text)) rows.push(row);
    return rows.length;
  };
  let at = 0;
  for (const { from, to, removed, added } of hunks) {
    const start = add(before.slice(at, from));
    merged.push({ from: start, middle: add(removed), to: add(added) });
    at = to;
  }
  add(before.slice(at));
  return { text: rows.join("\n") + (before.endsWith("\n") ? "\n" : ""), hunks: merged };
}

/** As an editor counts them: also a lone `\r` ends one. */
function rowsOf(text: string): readonly string[] {
  if (text === "") return [];
  return text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
}
