/** A server that asked to be left alone is left alone: what it said is said again until the wait is over. */

import type { ModelFailure } from "./failure.ts";

export interface BackOff {
  /** What to fail with instead of asking, with what is left of the wait that was told; `undefined` when it may be asked. */
  failure(): ModelFailure | undefined;
  /** Notes a refusal that may pass. Returns how long to wait, in milliseconds: the server's own word where it gave one. */
  refused(failure: ModelFailure, retryAfterMs: number | undefined): number;
  /** The server answers again, or somebody wants to know whether it does. */
  forget(): void;
}

/** Doubled with each refusal in a row: 1 s, 2 s, 4 s … */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A server may ask for a day: after so long it is asked whether it still means it. */
export const LONGEST_TOLD_WAIT_MS = 5 * 60_000;

/** `now`: milliseconds of a clock. */
export function createBackOff(now: () => number): BackOff {
  let inRow = 0;
  let wait: { readonly failure: ModelFailure; readonly since: number; readonly ms: number } | undefined;
  return {
    failure() {
      const at = now();
      // A clock that was set back must not make the wait longer than it was.
      if (!wait || at >= wait.since + Math.min(wait.ms, LONGEST_TOLD_WAIT_MS) || at < wait.since) return undefined;
      const { failure, since, ms } = wait;
      return failure.kind === "rate-limited" && failure.retryAfterMs !== undefined
        ? { ...failure, retryAfterMs: since + ms - at }
        : failure;
    },
    refused(failure, retryAfterMs) {
      const ms = retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** inRow);
      inRow++;
      wait = { failure, since: now(), ms };
      return ms;
    },
    forget() {
      inRow = 0;
      wait = undefined;
    },
  };
}
