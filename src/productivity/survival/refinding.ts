/** Where accepted texts stand in a document that was changed unseen, or written again. */

import { countedStretches } from "./countedStretches.ts";
import type { LexemeHmac } from "./lexemes.ts";
import { indexing, locating } from "./relocation.ts";
import { RESCUED_TO_DISTANCE } from "./rescue.ts";
import type { Stretch } from "./segments.ts";
import { byHandIn, type Part } from "./tracked.ts";
import type { Work } from "./work.ts";

/** A part as it is when the search begins. */
export interface SoughtPart {
  readonly part: Part;
  /** How many characters may be found at most. */
  readonly left: number;
  readonly byHandChars: number;
}

export function soughtPart(part: Part): SoughtPart {
  const left = part.isLost ? part.leftChars : part.insertedChars - byHandIn(part);
  return { part, left, byHandChars: part.byHandChars };
}

/** Where somebody is, in terms of the text that is searched. */
export interface Taken extends Stretch {
  readonly owner: unknown;
}

/**
 * Looks for one part after the other, in the order in which they stood. Tells of each, when it is its turn, where it is, which is
 * nobody else's, or that it was not found. What a found one is by then is written into it.
 * Linear in the text, of which `MOST_CHARS` are searched at most.
 */
export function* refinding(
  text: string,
  sought: readonly SoughtPart[],
  taken: readonly Taken[],
  hmac: LexemeHmac,
  tell: (sought: SoughtPart, stretches: readonly Stretch[] | undefined) => void,
): Work<void> {
  const ordered = sought.toSorted((one, other) => one.part.near - other.part.near);
  const start = text.length > MOST_CHARS ? Math.max(0, (ordered[0]?.part.near ?? 0) - MOST_CHARS / 4) : 0;
  const searched = text.slice(start, start + MOST_CHARS);
  const index = yield* indexing(searched, hmac);
  const busy = new Stretches(taken);
  for (const one of ordered) {
    const { part, left } = one;
    const { anchor, insertedChars } = part;
    const place =
      anchor && left > 0 ? yield* locating(index, searched, { ...anchor, near: part.near - start }) : undefined;
    // Code has much that is alike: what is only half there may as well be its neighbour.
    const needed = part.isLost ? (FOUND_FROM_SHARE * left) / insertedChars : RESCUED_FROM_SHARE;
    const free = (place && place.share >= needed ? place.stretches : [])
      .map(({ from, to }) => ({ from: from + start, to: to + start, owner: part }))
      .filter((stretch) => !busy.meets(stretch))
      .flatMap(({ from, to }) => countedStretches(text.slice(from, to), from))
      .map(({ from, to }) => ({ from, to, owner: part }));
    const chars = free.reduce((sum, { from, to }) => sum + to - from, 0);
    if (!place || chars === 0) tell(one, undefined);
    else {
      for (const stretch of free) busy.add(stretch);
      // What was taken away is not there again since lexemes are, and other white space is not other text.
      part.weight = Math.min(left, Math.round(insertedChars * place.share)) / chars;
      if (!part.isLost) part.rescuedAt = place.distance;
      part.isLost = false;
      part.near = free[0]?.from ?? part.near;
      tell(one, free);
    }
    yield PART_WORK;
  }
}

/** Stretches of several owners, in order; those of different owners do not meet. */
class Stretches {
  readonly #all: Taken[];

  constructor(all: readonly Taken[]) {
    this.#all = all.filter(({ from, to }) => to > from);
  }

  /** Those of somebody else. */
  meets({ from, to, owner }: Taken): boolean {
    for (let at = this.#firstBehind(from); at < this.#all.length; at += 1) {
      const next = this.#all[at];
      if (!next || next.from >= to) return false;
      if (next.owner !== owner) return true;
    }
    return false;
  }

  /** It meets nobody else's; what it meets of its owner's it replaces. */
  add(stretch: Taken): void {
    const at = this.#firstBehind(stretch.from);
    let end = at;
    while ((this.#all[end]?.from ?? Infinity) < stretch.to) end += 1;
    this.#all.splice(at, end - at, stretch);
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
const PART_WORK = 5_000;
