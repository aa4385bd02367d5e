/** What a measured ratio of the work at the code comes to for the whole job, of which the article speaks. */

import type { Report } from "../ledger/report.ts";
import { amdahl, shareWithout } from "../statistics/amdahl.ts";
import { isResult } from "../statistics/outcome.ts";
import type { Analysed } from "./analysed.ts";
import { type Ceiling, ceilingOf, wholeDaySlots } from "./ceiling.ts";
import { sumOf } from "./known.ts";
import type { Interval, Known } from "./model.ts";
import { localDayAt, type ReportOptions } from "./options.ts";
import type { Verdict } from "./verdict.ts";

export interface WholeJob {
  /** Of the days since the experiment began as they were, in part with suggestions and in part without. */
  readonly ceiling: Known<Ceiling>;
  /** Undefined as `measured` is. */
  readonly without: WithoutSuggestions | undefined;
  /** If all else takes as long as before. Undefined without a share of the day, and where the experiment can't be relied on. */
  readonly measured: Interval | undefined;
  readonly claims: readonly WholeJobClaim[];
}

/**
 * The same days without any suggestion: the share that Amdahl's law takes. That of half-hours without can't be held against those
 * with: only half-hours with work at the code are drawn, and what is left to do in one hangs on how fast the one before went. So it
 * is computed from the time that was spent in either, by the measured ratio, which is taken to hold for all time with suggestions.
 */
interface WithoutSuggestions {
  /** Of the time at the code, what was in half-hours that were without. */
  readonly offShare: number;
  /** Of the day, by the estimate and by the ends of what was measured. */
  readonly share: Interval;
  /** By the upper end. Undefined where all of the day is spent at the code. */
  readonly ceiling: number | undefined;
}

export interface WholeJobClaim {
  readonly claim: number;
  readonly saidOf: "five-become-two" | "five-become-three";
  /** "ceiling": also if it took no time at all, since the time at the code is too small a share. */
  readonly verdict: "ceiling" | "ruled-out" | "undecided" | "shown" | "not-known";
}

/** Five people's work by two, and by three. */
const claims = [
  { claim: 2.5, saidOf: "five-become-two" },
  { claim: 1.67, saidOf: "five-become-three" },
] as const;

/** Undefined where nothing was measured. */
export function wholeJobOf(
  report: Report,
  options: ReportOptions,
  verdict: Verdict,
  experiment: Analysed | undefined,
): WholeJob | undefined {
  if (verdict.kind !== "measured" || !experiment) return undefined;
  const firstDay = localDayAt(options, experiment.state.startedMs);
  const since = {
    firstMs: report.firstMs,
    activeSlots: report.activeSlots.filter(({ slotMs }) => localDayAt(options, slotMs) >= firstDay),
  };
  const ceiling = ceilingOf(since, options);
  const f = ceiling.kind === "known" && !verdict.isFlagged ? ceiling.share : undefined;
  const offShare = offShareOf(wholeDaySlots(since, options), experiment);
  const shareAt = (ratio: number | undefined): number | undefined =>
    ratio === undefined || f === undefined ? undefined : shareWithout({ f, off: offShare, s: ratio });
  const wholeAt = (ratio: number | undefined): number | undefined => {
    const share = shareAt(ratio);
    return ratio === undefined || share === undefined ? undefined : estimateOf({ f: share, s: ratio });
  };
  const measured = intervalOf(verdict, wholeAt);
  const share = intervalOf(verdict, shareAt);
  const [atLeast, atMost] = [wholeAt(verdict.oneSided.atLeast), wholeAt(verdict.oneSided.atMost)];
  const mostShare = shareAt(verdict.oneSided.atMost);
  const most = mostShare === undefined ? undefined : estimateOf({ f: mostShare });
  const verdictOn = (claim: number): WholeJobClaim["verdict"] => {
    if (!measured) return "not-known";
    if (most !== undefined && most <= claim) return "ceiling";
    if (atMost !== undefined && atMost <= claim) return "ruled-out";
    return atLeast !== undefined && atLeast >= claim ? "shown" : "undecided";
  };
  return {
    ceiling,
    without: share && { offShare, share, ceiling: estimateOf({ f: share.upper }) },
    measured,
    claims: claims.map((each) => ({ ...each, verdict: verdictOn(each.claim) })),
  };
}

/** Half-hours of a group that goes on are in neither sum, whichever they are: nobody is to learn it. */
function offShareOf(activeSlots: Report["activeSlots"], { blocks, told }: Analysed): number {
  const slotsOf = (which: Analysed["blocks"]) => new Set(which.map(({ slotMs }) => slotMs));
  const over = slotsOf(told);
  const hidden = slotsOf(blocks.filter(({ slotMs }) => !over.has(slotMs)));
  const off = slotsOf(told.filter(({ arm, whyNot }) => arm === "off" && whyNot !== "interrupted"));
  const known = activeSlots.filter(({ slotMs }) => !hidden.has(slotMs));
  const all = sumOf(known, ({ active120Ms }) => active120Ms);
  const without = known.filter(({ slotMs }) => off.has(slotMs));
  return all > 0 ? sumOf(without, ({ active120Ms }) => active120Ms) / all : 0;
}

function estimateOf(input: Parameters<typeof amdahl>[0]): number | undefined {
  const outcome = amdahl(input);
  return isResult(outcome) ? outcome.estimate : undefined;
}

/** Each of `at` grows with the ratio. */
function intervalOf(verdict: Interval, at: (ratio: number | undefined) => number | undefined): Interval | undefined {
  const [estimate, lower, upper] = [verdict.estimate, verdict.lower, verdict.upper].map(at);
  return estimate === undefined || lower === undefined || upper === undefined ? undefined : { estimate, lower, upper };
}
