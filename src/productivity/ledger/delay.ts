import type { LedgerClock } from "./clock.ts";

/** Something that is done once, after a while, unless it is called off before. */
export class Delay {
  readonly #clock: LedgerClock;
  readonly #ms: number;
  readonly #task: () => void;
  #cancel: (() => void) | undefined;

  constructor(clock: LedgerClock, ms: number, task: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#task = task;
  }

  /** Where it has begun already it goes on. */
  begin(): void {
    this.#cancel ??= this.#clock.after(this.#ms, () => {
      this.#cancel = undefined;
      this.#task();
    });
  }

  end(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
