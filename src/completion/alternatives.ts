/** Other suggestions for a caret that somebody has asked about by hand, to choose from beside the first. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { CacheEntry } from "./cache.ts";
import type { Flight } from "./flight.ts";
import { typedSince, type Place } from "./place.ts";

/** Those of one place. Their requests go on after the call that started them, and end with the next call elsewhere. */
export class Alternatives {
  /** How many suggestions the last call has got, the first one included. */
  given = 0;
  readonly #place: Place;
  readonly #flights: readonly Flight[];
  readonly #entries: CacheEntry[] = [];
  #calls = 0;
  #aborted = false;

  /** `onComplete` hears once when all have answered, unless they were aborted. */
  constructor(place: Place, flights: readonly Flight[], onComplete: () => void) {
    this.#place = place;
    this.#flights = flights;
    void this.#collectAll(onComplete);
  }

  /** Those that have arrived by now. */
  get entries(): readonly CacheEntry[] {
    return this.#entries;
  }

  isAt(cursor: CursorSnapshot): boolean {
    return typedSince(this.#place, cursor, 0) === "";
  }

  /** A call is waiting. */
  hold(): void {
    this.#calls += 1;
    for (const flight of this.#flights) flight.keep();
  }

  /** A call was cancelled. When no other comes within `lingerMs` it was the last one. */
  release(lingerMs: number): void {
    this.#calls -= 1;
    if (this.#calls > 0) return;
    for (const flight of this.#flights) void flight.goOnAlone(lingerMs);
  }

  abort(): void {
    this.#aborted = true;
    for (const flight of this.#flights) flight.abort();
  }

  async #collectAll(onComplete: () => void): Promise<void> {
    await Promise.all(this.#flights.map((flight) => this.#collect(flight)));
    if (!this.#aborted) onComplete();
  }

  async #collect(flight: Flight): Promise<void> {
    const end = await flight.ended;
    if (end.kind !== "answered" || end.suggestion.kind === "dropped") return;
    const { id, place } = flight.origin;
    this.#entries.push({ id, place, text: end.suggestion.insertText });
  }
}
