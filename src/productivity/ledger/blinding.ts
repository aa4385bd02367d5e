/**
 * What would tell, before it is over, which half-hours are without suggestions: their arms, what was held back in them, and the seed
 * that all of them are drawn from. Whoever looks into the ledger meanwhile sees the rest.
 */

import type { DatabaseSync } from "node:sqlite";
import { SLOT_MS, slotOf } from "../experiment/slots.ts";
import type { LedgerRecord } from "../records.ts";
import { ReadNames } from "./names.ts";

/** The record as it may be seen now; undefined where it may not be seen yet. */
export type Blinded = (record: LedgerRecord) => LedgerRecord | undefined;

/** @param nowMs since the epoch */
export function blindedAt(database: DatabaseSync, nowMs: number): Blinded {
  const ended = endedExperiments(database);
  const isOver = (slotMs: number): boolean => nowMs >= slotMs + SLOT_MS;
  return (record) => {
    switch (record.kind) {
      case "prereg":
        return ended.has(record.experiment) ? record : { ...record, seed: HIDDEN_SEED };
      case "assign":
        return isOver(record.slotMs) ? record : undefined;
      case "response":
        return isHeldBack(record.outcome) && !isOver(slotOf(record.atMs)) ? undefined : record;
      default:
        return record;
    }
  };
}

/** In its place, in exported files and where the ledger is shown. */
const HIDDEN_SEED = "";

const isHeldBack = (outcome: string): boolean => outcome === "held-back" || outcome === "held-back-singly";

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
