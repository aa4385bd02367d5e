/** What reports are made of: ledgers of some weeks, and simulated experiments. */

import type { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";
import type { ExperimentBlocks } from "../../src/productivity/ledger/experimentQuestions.ts";
import { type Report, reportOf } from "../../src/productivity/ledger/report.ts";
import { planOf } from "../../src/productivity/experiment/plan.ts";
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
