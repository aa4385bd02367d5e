/** The figures that a report is made of: counted by the database, none of them a rate yet. */

import type { DatabaseSync } from "node:sqlite";
import type { Check, GapRecord, SelfTestRecord } from "../records.ts";
import { recordKinds } from "./columns.ts";
import { ReadNames } from "./names.ts";
import { recordFrom } from "./rows.ts";
import { countedIn, type Counted } from "./reportCounts.ts";
import { slotsIn, type Slots } from "./reportSlots.ts";

export interface ReportWish {
  /** With this millisecond. */
  readonly fromMs: number;
  /** Without this one. */
  readonly toMs: number;
}

export interface Report extends Counted, Slots {
  /** Of records of any kind that are in the range; undefined without any. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Before it there are only `days`. */
  readonly keptSinceMs: number | undefined;
  /** How the accepts that were made in the range have fared. Where the same is known of several, `count` of them. */
  readonly fates: readonly Fate[];
  /** The last ones, the newest first. */
  readonly gaps: readonly GapRecord[];
  /** The last run of each version of the editor, whenever it was. */
  readonly selfTests: readonly SelfTestRecord[];
  /** Sums of days whose records are gone, whatever the range. */
  readonly days: readonly { readonly day: string; readonly measure: string; readonly value: number }[];
}

interface Fate {
  /** The last check before `firstDead` at which it was alive. Without either nothing is known but `accepts`. */
  readonly lastAlive: TimedCheck | undefined;
  readonly firstDead: TimedCheck | undefined;
  readonly count: number;
}

/** Checks that have a time. */
type TimedCheck = Exclude<Check, "commit">;
const timedChecks: readonly TimedCheck[] = ["30s", "2m", "5m", "10m", "15m", "24h"];

export function reportOf(database: DatabaseSync, wish: ReportWish): Report {
  // In one transaction, so that all of it is of one moment.
  database.exec("BEGIN");
  try {
    return {
      ...rangeOf(database, wish),
      ...countedIn(database, wish),
      ...slotsIn(database, wish),
      fates: fatesIn(database, wish),
      gaps: gapsIn(database, wish),
      selfTests: selfTestsIn(database),
      days: database
        .prepare("SELECT day, measure, value FROM days ORDER BY day, measure")
        .all()
        .map((row) => ({ day: String(row["day"]), measure: String(row["measure"]), value: Number(row["value"]) })),
    };
  } finally {
    database.exec("ROLLBACK");
  }
}

function rangeOf(
  database: DatabaseSync,
  { fromMs, toMs }: ReportWish,
): Pick<Report, "firstMs" | "lastMs" | "keptSinceMs"> {
  const at = (which: "min" | "max"): number | undefined => {
    const found = recordKinds.flatMap((kind) => {
      // Each aggregate by itself reads one entry of the index; both together read all.
      const sql = `SELECT ${which}(atMs) AS atMs FROM "${kind}" WHERE atMs >= ? AND atMs < ?`;
      const value = database.prepare(sql).get(fromMs, toMs)?.["atMs"];
      return typeof value === "number" ? [value] : [];
    });
    return found.length > 0 ? Math[which](...found) : undefined;
  };
  const kept = database.prepare("SELECT value FROM meta WHERE key = 'keptSinceMs'").get()?.["value"];
  return { firstMs: at("min"), lastMs: at("max"), keptSinceMs: typeof kept === "number" ? kept : undefined };
}

function fatesIn(database: DatabaseSync, { fromMs, toMs }: ReportWish): readonly Fate[] {
  const order = timedChecks
    .map((check, index) => `WHEN (SELECT id FROM names WHERE text = '${check}') THEN ${index}`)
    .join(" ");
  const state = (text: string): string => `state = (SELECT id FROM names WHERE text = '${text}')`;
  const rows = database
    .prepare(
      `WITH checked AS (
         SELECT accept.id, CASE "check" ${order} END AS place, ${state("alive")} AS isAlive, ${state("dead")} AS isDead
         FROM accept LEFT JOIN survival USING (accept, acceptNumber)
         WHERE accept.atMs >= ? AND accept.atMs < ?),
       dead AS (SELECT id, min(CASE WHEN isDead THEN place END) AS firstDead FROM checked GROUP BY id),
       fates AS (
         SELECT firstDead, max(CASE WHEN isAlive AND place < coalesce(firstDead, 99) THEN place END) AS lastAlive
         FROM dead JOIN checked USING (id) GROUP BY id)
       SELECT lastAlive, firstDead, count(*) AS count FROM fates GROUP BY lastAlive, firstDead`,
    )
    .all(fromMs, toMs);
  const checkAt = (place: unknown): TimedCheck | undefined =>
    typeof place === "number" ? timedChecks[place] : undefined;
  return rows.map(({ lastAlive, firstDead, count }) => ({
    lastAlive: checkAt(lastAlive),
    firstDead: checkAt(firstDead),
    count: Number(count),
  }));
}

function gapsIn(database: DatabaseSync, { fromMs, toMs }: ReportWish): readonly GapRecord[] {
  const names = new ReadNames(database);
  return database
    .prepare("SELECT * FROM gap WHERE toMs >= ? AND fromMs < ? ORDER BY atMs DESC LIMIT 1000")
    .all(fromMs, toMs)
    .map((row) => recordFrom("gap", row, names) as GapRecord);
}

function selfTestsIn(database: DatabaseSync): readonly SelfTestRecord[] {
  const names = new ReadNames(database);
  return database
    .prepare(
      `WITH last AS (SELECT editorVersion, run, runNumber, max(atMs) FROM selfTest GROUP BY editorVersion)
       SELECT selfTest.* FROM selfTest JOIN last USING (editorVersion, run, runNumber) ORDER BY selfTest.id`,
    )
    .all()
    .map((row) => recordFrom("selfTest", row, names) as SelfTestRecord);
}
