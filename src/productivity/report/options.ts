export interface ReportOptions {
  readonly nowMs: number;
  /** Minutes by which the clock on the wall is before UTC at that time, for days, weeks and times of day. */
  readonly offsetMinutesAt: (atMs: number) => number;
  /** What was spent on suggestions on some of the report's days, both of them included; without it there is no part on cost. */
  readonly spent?: Spent & SpentFor;
  /** Minutes of a working day: how much of it is spent at the code is asked of it. Without it 8 hours. */
  readonly workdayMinutes?: number;
}

export interface Spent {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** One sum a currency; none where no price is known. */
  readonly money: readonly { readonly amount: number; readonly currency: string }[];
  /** Requests whose tokens or price are not known, and are in none of the sums. */
  readonly unknownRequests: number;
}

/** Days since the epoch, as the clock on the wall counts them. */
export interface SpentFor {
  readonly firstDay: number;
  readonly lastDay: number;
}

const DAY_MS = 86_400_000;

/** Days since the epoch, as the clock on the wall counts them. */
export function localDayAt({ offsetMinutesAt }: ReportOptions, atMs: number): number {
  return Math.floor((atMs + offsetMinutesAt(atMs) * 60_000) / DAY_MS);
}

/** Of the week's Monday: midnight in UTC of the day that the wall has, so that it is written without a time zone. */
export function weekAt(options: ReportOptions, atMs: number): number {
  const day = localDayAt(options, atMs);
  // The epoch was a Thursday.
  return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
}

/** 0 to 23. */
export function hourAt({ offsetMinutesAt }: ReportOptions, atMs: number): number {
  const minutes = Math.floor(atMs / 60_000) + offsetMinutesAt(atMs);
  return Math.floor((((minutes % 1_440) + 1_440) % 1_440) / 60);
}
