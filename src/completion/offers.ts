/** The one door to an offer, for what is fresh and what is remembered: what is shown, cached and dismissed. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { remainderAt, SuggestionCache, type CacheEntry } from "./cache.ts";
import type { Call } from "./call.ts";
import { nearby } from "./cursor.ts";
import { Dismissals } from "./dismissals.ts";
import { fit, fitRest } from "./filters/pipeline.ts";
import { SHORTEST_CHARS, SHORTEST_REST_CHARS } from "./filters/tooShort.ts";
import { placeOf } from "./place.ts";
import { placeOnLine } from "./placement.ts";
import { dropped, type Offered, type Origin, type Outcome } from "./suggestion.ts";

/** An entry that fits at a caret. */
interface Fitting {
  readonly kind: "fitting";
  readonly entry: CacheEntry;
  /** Where it fits. */
  readonly at: CursorSnapshot;
  /** What is written at the caret, without the suggest widget's item. */
  readonly text: string;
  readonly offered: Offered;
}

type Offering = Extract<Outcome, { readonly kind: "offered" }>;

export class Offers {
  readonly #isCurrent: (cursor: CursorSnapshot) => boolean;
  readonly #cache = new SuggestionCache({ entries: CACHE_ENTRIES, chars: CACHE_CHARS });
  readonly #dismissals = new Dismissals();
  /** All that somebody can choose from, the one that is seen first at the front. */
  #shown: readonly Fitting[] = [];

  constructor(isCurrent: (cursor: CursorSnapshot) => boolean) {
    this.#isCurrent = isCurrent;
  }

  remember(entry: CacheEntry): void {
    this.#cache.put(entry);
  }

  /** What is typed through: the rest of what is shown, or a reason that a request would not take away. */
  recallShown(call: Call): Outcome | undefined {
    return this.#recall(this.#shown, call, "typed-through");
  }

  /** What the model wrote for this place, or for one from which it was typed on. */
  recallCached(call: Call): Outcome | undefined {
    return this.#recall(this.#cache.hits(call.cursor), call, "cache");
  }

  /** There is something to offer at a caret, as far as that can be said without offering it. */
  knows(cursor: CursorSnapshot): boolean {
    return !this.#cache.hits(cursor).next().done;
  }

  #recall(known: Iterable<{ readonly entry: CacheEntry }>, call: Call, origin: Origin): Outcome | undefined {
    for (const { entry } of known) {
      const remainder = remainderAt(entry, call.cursor);
      const outcome = remainder ? this.offer(entry, remainder, call, origin) : undefined;
      if (outcome && (outcome.kind === "offered" || isFinal(outcome))) return outcome;
    }
    return undefined;
  }

  offer(entry: CacheEntry, remainder: string, call: Call, origin: Origin): Outcome {
    const isRest = origin === "typed-through" && remainder.length < entry.text.length;
    const fitting = this.#fit(entry, remainder, call, isRest ? fitRest : fit);
    if (fitting.kind === "dropped") return fitting;
    this.#shown = [fitting];
    return { kind: "offered", suggestions: [fitting.offered], origin };
  }

  /** The same offer with others to choose from, those that fit and say something else. */
  withOthers(outcome: Offering, others: readonly CacheEntry[], call: Call): Offering {
    this.#shown = this.#withFitting(others, call);
    return { ...outcome, suggestions: this.#shown.map(({ offered }) => offered) };
  }

  /** How many there would be to choose from with these. */
  choices(others: readonly CacheEntry[], call: Call): number {
    return this.#withFitting(others, call).length;
  }

  #withFitting(others: readonly CacheEntry[], call: Call): readonly Fitting[] {
    let all = this.#shown;
    for (const entry of others) {
      const remainder = remainderAt(entry, call.cursor);
      const fitting = remainder ? this.#fit(entry, remainder, call, fit) : undefined;
      if (fitting?.kind === "fitting" && all.every(({ text }) => text !== fitting.text)) all = [...all, fitting];
    }
    return all;
  }

  /** What it led to is not offered again at its place, nor what there was to choose from beside it. */
  dismiss(id: string): boolean {
    if (!this.#shown.some(({ entry }) => entry.id === id)) return false;
    for (const { at, text } of this.#shown) this.#dismissals.add(placeOf(at), text);
    this.#shown = [];
    return true;
  }

  /** `undefined` also where there is a choice, and nobody knows which one is seen. */
  shownAt(cursor: CursorSnapshot): Offered | undefined {
    const [only, ...others] = this.#shown;
    if (only === undefined || others.length > 0) return undefined;
    const { entry } = only;
    const remainder = remainderAt(entry, cursor);
    const near = nearby(cursor);
    const suggestion = remainder ? fitRest(remainder, near) : undefined;
    const placed =
      suggestion?.kind === "offered" ? placeOnLine(suggestion.insertText, near, SHORTEST_REST_CHARS) : undefined;
    return placed && { id: entry.id, insertText: placed.text, replaceBefore: 0, replaceAfter: placed.replaceAfter };
  }

  clear(): void {
    this.#cache.clear();
    this.#shown = [];
  }

  #fit(
    entry: CacheEntry,
    remainder: string,
    { asked, cursor, trigger }: Call,
    filters: typeof fit,
  ): Fitting | ReturnType<typeof dropped> {
    const near = nearby(cursor);
    const suggestion = filters(remainder, near);
    if (suggestion.kind === "dropped") return suggestion;
    const shortest = filters === fitRest ? SHORTEST_REST_CHARS : SHORTEST_CHARS;
    const placed = placeOnLine(suggestion.insertText, near, shortest);
    if (placed === undefined) return dropped("does-not-fit-line");
    if (trigger === "automatic" && this.#dismissals.covers(cursor, placed.text)) return dropped("dismissed");
    if (!this.#isCurrent(asked)) return dropped("stale");
    const selected = asked.selectedCompletion;
    const offered = {
      id: entry.id,
      insertText: (selected?.text ?? "") + placed.text,
      replaceBefore: selected?.replaces ?? 0,
      replaceAfter: placed.replaceAfter,
    };
    return { kind: "fitting", entry, at: cursor, text: placed.text, offered };
  }
}

/** A reason that a request to the model would not take away. */
function isFinal(outcome: Outcome): boolean {
  return outcome.kind === "dropped" && (outcome.reason === "dismissed" || outcome.reason === "stale");
}

const CACHE_ENTRIES = 64;
const CACHE_CHARS = 200_000;
