const FREE_DEATHS = 1;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 300_000;

/**
 * When to start a process again that dies. A model that does not fit the memory would else be read anew, by
 * the gigabyte, at every keystroke. The first death costs no wait; the next ones 30 s, 60 s, up to 5 min.
 */
export class CrashLoop {
  #deaths = 0;
  #waitUntilMs = Number.NEGATIVE_INFINITY;

  mayStart(nowMs: number): boolean {
    return nowMs >= this.#waitUntilMs;
  }

  died(nowMs: number): void {
    this.#deaths++;
    if (this.#deaths <= FREE_DEATHS) return;
    const waitMs = FIRST_WAIT_MS * 2 ** (this.#deaths - FREE_DEATHS - 1);
    this.#waitUntilMs = nowMs + Math.min(waitMs, LONGEST_WAIT_MS);
  }

  /** It has answered, or the user wants another try. */
  forget(): void {
    this.#deaths = 0;
    this.#waitUntilMs = Number.NEGATIVE_INFINITY;
  }
}
