/** How long somebody takes from one key to the next. */

import type { Key } from "./key.ts";
import { logNormal, type Random } from "./random.ts";

export interface RhythmOptions {
  /** Between two characters of a word, in milliseconds. 170 are some 60 words a minute with the pauses between words. */
  readonly medianMs: number;
  /** Of the logarithm: 0 is a machine, and typists have 0.3 to 0.5. */
  readonly sigma: number;
}

export const usualRhythm: RhythmOptions = { medianMs: 170, sigma: 0.4 };

/** The pause before `key`, in whole milliseconds. `before` is the character before the caret. */
export function pauseBefore(key: Key, before: string, { medianMs, sigma }: RhythmOptions, random: Random): number {
  return Math.round(logNormal(random, medianMs * factorOf(key, before), sigma));
}

/** To find the place takes longest, then to know how a line begins, then how the next word does. */
function factorOf(key: Key, before: string): number {
  if (key.kind === "caret") return 8;
  if (key.kind === "delete") return 3;
  if (key.kind !== "char") return 1;
  if (before === "\n" || before === "") return 4;
  const beginsWord = /[\p{L}\p{N}_$]/u.test(key.char) && !/[\p{L}\p{N}_$]/u.test(before);
  return beginsWord ? 1.6 : 1;
}
