/** Counts of a report, by what they are told apart by. */

import type { DatabaseSync } from "node:sqlite";
import type {
  AcceptRecord,
  EndRecord,
  OpportunityRecord,
  ResponseRecord,
  ShownRecord,
  SurvivalRecord,
} from "../records.ts";
import { isContaminated } from "./reportRuns.ts";
import { ReadNames } from "./names.ts";

export interface Counted {
  /** Runs that were shown, by session, language and model, so that rates can be clustered by session. */
  readonly runs: readonly RunCounts[];
  readonly opportunities: readonly (Pick<OpportunityRecord, "trigger" | "language"> & Count)[];
  /** `afterMs` is the sum of theirs. */
  readonly responses: readonly (Pick<ResponseRecord, "outcome" | "reason"> & Count & { readonly afterMs: number })[];
  readonly ends: readonly (Pick<EndRecord, "outcome" | "reason" | "contaminated"> &
    Count & { readonly chars: number; readonly typedChars: number; readonly acceptedChars: number })[];
  /** Characters at all carets. `regretted`: undone within 10 s. */
  readonly accepts: readonly (Pick<AcceptRecord, "part" | "evidence" | "model"> &
    Count & { readonly chars: number; readonly lines: number; readonly regretted: number })[];
  /** Of the accepts that were made in the range and that no other extension had a part in, whenever the check was. */
  readonly survival: readonly (Pick<SurvivalRecord, "check" | "state" | "isRescued" | "reason"> &
    Count & { readonly insertedChars: number; readonly survivingChars: number })[];
  readonly commits: readonly (Count & { readonly project: string })[];
}

interface Count {
  readonly count: number;
}

interface RunCounts {
  readonly session: string;
  readonly language: string;
  /** Undefined where the run has neither an end nor an accept: its window was killed. */
  readonly model: string | undefined;
  /** Undefined where its end is not known. */
  readonly contaminated: EndRecord["contaminated"] | undefined;
  /** By threshold. Any accept proves both. */
  readonly shown300: number;
  readonly shown750: number;
  /** Of `shown750` those that are shown only because they were accepted before. */
  readonly provedByAccept: number;
  /** Of `shown750`: as a whole, or the last part of it by our command; and only in parts. */
  readonly acceptedFull: number;
  readonly acceptedPartly: number;
  /** Of the accepted ones: nothing of it was kept for 10 s. */
  readonly undone: number;
  /** Of `shown750`, as far as their end is known. */
  readonly shownChars: number;
  readonly acceptedChars: number;
}

interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

const id = (text: string): string => `(SELECT id FROM names WHERE text = '${text}')`;
const acceptedEvidence: ShownRecord["evidence"] = "accepted";
const full: AcceptRecord["part"] = "full";

export function countedIn(database: DatabaseSync, { fromMs, toMs }: Range): Counted {
  const names = new ReadNames(database);
  const rowsOf = <Row>(sql: string, named: readonly (keyof Row & string)[]): readonly Row[] =>
    database
      .prepare(sql)
      .all({ fromMs, toMs })
      .map((row) => {
        const read: Record<string, unknown> = { ...row };
        for (const field of named) {
          const value = row[field];
          read[field] = typeof value === "number" ? names.textOf(value) : undefined;
        }
        return read as Row;
      });
  const inRange = "atMs >= :fromMs AND atMs < :toMs";
  return {
    runs: rowsOf(
      `WITH seen AS (
         SELECT session, language, run, runNumber, max(thresholdMs = 300) AS at300, max(thresholdMs = 750) AS at750,
           max(thresholdMs = 750 AND evidence IS ${id(acceptedEvidence)}) AS proved
         FROM shown WHERE ${inRange} GROUP BY run, runNumber),
       taken AS (
         SELECT run, runNumber, min(model) AS model, max(part IS ${id(full)}) AS isFull, sum(chars) AS chars,
           min(EXISTS (SELECT 1 FROM regret
             WHERE regret.accept = accept.accept AND regret.acceptNumber = accept.acceptNumber)) AS isUndone
         FROM accept GROUP BY run, runNumber)
       SELECT seen.session, seen.language, coalesce("end".model, taken.model) AS model, contaminated,
         sum(at300) AS shown300, sum(at750) AS shown750, sum(proved) AS provedByAccept,
         coalesce(sum(at750 AND isFull), 0) AS acceptedFull, coalesce(sum(at750 AND NOT isFull), 0) AS acceptedPartly,
         coalesce(sum(at750 AND isUndone), 0) AS undone, coalesce(sum(at750 * "end".chars), 0) AS shownChars,
         coalesce(sum(CASE WHEN "end".run IS NOT NULL THEN at750 * taken.chars END), 0) AS acceptedChars
       FROM seen LEFT JOIN "end" USING (run, runNumber) LEFT JOIN taken USING (run, runNumber)
       GROUP BY seen.session, seen.language, 3, contaminated`,
      ["session", "language", "model", "contaminated"],
    ),
    opportunities: rowsOf(
      `SELECT trigger, language, count(*) AS count FROM opportunity WHERE ${inRange} GROUP BY trigger, language`,
      ["trigger", "language"],
    ),
    responses: rowsOf(
      `SELECT outcome, reason, count(*) AS count, sum(afterMs) AS afterMs
       FROM response WHERE ${inRange} GROUP BY outcome, reason`,
      ["outcome", "reason"],
    ),
    ends: rowsOf(
      `SELECT outcome, reason, contaminated, count(*) AS count, sum(chars) AS chars, sum(typedChars) AS typedChars,
         sum(acceptedChars) AS acceptedChars
       FROM "end" WHERE ${inRange} GROUP BY outcome, reason, contaminated`,
      ["outcome", "reason", "contaminated"],
    ),
    accepts: rowsOf(
      `SELECT part, evidence, model, count(*) AS count, sum(chars * carets) AS chars, sum(lines * carets) AS lines,
         sum(EXISTS (SELECT 1 FROM regret
           WHERE regret.accept = accept.accept AND regret.acceptNumber = accept.acceptNumber)) AS regretted
       FROM accept WHERE ${inRange} GROUP BY part, evidence, model`,
      ["part", "evidence", "model"],
    ),
    survival: rowsOf<SurvivalRow>(
      `SELECT "check", state, isRescued, reason, count(*) AS count, sum(insertedChars) AS insertedChars,
         sum(survivingChars) AS survivingChars
       FROM survival JOIN accept USING (accept, acceptNumber)
       WHERE accept.atMs >= :fromMs AND accept.atMs < :toMs AND NOT ${isContaminated} GROUP BY "check", state, isRescued, reason`,
      ["check", "state", "reason"],
    ).map((row) => ({ ...row, isRescued: row.isRescued !== 0 })),
    commits: rowsOf(`SELECT project, count(*) AS count FROM "commit" WHERE ${inRange} GROUP BY project`, ["project"]),
  };
}

type SurvivalRow = Omit<Counted["survival"][number], "isRescued"> & { readonly isRescued: number };
