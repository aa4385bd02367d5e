/** Those who wait until what they have given is on the disk. */

import type { Outbox } from "./outbox.ts";

interface Waiting {
  /** How much had been given then, and how much of it had been lost. */
  readonly upTo: number;
  readonly lost: number;
  readonly settle: (isWritten: boolean) => void;
}

export class Flushes {
  #waiting: readonly Waiting[] = [];

  /** Until all that has been put there is written. */
  wait({ put, lostInAll }: Outbox): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting = [...this.#waiting, { upTo: put, lost: lostInAll, settle: resolve }];
    return promise;
  }

  /** Some of it is written, or lost. */
  settle({ settled, lostInAll }: Outbox): void {
    const over = this.#waiting.filter(({ upTo }) => upTo <= settled);
    this.#waiting = this.#waiting.filter(({ upTo }) => upTo > settled);
    for (const { settle, lost } of over) settle(lost === lostInAll);
  }

  /** It can't be written for now. */
  fail(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { settle } of waiting) settle(false);
  }
}
