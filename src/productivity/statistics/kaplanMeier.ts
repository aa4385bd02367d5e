import { flawIn, malformed, unequalLengths } from "./checks.ts";
import { finished, type Outcome, tooFew } from "./outcome.ts";
import { zReach } from "./quantiles.ts";

/** The curve falls to `estimate` at `t` and stays there up to the next step. */
export interface SurvivalStep {
  readonly t: number;
  /** How many were watched and alive just before `t`. */
  readonly atRisk: number;
  /** How many of them ended at `t`. */
  readonly events: number;
  readonly estimate: number;
  /** Not there once none is left alive, where the method has no variance. */
  readonly se?: number;
  readonly lower?: number;
  readonly upper?: number;
}

export interface SurvivalCurve {
  readonly n: number;
  readonly events: number;
  /** Those that were still alive when they were last seen. */
  readonly censored: number;
  /** How far the curve goes: nobody was watched for longer. */
  readonly lastT: number;
  /** In the order of time, one for each time at which something ended. Before the first of them all are alive. */
  readonly steps: readonly SurvivalStep[];
}

/**
 * The share that is alive at each time, where some are only known to have been alive when last seen: S = product of (1 - d / n) over
 * the times up to t, d ended of n at risk. Who ended at a time comes before who was last seen then. Greenwood's variance,
 * S² sum d / (n (n - d)); the interval on ln(-ln S), which stays within 0 and 1: S^exp(+-z SE / (S ln S)).
 *
 * Source: Kaplan and Meier, Nonparametric Estimation from Incomplete Observations, JASA 53, 1958; Kalbfleisch and Prentice, The
 * Statistical Analysis of Failure Time Data, 1980, section 1.4 (the interval).
 *
 * @param input `t` in any unit, at least 0; `event` 1 where it ended then, 0 where it was last seen.
 */
export function kaplanMeier(input: {
  readonly t: readonly number[];
  readonly event: readonly number[];
}): Outcome<SurvivalCurve> {
  const { t, event } = input;
  const odd = event.findIndex((value) => value !== 0 && value !== 1);
  const flaw =
    unequalLengths(["event", event], ["t", t]) ??
    flawIn("t", t, "not-negative") ??
    (odd < 0 ? undefined : malformed("not-0-or-1", "event", odd));
  if (flaw) return flaw;
  if (t.length === 0) return tooFew("observations", 0, 1);
  const seen = t.map((time, index) => ({ time, ended: event[index] ?? 0 })).toSorted((a, b) => a.time - b.time);
  const steps: SurvivalStep[] = [];
  let estimate = 1;
  let greenwood = 0;
  for (let from = 0, to = 0; from < seen.length; from = to) {
    const time = seen[from]?.time ?? 0;
    let events = 0;
    for (to = from; to < seen.length && seen[to]?.time === time; to += 1) events += seen[to]?.ended ?? 0;
    if (events === 0) continue;
    const atRisk = seen.length - from;
    estimate *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    steps.push({ t: time, atRisk, events, estimate, ...intervalOf(estimate, greenwood) });
  }
  const events = steps.reduce((sum, step) => sum + step.events, 0);
  return finished({ n: t.length, events, censored: t.length - events, lastT: seen.at(-1)?.time ?? 0, steps });
}

function intervalOf(estimate: number, greenwood: number) {
  if (estimate === 0) return {};
  const spread = (zReach() * Math.sqrt(greenwood)) / -Math.log(estimate);
  return {
    se: estimate * Math.sqrt(greenwood),
    lower: estimate ** Math.exp(spread),
    upper: estimate ** Math.exp(-spread),
  };
}

/** The step that holds at `t`: "none-yet" before the first, and undefined where nobody was watched for so long. */
export function survivalAt({ steps, lastT }: SurvivalCurve, t: number): SurvivalStep | "none-yet" | undefined {
  if (t > lastT) return undefined;
  return steps.findLast((step) => step.t <= t) ?? "none-yet";
}
