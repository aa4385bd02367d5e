/**
 * `node openReport.ts FOLDER NOW_MS`: opens the report of a ledger, once, in a process of its own, as the panel does: in the thread
 * that reads, from its start to the model, with a year of spending; and then the words. Prints what it took as JSON.
 */

import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import { ledgerClock } from "../../src/extension/ledgerClock.ts";
import { LedgerReader } from "../../src/productivity/ledger/reader.ts";
import type { SpentDay } from "../../src/productivity/ledger/reportModelOf.ts";
import { reportWords } from "../../src/productivity/report/words.ts";
import { speakerOf } from "../../src/report/language.ts";

export interface OpenedReport {
  readonly ms: number;
  /** Of the processor's time, in all threads: the same however much else it has to do. */
  readonly processorMs: number;
  /** What the process needed more than before, at most. */
  readonly memoryMiB: number;
  readonly blocks: number;
  /** Single suggestions that were drawn. */
  readonly draws: number;
}

const DAY_MS = 86_400_000;

const [folder = "", now = ""] = process.argv.slice(2);
const speaker = speakerOf("en");
if (!speaker) throw new Error("There is no English.");
const nowMs = Number(now);
const beforeBytes = process.memoryUsage.rss();
const startMs = performance.now();
const before = process.cpuUsage();
const reader = new LedgerReader(
  join(root, "dist", "ledgerWorker.cjs"),
  { role: "reader", folder, session: "0000000000000001", mostBytes: 2e9, busyMs: 2_000 },
  ledgerClock,
);
const model = await reader.ask("reportModel", {
  nowMs,
  workdayMinutes: 480,
  spentDays: spentUntil(nowMs),
});
if (!("verdict" in model)) throw new Error(`No report: ${JSON.stringify(model)}`);
const words = reportWords(model, speaker);
const ms = performance.now() - startMs;
const { user, system } = process.cpuUsage(before);
reader.end();
if (words.headline === "" || model.verdict.kind !== "measured") throw new Error("That is no report of an experiment.");
const draws = (model.singles?.shown.drawn ?? 0) + (model.singles?.heldBack.drawn ?? 0);
if (model.singles?.timeRatio.kind !== "known" || !model.cost)
  throw new Error("It has no single suggestions, or no cost.");
const memoryMiB = (process.resourceUsage().maxRSS * 1_024 - beforeBytes) / 2 ** 20;
const opened: OpenedReport = {
  ms,
  processorMs: (user + system) / 1_000,
  memoryMiB,
  blocks: model.verdict.blocks,
  draws,
};
console.log(JSON.stringify(opened));

/** Three years of days, so that each of the ledger's is among them. */
function spentUntil(untilMs: number): readonly SpentDay[] {
  const today = Math.floor(untilMs / DAY_MS);
  return Array.from({ length: 1_095 }, (_, index) => ({
    localDay: today - index,
    inputTokens: 400_000,
    outputTokens: 20_000,
    money: [{ amount: 0.5, currency: "USD" }],
    unknownRequests: 0,
  }));
}
