/** Opens what somebody gives as a ledger: the file itself, or the JSON Lines that it was exported as. Neither is written to. */
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { recordKinds } from "../productivity/ledger/columns.ts";
import { failureOf } from "../productivity/ledger/failure.ts";
import { keptSlotFrom } from "../productivity/ledger/keptSlots.ts";
import { setKeptSince } from "../productivity/ledger/keptSince.ts";
import { type KeptTrial, keptTrialFrom } from "../productivity/ledger/keptTrials.ts";
import { WrittenNames } from "../productivity/ledger/names.ts";
import { RowWriter, UnfitRecord } from "../productivity/ledger/rows.ts";
import { APPLICATION_ID, migrate, schemaVersion, versionOf } from "../productivity/ledger/schema.ts";
import type { LedgerRecord } from "../productivity/records.ts";
import { type ExportTrouble, wholeExport } from "./exportedFiles.ts";
import { withFolder, withReadOnly } from "./readOnlyDatabase.ts";

export type LedgerTrouble =
  | ExportTrouble
  | { readonly kind: "missing" | "not-a-ledger" | "newer" | "damaged" | "one-at-a-time"; readonly file: string }
  | { readonly kind: "unreadable"; readonly file: string; readonly detail: string }
  /** Another program holds it for itself. */
  | { readonly kind: "locked"; readonly file: string }
  /** A line of an exported file is no record. */
  | { readonly kind: "unfit-line"; readonly file: string; readonly line: number };

export class UnreadableLedger extends Error {
  readonly trouble: LedgerTrouble;

  constructor(trouble: LedgerTrouble) {
    super(trouble.kind);
    this.trouble = trouble;
  }
}

/** @throws {UnreadableLedger} */
export function withLedger<Result>(files: readonly string[], read: (database: DatabaseSync) => Result): Result {
  const file = files.find(isDatabase);
  if (file === undefined) return withExported(files, read);
  if (files.length > 1) throw new UnreadableLedger({ kind: "one-at-a-time", file });
  try {
    return withReadOnly(file, (database) => readWhole(file, database, read));
  } catch (error) {
    throw error instanceof UnreadableLedger ? error : new UnreadableLedger(troubleOf(error, file));
  }
}

function troubleOf(error: unknown, file: string): LedgerTrouble {
  const { reason, detail } = failureOf(error);
  return reason === "damaged" || reason === "locked" ? { kind: reason, file } : { kind: "unreadable", file, detail };
}

function readWhole<Result>(file: string, database: DatabaseSync, read: (database: DatabaseSync) => Result): Result {
  database.exec("PRAGMA busy_timeout = 2000; PRAGMA cache_size = -64000");
  const version = versionOf(database);
  if (Number(database.prepare("PRAGMA application_id").get()?.["application_id"]) !== APPLICATION_ID)
    throw new UnreadableLedger({ kind: "not-a-ledger", file });
  if (version > schemaVersion) throw new UnreadableLedger({ kind: "newer", file });
  if (database.prepare("PRAGMA integrity_check(1)").get()?.["integrity_check"] !== "ok")
    throw new UnreadableLedger({ kind: "damaged", file });
  return version < schemaVersion ? readCopy(database, read) : read(database);
}

/** Of an earlier version: a copy becomes one of this, and the file stays as it is. */
function readCopy<Result>(database: DatabaseSync, read: (database: DatabaseSync) => Result): Result {
  return withFolder((folder) => {
    const path = join(folder, "ledger.db");
    database.prepare("VACUUM INTO ?").run(path);
    const copy = new DatabaseSync(path);
    try {
      migrate(copy);
      return read(copy);
    } finally {
      copy.close();
    }
  });
}

const SQLITE_HEAD = "SQLite format 3\0";

/** @throws {UnreadableLedger} */
function isDatabase(file: string): boolean {
  try {
    if (!statSync(file).isFile()) throw new UnreadableLedger({ kind: "not-a-ledger", file });
    const head = Buffer.alloc(SQLITE_HEAD.length);
    const descriptor = openSync(file, "r");
    try {
      readSync(descriptor, head);
    } finally {
      closeSync(descriptor);
    }
    if (head.toString("latin1") === SQLITE_HEAD) return true;
    if (file.endsWith(".jsonl")) return false;
    throw new UnreadableLedger({ kind: file.endsWith(".db") ? "damaged" : "not-a-ledger", file });
  } catch (error) {
    if (error instanceof UnreadableLedger) throw error;
    const { code } = error as { readonly code?: unknown };
    throw new UnreadableLedger(code === "ENOENT" ? { kind: "missing", file } : troubleOf(error, file));
  }
}

/** All of them together are one ledger, as it was exported. */
function withExported<Result>(files: readonly string[], read: (database: DatabaseSync) => Result): Result {
  const exported = wholeExport(files);
  if ("kind" in exported) throw new UnreadableLedger(exported);
  const database = new DatabaseSync(":memory:");
  try {
    migrate(database);
    const rows = new RowWriter(database, new WrittenNames(database));
    const days = database.prepare("INSERT OR REPLACE INTO days (day, measure, value) VALUES (?, ?, ?)");
    const slots = database.prepare("INSERT OR REPLACE INTO keptSlots (slotMs, sums) VALUES (?, ?)");
    const trials = database.prepare(
      `INSERT INTO keptTrials (experiment, session, isShown, state, bin, count, sumLog, asked, early)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    database.exec("BEGIN");
    for (const file of exported.files) {
      for (const [index, text] of linesOf(file).entries()) {
        try {
          const record: unknown = JSON.parse(text);
          const kept = keptSlotFrom(record);
          const trial = keptTrialFrom(record);
          if (isDay(record)) days.run(record.day, record.measure, record.value);
          else if (isRecord(record)) rows.put(record);
          else if (kept) slots.run(kept.slotMs, kept.sums);
          else if (trial) trials.run(...rowOf(trial));
          else throw new UnfitRecord("It is none.");
        } catch (error) {
          // Such as the same half-hour with two parts, which no ledger has.
          const isUnfit =
            error instanceof UnfitRecord ||
            error instanceof SyntaxError ||
            failureOf(error).detail.startsWith("SQLite");
          if (!isUnfit) throw error;
          throw new UnreadableLedger({ kind: "unfit-line", file, line: index + 1 });
        }
      }
    }
    if (exported.keptSinceMs !== undefined) setKeptSince(database, exported.keptSinceMs);
    database.exec("COMMIT");
    return read(database);
  } finally {
    database.close();
  }
}

const rowOf = ({ experiment, session, isShown, state, bin, count, sumLog, asked, early }: KeptTrial) =>
  [experiment, session, isShown, state, bin, count, sumLog, asked, early] as const;

function linesOf(file: string): readonly string[] {
  return readFileSync(file, "utf8").replace(/\n$/, "").split("\n");
}

function isDay(value: unknown): value is { readonly day: string; readonly measure: string; readonly value: number } {
  if (typeof value !== "object" || value === null) return false;
  const { day, measure, value: sum } = value as Readonly<Record<string, unknown>>;
  return typeof day === "string" && typeof measure === "string" && Number.isSafeInteger(sum);
}

function isRecord(value: unknown): value is LedgerRecord {
  if (typeof value !== "object" || value === null) return false;
  const { kind } = value as { readonly kind?: unknown };
  return recordKinds.some((each) => each === kind);
}
