/** When an accept is looked at, and when that is too late to say anything of that time. */

import type { Instant } from "../editorEvents.ts";
import type { Check } from "../records.ts";
import type { Tracked } from "./tracked.ts";

/** In milliseconds after the accept; the next commit has no time. */
const delaysMs: Readonly<Record<Exclude<Check, "commit">, number>> = {
  "30s": 30_000,
  "2m": 120_000,
  "5m": 300_000,
  "10m": 600_000,
  "15m": 900_000,
  "24h": 86_400_000,
};

export const allChecks: readonly Check[] = ["30s", "2m", "5m", "10m", "15m", "24h", "commit"];

/** When it is due: the next commit when there was one, which may not be yet. */
export function dueMs(check: Check, { atMs, committedMs }: Tracked): Instant {
  return check === "commit" ? (committedMs ?? Number.POSITIVE_INFINITY) : atMs + delaysMs[check];
}

/**
 * From then on what is left says more of later than of the check's time: half of its delay, and a minute in which a window may
 * be reloaded. A commit is never too late; it is only not waited for any longer, nor for its file to be opened.
 */
export function tooLateMs(check: Check, { atMs }: Tracked): Instant {
  return atMs + (check === "commit" ? LONGEST_WAIT_FOR_COMMIT_MS : delaysMs[check] * 1.5 + 60_000);
}

/** When there is something to do for it, in a document that can be looked at or in one that can't. */
export function nextLookMs(tracked: Tracked, canBeSeen: boolean): Instant {
  let next = Number.POSITIVE_INFINITY;
  for (const check of tracked.checks) {
    const late = tooLateMs(check, tracked);
    next = Math.min(next, canBeSeen ? Math.min(dueMs(check, tracked), late) : late);
  }
  return next;
}

const LONGEST_WAIT_FOR_COMMIT_MS = 30 * 86_400_000;
