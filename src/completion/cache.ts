/** Texts that a model wrote, by the place they were written for: what stood before the caret and what stood after it. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { typedSince, type Place } from "./place.ts";

export interface CacheEntry {
  readonly id: string;
  readonly place: Place;
  /** Cleaned, not yet fitted to the text around: what surrounds the caret may change while its rest is still right. */
  readonly text: string;
}

export interface CacheHit {
  readonly entry: CacheEntry;
  /** What of the entry's text the caret has not reached. Never empty. */
  readonly remainder: string;
}

export class SuggestionCache {
  readonly #mostEntries: number;
  readonly #mostChars: number;
  /** The newest last. */
  #entries: CacheEntry[] = [];
  #chars = 0;

  constructor(limits: { readonly entries: number; readonly chars: number }) {
    this.#mostEntries = limits.entries;
    this.#mostChars = limits.chars;
  }

  get size(): number {
    return this.#entries.length;
  }

  put(entry: CacheEntry): void {
    const same = this.#entries.findIndex(({ place, text }) => text === entry.text && isSamePlace(place, entry.place));
    if (same !== -1) this.#remove(same);
    this.#entries.push(entry);
    this.#chars += lengthOf(entry);
    while (this.#entries.length > this.#mostEntries || this.#chars > this.#mostChars) this.#remove(0);
  }

  /** The entries that a caret is in the middle of, newest first. */
  *hits(cursor: CursorSnapshot): Generator<CacheHit, void, void> {
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index];
      const remainder = entry && remainderAt(entry, cursor);
      if (entry && remainder) yield { entry, remainder };
    }
  }

  clear(): void {
    this.#entries = [];
    this.#chars = 0;
  }

  #remove(index: number): void {
    for (const entry of this.#entries.splice(index, 1)) this.#chars -= lengthOf(entry);
  }
}

/** The part of a text that is still to be typed at a caret; `undefined` when it does not fit there any more. */
export function remainderAt({ place, text }: Omit<CacheEntry, "id">, cursor: CursorSnapshot): string | undefined {
  // A typed line break may count two characters in the document.
  const typed = typedSince(place, cursor, text.length * 2);
  return typed !== undefined && text.startsWith(typed) ? text.slice(typed.length) : undefined;
}

function isSamePlace(one: Place, other: Place): boolean {
  return one.uri === other.uri && one.before === other.before && one.after === other.after;
}

function lengthOf({ place, text }: CacheEntry): number {
  return place.before.length + place.after.length + text.length;
}
