/** Experiments in ledgers of tests. */

import type { WorkedSlot } from "../../src/productivity/experiment/assigning.ts";
import { planOf } from "../../src/productivity/experiment/plan.ts";
import { SLOT_MS } from "../../src/productivity/experiment/slots.ts";
import type { StartWish } from "../../src/productivity/ledger/experimentQuestions.ts";
import { NOON_MS } from "./ledgerRig.ts";

export const EXPERIMENT = "e0e0000000000001";

export function startWish(rest: Partial<StartWish> = {}): StartWish {
  return {
    experiment: EXPERIMENT,
    plan: planOf({ tier: 2, k: 2, mostStrata: 500, pairwiseVersion: "1.0.0" }),
    seed: "5eed".repeat(16),
    textVersion: 1,
    belief: 1.2,
    ...rest,
  };
}

/** So many half-hours after noon. */
export function slotAt(index: number, rest: Partial<WorkedSlot> = {}): WorkedSlot {
  return { slotMs: NOON_MS + index * SLOT_MS, day: "2026-06-10", zoneOffsetMinutes: 0, ...rest };
}
