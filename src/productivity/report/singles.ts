/** What single suggestions do that were drawn by themselves: beside the verdict, which rests on half-hours alone. */

import type { SinglesPlan } from "../experiment/plan.ts";
import type { Trials } from "../experiment/trials.ts";
import { censoredRandomised } from "../statistics/censoredRandomised.ts";
import { microRandomisedOf } from "../statistics/microRandomised.ts";
import { isResult } from "../statistics/outcome.ts";
import type { Analysed } from "./analysed.ts";
import { intervalOf, known, sumOf } from "./known.ts";
import type { Interval, Known } from "./model.ts";
import type { Verdict } from "./verdict.ts";

export interface Singles extends Omit<Trials, "sums"> {
  readonly oneIn: number;
  /** To which the time is taken. */
  readonly chars: number;
  /** Whose outcome is known. */
  readonly n: number;
  readonly sessions: number;
  /**
   * Active time to the next characters where the suggestion was shown, by that where it was held back: below 1 it is shorter. The
   * interval holds for one look. `waits`: half-hours have not been measured yet, without which nothing is said of anybody's speed.
   * `beyond`: so large a share of an arm took longer than the longest known one that there is no figure.
   */
  readonly timeRatio:
    | Known<TimeRatio>
    | { readonly kind: "waits" }
    | { readonly kind: "beyond"; readonly shown: number; readonly heldBack: number };
}

interface TimeRatio extends Interval {
  /** Of those alone whose outcome is known, as estimator L has it. Undefined where all are, and it is the same. */
  readonly knownAlone: Interval | undefined;
}

export function singlesOf(experiment: Analysed | undefined, verdict: Verdict): Singles | undefined {
  const { singles: plan } = experiment?.plan ?? {};
  if (!experiment || !plan) return undefined;
  const { sums, ...counts } = experiment.trials ?? none;
  const ofKnown = sums.filter(({ state }) => state === "known");
  const timeRatio = timeRatioOf(sums, plan);
  return {
    ...counts,
    ...of(plan),
    n: sumOf(ofKnown, ({ count }) => count),
    sessions: new Set(ofKnown.map(({ session }) => session)).size,
    timeRatio: timeRatio.kind === "known" && verdict.kind !== "measured" ? { kind: "waits" } : timeRatio,
  };
}

function timeRatioOf(sums: Trials["sums"], plan: SinglesPlan): Singles["timeRatio"] {
  // Longer than that nobody waits: it is known, and counts as so long.
  const mostSeconds = plan.mostActiveMinutes * 60;
  const times = sums.map((sum) => ({ ...sum, n: sum.count, isKnown: sum.state !== "unknown" }));
  const outcome = censoredRandomised(times, mostSeconds);
  if (isResult(outcome)) {
    const { shown, notShown } = outcome.beyond;
    if (Math.max(shown, notShown) > plan.mostBeyond) return { kind: "beyond", shown, heldBack: notShown };
  }
  const alone = microRandomisedOf(times.filter(({ state }) => state === "known"));
  const isAllKnown = sums.every(({ state }) => state === "known");
  return known(outcome, (result) => ({
    ...intervalOf(result),
    knownAlone:
      isAllKnown || !isResult(alone)
        ? undefined
        : { estimate: 1 / alone.estimate, lower: 1 / alone.upper, upper: 1 / alone.lower },
  }));
}

const of = ({ oneIn, chars }: SinglesPlan): Pick<Singles, "oneIn" | "chars"> => ({ oneIn, chars });

const none: Trials = {
  sums: [],
  shown: { drawn: 0, censored: 0 },
  heldBack: { drawn: 0, censored: 0 },
  askedFor: 0,
  early: 0,
  notAsDrawn: 0,
};
