/** Single suggestions of experiments: what a report takes of them, and what stays of them when they are too old. */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { SinglesPlan } from "../experiment/plan.ts";
import { isHeldBackSingly, singleKey } from "../experiment/singleDraws.ts";
import { type Trials, trialsOfSums } from "../experiment/trials.ts";
import { type SummedTrial, type TrialSum, trialSums } from "../experiment/trialSums.ts";
import type { TrialRecord } from "../experiment/records.ts";
import { experimentIn, type FoundExperiment, sha256 } from "./experimentRecords.ts";
import type { HiddenSlots } from "./hiddenSlots.ts";
import { ReadNames } from "./names.ts";

type Found = Pick<FoundExperiment, "key" | "seed">;
type Row = Readonly<Record<string, SQLOutputValue>>;

/**
 * Of an experiment; each is drawn again from its seed, and left out where that says otherwise.
 *
 * @param hidden of which nothing is told yet: what was drawn in them is in no figure
 */
export function trialsOf(
  database: DatabaseSync,
  found: Found,
  plan: SinglesPlan,
  hidden: Pick<HiddenSlots, "has">,
): Trials {
  const rows = database
    .prepare(`SELECT atMs, ${FIELDS} FROM trial WHERE experiment = ? ORDER BY id`)
    .iterate(found.key);
  const kept = database
    .prepare(
      `SELECT session, isShown, state, bin, count, sumLog, asked, early FROM keptTrials
       WHERE experiment = (SELECT text FROM names WHERE id = ?)`,
    )
    .all(found.key)
    .map((row) => ({ ...row, isShown: row["isShown"] !== 0 }) as unknown as TrialSum);
  return trialsOfSums([...kept, ...sumsOf(database, toldOf(rows, hidden), found.seed, plan)]);
}

function* toldOf(rows: Iterable<Row>, hidden: Pick<HiddenSlots, "has">): Generator<Row> {
  for (const row of rows) if (!hidden.has(Number(row["atMs"]))) yield row;
}

/**
 * Those that are older than `cutMs` are added to the sums of their session, and go; some thousand at most. Within a transaction, so
 * that each is in there once.
 *
 * @returns false where there are none any more
 */
export function keepSomeTrials(database: DatabaseSync, cutMs: number): boolean {
  const rows = database
    .prepare(`SELECT experiment, id, ${FIELDS} FROM trial WHERE atMs < ? ORDER BY atMs LIMIT ${MOST_TRIALS}`)
    .all(cutMs);
  const names = new ReadNames(database);
  const add = database.prepare(
    `INSERT INTO keptTrials (experiment, session, isShown, state, bin, count, sumLog, asked, early)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count,
       sumLog = sumLog + excluded.sumLog, asked = asked + excluded.asked, early = early + excluded.early`,
  );
  for (const [key, own] of Map.groupBy(rows, ({ experiment }) => Number(experiment))) {
    const name = names.textOf(key);
    const found = experimentIn(database, name);
    for (const sum of sumsOf(database, own, found?.seed ?? "", found?.state.plan?.singles)) {
      const { session, isShown, state, bin, count, sumLog, asked, early } = sum;
      add.run(name, session, isShown ? 1 : 0, state, bin, count, sumLog, asked, early);
    }
  }
  const remove = database.prepare("DELETE FROM trial WHERE id = ?");
  for (const { id } of rows) remove.run(Number(id));
  return rows.length > 0;
}

/** @param plan undefined where it is not the one that was laid down: nothing is as drawn then */
function sumsOf(
  database: DatabaseSync,
  rows: Iterable<Row>,
  seed: string,
  plan: SinglesPlan | undefined,
): readonly TrialSum[] {
  const keys = new Map<string, string>();
  return trialSums(trialsIn(database, rows), plan ?? { leastSeconds: 1 }, ({ session, draw, isShown }) => {
    if (!plan) return false;
    const known = keys.get(session) ?? singleKey(seed, session, sha256);
    keys.set(session, known);
    return isShown !== isHeldBackSingly({ key: known, draw, oneIn: plan.oneIn }, sha256);
  });
}

/** Of a year there are a hundred thousand: only what is summed is read. */
function* trialsIn(database: DatabaseSync, rows: Iterable<Row>): Generator<SummedTrial & Pick<TrialRecord, "draw">> {
  const names = new ReadNames(database);
  for (const { session, draw, isShown, isAsked, state, reason, activeMs } of rows)
    yield {
      session: names.textOf(Number(session)),
      draw: Number(draw),
      isShown: isShown !== 0,
      isAsked: isAsked !== 0,
      state: names.textOf(Number(state)) as TrialRecord["state"],
      reason: names.textOf(Number(reason)) as TrialRecord["reason"],
      activeMs: Number(activeMs),
    };
}

const FIELDS = "session, draw, isShown, isAsked, state, reason, activeMs";
const MOST_TRIALS = 2_000;
