/** A server that asked to be left alone is left alone: what it said is said again until the wait is over. */

import type { ModelFailure } from "./failure.ts";

export interface BackOff {
  /** What to fail with instead of asking; `undefined` when the server may be asked. */
  failure(): ModelFailure | undefined;
  /** Notes a refusal that may pass. Returns how long to wait, in milliseconds: the server's own word where it gave one. */
  refused(failure: ModelFailure, retryAfterMs: number | undefined): number;
  /** The server answers again. */
  answered(): void;
}

/** Doubled with each refusal in a row: 1 s, 2 s, 4 s … */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** `now`: milliseconds of a clock. */
export function createBackOff(now: () => number): BackOff {
  let inRow = 0;
  let wait: { readonly failure: ModelFailure; readonly since: number; readonly until: number } | undefined;
  return {
    failure() {
      const at = now();
      // A clock that was set back must not make the wait longer than it was.
      if (!wait || at >= wait.until || at < wait.since) return undefined;
      const { failure, until } = wait;
      return failure.kind === "rate-limited" && failure.retryAfterMs !== undefined
        ? { ...failure, retryAfterMs: until - at }
        : failure;
    },
    refused(failure, retryAfterMs) {
      const ms = retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** inRow);
      inRow++;
      const since = now();
      wait = { failure, since, until: since + ms };
      return ms;
    },
    answered() {
      inRow = 0;
      wait = undefined;
    },
  };
}
