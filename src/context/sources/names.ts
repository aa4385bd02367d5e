/**
 * The names in code as numbers, for comparing pieces of code by what they name. Line by line, as lines change: whether one
 * stands in a comment is not known, and code whose comments have the same words is similar code. (The index of
 * definitions finds names in extraction/names.ts.)
 */

/** Of each name in `text` a hash, in the order of the text, with repetitions; no numbers and no names of one character. */
export function eachName(text: string, found: (hash: number) => void): void {
  const end = Math.min(text.length, MOST_CHARS);
  let hash = FNV_OFFSET;
  let length = 0;
  for (let index = 0; index <= end; index += 1) {
    const code = index < end ? text.charCodeAt(index) : SPACE;
    if (isLetter(code) || (length > 0 && isDigit(code))) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      length += 1;
      continue;
    }
    if (length > 1) found(hash >>> 0);
    if (isDigit(code)) index = endOfNumber(text, index, end) - 1;
    hash = FNV_OFFSET;
    length = 0;
  }
}

/** The names in all of `lines`, each once, in ascending order. */
export function namesIn(lines: readonly string[]): Uint32Array {
  const hashes = new Set<number>();
  for (const line of lines) eachName(line, (hash) => hashes.add(hash));
  return Uint32Array.from(hashes).toSorted();
}

/** What is in any of `sets`, each of them as `namesIn` gives it. */
export function merged(sets: readonly Uint32Array[]): Uint32Array {
  const all = new Set<number>();
  for (const set of sets) for (const name of set) all.add(name);
  return Uint32Array.from(all).toSorted();
}

/** The share of names that two pieces have in common, from 0 to 1 (Jaccard's index). */
export function jaccard(one: Uint32Array, other: Uint32Array): number {
  let common = 0;
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const difference = Number(one[left]) - Number(other[right]);
    if (difference === 0) common += 1;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  const all = one.length + other.length - common;
  return all === 0 ? 0 : common / all;
}

/** `0x1f` and `1e3` have no names in them. */
function endOfNumber(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && (isLetter(text.charCodeAt(index)) || isDigit(text.charCodeAt(index)))) index += 1;
  return index;
}

/** Outside of ASCII nearly all that stands in code is a letter, and what is not does no harm here. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36 || code > 127;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** FNV-1a with 32 bits, over UTF-16 code units. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPACE = 32;
/** Of one line. What is longer is no code that anybody reads. */
const MOST_CHARS = 400;
