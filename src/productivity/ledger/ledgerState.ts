import type { LedgerState } from "./messages.ts";

/** The time since when does not matter. */
export function isSameState(one: LedgerState, other: LedgerState): boolean {
  if (one.kind !== "stopped" || other.kind !== "stopped") return one.kind === other.kind;
  return one.reason === other.reason && one.detail === other.detail;
}
