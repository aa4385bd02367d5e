/** People who have handed in their half-hours: simulated, each with an effect of their own. */

import { planOf } from "../../src/productivity/experiment/plan.ts";
import { simulatedBlocks, type SimulatedTruth } from "../../src/productivity/experiment/simulate.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";
import { type BlockRow, blockRowsOf } from "../../src/productivity/team/blockRow.ts";

/** When they have handed in, if nothing else is said. */
export const EXPORTED_MS = Date.UTC(2026, 10, 29, 17, 30, 5);

const usual: SimulatedTruth = {
  effect: 1.25,
  sd: 0.4,
  sdBetween: 0.3,
  k: 2,
  strata: 40,
  compliance: 1,
  qualifying: 0.9,
  charsPerMinute: 25,
};

export function rowsOfPerson(
  number: number,
  truth: Partial<SimulatedTruth> = {},
  tier: 2 | 3 = 2,
): readonly BlockRow[] {
  const whole = { ...usual, ...truth };
  const plan = planOf({ tier, k: whole.k, mostStrata: 600, pairwiseVersion: "1.0.0" });
  const user = (0xa0_0000 + number).toString(16).padStart(16, "0");
  return blockRowsOf(simulatedBlocks(whole, seededRandom(100 + number)), { user, exportedMs: EXPORTED_MS, plan });
}

export const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
