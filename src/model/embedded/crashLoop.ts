const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 300_000;

/**
 * When to try again what fails: a process that dies, a model that cannot be loaded. One that does not fit the
 * memory would else be read anew, by the gigabyte, at every keystroke. The first `freeDeaths` cost no wait; the
 * next ones 30 s, 60 s, up to 5 min.
 */
export class CrashLoop {
  readonly #freeDeaths: number;
  #deaths = 0;
  #waitUntilMs = Number.NEGATIVE_INFINITY;

  constructor(freeDeaths: number) {
    this.#freeDeaths = freeDeaths;
  }

  mayStart(nowMs: number): boolean {
    return nowMs >= this.#waitUntilMs;
  }

  /** What is left of the wait, in whole milliseconds; 0 when there is none. */
  waitMs(nowMs: number): number {
    return Math.max(0, Math.ceil(this.#waitUntilMs - nowMs));
  }

  died(nowMs: number): void {
    this.#deaths++;
    const counted = this.#deaths - this.#freeDeaths;
    if (counted <= 0) return;
    const waitMs = FIRST_WAIT_MS * 2 ** (counted - 1);
    this.#waitUntilMs = nowMs + Math.min(waitMs, LONGEST_WAIT_MS);
  }

  /** It has answered, or the user wants another try. */
  forget(): void {
    this.#deaths = 0;
    this.#waitUntilMs = Number.NEGATIVE_INFINITY;
  }
}
