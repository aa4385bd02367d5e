/** Tells what chance has written from what people write. */

/**
 * How many letters or digits stand together in what looks like one word or number, on average. In names of code that is 4
 * and more, in text to the base of 16 or 64 it is 2.
 */
export function wordLength(text: string): number {
  const runs = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d{1,3}|[^\p{ASCII}]+/gu) ?? [];
  return runs.reduce((sum, run) => sum + run.length, 0) / Math.max(1, runs.length);
}

/** As a token or a key is. A number or a date is not, since it has next to no letters. */
export function isRandom(text: string): boolean {
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  return letters >= LEAST_LETTERS && new Set(text).size >= LEAST_CHARACTERS && wordLength(text) <= MOST_RANDOM;
}

const MOST_RANDOM = 2.6;
const LEAST_LETTERS = 4;
/** What repeats itself is a pattern to be filled in. */
const LEAST_CHARACTERS = 7;
