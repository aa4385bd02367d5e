/** Where accepted texts stand in a document that was changed unseen, or written again. */

import { lexemesOf, type LexemeHmac } from "./lexemes.ts";
import { LexemeIndex, located } from "./relocation.ts";
import { RESCUED_TO_DISTANCE } from "./rescue.ts";
import type { Stretch } from "./segments.ts";
import { byHandIn, type Part } from "./tracked.ts";

/**
 * The parts that were found, with where they are, which is nobody else's. What they are by then is written into them.
 * Linear in the text, of which `MOST_CHARS` are searched at most.
 * @param taken where others are, in terms of `text`
 */
export function refound(
  text: string,
  sought: readonly Part[],
  taken: readonly Stretch[],
  hmac: LexemeHmac,
): ReadonlyMap<Part, readonly Stretch[]> {
  const ordered = sought.filter(({ anchor }) => anchor !== undefined).toSorted((one, other) => one.near - other.near);
  const start = text.length > MOST_CHARS ? Math.max(0, (ordered[0]?.near ?? 0) - MOST_CHARS / 4) : 0;
  const searched = text.slice(start, start + MOST_CHARS);
  const index = new LexemeIndex(lexemesOf(searched, hmac));
  const busy = new Stretches(taken);
  const found = new Map<Part, readonly Stretch[]>();
  for (const part of ordered) {
    const { anchor, insertedChars } = part;
    const left = part.isLost ? part.leftChars : insertedChars - byHandIn(part);
    const place = anchor && left > 0 ? located(index, searched, { ...anchor, near: part.near - start }) : undefined;
    // Code has much that is alike: what is only half there may as well be its neighbour.
    const needed = part.isLost ? (FOUND_FROM_SHARE * left) / insertedChars : RESCUED_FROM_SHARE;
    if (!place || place.share < needed) continue;
    const free = place.stretches
      .map(({ from, to }) => ({ from: from + start, to: to + start }))
      .filter((stretch) => !busy.meets(stretch));
    const chars = free.reduce((sum, { from, to }) => sum + to - from, 0);
    if (chars === 0) continue;
    for (const stretch of free) busy.add(stretch);
    // What was taken away is not there again since lexemes are, and other white space is not other text.
    part.weight = Math.min(left, Math.round(insertedChars * place.share)) / chars;
    if (!part.isLost) part.rescuedAt = place.distance;
    part.isLost = false;
    part.near = free[0]?.from ?? part.near;
    found.set(part, free);
  }
  return found;
}

/** Stretches that do not meet, in order. */
class Stretches {
  readonly #all: Stretch[];

  constructor(all: readonly Stretch[]) {
    this.#all = all.filter(({ from, to }) => to > from);
  }

  meets({ from, to }: Stretch): boolean {
    const next = this.#all[this.#firstBehind(from)];
    return next !== undefined && next.from < to;
  }

  add(stretch: Stretch): void {
    this.#all.splice(this.#firstBehind(stretch.from), 0, stretch);
  }

  /** The first that ends behind the offset. */
  #firstBehind(offset: number): number {
    let low = 0;
    let high = this.#all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#all[middle]?.to ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of its lexemes. Chosen on test/productivity/survival/realFiles.test.ts: with 0.67 a quarter of what was deleted was found in a neighbour. */
const FOUND_FROM_SHARE = 0.8;
/** Of what was written again in this window; its distance is bounded as well. */
const RESCUED_FROM_SHARE = 1 - RESCUED_TO_DISTANCE;
const MOST_CHARS = 1_000_000;
