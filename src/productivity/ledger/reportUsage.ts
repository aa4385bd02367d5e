/** What exports tell by the day, the language and the model: the same runs as the report's rates are made of. */

import type { DatabaseSync } from "node:sqlite";
import { SLOT_MS } from "../experiment/slots.ts";
import type { AcceptRecord } from "../records.ts";
import { ReadNames } from "./names.ts";
import { shownAlone } from "./reportRuns.ts";

/** Runs that no other extension had a part in and that were shown for 750 ms, by the half-hour in which they were. */
export interface UsageSlot {
  readonly slotMs: number;
  readonly language: string;
  /** Undefined where the run has neither an end nor an accept: its window was killed. */
  readonly model: string | undefined;
  readonly shown: number;
  /** As a whole, or the last part of it by our command; and only in parts. */
  readonly acceptedFull: number;
  readonly acceptedPartly: number;
  /** Of the accepted ones: the only evidence of it is an inference. */
  readonly onlyInferred: number;
  /** Lines that the suggestions touch, as they were first returned; without those of `linesUnknown` runs. */
  readonly suggestedLines: number;
  readonly linesUnknown: number;
  /** Lines that accepted text touches, at all carets. What was taken of one line in parts is one line. */
  readonly acceptedLines: number;
}

const id = (text: string): string => `(SELECT id FROM names WHERE text = '${text}')`;
const full: AcceptRecord["part"] = "full";
const inferred: AcceptRecord["evidence"] = "inferred";

export function usageOf(
  database: DatabaseSync,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly UsageSlot[] {
  const names = new ReadNames(database);
  return database
    .prepare(
      `WITH seen AS (SELECT run, runNumber, shown.atMs AS atMs, shown.language AS language, "end".model AS model ${shownAlone}),
       taken AS (
         SELECT run, runNumber, min(model) AS model, max(part IS ${id(full)}) AS isFull,
           min(evidence = coalesce(${id(inferred)}, -1)) AS isOnlyInferred,
           max(carets) + sum((lines - 1) * carets) AS lines
         FROM accept GROUP BY run, runNumber),
       -- With one "min" the other columns are those of its row: the first answer's.
       suggested AS (SELECT run, runNumber, lines, min(id) FROM response WHERE run IS NOT NULL GROUP BY run, runNumber)
       SELECT seen.atMs / ${SLOT_MS} * ${SLOT_MS} AS slotMs, seen.language AS language,
         coalesce(seen.model, taken.model) AS model, count(*) AS shown,
         coalesce(sum(taken.isFull), 0) AS acceptedFull, coalesce(sum(NOT taken.isFull), 0) AS acceptedPartly,
         coalesce(sum(taken.isOnlyInferred), 0) AS onlyInferred, coalesce(sum(suggested.lines), 0) AS suggestedLines,
         sum(suggested.lines IS NULL) AS linesUnknown, coalesce(sum(taken.lines), 0) AS acceptedLines
       FROM seen LEFT JOIN taken USING (run, runNumber) LEFT JOIN suggested USING (run, runNumber)
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    )
    .all({ fromMs, toMs })
    .map(({ language, model, ...counts }) => ({
      ...(counts as unknown as Omit<UsageSlot, "language" | "model">),
      language: names.textOf(Number(language)),
      model: model === null ? undefined : names.textOf(Number(model)),
    }));
}
