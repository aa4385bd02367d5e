/** Experiments with a known effect: what one could learn from a real one, before it is begun. */

import { evalueInterval } from "../statistics/evalueInterval.ts";
import { isResult } from "../statistics/outcome.ts";
import { type Stratum, strataMean } from "../statistics/strata.ts";
import { type Verdict, verdicts } from "../statistics/verdicts.ts";
import { analysisOf } from "./analysis.ts";
import type { Block } from "./blocks.ts";
import { SLOT_MS, utcDayOf } from "./slots.ts";

export interface SimulatedTruth {
  /** By how much suggestions multiply throughput: 1.25 is 25 % faster. Above 0. */
  readonly effect: number;
  /** Standard deviation of the logarithm of a half-hour's throughput, around what is usual on its day. 0.4 to 0.8 for most. */
  readonly sd: number;
  /** Of a day's usual throughput from one stratum to the next. It takes no precision away, since blocks are compared within strata. */
  readonly sdBetween: number;
  readonly k: 2 | 5;
  readonly strata: number;
  /** The share of half-hours without suggestions that somebody really did without: in the others all were asked for by the command. */
  readonly compliance: number;
  /** The share of half-hours that qualify, in either arm. */
  readonly qualifying: number;
  /** Without suggestions, on a usual day. */
  readonly charsPerMinute: number;
}

/** Blocks as the ledger's would be. @param random Numbers in [0, 1): every draw comes from it. */
export function simulatedBlocks(truth: SimulatedTruth, random: () => number): readonly Block[] {
  const { k, strata } = truth;
  const blocks: Block[] = [];
  const strataADay = Math.max(1, Math.floor(SLOTS_A_DAY / k));
  for (let stratum = 0; stratum < strata; stratum += 1) {
    const usual = truth.charsPerMinute * Math.exp(truth.sdBetween * normal(random));
    const off = Math.floor(random() * k);
    const dayMs = FIRST_MS + Math.floor(stratum / strataADay) * DAY_MS;
    for (let position = 0; position < k; position += 1) {
      const slotMs = dayMs + ((stratum % strataADay) * k + position) * SLOT_MS;
      blocks.push(
        simulatedBlock(truth, { stratum, position, slotMs, arm: position === off ? "off" : "on", usual }, random),
      );
    }
  }
  return blocks;
}

/** What one simulated experiment would have said at its end. */
export interface SimulatedRun {
  /** Valid at whatever time one looks; undefined where there were too few strata. */
  readonly interval: Interval | undefined;
  /** Valid at its end alone. */
  readonly plannedInterval: Interval | undefined;
  /** In the order of the claims; empty where nothing was compared. */
  readonly verdicts: readonly Verdict[];
}

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export function simulatedRun(truth: SimulatedTruth, claims: readonly number[], random: () => number): SimulatedRun {
  const strata = simulatedStrata(truth, random);
  const interval = evalueInterval(strata);
  const planned = strataMean(strata);
  return {
    interval: isResult(interval) ? endsOf(interval) : undefined,
    plannedInterval: isResult(planned) ? endsOf(planned) : undefined,
    verdicts: verdictsOn(strata, claims),
  };
}

/** What one simulated experiment would have said of the claims alone: a quarter of the work. */
export function simulatedVerdicts(
  truth: SimulatedTruth,
  claims: readonly number[],
  random: () => number,
): SimulatedRun["verdicts"] {
  return verdictsOn(simulatedStrata(truth, random), claims);
}

function simulatedStrata(truth: SimulatedTruth, random: () => number): readonly Stratum[] {
  const blocks = simulatedBlocks(truth, random);
  return analysisOf({ blocks, k: truth.k, status: "completed", nowMs: Infinity }).strata.active120Ms;
}

function verdictsOn(strata: readonly Stratum[], claims: readonly number[]): SimulatedRun["verdicts"] {
  const said = verdicts(strata, claims);
  return isResult(said) ? said.verdicts : [];
}

export interface SimulationSummary {
  readonly runs: number;
  /** Shares of the runs. */
  readonly claims: readonly {
    readonly claim: number;
    readonly shown: number;
    readonly ruledOut: number;
    readonly undecided: number;
  }[];
  /** The middle one of each end, of the runs that have an interval; undefined where fewer than half of them have. */
  readonly usualInterval: Interval | undefined;
  /** Of the runs with an interval the share that has the truth in it. Undefined without any. */
  readonly covered: number | undefined;
  readonly coveredPlanned: number | undefined;
}

/** Of runs with the same truth and claims, in the claims' order. */
export function summaryOf(
  runs: readonly SimulatedRun[],
  { effect }: Pick<SimulatedTruth, "effect">,
  claims: readonly number[],
): SimulationSummary {
  const share = (count: number): number => (runs.length > 0 ? count / runs.length : 0);
  const intervals = runs.flatMap(({ interval }) => (interval ? [interval] : []));
  const planned = runs.flatMap(({ plannedInterval }) => (plannedInterval ? [plannedInterval] : []));
  return {
    runs: runs.length,
    claims: claims.map((claim, index) => {
      const shown = share(runs.filter((run) => run.verdicts[index]?.verdict === "shown").length);
      const ruledOut = share(runs.filter((run) => run.verdicts[index]?.verdict === "ruled-out").length);
      return { claim, shown, ruledOut, undecided: 1 - shown - ruledOut };
    }),
    usualInterval: 2 * intervals.length > runs.length ? middleOf(intervals) : undefined,
    covered: coverage(intervals, effect),
    coveredPlanned: coverage(planned, effect),
  };
}

function simulatedBlock(
  truth: SimulatedTruth,
  place: Pick<Block, "stratum" | "position" | "slotMs" | "arm"> & { readonly usual: number },
  random: () => number,
): Block {
  const { usual, ...assignment } = place;
  const { arm, slotMs } = assignment;
  const asksAnyway = arm === "off" && random() >= truth.compliance;
  const hasSuggestions = arm === "on" || asksAnyway;
  const active120Ms = Math.round((12 + 13 * random()) * MINUTE_MS);
  const perMinute = usual * (hasSuggestions ? truth.effect : 1) * Math.exp(truth.sd * normal(random));
  const netChars = Math.round((perMinute * active120Ms) / MINUTE_MS);
  const netAiChars = hasSuggestions ? Math.round(netChars * (0.2 + 0.3 * random())) : 0;
  const qualifies = random() < truth.qualifying;
  return {
    experiment: "5150000000000000",
    ...assignment,
    day: utcDayOf(slotMs),
    zoneOffsetMinutes: 0,
    qualifies,
    whyNot: qualifies ? undefined : "little-focus",
    netChars,
    netTypedChars: netChars - netAiChars,
    netAiChars,
    writtenChars: netChars,
    unknownChars: 0,
    excludedChars: 0,
    otherwiseChars: 0,
    active120Ms,
    active60Ms: Math.round(0.9 * active120Ms),
    active300Ms: Math.min(25 * MINUTE_MS, Math.round(1.1 * active120Ms)),
    focusedMs: 25 * MINUTE_MS,
    charsPerMinute: (netChars * MINUTE_MS) / active120Ms,
    manualTriggers: asksAnyway ? 5 : 0,
    shown: hasSuggestions ? 20 : 0,
    shownByItself: arm === "on" ? 20 : 0,
    accepts: hasSuggestions ? 6 : 0,
    heldBack: arm === "off" ? 20 : 0,
    newErrors: 0,
    undos: 0,
    changes: netChars,
    dayOldAiChars: netAiChars,
    churnedAiChars: 0,
  };
}

/** Box and Muller, A Note on the Generation of Random Normal Deviates, 1958. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const endsOf = ({ estimate, lower, upper }: Interval): Interval => ({ estimate, lower, upper });

function middleOf(intervals: readonly Interval[]): Interval {
  const middle = (field: keyof Interval): number => {
    const sorted = intervals.map((interval) => interval[field]).toSorted((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return { estimate: middle("estimate"), lower: middle("lower"), upper: middle("upper") };
}

function coverage(intervals: readonly Interval[], truth: number): number | undefined {
  if (intervals.length === 0) return undefined;
  return intervals.filter(({ lower, upper }) => lower <= truth && truth <= upper).length / intervals.length;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Eight hours of work. */
const SLOTS_A_DAY = 16;
/** Some Monday at nine, long ago: all of it is over. */
const FIRST_MS = 1_736_154_000_000;
