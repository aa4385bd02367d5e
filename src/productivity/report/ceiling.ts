/** What bounds the whole job, however much faster the work at the code becomes. */

import type { Report } from "../ledger/report.ts";
import { amdahl } from "../statistics/amdahl.ts";
import { isResult, tooFew } from "../statistics/outcome.ts";
import { known, sumOf } from "./known.ts";
import type { Known } from "./model.ts";
import { localDayAt, type ReportOptions } from "./options.ts";

/** Of the whole job: what it would come to if the time at the code became none. */
export interface Ceiling {
  readonly activeMinutesADay: number;
  readonly workdayMinutes: number;
  readonly share: number;
  /** Undefined where all of the day is spent at the code. */
  readonly ceiling: number | undefined;
}

const WORKDAY_MINUTES = 480;

export function ceilingOf({ activeSlots }: Report, options: ReportOptions): Known<Ceiling> {
  const worked = activeSlots.filter(({ active120Ms }) => active120Ms > 0);
  const days = new Set(worked.map(({ slotMs }) => localDayAt(options, slotMs))).size;
  if (days === 0) return known(tooFew("observations", 0, 1), (none: Ceiling) => none);
  const activeMinutesADay = sumOf(worked, ({ active120Ms }) => active120Ms) / 60_000 / days;
  const workdayMinutes = options.workdayMinutes ?? WORKDAY_MINUTES;
  const share = Math.min(1, activeMinutesADay / workdayMinutes);
  const of = { activeMinutesADay, workdayMinutes, share };
  const outcome = amdahl({ f: share });
  if (!isResult(outcome) && share === 1) return { kind: "known", ...of, ceiling: undefined };
  return known(outcome, ({ estimate }) => ({ ...of, ceiling: estimate }));
}
