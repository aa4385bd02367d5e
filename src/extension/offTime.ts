import type * as vscode from "vscode";

/** Since when nothing is counted because the user does not wish it, also over the ends of windows. */
export class OffTime {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Unless it has begun already. In milliseconds since the epoch. */
  async begin(nowMs: number): Promise<void> {
    if (this.#state.get<number>(SINCE) === undefined) await this.#state.update(SINCE, nowMs);
  }

  /** When it began; `undefined` where it had not. */
  async end(): Promise<number | undefined> {
    const sinceMs = this.#state.get<number>(SINCE);
    if (sinceMs !== undefined) await this.#state.update(SINCE, undefined);
    return sinceMs;
  }
}

const SINCE = "ledger.offSinceMs";
