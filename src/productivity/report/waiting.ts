/** What can be said without an experiment: what bounds a gain, and what it takes to know. */

import type { Report } from "../ledger/report.ts";
import { CLAIMS_LADDER } from "../statistics/claimsLadder.ts";
import { momentsOf, varianceOf } from "../statistics/moments.ts";
import { MOST_PLANNED_STRATA, strataToRuleOut } from "../statistics/evaluePlan.ts";
import { seededRandom } from "../statistics/seededRandom.ts";
import { type Ceiling, ceilingOf } from "./ceiling.ts";
import type { Known } from "./model.ts";
import type { ReportOptions } from "./options.ts";

export interface Waiting {
  readonly ceiling: Known<Ceiling>;
  readonly plan: Plan;
}

interface Plan {
  /** Of ln throughput of half-hours. */
  readonly sd: number;
  /** Without enough half-hours of this user's own it is one to plan with. */
  readonly isOwnSd: boolean;
  readonly ownBlocks: number;
  /** One of so many half-hours is without suggestions; and the share of them in which enough is done to count. */
  readonly k: 2 | 5;
  readonly qualifying: number;
  /**
   * Half-hours of work, those that won't count among them, after which the e-value has ruled the claim out in four of five
   * experiments, if in truth there is no effect. Undefined: more than `mostHalfHours`.
   */
  readonly claims: readonly { readonly claim: number; readonly halfHours: number | undefined }[];
  readonly mostHalfHours: number;
}

/** To plan with until there is an own one. */
const PLANNING_SD = 0.5;
const LEAST_OWN_BLOCKS = 10;
const QUALIFYING_MS = 600_000;
/** As the simulation of experiments has it. */
const QUALIFYING = 0.8;

/** @param k of the experiment, where there is one */
export function waitingOf(report: Report, options: ReportOptions, k: Plan["k"] = 2): Waiting {
  return { ceiling: ceilingOf(report, options), plan: planOf(report, k) };
}

function planOf(report: Report, k: Plan["k"]): Plan {
  const own = ownThroughputs(report);
  const ownSd = Math.sqrt(varianceOf(momentsOf(own)));
  const isOwnSd = own.length >= LEAST_OWN_BLOCKS && ownSd > 0;
  const sd = isOwnSd ? ownSd : PLANNING_SD;
  // That it is faster at all can't be ruled out where it is as fast.
  const claims = CLAIMS_LADDER.filter((claim) => claim > 1).map((claim) => {
    // The same numbers for each, so that a smaller claim never takes less, and the table is the same each time.
    const strata = strataToRuleOut({ sd, claim, k, qualifying: QUALIFYING, random: seededRandom(1) });
    return { claim, halfHours: strata === undefined ? undefined : twoDigits(strata * k) };
  });
  const mostHalfHours = MOST_PLANNED_STRATA * k;
  return { sd, isOwnSd, ownBlocks: own.length, k, qualifying: QUALIFYING, claims, mostHalfHours };
}

/** Upwards: more of them would be chance. */
function twoDigits(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.ceil(count / step) * step;
}

/** ln of surviving characters per active minute, of the half-hours in which somebody worked for long enough. */
function ownThroughputs({ activeSlots, typedSlots, aiSlots }: Report): readonly number[] {
  const surviving = new Map<number, number>();
  for (const { slotMs, survivingChars } of [...typedSlots, ...aiSlots])
    surviving.set(slotMs, (surviving.get(slotMs) ?? 0) + survivingChars);
  return activeSlots.flatMap(({ slotMs, focusedMs, active120Ms }) =>
    focusedMs >= QUALIFYING_MS && active120Ms > 0
      ? [Math.log(Math.max(surviving.get(slotMs) ?? 0, 1) / (active120Ms / 60_000))]
      : [],
  );
}
