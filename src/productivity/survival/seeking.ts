/** Which parts are looked for, and when again those that were not found. */

import type { Instant } from "../editorEvents.ts";
import { nextLookMs } from "./checks.ts";
import { isSurelyDead, isToBeFound, type Part } from "./tracked.ts";

/** Versions of the document: of the last change that may have brought back what was missed, and of the last from the disk. */
interface Restoring {
  readonly version: number;
  readonly fromDisk: number;
}

/**
 * What was never looked for is, and what was missed as soon as its file was read anew. After other changes, which hardly ever bring
 * it back, it is looked for less and less often, and when one of its checks is due and it was not looked for since.
 */
export function isSoughtNow(part: Part, restoring: Restoring, nowMs: Instant): boolean {
  return againMs(part, restoring) <= nowMs;
}

/** Infinity: not before something changes. */
export function againMs(part: Part, { version, fromDisk }: Restoring): Instant {
  if ((!part.isLost && !isToBeFound(part)) || !part.anchor || isSurelyDead(part.of)) return Number.POSITIVE_INFINITY;
  const { missed } = part;
  if (!missed || missed.version < fromDisk) return Number.NEGATIVE_INFINITY;
  if (missed.version >= version) return Number.POSITIVE_INFINITY;
  const later = missed.atMs + Math.min(LONGEST_MS, FIRST_MS * 2 ** missed.times);
  const checkMs = nextLookMs(part.of, true);
  return missed.atMs < checkMs ? Math.min(checkMs, later) : later;
}

const FIRST_MS = 2_000;
const LONGEST_MS = 600_000;
