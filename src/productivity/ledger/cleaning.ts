/** What of a deletion of everything could not be done, since somebody had it open: it is done as soon as it can be. */

import type { LedgerClock } from "./clock.ts";
import { Delay } from "./delay.ts";
import { besidesIn, removed } from "./removing.ts";
import type { LedgerStore } from "./store.ts";

export class Cleaning {
  readonly #folder: string;
  readonly #store: () => LedgerStore | undefined;
  readonly #next: Delay;
  #isCopied = false;
  #names: readonly string[] = [];

  /** @param store where the file is open */
  constructor(folder: string, clock: LedgerClock, store: () => LedgerStore | undefined) {
    this.#folder = folder;
    this.#store = store;
    this.#next = new Delay(clock, AGAIN_MS, () => this.#again());
  }

  /**
   * The rows are gone, and with this the files that were moved aside or left. True where nothing stays of what was deleted.
   *
   * @param isCopied bytes of it may be in the file beside the ledger
   */
  begin(isCopied: boolean): boolean {
    this.#isCopied = isCopied;
    this.#names = besidesIn(this.#folder);
    return this.#isDone();
  }

  end(): void {
    this.#next.end();
  }

  #again(): void {
    const store = this.#store();
    if (this.#isCopied && store) this.#isCopied = !store.truncated();
    this.#isDone();
  }

  #isDone(): boolean {
    this.#names = this.#names.filter((name) => !removed(this.#folder, name));
    const isDone = !this.#isCopied && this.#names.length === 0;
    if (!isDone) this.#next.begin();
    return isDone;
  }
}

const AGAIN_MS = 5_000;
