/** Runs that no other extension had a part in: when they were shown, and what became of those that were accepted. */

import type { DatabaseSync } from "node:sqlite";
import { SLOT_MS } from "../experiment/slots.ts";
import type { AcceptRecord } from "../records.ts";
import { ReadNames } from "./names.ts";

export interface Runs {
  /** Shown for 750 ms, by the half-hour (as in `Slots`), for what is told by weeks and by times of day. */
  readonly runSlots: readonly RunSlot[];
  /** Of the accepted ones of these. Where the same is known of several, `count` of them. */
  readonly acceptedRuns: readonly AcceptedRuns[];
}

interface RunSlot {
  readonly slotMs: number;
  readonly session: string;
  readonly project: string;
  /** Undefined where the run has neither an end nor an accept: its window was killed. */
  readonly model: string | undefined;
  readonly shown750: number;
  /** In whole or in part. */
  readonly accepted: number;
}

export interface AcceptedRuns {
  /** As a whole, or the last part of it by our command. */
  readonly isFull: boolean;
  /** The best evidence there is of it: of parts that were only inferred it may be that they were typed. */
  readonly isOnlyInferred: boolean;
  /** Of any part of it. */
  readonly at10m: Fate;
  readonly atCommit: Fate;
  readonly count: number;
}

/** "unknown": no part is known to be alive, and of one at least nothing is known. */
export type Fate = "alive" | "unknown" | "dead";
const fates: readonly Fate[] = ["dead", "unknown", "alive"];

const id = (text: string): string => `(SELECT id FROM names WHERE text = '${text}')`;
const full: AcceptRecord["part"] = "full";
const inferred: AcceptRecord["evidence"] = "inferred";

/** Without a record of its end nothing speaks against a run. */
export const shownAlone = `FROM shown LEFT JOIN "end" USING (run, runNumber)
  WHERE shown.atMs >= :fromMs AND shown.atMs < :toMs AND thresholdMs = 750
    AND ("end".contaminated IS NULL OR "end".contaminated = ${id("no")})`;

/** Of a row of `accept`: whether another extension had a part in its run. Without a record of its end nothing speaks against it. */
export const isContaminated = `EXISTS (SELECT 1 FROM "end" WHERE "end".run = accept.run AND "end".runNumber = accept.runNumber
  AND "end".contaminated <> coalesce(${id("no")}, -1))`;

export function runsIn(
  database: DatabaseSync,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Runs {
  const names = new ReadNames(database);
  const nameAt = (value: unknown): string => names.textOf(Number(value));
  const slots = database
    .prepare(
      `SELECT shown.atMs / ${SLOT_MS} * ${SLOT_MS} AS slotMs, shown.session AS session, shown.project AS project,
         coalesce("end".model, (SELECT min(model) FROM accept WHERE accept.run = shown.run AND accept.runNumber = shown.runNumber)) AS model,
         count(*) AS shown750,
         sum(EXISTS (SELECT 1 FROM accept WHERE accept.run = shown.run AND accept.runNumber = shown.runNumber)) AS accepted
       ${shownAlone} GROUP BY 1, 2, 3, 4 ORDER BY 1`,
    )
    .all({ fromMs, toMs });
  const accepted = database
    .prepare(
      `WITH seen AS (SELECT run, runNumber ${shownAlone}),
       taken AS (
         SELECT max(part = ${id(full)}) AS isFull, min(evidence = coalesce(${id(inferred)}, -1)) AS isOnlyInferred,
           ${bestOf("ten")} AS at10m, ${bestOf("committed")} AS atCommit
         FROM seen JOIN accept USING (run, runNumber)
         ${checkOf("ten", "10m")} ${checkOf("committed", "commit")}
         GROUP BY run, runNumber)
       SELECT coalesce(isFull, 0) AS isFull, isOnlyInferred, at10m, atCommit, count(*) AS count FROM taken
       GROUP BY 1, 2, 3, 4`,
    )
    .all({ fromMs, toMs });
  const fateAt = (rank: unknown): Fate => fates[Number(rank)] ?? "unknown";
  return {
    runSlots: slots.map(({ slotMs, session, project, model, shown750, accepted: taken }) => ({
      slotMs: Number(slotMs),
      session: nameAt(session),
      project: nameAt(project),
      model: model === null ? undefined : nameAt(model),
      shown750: Number(shown750),
      accepted: Number(taken),
    })),
    acceptedRuns: accepted.map((row) => ({
      isFull: row["isFull"] !== 0,
      isOnlyInferred: row["isOnlyInferred"] !== 0,
      at10m: fateAt(row["at10m"]),
      atCommit: fateAt(row["atCommit"]),
      count: Number(row["count"]),
    })),
  };
}

/** A name that no record has yet is none: then no state is that one. */
const bestOf = (check: string): string =>
  `max(CASE ${check}.state WHEN ${id("alive")} THEN 2 WHEN ${id("dead")} THEN 0 ELSE 1 END)`;

const checkOf = (name: string, check: string): string =>
  `LEFT JOIN survival AS ${name} ON ${name}.accept = accept.accept AND ${name}.acceptNumber = accept.acceptNumber
     AND ${name}."check" = ${id(check)}`;
