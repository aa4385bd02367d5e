/** What the requests behind the last suggestions were made of, for the person who asks why. In memory alone. */

import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import type { FileWindow } from "../context/window.ts";
import type { Place } from "./place.ts";
import type { Asking } from "./prompt.ts";
import type { CompletionBackend } from "./request.ts";

export interface Asked {
  readonly backend: CompletionBackend;
  readonly place: Place;
  /** As the prompt was made about it, with `\n` as its line breaks. */
  readonly cursor: CursorSnapshot;
  readonly window: FileWindow;
  readonly pieces: readonly Piece[];
  readonly asking: Asking;
}

/** Of the last `most` requests whose suggestions were asked for or found again. Nothing in it depends on their lengths. */
export class RequestMemory {
  readonly #most: number;
  /** By the suggestions' ids, the one that was wanted longest ago first. */
  readonly #asked = new Map<string, Asked>();

  constructor(most: number) {
    this.#most = most;
  }

  put(id: string, asked: Asked): void {
    this.#asked.delete(id);
    this.#asked.set(id, asked);
    if (this.#asked.size <= this.#most) return;
    for (const [oldest] of this.#asked) {
      this.#asked.delete(oldest);
      return;
    }
  }

  /** What is found is kept longest. */
  find(id: string): Asked | undefined {
    const asked = this.#asked.get(id);
    if (asked !== undefined) this.put(id, asked);
    return asked;
  }

  clear(): void {
    this.#asked.clear();
  }
}
