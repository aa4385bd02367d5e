/** What is said of an experiment at its end, held against what is true of it: of one that went through the whole chain, or of blocks. */

import type { ExperimentBlocks } from "../../src/productivity/ledger/experimentQuestions.ts";
import { analysed } from "../../src/productivity/report/analysed.ts";
import { ladderOf, verdictOf } from "../../src/productivity/report/verdict.ts";
import { evalueInterval } from "../../src/productivity/statistics/evalueInterval.ts";
import { isResult } from "../../src/productivity/statistics/outcome.ts";
import { strataMean } from "../../src/productivity/statistics/strata.ts";

export interface Look {
  /** Those that the report shows: its verdict's, and with the methods Student's. */
  readonly verdict: Interval | undefined;
  readonly student: Interval | undefined;
  /** Made of the same strata without the report. */
  readonly evalue: Interval | undefined;
  /** The report says that it is more than some claim of 1x or above, or its interval is above 1x. */
  readonly statesSpeedUp: boolean;
  /** ln(on / off) of each pair that is compared. */
  readonly differences: readonly number[];
  /** ln of surviving characters per active minute of each qualifying block without suggestions. */
  readonly withoutSuggestions: readonly number[];
  readonly drawn: number;
  readonly qualifying: number;
}

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** @throws where the experiment's plan is not the one that was laid down */
export function lookAt(experiment: ExperimentBlocks): Look {
  const { state, blocks } = experiment;
  const told = analysed(experiment, Infinity);
  if (!told) throw new Error("Nothing can be said of the experiment.");
  const verdict = verdictOf(state, told);
  const ladder = ladderOf(told, verdict);
  const strata = told.analysis.strata.active120Ms;
  const qualifying = blocks.filter(({ qualifies }) => qualifies);
  const measured = verdict.kind === "measured" ? verdict : undefined;
  const isShown = ladder.rows.some(({ claim, verdict: said }) => claim >= 1 && said === "shown");
  return {
    verdict: measured,
    student: resultOf(strataMean(strata)),
    evalue: resultOf(evalueInterval(strata)),
    statesSpeedUp: isShown || (measured !== undefined && measured.lower > 1),
    differences: strata.map(({ values, off }) => (values[1 - off] ?? Number.NaN) - (values[off] ?? Number.NaN)),
    withoutSuggestions: qualifying
      .filter(({ arm }) => arm === "off")
      .map(({ charsPerMinute = 0 }) => Math.log(charsPerMinute)),
    drawn: blocks.length,
    qualifying: qualifying.length,
  };
}

function resultOf(outcome: ReturnType<typeof strataMean> | ReturnType<typeof evalueInterval>): Interval | undefined {
  return isResult(outcome) ? { lower: outcome.lower, upper: outcome.upper } : undefined;
}

export type IntervalName = "verdict" | "evalue" | "student";

/** Share of the looks whose interval has the truth in it. One without an interval has it not. */
export function coveredIn(looks: readonly Look[], which: IntervalName, truth: number): number {
  const covered = looks.filter((look) => {
    const interval = look[which];
    return interval !== undefined && interval.lower <= truth && truth <= interval.upper;
  });
  return covered.length / looks.length;
}

export interface Summary {
  readonly meanDifference: number;
  readonly sdDifference: number;
  readonly meanWithout: number;
  readonly sdWithout: number;
  readonly qualifyingShare: number;
  /** Compared in one experiment. */
  readonly strata: number;
}

/** By which chain and generator are compared. */
export function summaryOf(looks: readonly Look[]): Summary {
  const differences = looks.flatMap((look) => look.differences);
  const without = looks.flatMap(({ withoutSuggestions }) => withoutSuggestions);
  const sum = (of: (look: Look) => number): number => looks.reduce((total, look) => total + of(look), 0);
  return {
    meanDifference: meanOf(differences),
    sdDifference: sdOf(differences),
    meanWithout: meanOf(without),
    sdWithout: sdOf(without),
    qualifyingShare: sum(({ qualifying }) => qualifying) / sum(({ drawn }) => drawn),
    strata: differences.length / looks.length,
  };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sdOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
