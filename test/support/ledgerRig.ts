/** Ledgers in folders that go with the test. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { TestContext } from "node:test";
import { ledgerClock } from "../../src/extension/ledgerClock.ts";
import type { Batch } from "../../src/productivity/ledger/batches.ts";
import { Ledger } from "../../src/productivity/ledger/client.ts";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { lastEvents } from "../../src/productivity/ledger/lastEvents.ts";
import type { LedgerOptions } from "../../src/productivity/ledger/ledgerOptions.ts";
import type { LedgerNotice, LedgerState } from "../../src/productivity/ledger/messages.ts";
import { type Calendar, openLedger, type OpeningOptions } from "../../src/productivity/ledger/opening.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { LedgerRecord, RecordKind } from "../../src/productivity/records.ts";

export const utc: Calendar = {
  label: (atMs) => new Date(atMs).toISOString().slice(0, 19).replaceAll(":", "-"),
  startOfDay: (atMs) => atMs - (atMs % 86_400_000),
};

/** Some day at noon. */
export const NOON_MS = Date.UTC(2026, 5, 10, 12);

export function ledgerFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "pairwise-ledger-"));
  context.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export function openingOptions(folder: string, rest: Partial<OpeningOptions> = {}): OpeningOptions {
  return { folder, calendar: utc, mostBytes: 100_000_000, busyMs: 2_000, nowMs: Date.now, ...rest };
}

/** One that closes with the test. */
export function openStore(context: TestContext, folder: string, owner = "window"): LedgerStore {
  const opened = openLedger(openingOptions(folder));
  if (opened.kind === "stopped") throw new Error(`${opened.reason} ${opened.detail}`);
  const store = new LedgerStore(opened.database, owner);
  context.after(() => {
    if (store.database.isOpen) store.close();
  });
  return store;
}

let batches = 0;

export function batchOf(records: readonly LedgerRecord[], rest: Partial<Batch> = {}): Batch {
  return { writer: "window", number: (batches += 1), records, pending: [], isDurable: false, deletions: 0, ...rest };
}

/** Everything in the file, the oldest first. */
export function recordsIn(folder: string, kinds?: readonly RecordKind[]): readonly LedgerRecord[] {
  const database = new DatabaseSync(join(folder, ledgerFileName), { readOnly: true });
  try {
    return lastEvents(database, 10_000_000, kinds).toReversed();
  } finally {
    database.close();
  }
}

/** The same for the same record, in whatever order its fields are, and whether or not it has those that are undefined. */
function canonical(record: LedgerRecord): string {
  return JSON.stringify(record, Object.keys(record).toSorted(inOrder));
}

/** As a list in which the order does not matter. */
export const canonicalList = (records: readonly LedgerRecord[]): string =>
  records.map(canonical).toSorted(inOrder).join("\n");

const inOrder = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** All bytes of the ledger's files, the one beside it, too. */
export function bytesIn(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("");
}

export interface RunningLedger {
  readonly ledger: Ledger;
  readonly states: readonly LedgerState[];
  readonly notices: readonly LedgerNotice[];
}

export const ledgerWorkerFile = join(import.meta.dirname, "../../src/extension/ledgerWorker.ts");

/** One with its thread. */
export function startLedger(context: TestContext, folder: string, rest: Partial<LedgerOptions> = {}): RunningLedger {
  const states: LedgerState[] = [];
  const notices: LedgerNotice[] = [];
  const ledger = new Ledger({
    workerFile: ledgerWorkerFile,
    folder,
    session: "5e551000000000a1",
    clock: ledgerClock,
    retentionDays: 0,
    busyMs: 500,
    onState: (state) => states.push(state),
    onNotice: (notice) => notices.push(notice),
    ...rest,
  });
  context.after(() => ledger.close(5_000));
  return { ledger, states, notices };
}

const placed = {
  session: "5e551000000000a1",
  file: "f11e000000000001",
  project: "9401000000000001",
  language: "typescript",
} as const;

export function acceptOf(accept: string, rest: Partial<RecordOf<"accept">> = {}): RecordOf<"accept"> {
  return {
    kind: "accept",
    atMs: NOON_MS,
    ...placed,
    accept,
    run: `run-of-${accept}`,
    part: "full",
    evidence: "command",
    chars: 12,
    lines: 1,
    carets: 1,
    afterMs: 900,
    model: "embedded/small",
    ...rest,
  };
}

export function shownOf(run: string, rest: Partial<RecordOf<"shown">> = {}): RecordOf<"shown"> {
  return { kind: "shown", atMs: NOON_MS, ...placed, run, thresholdMs: 750, evidence: "held", ...rest };
}

export function endOf(run: string, rest: Partial<RecordOf<"end">> = {}): RecordOf<"end"> {
  return {
    kind: "end",
    atMs: NOON_MS,
    ...placed,
    run,
    outcome: "ignored",
    reason: "cursor-moved",
    trigger: "automatic",
    lastedMs: 1_200,
    chars: 12,
    typedChars: 0,
    acceptedChars: 0,
    contaminated: "no",
    model: "embedded/small",
    ...rest,
  };
}

export function survivalOf(accept: string, rest: Partial<RecordOf<"survival">> = {}): RecordOf<"survival"> {
  return {
    kind: "survival",
    atMs: NOON_MS + 30_000,
    session: placed.session,
    accept,
    check: "30s",
    state: "alive",
    isRescued: false,
    insertedChars: 12,
    survivingChars: 12,
    distance: undefined,
    reason: "",
    lateMs: 3,
    ...rest,
  };
}

export function commitOf(atMs: number): RecordOf<"commit"> {
  return { kind: "commit", atMs, session: placed.session, project: placed.project };
}
