/** Whether the half-hours that were drawn are all there, by their places in the order of the draw. */

import type { Assignment } from "./assigning.ts";

type Place = Pick<Assignment, "stratum" | "position" | "slotMs" | "day" | "zoneOffsetMinutes">;

/**
 * At least so many are missing. Each half-hour gets the place after the last one that has any (`assigned`), in one transaction, so
 * that neither a crash nor another window nor a clock leaves a place out before one that is there: who finds one left out knows that
 * it was taken away. A stratum that has gone altogether counts as one, and of what was taken from the end of the last stratum nothing
 * can be told.
 */
export function missingIn(places: readonly Place[], k: number): number {
  return pairsOf(places).reduce((missing, [last, next]) => missing + missingBetween(last, next, k), 0);
}

/** Within a stratum each place is later than the one before it. Who exchanges two of their half-hours exchanges what was drawn. */
export function areInOrder(places: readonly Place[]): boolean {
  return pairsOf(places).every(([last, next]) => last?.stratum !== next.stratum || last.slotMs < next.slotMs);
}

function pairsOf(places: readonly Place[]): readonly (readonly [last: Place | undefined, next: Place])[] {
  return places
    .toSorted((one, other) => one.stratum - other.stratum || one.position - other.position)
    .map((next, index, sorted) => [sorted[index - 1], next] as const);
}

function missingBetween(last: Place | undefined, next: Place, k: number): number {
  if (!last) return next.stratum + next.position;
  if (next.stratum === last.stratum) return next.position - last.position - 1;
  const strata = next.stratum - last.stratum - 1;
  return strata + next.position + (strata === 0 && next.position === 0 && isCutShort(last, next, k) ? 1 : 0);
}

/** Nothing ends a stratum but its k-th half-hour, the user's day, a journey, and a clock that went back. */
const isCutShort = (last: Place, next: Place, k: number): boolean =>
  last.position + 1 < k &&
  next.day === last.day &&
  next.zoneOffsetMinutes === last.zoneOffsetMinutes &&
  next.slotMs > last.slotMs;
