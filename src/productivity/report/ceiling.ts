/** What bounds the whole job, however much faster the work at the code becomes. */

import type { Report } from "../ledger/report.ts";
import { amdahl } from "../statistics/amdahl.ts";
import { isResult, tooFew } from "../statistics/outcome.ts";
import { known, sumOf } from "./known.ts";
import type { Known } from "./model.ts";
import { localDayAt, type ReportOptions } from "./options.ts";

/**
 * Of the whole job: what it would come to if the time at the code became none. The share is of days as they were, with suggestions or
 * without, so that it bounds what can still be gained, and not what was gained already.
 */
export interface Ceiling {
  readonly activeMinutesADay: number;
  /** Whole days with work, of which that is the mean. */
  readonly days: number;
  readonly workdayMinutes: number;
  /** Undefined where more was measured than the working day is said to have: then nothing can be made of it. */
  readonly share: number | undefined;
  /** Undefined without a share, and where all of the day is spent at the code. */
  readonly ceiling: number | undefined;
}

const WORKDAY_MINUTES = 480;
/** Of fewer the share hangs on which days they were. */
const LEAST_DAYS = 5;

export function ceilingOf(report: Pick<Report, "activeSlots" | "firstMs">, options: ReportOptions): Known<Ceiling> {
  const worked = wholeDaySlots(report, options);
  const days = new Set(worked.map(({ slotMs }) => localDayAt(options, slotMs))).size;
  if (days < LEAST_DAYS) return known(tooFew("wholeDays", days, LEAST_DAYS), (none: Ceiling) => none);
  const activeMinutesADay = sumOf(worked, ({ active120Ms }) => active120Ms) / 60_000 / days;
  const workdayMinutes = options.workdayMinutes ?? WORKDAY_MINUTES;
  const share = activeMinutesADay / workdayMinutes;
  const of = { activeMinutesADay, days, workdayMinutes, share };
  if (share > 1) return { kind: "known", ...of, share: undefined, ceiling: undefined };
  const outcome = amdahl({ f: share });
  if (!isResult(outcome) && share === 1) return { kind: "known", ...of, ceiling: undefined };
  return known(outcome, ({ estimate }) => ({ ...of, ceiling: estimate }));
}

/**
 * Half-hours with work, of days of which all is known: not of the one that goes on, and not of the one on which the ledger begins. A
 * day's first minute would otherwise count as much as a day.
 */
export function wholeDaySlots(
  { activeSlots, firstMs }: Pick<Report, "activeSlots" | "firstMs">,
  options: ReportOptions,
): Report["activeSlots"] {
  const today = localDayAt(options, options.nowMs);
  const firstDay = firstMs === undefined ? -Infinity : localDayAt(options, firstMs);
  return activeSlots.filter(({ slotMs, active120Ms }) => {
    const day = localDayAt(options, slotMs);
    return active120Ms > 0 && firstDay < day && day < today;
  });
}
