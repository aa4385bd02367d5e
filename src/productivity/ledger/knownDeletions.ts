import type { Deletions } from "./batches.ts";
import type { LedgerClock } from "./clock.ts";

/** How often everything was deleted, as far as a window knows, and when last in its time. */
export class KnownDeletions {
  readonly #clock: LedgerClock;
  readonly #startedMs: number;
  #count: number | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(clock: LedgerClock) {
    this.#clock = clock;
    this.#startedMs = clock.nowMs();
  }

  get count(): number {
    return this.#count ?? 0;
  }

  /** Minus infinity where there was none while the window was open. */
  get lastMs(): number {
    return this.#lastMs;
  }

  /** True where there was another one while the window was open. */
  heed({ count, lastMs }: Deletions): boolean {
    const isFirst = this.#count === undefined;
    if (this.#count === count) return false;
    this.#count = count;
    const nowMs = this.#clock.nowMs();
    // One from before the window says nothing of what happens in it, even if the clock was ahead then. Nor does another file.
    if (count === 0 || (isFirst && (lastMs < this.#startedMs || lastMs > nowMs))) return false;
    this.#lastMs = Math.min(lastMs, nowMs);
    return true;
  }
}
