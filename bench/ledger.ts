/** What it costs to write down a million events, to read them for a report, and what is left of them when windows are killed. */

import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/toolchain.mjs";
import { ledgerClock } from "../src/extension/ledgerClock.ts";
import { Ledger } from "../src/productivity/ledger/client.ts";
import type { LedgerRecord } from "../src/productivity/records.ts";
import { workedRecords } from "../test/support/ledgerRecords.ts";
import { killWindows, problemsOf, runWindow } from "../test/support/ledgerWindows.ts";
import { type Figures, percentile, type Sizes } from "./figures.ts";
import { seeded } from "./replay/random.ts";

interface LedgerBench {
  readonly events: number;
  readonly kills: number;
  /** For which four windows write at once. */
  readonly windowsMs: number;
}

export const ledgerBench: Sizes<LedgerBench> = {
  full: { events: 1_000_000, kills: 1_000, windowsMs: 300_000 },
  quick: { events: 100_000, kills: 100, windowsMs: 20_000 },
};

export async function measureLedger({ events, kills, windowsMs }: LedgerBench): Promise<Figures> {
  const workerFile = join(root, "dist", "ledgerWorker.cjs");
  const written = await inFolder((folder) => writeAndRead(folder, workerFile, events));
  const killed = await inFolder((folder) => killWindows({ folder, workerFile, times: kills, random: seeded(1) }));
  for (const problem of killed.problems) console.error(`killed: ${problem}`);
  const { right, given } = await inFolder((folder) => writeAtOnce(folder, workerFile, windowsMs));
  console.error(`${killed.acknowledged} records were acknowledged before ${kills} kills, ${given} by four windows.`);
  return {
    figures: {
      "ledger.appendUs.p50": percentile(written.appendUs, 50),
      "ledger.reportQueriesMs": percentile(written.reportMs, 50),
      "ledger.fileMB": written.megabytes,
      "ledger.survivedKills": killed.survived / kills,
      "ledger.fourWindows": right / 4,
    },
    runs: { "ledger.appendUs.p50": written.appendUs, "ledger.reportQueriesMs": written.reportMs },
    missing: {},
  };
}

async function writeAndRead(folder: string, workerFile: string, events: number) {
  const ledger = new Ledger({
    workerFile,
    folder,
    session: "0000000000000001",
    clock: ledgerClock,
    retentionDays: 0,
    onState: () => undefined,
    onNotice: () => undefined,
  });
  const appendUs: number[] = [];
  for (const records of batchesOf(events)) {
    const startMs = performance.now();
    for (const record of records) ledger.append(record);
    if (!(await ledger.flush())) throw new Error(`Nothing is written: ${JSON.stringify(ledger.state)}`);
    appendUs.push(((performance.now() - startMs) * 1_000) / records.length);
  }
  const reportMs: number[] = [];
  for (let times = 0; times < 5; times += 1) {
    const startMs = performance.now();
    const report = await ledger.report({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER });
    if (!("runs" in report) || report.runs.length === 0) throw new Error(`No report: ${JSON.stringify(report)}`);
    reportMs.push(performance.now() - startMs);
  }
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  await ledger.close(10_000);
  return { appendUs, reportMs, megabytes: bytes / 1e6 };
}

/** Sessions of 500 events each, spread over half a year; made before they are timed. */
function* batchesOf(events: number): Generator<readonly LedgerRecord[], void, undefined> {
  const sessions = events / SESSION_EVENTS;
  for (let first = 0; first < sessions; first += BATCH_SESSIONS) {
    const each = Array.from({ length: BATCH_SESSIONS }, (_, index) => {
      const session = first + index;
      const name = (session + 0x1000).toString(16).padStart(16, "a");
      const fromMs = Date.UTC(2026, 0, 1) + Math.floor((session * HALF_YEAR_MS) / sessions);
      return workedRecords(name, fromMs, session + 1, SESSION_EVENTS);
    });
    yield each.flat();
  }
}

async function writeAtOnce(folder: string, workerFile: string, windowsMs: number) {
  const kill = { from: "start", afterMs: windowsMs } as const;
  const ends = await Promise.all(
    ["a:", "b:", "c:", "d:"].map((session) => runWindow({ folder, session, workerFile, kill })),
  );
  const problems = ends.map((end) => problemsOf(folder, end));
  for (const problem of problems.flat()) console.error(`at once: ${problem.join(" ")}`);
  return {
    right: problems.filter((each) => each.length === 0).length,
    given: ends.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
  };
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-ledger-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SESSION_EVENTS = 500;
const BATCH_SESSIONS = 10;
const HALF_YEAR_MS = 180 * 86_400_000;
