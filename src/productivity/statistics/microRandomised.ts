import { flawIn, inPart } from "./checks.ts";
import { lacking, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/** Suggestions of one session that were drawn to be shown, or not to be. */
export interface MicroSum {
  readonly session: string;
  readonly isShown: boolean;
  readonly n: number;
  /** Of the natural logarithms of active seconds up to the next 40 surviving characters. */
  readonly sumLog: number;
  /** How many each of them stands for; 1 where it is left out. */
  readonly weight?: number;
}

/** One of them. */
export interface MicroRow {
  readonly session: string;
  readonly isShown: boolean;
  readonly seconds: number;
}

/** `theta` is ln S and so minus the slope: less time is faster. */
export type MicroRandomisedResult = SpeedUp & { readonly n: number; readonly sessions: number; readonly slope: number };

/**
 * Ordinary least squares of ln(active seconds) on shown (0 or 1) with an intercept. The variance of the slope is CR1, clustered by
 * session: G / (G - 1) (N - 1) / (N - 2) sum over sessions of (sum (x - mean x) e)², divided by (sum (x - mean x)²)²; G - 1 degrees
 * of freedom.
 *
 * Source: Liang and Zeger, Biometrika 73, 1986; Cameron and Miller, A Practitioner's Guide to Cluster-Robust Inference, Journal of
 * Human Resources 50, 2015; Klasnja and others, Microrandomized Trials, Health Psychology 34, 2015.
 */
export function microRandomised(rows: readonly MicroRow[]): Outcome<MicroRandomisedResult> {
  const flaw = inPart(
    flawIn(
      "rows",
      rows.map(({ seconds }) => seconds),
      "positive",
    ),
    "seconds",
  );
  return (
    flaw ??
    microRandomisedOf(
      rows.map(({ session, isShown, seconds }) => ({ session, isShown, n: 1, sumLog: Math.log(seconds) })),
    )
  );
}

/** The same of sums, of which there may be several of a session: with one regressor of 0 and 1 the fit is the mean of each arm. */
export function microRandomisedOf(sums: readonly MicroSum[]): Outcome<MicroRandomisedResult> {
  const arm = (isShown: boolean) => {
    const own = sums.filter((sum) => sum.isShown === isShown);
    const total = (of: (sum: MicroSum) => number): number => own.reduce((all, sum) => all + of(sum), 0);
    const whole = total(({ n, weight = 1 }) => weight * n);
    return { n: total(({ n }) => n), whole, mean: total(({ sumLog, weight = 1 }) => weight * sumLog) / whole };
  };
  const [shown, notShown] = [arm(true), arm(false)];
  const n = shown.n + notShown.n;
  const scores = new Map<string, number>();
  for (const { session, isShown, n: count, sumLog, weight = 1 } of sums) {
    if (count === 0) continue;
    const own = isShown ? shown : notShown;
    // (x - mean x) e, divided by sum (x - mean x)²: of each arm its own mean's share.
    const score = (weight * (sumLog - count * own.mean)) / own.whole;
    scores.set(session, (scores.get(session) ?? 0) + (isShown ? score : -score));
  }
  const sessions = scores.size;
  if (shown.n === 0) return tooFew("rowsShown", 0, 1);
  if (notShown.n === 0) return tooFew("rowsNotShown", 0, 1);
  if (sessions < 2) return tooFew("sessions", sessions, 2);
  if (n < 3) return tooFew("observations", n, 3);
  const slope = shown.mean - notShown.mean;
  const squares = Array.from(scores.values()).reduce((sum, score) => sum + score ** 2, 0);
  const se = Math.sqrt((sessions / (sessions - 1)) * ((n - 1) / (n - 2)) * squares);
  if (se <= 1e-12) return lacking({ kind: "no-spread", what: "sessions" });
  const result = speedUp(-slope, se, sessions - 1);
  return "malformed" in result ? result : { ...result, n, sessions, slope };
}
