/** Other suggestions for a caret that somebody has asked about by hand, to choose from beside the first. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { CacheEntry } from "./cache.ts";
import type { Flight } from "./flight.ts";
import { typedSince, type Place } from "./place.ts";

/** Those of one place. Their requests go on after the call that started them, and end with the next call elsewhere. */
export class Alternatives {
  readonly #place: Place;
  readonly #flights: readonly Flight[];
  readonly #entries: CacheEntry[] = [];

  /** `onComplete` hears once when all have answered and there is something to choose from. */
  constructor(place: Place, flights: readonly Flight[], onComplete: (count: number) => void) {
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

  abort(): void {
    for (const flight of this.#flights) flight.abort();
  }

  async #collectAll(onComplete: (count: number) => void): Promise<void> {
    await Promise.all(this.#flights.map((flight) => this.#collect(flight)));
    if (this.#entries.length > 0) onComplete(this.#entries.length);
  }

  async #collect(flight: Flight): Promise<void> {
    const end = await flight.ended;
    if (end.kind !== "answered" || end.suggestion.kind === "dropped") return;
    this.#entries.push({ ...flight.origin, text: end.suggestion.insertText });
  }
}
