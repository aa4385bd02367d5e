/** A clock that stands still until a test moves it. */

import type { Clock } from "../../src/completion/clock.ts";

interface Sleeper {
  readonly until: number;
  wake(): void;
}

export class FakeClock implements Clock {
  #now = 0;
  #sleepers: readonly Sleeper[] = [];

  now(): number {
    return this.#now;
  }

  /** How many sleep at the moment. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper: Sleeper = { until: this.#now + ms, wake: resolve };
    const wake = (): void => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
      resolve();
    };
    if (signal.aborted) return Promise.resolve();
    signal.addEventListener("abort", wake, { once: true });
    this.#sleepers = [...this.#sleepers, sleeper];
    return promise;
  }

  /** Moves the time on, wakes whoever sleeps until then in order, and lets everything that follows from it happen. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = this.#sleepers.toSorted((one, other) => one.until - other.until)[0];
      if (next === undefined || next.until > end) break;
      this.#now = next.until;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      next.wake();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Resolves when all promises that can go on without an event have gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
