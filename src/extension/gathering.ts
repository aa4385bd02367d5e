/** Gathers what happens in quick succession, and tells it once it has come to rest, or has gone on for too long. */

import type { Clock } from "../completion/clock.ts";

export interface GatheringTimes {
  /** After so long without anything new. */
  readonly restMs: number;
  /** So long after the first one at the latest: something that never rests must not keep all else back. */
  readonly mostMs: number;
}

export class Gathering<Item> {
  readonly #clock: Clock;
  readonly #times: GatheringTimes;
  readonly #tell: (items: ReadonlySet<Item>) => void;
  #items = new Set<Item>();
  /** When the first of them came, and the last one. */
  #since = 0;
  #last = 0;
  #waiting = new AbortController();

  constructor(clock: Clock, times: GatheringTimes, tell: (items: ReadonlySet<Item>) => void) {
    this.#clock = clock;
    this.#times = times;
    this.#tell = tell;
  }

  get size(): number {
    return this.#items.size;
  }

  add(item: Item): void {
    this.#last = this.#clock.now();
    this.#items.add(item);
    if (this.#items.size > 1) return;
    this.#since = this.#last;
    this.#waiting.abort();
    this.#waiting = new AbortController();
    void this.#wait(this.#waiting.signal);
  }

  /** Tells what there is, without waiting. */
  tell(): void {
    const items = this.#items;
    this.dispose();
    if (items.size > 0) this.#tell(items);
  }

  /** What there is, is not told. */
  dispose(): void {
    this.#items = new Set();
    this.#waiting.abort();
  }

  /** One sleeper, however many come. */
  async #wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const due = Math.min(this.#last + this.#times.restMs, this.#since + this.#times.mostMs);
      const left = due - this.#clock.now();
      if (left <= 0) this.tell();
      else await this.#clock.sleep(left, signal);
    }
  }
}
