/** What reports are made of: ledgers of some weeks, and simulated experiments. */

import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";
import { noEdits } from "../../src/productivity/activity/editAggregates.ts";
import type { ExperimentBlocks } from "../../src/productivity/ledger/experimentQuestions.ts";
import { type Report, reportOf } from "../../src/productivity/ledger/report.ts";
import { commitmentTo, configurationOf, planOf } from "../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../src/productivity/experiment/schedule.ts";
import { SLOT_MS } from "../../src/productivity/experiment/slots.ts";
import { simulatedBlocks, type SimulatedTruth } from "../../src/productivity/experiment/simulate.ts";
import type { ExperimentState } from "../../src/productivity/experiment/state.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import type { ReportOptions } from "../../src/productivity/report/options.ts";
import type { Speaker } from "../../src/productivity/report/words/speaker.ts";
import { seededRandom } from "../../src/productivity/statistics/seededRandom.ts";
import { speakerOf } from "../../src/report/language.ts";
import { batchOf, ledgerFolder, NOON_MS, openStore } from "./ledgerRig.ts";
import { workedRecords } from "./ledgerRecords.ts";

const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

export const options: ReportOptions = { nowMs: NOON_MS + 10 * WEEK_MS, offsetMinutesAt: () => 0 };

export const english: Speaker = { ...speakerFor("en"), timeZone: "UTC" };
export const chinese: Speaker = { ...speakerFor("zh-cn"), timeZone: "UTC" };

function speakerFor(language: string): Speaker {
  const speaker = speakerOf(language);
  if (!speaker) throw new Error(language);
  return speaker;
}

/** Twelve sessions in six weeks, with a new model, the test of the counting, a gap, and another extension for a while. */
export function weeksOfWork(): readonly LedgerRecord[] {
  const records: LedgerRecord[] = [];
  for (let day = 0; day < 12; day += 1) {
    const fromMs = NOON_MS + Math.floor(day / 2) * WEEK_MS + (day % 2) * DAY_MS;
    for (const record of workedRecords(`5e5510000000000${day.toString(16)}`, fromMs, day + 1, 1_500)) {
      const model = day < 6 ? "embedded/smollm2-135m-instruct" : "ollama/qwen2.5-coder:7b";
      const named = "model" in record ? { ...record, model } : record;
      records.push(named.kind === "end" && day === 3 ? { ...named, contaminated: "other-active" } : named);
    }
  }
  const stamped = { session: "5e55100000000000", atMs: NOON_MS + WEEK_MS };
  const tested = { ...stamped, kind: "selfTest", run: "t:1", editorVersion: "1.101.0" } as const;
  records.push(
    { ...tested, scenario: "full", truth: "accept:full", detected: "accept:full", count: 19 },
    { ...tested, scenario: "full", truth: "accept:full", detected: "accept:none", count: 1 },
    { ...tested, scenario: "typing", truth: "accept:none", detected: "accept:word", count: 2 },
    { ...tested, scenario: "closing", truth: "not-done", detected: "not-done", count: 1 },
    { ...stamped, kind: "gap", reason: "turned-off", fromMs: NOON_MS, toMs: NOON_MS + 7_200_000, lost: undefined },
  );
  return records;
}

/** As the database counts them. */
export function counted(context: TestContext, records: readonly LedgerRecord[]): Report {
  return inDatabase(context, records, (database) => reportOf(database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }));
}

function inDatabase<Result>(
  context: TestContext,
  records: readonly LedgerRecord[],
  read: (database: DatabaseSync) => Result,
): Result {
  const store = openStore(context, ledgerFolder(context));
  store.append(batchOf(records), NOON_MS);
  return read(store.database);
}

const usual: SimulatedTruth = {
  effect: 1.25,
  sd: 0.4,
  sdBetween: 0.3,
  k: 2,
  strata: 30,
  compliance: 1,
  qualifying: 0.9,
  charsPerMinute: 25,
};

/** One that has come to its end, with the effect that is given. */
export function experimentOf(
  truth: Partial<SimulatedTruth> = {},
  state: Partial<ExperimentState> = {},
  seed = 4,
): ExperimentBlocks {
  const whole = { ...usual, ...truth };
  const plan = planOf({ tier: 2, k: whole.k, mostStrata: 200, pairwiseVersion: "0.1.0" });
  const blocks = simulatedBlocks(whole, seededRandom(seed));
  const off = blocks.filter(({ arm }) => arm === "off").length;
  return {
    blocks,
    state: {
      experiment: "e0000000000000a1",
      plan,
      configuration: JSON.stringify(plan),
      commitment: "c0".repeat(32),
      isCommitmentKept: true,
      status: "running",
      startedMs: NOON_MS,
      statusSinceMs: NOON_MS,
      interruptions: [],
      consent: { textVersion: 1, isGiven: true, atMs: NOON_MS },
      beliefBefore: 2,
      beliefAfter: undefined,
      slotsOn: blocks.length - off,
      slotsOff: off,
      strataBegun: whole.strata,
      ...state,
    },
  };
}

/**
 * The same as the ledger would have it: the experiment as it was laid down and drawn, and what somebody did in each half-hour. Long
 * ago, so that all of it is over.
 */
export function experimentRecords(truth: {
  readonly effect: number;
  readonly strata: number;
}): readonly LedgerRecord[] {
  const k = 2;
  const seed = "5eed".repeat(16);
  const experiment = "e0e0000000000001";
  const configuration = configurationOf(planOf({ tier: 2, k, mostStrata: 100, pairwiseVersion: "1.0.0" }));
  const stamped = { session: "5e55100000000000", atMs: FIRST_MS };
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
    const slotMs = FIRST_MS + Math.floor(index / 10) * DAY_MS + ((index % 10) + 1) * SLOT_MS;
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
