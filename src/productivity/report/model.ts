/** The report as data: no words, no colours, and nothing that JSON can't hold. */

import type { Flaw, Lack } from "../statistics/outcome.ts";
import type { Ladder, Verdict } from "./verdict.ts";
import type { Acceptance, Funnel } from "./funnel.ts";
import type { Breakdown } from "./breakdown.ts";
import type { Cost } from "./cost.ts";
import type { Guardrails } from "./guardrails.ts";
import type { Keystrokes } from "./keystrokes.ts";
import type { Methods } from "./methods.ts";
import type { Singles } from "./singles.ts";
import type { Share } from "./share.ts";
import type { Study } from "./studies.ts";
import type { Survival } from "./survival.ts";
import type { Trend } from "./trend.ts";
import type { Waiting } from "./waiting.ts";
import type { WholeJob } from "./wholeJob.ts";

export interface ReportModel {
  /** Of this form: whoever reads it later knows what to expect. */
  readonly format: 1;
  readonly madeMs: number;
  readonly range: Range;
  readonly verdict: Verdict;
  /** Without data of an experiment: what can be said nevertheless, and what it takes. */
  readonly waiting: Waiting | undefined;
  /** Claims of the work at the code, which is what was measured. */
  readonly ladder: Ladder;
  /** Undefined where nothing was measured: `waiting` has the ceiling then. */
  readonly wholeJob?: WholeJob;
  readonly forecast: Forecast | undefined;
  /** Of an experiment in which single suggestions are held back, too. Beside the verdict, and no part of it. */
  readonly singles?: Singles;
  /** Only beside a measured verdict, and no part of it. */
  readonly keystrokes?: Known<Keystrokes>;
  readonly funnel: Funnel;
  readonly acceptance: Acceptance;
  readonly survival: Survival;
  readonly trend: Trend;
  readonly breakdown: Breakdown;
  readonly cost: Cost | undefined;
  readonly share: Share;
  readonly guardrails: Guardrails;
  readonly studies: readonly Study[];
  readonly methods: Methods;
}

interface Range {
  /** Of the first and the last record; undefined without any. */
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Days with any activity, and minutes in which somebody worked. */
  readonly workedDays: number;
  readonly activeMinutes: number;
  readonly sessions: number;
  /** Before it there are only sums of days, which the report does not use. Undefined where there are none. */
  readonly keptSinceMs: number | undefined;
}

/** Guesses of the speed-up, as ratios, which were asked for before and after. What was measured is in the verdict. */
interface Forecast {
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** How each of them stands to the measured interval; undefined where one of the two is not there or can't be relied on. */
  readonly isBefore: "within" | "above" | "below" | undefined;
  readonly isAfter: "within" | "above" | "below" | undefined;
}

/** A result, or why there is none. */
export type Known<T> =
  | ({ readonly kind: "known" } & T)
  | { readonly kind: "missing"; readonly lack: Lack }
  /** The figures are such that nothing can be computed. */
  | { readonly kind: "impossible"; readonly flaw: Flaw };

export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** `part` of `whole`, and the rate with its interval over sessions. */
export interface Rate {
  readonly part: number;
  readonly whole: number;
  readonly sessions: number;
  readonly rate: Known<Interval>;
}
