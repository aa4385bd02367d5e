/** The tables of the ledger's file, and how a file of an earlier version becomes one of this. */

import type { DatabaseSync } from "node:sqlite";
import { LaterVersion } from "./failure.ts";

/** Each makes the version after its place in the list, in one transaction. What has been released is never changed again. */
export const migrations: readonly ((database: DatabaseSync) => void)[] = [
  firstTables,
  experimentTables,
  keptTrialsTable,
];

export const schemaVersion = migrations.length;

/** In the file's head, so that another program's database is not taken for ours: "Pwlg". */
export const APPLICATION_ID = 0x50_77_6c_67;

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

/** @throws where it can't be written. Nothing has changed then. */
export function migrate(database: DatabaseSync, steps = migrations): void {
  if (versionOf(database) >= steps.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another window may have done so meanwhile.
    const from = versionOf(database);
    for (const step of steps.slice(from)) step(database);
    if (from < steps.length) {
      database.exec(`PRAGMA user_version = ${steps.length}; PRAGMA application_id = ${APPLICATION_ID}`);
    }
    database.exec("COMMIT");
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/**
 * Writes, all of it or nothing. A window of a later version may have made the file its own since it was opened, so each
 * transaction looks first.
 *
 * @throws {LaterVersion} where it has: nothing is written then
 */
export function together<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    refuseLater(database);
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** For what makes room: it needs some itself first, also where the file is as large as it may be. */
export function withRoom<Result>(database: DatabaseSync, work: () => Result): Result {
  const most = Number(database.prepare("PRAGMA max_page_count").get()?.["max_page_count"]);
  database.exec(`PRAGMA max_page_count = ${most + ROOM_PAGES}`);
  try {
    return work();
  } finally {
    database.exec(`PRAGMA max_page_count = ${most}`);
  }
}

/** Some megabytes. */
const ROOM_PAGES = 1_024;

/** @throws {LaterVersion} */
export function refuseLater(database: DatabaseSync): void {
  if (versionOf(database) > schemaVersion) throw new LaterVersion("schema");
}

/** On a full disk, among others, SQLite has done so already. The error that matters is the one before. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    return;
  }
}

function firstTables(database: DatabaseSync): void {
  const stamped = "atMs, session";
  const placed = `${stamped}, file, project, language`;
  const records: Readonly<Record<string, string>> = {
    opportunity: `${placed}, trigger`,
    response: `${placed}, run?, runNumber?, outcome, reason, afterMs, chars, lines, choices, model`,
    shown: `${placed}, run, runNumber, thresholdMs, evidence`,
    accept: `${placed}, accept, acceptNumber, run, runNumber, part, evidence, chars, lines, carets, afterMs, model`,
    end:
      `${placed}, run, runNumber, outcome, reason, trigger, lastedMs, chars, typedChars, acceptedChars, ` +
      "contaminated, model",
    regret: `${stamped}, accept, acceptNumber, afterMs`,
    survival:
      `${stamped}, accept, acceptNumber, check, state, isRescued, insertedChars, survivingChars, distance?, ` +
      "reason, lateMs",
    typedSurvival: `${stamped}, edit, editNumber, typedChars, survivingChars, state`,
    edit:
      `${placed}, edit, editNumber, typedChars, aiChars, deletedChars, pasteChars, longPasteChars, bulkChars, formatterChars, ` +
      "diskChars, ownChars, otherChars, undos, redos, changes",
    activity: `${stamped}, project, focusedMs, active60Ms, active120Ms, active300Ms`,
    guard: `${placed}, newErrors`,
    commit: `${stamped}, project`,
    gap: `${stamped}, reason, fromMs, toMs, lost?`,
    selfTest: `${stamped}, run, runNumber, editorVersion, scenario, truth, detected, count`,
  };
  for (const [table, columns] of Object.entries(records)) {
    const declared = columns.split(", ").map((column) => {
      const type = column.startsWith("distance") ? "REAL" : "INTEGER";
      return column.endsWith("?") ? `"${column.slice(0, -1)}" ${type}` : `"${column}" ${type} NOT NULL`;
    });
    // STRICT, so that the integrity check looks at each value's type, too.
    database.exec(`CREATE TABLE "${table}" (id INTEGER PRIMARY KEY, ${declared.join(", ")}) STRICT`);
    // For the newest, for a day, and for what is older than it may be.
    database.exec(`CREATE INDEX "${table}ByTime" ON "${table}" (atMs)`);
  }
  database.exec(`
    CREATE INDEX acceptByRun ON accept (run, runNumber);
    CREATE INDEX endByRun ON "end" (run, runNumber);
    CREATE INDEX acceptById ON accept (accept, acceptNumber);
    CREATE INDEX regretByAccept ON regret (accept, acceptNumber);
    CREATE INDEX editById ON edit (edit, editNumber);
    -- Two windows that follow the same accept, one after the other's end, say each thing once.
    CREATE UNIQUE INDEX survivalByAccept ON survival (accept, acceptNumber, "check");

    -- Numbers are not given out again: another window may remember them. The day is the last on which it was written.
    CREATE TABLE names (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL UNIQUE, day INTEGER NOT NULL) STRICT;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    -- The last batch of each writer, by which one that is sent twice is written once.
    CREATE TABLE writers (writer TEXT PRIMARY KEY, batch INTEGER NOT NULL, atMs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE days (day TEXT NOT NULL, measure TEXT NOT NULL, value INTEGER NOT NULL,
      PRIMARY KEY (day, measure)) STRICT, WITHOUT ROWID;

    CREATE TABLE pending (accept TEXT PRIMARY KEY, file TEXT NOT NULL, dueMs INTEGER NOT NULL, value TEXT NOT NULL,
      owner TEXT) STRICT, WITHOUT ROWID;
    CREATE INDEX pendingByFile ON pending (file);
    CREATE INDEX pendingByDue ON pending (dueMs);
    CREATE TABLE owners (owner TEXT PRIMARY KEY, untilMs INTEGER NOT NULL) STRICT, WITHOUT ROWID;`);
}

function experimentTables(database: DatabaseSync): void {
  const stamped =
    "id INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, session INTEGER NOT NULL, experiment INTEGER NOT NULL";
  database.exec(`
    CREATE TABLE prereg (${stamped}, commitment TEXT NOT NULL, configuration TEXT NOT NULL, seed TEXT NOT NULL) STRICT;
    CREATE TABLE consent (${stamped}, textVersion INTEGER NOT NULL, isGiven INTEGER NOT NULL) STRICT;
    CREATE TABLE belief (${stamped}, "when" INTEGER NOT NULL, factor REAL NOT NULL) STRICT;
    CREATE TABLE assign (${stamped}, slotMs INTEGER NOT NULL, day TEXT NOT NULL, stratum INTEGER NOT NULL,
      position INTEGER NOT NULL, arm INTEGER NOT NULL, zoneOffsetMinutes INTEGER NOT NULL) STRICT;
    CREATE TABLE experiment (${stamped}, what INTEGER NOT NULL) STRICT;
    CREATE TABLE trial (${stamped}, draw INTEGER NOT NULL, isShown INTEGER NOT NULL, isAsked INTEGER NOT NULL,
      state INTEGER NOT NULL, reason INTEGER NOT NULL, activeMs INTEGER NOT NULL, survivingChars INTEGER NOT NULL) STRICT;
    -- No suggestion is drawn twice.
    CREATE UNIQUE INDEX trialByDraw ON trial (experiment, session, draw);
    -- Whatever goes wrong, no half-hour has two parts, and no part is given out twice.
    CREATE UNIQUE INDEX assignBySlot ON assign (experiment, slotMs);
    CREATE UNIQUE INDEX assignByOrder ON assign (experiment, stratum, position);
    -- Half-hours of experiments whose records are too old to be kept: what is asked of them, as JSON.
    CREATE TABLE keptSlots (slotMs INTEGER PRIMARY KEY, sums TEXT NOT NULL) STRICT;`);
  for (const table of ["prereg", "consent", "belief", "assign", "experiment", "trial"]) {
    database.exec(`CREATE INDEX "${table}ByTime" ON "${table}" (atMs)`);
  }
}

/** Single suggestions of experiments that are too old to be kept, by how long they took (`TrialSum`). */
function keptTrialsTable(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE keptTrials (experiment TEXT NOT NULL, session TEXT NOT NULL, isShown INTEGER NOT NULL,
      state TEXT NOT NULL, bin INTEGER NOT NULL, count INTEGER NOT NULL, sumLog REAL NOT NULL, asked INTEGER NOT NULL,
      early INTEGER NOT NULL, PRIMARY KEY (experiment, session, isShown, state, bin)) STRICT, WITHOUT ROWID`);
}

/** All tables whose rows are somebody's figures. */
export function dataTablesOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map((row) => String(row["name"]));
}
