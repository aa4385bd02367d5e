/**
 * What would tell, before their group is over, which half-hours are without suggestions: their arms, what was held back in them and
 * had been asked for, what was drawn by itself, and the seed that all of them are drawn from. Whoever looks into the ledger meanwhile
 * sees the rest.
 */

import type { DatabaseSync } from "node:sqlite";
import type { LedgerRecord, OpportunityRecord } from "../records.ts";
import { hiddenAnswersIn, isHeldBack } from "./hiddenAnswers.ts";
import { hiddenSlotsIn } from "./hiddenSlots.ts";
import { ReadNames } from "./names.ts";

/** The record as it may be seen now; undefined where it may not be seen yet. */
export type Blinded = (record: LedgerRecord) => LedgerRecord | undefined;

/** @param nowMs since the epoch */
export function blindedAt(database: DatabaseSync, nowMs: number): Blinded {
  const ended = endedExperiments(database);
  const hidden = hiddenSlotsIn(database, nowMs);
  const asked = new Set(hiddenAnswersIn(database, hidden).opportunities.map(keyOf));
  return (record) => {
    switch (record.kind) {
      case "prereg":
        return ended.has(record.experiment) ? record : { ...record, seed: HIDDEN_SEED };
      case "assign":
        return hidden.has(record.slotMs) ? undefined : record;
      case "opportunity":
        return asked.has(keyOf(record)) ? undefined : record;
      case "response":
        return isHeldBack(record.outcome) && hidden.has(record.atMs) ? undefined : record;
      case "trial":
        return hidden.has(record.atMs) ? undefined : record;
      default:
        return record;
    }
  };
}

/** In its place, in exported files and where the ledger is shown. */
const HIDDEN_SEED = "";

const keyOf = ({ session, file, atMs }: Pick<OpportunityRecord, "session" | "file" | "atMs">): string =>
  JSON.stringify([session, file, atMs]);

/** All but one that goes on: what was stopped or has come to its end stays so. */
function endedExperiments(database: DatabaseSync): ReadonlySet<string> {
  const names = new ReadNames(database);
  return new Set(
    database
      .prepare(
        `SELECT DISTINCT experiment FROM experiment
         WHERE what IN (SELECT id FROM names WHERE text IN ('stopped', 'completed'))`,
      )
      .all()
      .map((row) => names.textOf(Number(row["experiment"]))),
  );
}
