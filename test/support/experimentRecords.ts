/** A simulated experiment as the ledger has it. */

import { createHash } from "node:crypto";
import { noEdits } from "../../src/productivity/activity/editAggregates.ts";
import { commitmentTo, configurationOf, planOf } from "../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../src/productivity/experiment/schedule.ts";
import { SLOT_MS } from "../../src/productivity/experiment/slots.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";

/** As it was laid down and drawn, and what somebody did in each half-hour. Long ago, so that all of it is over. */
export function experimentRecords(truth: {
  readonly effect: number;
  readonly strata: number;
  readonly seed?: string;
  readonly name?: string;
  /** Up to nine stand in one ledger, one after the other. */
  readonly number?: number;
}): readonly LedgerRecord[] {
  const k = 2;
  const { number = 1, seed = "5eed".repeat(16), name: experiment = `e0e000000000000${number}` } = truth;
  const fromMs = FIRST_MS + (number - 1) * 50 * DAY_MS;
  const configuration = configurationOf(planOf({ tier: 2, k, mostStrata: 100, pairwiseVersion: "1.0.0" }));
  const stamped = { session: `5e5510000000000${number - 1}`, atMs: fromMs };
  const of = { ...stamped, experiment };
  const random = seededRandom(8);
  const records: LedgerRecord[] = [
    { ...of, kind: "prereg", commitment: commitmentTo({ seed, configuration }, sha256), configuration, seed },
    { ...of, kind: "consent", textVersion: 1, isGiven: true },
    { ...of, kind: "belief", when: "before", factor: 1.2 },
  ];
  for (let index = 0; index < truth.strata * k; index += 1) {
    const stratum = Math.floor(index / k);
    const position = index % k;
    const slotMs = fromMs + Math.floor(index / 10) * DAY_MS + ((index % 10) + 1) * SLOT_MS;
    const arm = position === offPosition(seed, stratum, k, sha256) ? "off" : "on";
    const day = new Date(slotMs).toISOString().slice(0, 10);
    const workMs = slotMs + 360_000;
    const edit = `edit:${index}`;
    const typedChars = Math.round(400 * (arm === "on" ? truth.effect : 1) * (0.8 + 0.4 * random()));
    records.push(
      { ...of, kind: "assign", atMs: slotMs, slotMs, day, stratum, position, arm, zoneOffsetMinutes: 0 },
      { ...stamped, ...placed, kind: "edit", atMs: workMs, edit, ...noEdits(), typedChars, changes: typedChars },
      {
        ...stamped,
        kind: "typedSurvival",
        atMs: workMs + 600_000,
        edit,
        typedChars,
        survivingChars: typedChars,
        state: "counted",
      },
    );
    for (let minute = 0; minute < 20; minute += 1)
      records.push({
        ...stamped,
        kind: "activity",
        atMs: workMs + minute * 60_000,
        project: placed.project,
        focusedMs: 60_000,
        active60Ms: 60_000,
        active120Ms: 60_000,
        active300Ms: 60_000,
      });
  }
  return records;
}

const FIRST_MS = Date.UTC(2024, 0, 8, 8);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const placed = { file: "f11e000000000001", project: "9401000000000001", language: "typescript" };
const DAY_MS = 86_400_000;
