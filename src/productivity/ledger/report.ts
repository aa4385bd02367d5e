/** The figures that a report is made of: counted by the database, none of them a rate yet. */

import type { DatabaseSync } from "node:sqlite";
import type { Check, GapRecord, SelfTestRecord } from "../records.ts";
import { passingKinds } from "./daySums.ts";
import { keptSinceIn } from "./keptSince.ts";
import { ReadNames } from "./names.ts";
import { atOneMoment } from "./oneMoment.ts";
import { recordFrom } from "./rows.ts";
import { countedIn, type Counted } from "./reportCounts.ts";
import { isContaminated, type Runs, runsIn } from "./reportRuns.ts";
import { slotQueries, slotsIn, type Slots } from "./reportSlots.ts";

export interface ReportWish {
  /** With this millisecond. */
  readonly fromMs: number;
  /** Without this one. */
  readonly toMs: number;
}

export interface Report extends Counted, Runs, Slots {
  /** Of the records in the range that what follows is counted from, without those that stay for ever; undefined without any. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Before it there are only `days`, and the few records that stay. */
  readonly keptSinceMs: number | undefined;
  /** Accepts that another extension had a part in: in no fate, nor in `aiSlots` and `survival`. Characters at all carets. */
  readonly contaminatedAccepts: { readonly count: number; readonly chars: number };
  /** Accepted lines at all carets, by the half-hour (see `Slots`). */
  readonly lineSlots: readonly { readonly slotMs: number; readonly lines: number }[];
  /** How the accepts that were made in the range have fared. Where the same is known of several, `count` of them. */
  readonly fates: readonly SurvivedFor[];
  /** The last ones, the newest first. */
  readonly gaps: readonly GapRecord[];
  /** The last run of each version of the editor, whenever it was. */
  readonly selfTests: readonly SelfTestRecord[];
  /** Sums of days whose records are gone, whatever the range. */
  readonly days: readonly { readonly day: string; readonly measure: string; readonly value: number }[];
}

export interface SurvivedFor {
  /** The last check before `firstDead` at which it was alive. Without either nothing is known but `accepts`. */
  readonly lastAlive: TimedCheck | undefined;
  readonly firstDead: TimedCheck | undefined;
  readonly count: number;
}

/** Checks that have a time. */
export type TimedCheck = Exclude<Check, "commit">;
const timedChecks: readonly TimedCheck[] = ["30s", "2m", "5m", "10m", "15m", "24h"];

export function reportOf(database: DatabaseSync, wish: ReportWish): Report {
  return atOneMoment(database, () => ({
    ...rangeOf(database, wish),
    ...countedIn(database, wish),
    ...runsIn(database, wish),
    ...slotsIn(database, { ...wish, isCleanOnly: true }),
    lineSlots: lineSlotsIn(database, wish),
    fates: fatesIn(database, wish),
    contaminatedAccepts: contaminatedIn(database, wish),
    gaps: gapsIn(database, wish),
    selfTests: selfTestsIn(database),
    days: database
      .prepare("SELECT day, measure, value FROM days ORDER BY day, measure")
      .all()
      .map((row) => ({ day: String(row["day"]), measure: String(row["measure"]), value: Number(row["value"]) })),
  }));
}

const lineSlotsIn = (database: DatabaseSync, wish: ReportWish): Report["lineSlots"] =>
  slotQueries(database, wish)("accept", "sum(lines * carets) AS lines") as unknown as Report["lineSlots"];

function rangeOf(
  database: DatabaseSync,
  { fromMs, toMs }: ReportWish,
): Pick<Report, "firstMs" | "lastMs" | "keptSinceMs"> {
  const at = (which: "min" | "max"): number | undefined => {
    const found = passingKinds.flatMap((kind) => {
      // Each aggregate by itself reads one entry of the index; both together read all.
      const sql = `SELECT ${which}(atMs) AS atMs FROM "${kind}" WHERE atMs >= ? AND atMs < ?`;
      const value = database.prepare(sql).get(fromMs, toMs)?.["atMs"];
      return typeof value === "number" ? [value] : [];
    });
    return found.length > 0 ? Math[which](...found) : undefined;
  };
  return { firstMs: at("min"), lastMs: at("max"), keptSinceMs: keptSinceIn(database) };
}

/** Of each accept once: at which checks it was alive and at which dead, as the bits of two numbers. */
function fatesIn(database: DatabaseSync, { fromMs, toMs }: ReportWish): readonly SurvivedFor[] {
  const bit = timedChecks
    .map((check, index) => `WHEN (SELECT id FROM names WHERE text = '${check}') THEN ${1 << index}`)
    .join(" ");
  const checksOf = (state: string): string =>
    `sum(CASE state WHEN (SELECT id FROM names WHERE text = '${state}') THEN CASE "check" ${bit} ELSE 0 END ELSE 0 END)`;
  const rows = database
    .prepare(
      `WITH checked AS (
         SELECT ${checksOf("alive")} AS alive, ${checksOf("dead")} AS dead
         FROM accept LEFT JOIN survival USING (accept, acceptNumber)
         WHERE accept.atMs >= ? AND accept.atMs < ? AND NOT ${isContaminated} GROUP BY accept.id)
       SELECT alive, dead, count(*) AS count FROM checked GROUP BY alive, dead`,
    )
    .all(fromMs, toMs);
  const counts = new Map<string, { readonly fate: Omit<SurvivedFor, "count">; count: number }>();
  for (const { alive, dead, count } of rows) {
    const firstDead = timedChecks.findIndex((_, index) => Number(dead) & (1 << index));
    const before = firstDead < 0 ? timedChecks.length : firstDead;
    const lastAlive = timedChecks.findLastIndex((_, index) => index < before && Number(alive) & (1 << index));
    const key = `${lastAlive} ${firstDead}`;
    const known = counts.get(key) ?? {
      fate: { lastAlive: timedChecks[lastAlive], firstDead: timedChecks[firstDead] },
      count: 0,
    };
    known.count += Number(count);
    counts.set(key, known);
  }
  return [...counts.values()].map(({ fate, count }) => ({ ...fate, count }));
}

function contaminatedIn(database: DatabaseSync, { fromMs, toMs }: ReportWish): Report["contaminatedAccepts"] {
  const row = database
    .prepare(
      `SELECT count(*) AS count, coalesce(sum(chars * carets), 0) AS chars FROM accept
       WHERE atMs >= ? AND atMs < ? AND ${isContaminated}`,
    )
    .get(fromMs, toMs);
  return { count: Number(row?.["count"]), chars: Number(row?.["chars"]) };
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
