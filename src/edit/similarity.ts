/** How much two lines have in common. */

import { indentationOf, isBlank } from "../text/lines.ts";

/** The same indentation, and most of the same characters: one is the other one, changed. */
export function isNear(a: string, b: string): boolean {
  if (a.trimEnd() === b.trimEnd()) return true;
  if (isBlank(a) || isBlank(b) || indentationOf(a) !== indentationOf(b)) return false;
  return likeness(a.trim(), b.trim()) >= NEAR;
}

/** Dice's coefficient of the pairs of characters: from 0 to 1. Of long lines the first characters count. */
export function likeness(a: string, b: string): number {
  const pairs = new Map<string, number>();
  const first = a.slice(0, LONGEST_CHARS);
  const second = b.slice(0, LONGEST_CHARS);
  for (let at = 0; at < first.length - 1; at += 1) {
    const pair = first.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let common = 0;
  for (let at = 0; at < second.length - 1; at += 1) {
    const pair = second.slice(at, at + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    common += 1;
    pairs.set(pair, left - 1);
  }
  const all = first.length + second.length - 2;
  return all <= 0 ? 0 : (2 * common) / all;
}

/** Brackets alone say next to nothing of where they stand. */
export function weightOf(line: string): number {
  const words = line.slice(0, LONGEST_CHARS).match(/[\p{L}\p{N}_]/gu)?.length ?? 0;
  return words === 0 ? (isBlank(line) ? 0 : 0.1) : Math.min(1, 0.3 + words / 20);
}

const NEAR = 0.55;
const LONGEST_CHARS = 300;
