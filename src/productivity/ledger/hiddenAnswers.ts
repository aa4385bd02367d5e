/** What an experiment held back in half-hours of which nothing is told yet, and what had asked for it. */

import type { DatabaseSync } from "node:sqlite";
import type { OpportunityRecord, ResponseRecord } from "../records.ts";
import type { HiddenSlots } from "./hiddenSlots.ts";
import { ReadNames } from "./names.ts";
import type { Report } from "./report.ts";

export interface HiddenAnswers {
  readonly responses: readonly Pick<ResponseRecord, "outcome" | "reason" | "afterMs">[];
  readonly opportunities: readonly HiddenOpportunity[];
}

type HiddenOpportunity = Pick<OpportunityRecord, "session" | "file" | "atMs" | "trigger" | "language">;

export const isHeldBack = (outcome: string): boolean => outcome === "held-back" || outcome === "held-back-singly";

/** Of each question there is one answer, which says how long it took; times are rounded to a millisecond each. */
export function hiddenAnswersIn(database: DatabaseSync, hidden: HiddenSlots): HiddenAnswers {
  if (hidden.fromMs === Infinity) return { responses: [], opportunities: [] };
  const names = new ReadNames(database);
  const text = (value: unknown): string => names.textOf(Number(value));
  const rows = database
    .prepare(
      `SELECT response.id AS response, response.atMs AS atMs, outcome, reason, afterMs, opportunity.id AS opportunity,
         opportunity.atMs AS askedMs, opportunity.session AS session, opportunity.file AS file, trigger,
         opportunity.language AS language
       FROM response LEFT JOIN opportunity ON opportunity.session = response.session AND opportunity.file = response.file
         AND opportunity.atMs BETWEEN response.atMs - afterMs - 1 AND response.atMs - afterMs + 1
       WHERE response.atMs >= ? AND outcome IN (SELECT id FROM names WHERE text IN ('held-back', 'held-back-singly'))`,
    )
    .all(hidden.fromMs)
    .filter(({ atMs }) => hidden.has(Number(atMs)));
  const once = (field: "response" | "opportunity") =>
    [...new Map(rows.map((row) => [row[field], row])).values()].filter((row) => row[field] !== null);
  return {
    responses: once("response").map(({ outcome, reason, afterMs }) => ({
      outcome: text(outcome) as ResponseRecord["outcome"],
      reason: text(reason),
      afterMs: Number(afterMs),
    })),
    opportunities: once("opportunity").map(({ session, file, askedMs, trigger, language }) => ({
      session: text(session),
      file: text(file),
      atMs: Number(askedMs),
      trigger: text(trigger) as OpportunityRecord["trigger"],
      language: text(language),
    })),
  };
}

/** As if nobody had asked for them: what was asked for and not given tells as much as what was held back. */
export function withoutHidden(report: Report, { responses, opportunities }: HiddenAnswers): Report {
  return {
    ...report,
    responses: report.responses.flatMap((row) => {
      const own = responses.filter(({ outcome, reason }) => outcome === row.outcome && reason === row.reason);
      const afterMs = own.reduce((sum, each) => sum + each.afterMs, 0);
      const count = row.count - own.length;
      return count > 0 ? [{ ...row, count, afterMs: row.afterMs - afterMs }] : [];
    }),
    opportunities: report.opportunities.flatMap((row) => {
      const own = opportunities.filter(({ trigger, language }) => trigger === row.trigger && language === row.language);
      const count = row.count - own.length;
      return count > 0 ? [{ ...row, count }] : [];
    }),
  };
}
