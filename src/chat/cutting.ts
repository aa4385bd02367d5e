/** Which lines of a text there is room for. Lines count from 0. */

import { indentationOf, isBlank } from "../text/lines.ts";
import { headOf, tailOf } from "../text/offsets.ts";

export interface Stretch {
  readonly line: number;
  readonly text: string;
  readonly isCut: boolean;
}

/** The first lines, at most `most` UTF-16 code units; of a first line that is longer by itself, its start. */
export function headOfLines(text: string, most: number): Stretch {
  if (text.length <= most) return { line: 0, text, isCut: false };
  const end = text.lastIndexOf("\n", most);
  return { line: 0, text: end <= 0 ? headOf(text, most) : text.slice(0, end), isCut: true };
}

/** The last lines, likewise. */
export function tailOfLines(text: string, most: number): Stretch {
  if (text.length <= most) return { line: 0, text, isCut: false };
  const start = text.indexOf("\n", text.length - most - 1);
  const kept = start === -1 ? tailOf(text, most) : text.slice(start + 1);
  return { line: text.slice(0, text.length - kept.length).split("\n").length - 1, text: kept, isCut: true };
}

/** The lines from `from` up to `to`, and around them as much as there is room for, twice as much above as below. */
export function windowOfLines(lines: readonly string[], from: number, to: number, most: number): Stretch {
  let [start, end] = [Math.min(Math.max(0, from), Math.max(0, lines.length - 1)), Math.min(to, lines.length)];
  let room = most;
  const cost = (line: number): number => (lines[line]?.length ?? 0) + 1;
  const seen = lines.slice(start, end).join("\n");
  if (seen.length > most) return { ...headOfLines(seen, most), line: start };
  room -= seen.length;
  for (let step = 0; ; step += 1) {
    const canAbove = start > 0 && cost(start - 1) <= room;
    const canBelow = end < lines.length && cost(end) <= room;
    if (!canAbove && !canBelow) break;
    if (canAbove && (step % 3 < 2 || !canBelow)) room -= cost((start -= 1));
    else {
      room -= cost(end);
      end += 1;
    }
  }
  return { line: start, text: lines.slice(start, end).join("\n"), isCut: start > 0 || end < lines.length };
}

/**
 * Where what is defined in a line ends, told by indentation alone: the first line after it. For languages that nobody reads
 * here; a line that closes brackets belongs to it.
 */
export function blockEnd(lines: readonly string[], line: number): number {
  const depth = indentationOf(lines[line] ?? "").length;
  let last = line;
  for (let at = line + 1; at < lines.length && at - line < MOST_BLOCK_LINES; at += 1) {
    const text = lines[at] ?? "";
    if (isBlank(text)) continue;
    const own = indentationOf(text).length;
    const closes = own === depth && /^\s*(?:[)\]}>]|end\b|\{\s*$)/.test(text);
    if (own < depth || (own === depth && !closes)) break;
    last = at;
  }
  return last + 1;
}

const MOST_BLOCK_LINES = 2_000;
