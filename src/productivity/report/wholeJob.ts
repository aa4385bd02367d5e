/** What a measured ratio of the work at the code comes to for the whole job, of which the article speaks. */

import type { Report } from "../ledger/report.ts";
import { amdahl } from "../statistics/amdahl.ts";
import { isResult } from "../statistics/outcome.ts";
import { type Ceiling, ceilingOf } from "./ceiling.ts";
import type { Interval, Known } from "./model.ts";
import type { ReportOptions } from "./options.ts";
import type { Verdict } from "./verdict.ts";

export interface WholeJob {
  readonly ceiling: Known<Ceiling>;
  /** If all else takes as long as before. Undefined without a share of the day, and where the experiment can't be relied on. */
  readonly measured: Interval | undefined;
  readonly claims: readonly WholeJobClaim[];
}

export interface WholeJobClaim {
  readonly claim: number;
  readonly saidOf: "five-become-two" | "five-become-three";
  /** "ceiling": whatever the experiment says, since the time at the code is too small a share. */
  readonly verdict: "ceiling" | "ruled-out" | "undecided" | "shown" | "not-known";
}

/** Five people's work by two, and by three. */
const claims = [
  { claim: 2.5, saidOf: "five-become-two" },
  { claim: 1.67, saidOf: "five-become-three" },
] as const;

/** Undefined where nothing was measured. */
export function wholeJobOf(report: Report, options: ReportOptions, verdict: Verdict): WholeJob | undefined {
  if (verdict.kind !== "measured") return undefined;
  const ceiling = ceilingOf(report, options);
  const wholeOf = (ratio: number | undefined): number | undefined => {
    if (ratio === undefined || ceiling.kind !== "known") return undefined;
    const outcome = amdahl({ f: ceiling.share, s: ratio });
    return isResult(outcome) ? outcome.estimate : undefined;
  };
  const [estimate, lower, upper] = [verdict.estimate, verdict.lower, verdict.upper].map(wholeOf);
  const isKnown = estimate !== undefined && lower !== undefined && upper !== undefined && !verdict.isFlagged;
  const most = ceiling.kind === "known" ? ceiling.ceiling : undefined;
  const [atLeast, atMost] = [wholeOf(verdict.oneSided.atLeast), wholeOf(verdict.oneSided.atMost)];
  const verdictOn = (claim: number): WholeJobClaim["verdict"] => {
    if (most !== undefined && most <= claim) return "ceiling";
    if (!isKnown) return "not-known";
    if (atMost !== undefined && atMost <= claim) return "ruled-out";
    return atLeast !== undefined && atLeast >= claim ? "shown" : "undecided";
  };
  return {
    ceiling,
    measured: isKnown ? { estimate, lower, upper } : undefined,
    claims: claims.map((each) => ({ ...each, verdict: verdictOn(each.claim) })),
  };
}
