/** Suggestions that somebody has waved away, and that do not come back at the same place. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { firstLine } from "../text/lines.ts";
import { typedSince, type Place } from "./place.ts";

interface Dismissal {
  readonly place: Place;
  readonly line: string;
}

export class Dismissals {
  #kept: readonly Dismissal[] = [];

  add(place: Place, text: string): void {
    this.#kept = [...this.#kept, { place, line: firstLine(text) }].slice(-MOST_KEPT);
  }

  /** True where inserting `text` at the caret would lead to a line that was offered from here and dismissed. */
  covers(cursor: CursorSnapshot, text: string): boolean {
    return this.#kept.some(({ place, line }) => {
      const typed = typedSince(place, cursor, line.length);
      return typed !== undefined && typed + firstLine(text) === line;
    });
  }
}

const MOST_KEPT = 20;
