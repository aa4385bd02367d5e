/** People who have handed in their half-hours: simulated, each with an effect of their own. */

import { planOf } from "../../src/productivity/experiment/plan.ts";
import { simulatedBlocks, type SimulatedTruth } from "../../src/productivity/experiment/simulate.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";
import { BLOCK_SCHEMA_WITHOUT_PERSON, type BlockRow, blockRowsOf } from "../../src/productivity/team/blockRow.ts";

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
  { tier = 2, experiment = 0 }: { readonly tier?: 2 | 3; readonly experiment?: number } = {},
): readonly BlockRow[] {
  const whole = { ...usual, ...truth };
  const plan = planOf({ tier, k: whole.k, mostStrata: 600, pairwiseVersion: "1.0.0" });
  const nameOf = (name: number): string => name.toString(16).padStart(16, "0");
  const names = { person: nameOf(0xb0_0000 + number), user: nameOf(0xa0_0000 + 1_000 * experiment + number) };
  const random = seededRandom(100 + 1_000 * experiment + number);
  return blockRowsOf(simulatedBlocks(whole, random), { ...names, exportedMs: EXPORTED_MS, plan });
}

/** The same with so many times as many characters. */
export function charsTimes(row: BlockRow, times: number) {
  const { netChars, netTypedChars, netAiChars, writtenChars } = row;
  return {
    netChars: times * netChars,
    netTypedChars: times * netTypedChars,
    netAiChars: times * netAiChars,
    writtenChars: times * writtenChars,
  };
}

/** As the first form had them, which does not say whose experiment it is. */
export const withoutPerson = (rows: readonly BlockRow[]): readonly object[] =>
  rows.map((row) => ({
    ...Object.fromEntries(Object.entries(row).filter(([field]) => field !== "person")),
    schema: BLOCK_SCHEMA_WITHOUT_PERSON,
  }));

export const jsonLines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
