/** What came of single suggestions that were drawn: what the estimators take, with all that is known of them in part or not at all. */

import type { SinglesPlan } from "./plan.ts";
import { type SummedTrial, type TrialSum, trialSums } from "./trialSums.ts";

export interface Trials {
  /** Without those of which the seed says otherwise. */
  readonly sums: readonly TrialSum[];
  readonly shown: TrialCounts;
  readonly heldBack: TrialCounts;
  /** Of those that were held back and whose outcome is known: asked for by hand after that, and shown. They count as drawn. */
  readonly askedFor: number;
  /** Of those whose outcome is known: it was looked at earlier than after ten minutes. */
  readonly early: number;
  /** Which the seed says otherwise of: in none of the others. */
  readonly notAsDrawn: number;
}

interface TrialCounts {
  readonly drawn: number;
  /** Of which it is only known that it took at least so long. */
  readonly censored: number;
}

/** @param isAsDrawn whether a record says of its draw what the seed says */
export const trialsFrom = <Each extends SummedTrial>(
  trials: Iterable<Each>,
  plan: Pick<SinglesPlan, "leastSeconds">,
  isAsDrawn: (trial: Each) => boolean,
): Trials => trialsOfSums(trialSums(trials, plan, isAsDrawn));

export function trialsOfSums(all: readonly TrialSum[]): Trials {
  const sums = all.filter(({ state }) => state !== "odd");
  const known = sums.filter(({ state }) => state === "known");
  const counts = (isShown: boolean): TrialCounts => {
    const drawn = countOf(sums.filter((sum) => sum.isShown === isShown));
    return { drawn, censored: drawn - countOf(known.filter((sum) => sum.isShown === isShown)) };
  };
  return {
    sums,
    shown: counts(true),
    heldBack: counts(false),
    askedFor: known.reduce((total, { asked }) => total + asked, 0),
    early: known.reduce((total, { early }) => total + early, 0),
    notAsDrawn: countOf(all) - countOf(sums),
  };
}

const countOf = (sums: readonly TrialSum[]): number => sums.reduce((total, { count }) => total + count, 0);
