/** One timer for all that is to be done later: none runs while nothing is due. */

export interface Due {
  /** In milliseconds of the same clock as `nowMs`; `undefined`: nothing. */
  readonly nextDueMs: number | undefined;
}

export class Soonest {
  readonly #parts: readonly Due[];
  readonly #nowMs: () => number;
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | undefined;
  #atMs = Infinity;

  constructor(parts: readonly Due[], nowMs: () => number, tick: () => void) {
    this.#parts = parts;
    this.#nowMs = nowMs;
    this.#tick = tick;
  }

  /** After anything that may have made something due. A timer that runs out too early is cheaper than a new one for each key. */
  arm(): void {
    let dueMs = Infinity;
    for (const { nextDueMs } of this.#parts) if (nextDueMs !== undefined && nextDueMs < dueMs) dueMs = nextDueMs;
    if (dueMs >= this.#atMs) return;
    clearTimeout(this.#timer);
    this.#atMs = dueMs;
    const ms = Math.min(LONGEST_MS, Math.max(LEAST_MS, dueMs - this.#nowMs()));
    this.#timer = setTimeout(() => {
      this.#atMs = Infinity;
      this.#tick();
      this.arm();
    }, ms);
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#atMs = -Infinity;
  }
}

/** What has more to do is due at once again: between its turns the editor has its own. */
const LEAST_MS = 10;
/** What is due in a day is looked at again every hour: a timer does not go on while the machine sleeps. */
const LONGEST_MS = 3_600_000;
