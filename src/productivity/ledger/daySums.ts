/** What stays of a day when its records go: counts and sums, by name. */

import type { DatabaseSync } from "node:sqlite";
import type { RecordKind } from "../records.ts";
import { type FieldOf, recordKinds } from "./columns.ts";
import { activeFields, editFields } from "./summedFields.ts";

/** By which fields a kind's records are told apart, which become part of the measure's name, and what is summed up. */
const summed: { readonly [Kind in PassingKind]: Sums<Kind> } = {
  opportunity: { by: ["trigger"], sums: [] },
  response: { by: ["outcome"], sums: [] },
  shown: { by: ["thresholdMs"], sums: [] },
  accept: { by: ["part"], sums: ["chars", "lines"] },
  end: { by: ["outcome", "contaminated"], sums: ["chars", "typedChars", "acceptedChars"] },
  regret: { by: [], sums: [] },
  survival: { by: ["check", "state"], sums: ["insertedChars", "survivingChars"] },
  typedSurvival: { by: ["state"], sums: ["typedChars", "survivingChars"] },
  edit: { by: [], sums: editFields },
  activity: { by: [], sums: activeFields },
  guard: { by: [], sums: ["newErrors"] },
  commit: { by: [], sums: [] },
  gap: { by: ["reason"], sums: ["lost"] },
};

/**
 * Those whose records go when they are old, and are summed up by the day. What an experiment rests on stays as long as the ledger, but
 * for its single suggestions, of which the sums by session stay (`experimentTrials.ts`); of the self-test the last runs do.
 */
export type PassingKind = Exclude<
  RecordKind,
  "selfTest" | "prereg" | "consent" | "belief" | "assign" | "experiment" | "trial"
>;

export const passingKinds = Object.keys(summed) as readonly PassingKind[];
export const lastingKinds = recordKinds.filter((kind) => !(kind in summed));

interface Sums<Kind extends RecordKind> {
  readonly by: readonly FieldOf<Kind>[];
  readonly sums: readonly FieldOf<Kind>[];
}

/**
 * Adds records to the sums of a day: `accept.word.count`, `accept.word.chars`. Within a transaction in which they are removed,
 * so that each is in there once.
 *
 * @param untilMs with this millisecond
 */
export function addToDay(database: DatabaseSync, kind: PassingKind, day: string, untilMs: number): void {
  const { by, sums }: { readonly by: readonly string[]; readonly sums: readonly string[] } = summed[kind];
  const values = [["count", "count(*)"], ...sums.map((field) => [field, `coalesce(sum("${field}"), 0)`])];
  // `thresholdMs` is a number; all others are those of names.
  const part = (field: string): string =>
    field === "thresholdMs" ? `"${field}"` : `(SELECT text FROM names WHERE names.id = "${field}")`;
  const prefix = [`'${kind}'`, ...by.map(part)].join(" || '.' || ");
  const groups = by.length > 0 ? `GROUP BY ${by.map((field) => `"${field}"`).join(", ")}` : "";
  for (const [name, value] of values) {
    database
      .prepare(
        "INSERT INTO days (day, measure, value) " +
          `SELECT :day, ${prefix} || '.${name}', ${value} FROM "${kind}" WHERE atMs <= :untilMs ${groups} HAVING count(*) > 0 ` +
          "ON CONFLICT (day, measure) DO UPDATE SET value = value + excluded.value",
      )
      .run({ day, untilMs });
  }
}
