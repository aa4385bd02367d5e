/** An experiment's records, as they are in the file. */

import { hash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Assignment } from "../experiment/assigning.ts";
import type { Sha256 } from "../experiment/plan.ts";
import { type AssignedCounts, type ExperimentState, stateOf } from "../experiment/state.ts";
import type { AssignRecord } from "../experiment/records.ts";
import type { EarlierExperiment } from "./experimentQuestions.ts";
import type { RecordOf } from "./columns.ts";
import { ReadNames } from "./names.ts";
import { recordFrom } from "./rows.ts";

/** In one go, which takes half the time: a report asks for it once for each single suggestion. */
export const sha256: Sha256 = (text) => hash("sha256", text, "hex");

export interface FoundExperiment {
  readonly state: ExperimentState;
  readonly seed: string;
  /** Its number among the names. */
  readonly key: number;
}

/**
 * The one that was begun last, or the one with that name; undefined where there is none. What was laid down first counts, and is not
 * kept where something else was laid down for the same experiment later.
 */
export function experimentIn(database: DatabaseSync, experiment?: string): FoundExperiment | undefined {
  const names = new ReadNames(database);
  const found =
    experiment === undefined
      ? database.prepare("SELECT experiment FROM prereg GROUP BY experiment ORDER BY min(id) DESC LIMIT 1").get()
      : database.prepare("SELECT id AS experiment FROM names WHERE text = ?").get(experiment);
  if (!found) return undefined;
  const key = Number(found["experiment"]);
  const [prereg, ...later] = database
    .prepare("SELECT * FROM prereg WHERE experiment = ? ORDER BY id")
    .all(key)
    .map((row) => recordFrom("prereg", row, names) as RecordOf<"prereg">);
  if (!prereg) return undefined;
  const isLaidDownOnce = !later.some((other) => laidDown.some((field) => other[field] !== prereg[field]));
  const all = <Kind extends "consent" | "belief" | "experiment">(kind: Kind): readonly RecordOf<Kind>[] =>
    database
      .prepare(`SELECT * FROM "${kind}" WHERE experiment = ? ORDER BY id`)
      .all(key)
      .map((each) => recordFrom(kind, each, names) as RecordOf<Kind>);
  const records = { prereg, consents: all("consent"), beliefs: all("belief"), events: all("experiment") };
  const state = stateOf(records, assignedIn(database, key), sha256);
  return {
    state: { ...state, isCommitmentKept: state.isCommitmentKept && isLaidDownOnce },
    seed: prereg.seed,
    key,
  };
}

const laidDown = ["commitment", "configuration", "seed"] as const;

/** Those that were begun before it, in their order. */
export function experimentsBefore(
  database: DatabaseSync,
  { key }: Pick<FoundExperiment, "key">,
): readonly EarlierExperiment[] {
  return database
    .prepare(
      `SELECT DISTINCT text FROM prereg JOIN names ON names.id = experiment
       WHERE prereg.id < (SELECT min(id) FROM prereg WHERE experiment = ?) ORDER BY prereg.id`,
    )
    .all(key)
    .flatMap((row) => {
      const found = experimentIn(database, String(row["text"]));
      if (!found) return [];
      const { experiment, status, startedMs, statusSinceMs, slotsOn, slotsOff } = found.state;
      return [{ experiment, status, startedMs, statusSinceMs, slotsOn, slotsOff }];
    });
}

export function assignmentsOf(database: DatabaseSync, { key }: Pick<FoundExperiment, "key">): readonly Assignment[] {
  return assignmentsWhere(database, "experiment = ? ORDER BY stratum, position", key);
}

/** What the half-hour has, and what was given out last. */
export function assignmentsAt(
  database: DatabaseSync,
  { key }: Pick<FoundExperiment, "key">,
  slotMs: number,
): { readonly own: Assignment | undefined; readonly last: Assignment | undefined } {
  const [own] = assignmentsWhere(database, "experiment = ? AND slotMs = ?", key, slotMs);
  const [last] = assignmentsWhere(database, "experiment = ? ORDER BY stratum DESC, position DESC LIMIT 1", key);
  return { own, last };
}

function assignmentsWhere(database: DatabaseSync, where: string, ...values: readonly number[]): readonly Assignment[] {
  const names = new ReadNames(database);
  return database
    .prepare(`SELECT * FROM assign WHERE ${where}`)
    .all(...values)
    .map((row) => {
      const record = recordFrom("assign", row, names) as AssignRecord;
      const { slotMs, day, stratum, position, arm, zoneOffsetMinutes } = record;
      return { slotMs, day, stratum, position, arm, zoneOffsetMinutes };
    });
}

function assignedIn(database: DatabaseSync, key: number): AssignedCounts {
  const row = database
    .prepare(
      `SELECT sum(arm = (SELECT id FROM names WHERE text = 'on')) AS slotsOn,
         sum(arm = (SELECT id FROM names WHERE text = 'off')) AS slotsOff,
         count(DISTINCT stratum) AS strataBegun
       FROM assign WHERE experiment = ?`,
    )
    .get(key);
  const count = (field: keyof AssignedCounts): number => Number(row?.[field] ?? 0);
  return {
    slotsOn: count("slotsOn"),
    slotsOff: count("slotsOff"),
    strataBegun: count("strataBegun"),
  };
}
