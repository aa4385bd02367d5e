import { flawIn } from "./checks.ts";
import { momentsOf } from "./moments.ts";
import { lacking, type Outcome, tooFew } from "./outcome.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

/** One suggestion that was drawn to be shown or not to be. */
export interface MicroRow {
  readonly session: string;
  readonly isShown: boolean;
  /** Active seconds up to the next 40 surviving characters. */
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
  const flaw = flawIn(
    "rows",
    rows.map(({ seconds }) => seconds),
    "positive",
  );
  if (flaw) return flaw;
  const n = rows.length;
  const logs = { shown: logsOf(rows, true), notShown: logsOf(rows, false) };
  const sessions = new Set(rows.map(({ session }) => session)).size;
  if (logs.shown.n === 0) return tooFew("rowsShown", 0, 1);
  if (logs.notShown.n === 0) return tooFew("rowsNotShown", 0, 1);
  if (sessions < 2) return tooFew("sessions", sessions, 2);
  if (n < 3) return tooFew("observations", n, 3);
  // With one regressor of 0 and 1 the fit is the mean of each arm.
  const slope = logs.shown.mean - logs.notShown.mean;
  const shownShare = logs.shown.n / n;
  const scores = new Map<string, number>();
  for (const { session, isShown, seconds } of rows) {
    const rest = Math.log(seconds) - (isShown ? logs.shown : logs.notShown).mean;
    scores.set(session, (scores.get(session) ?? 0) + ((isShown ? 1 : 0) - shownShare) * rest);
  }
  const squares = Array.from(scores.values()).reduce((sum, score) => sum + score ** 2, 0);
  const small = (sessions / (sessions - 1)) * ((n - 1) / (n - 2));
  const se = Math.sqrt(small * squares) / (n * shownShare * (1 - shownShare));
  if (se <= 1e-12) return lacking({ kind: "no-spread", what: "sessions" });
  const result = speedUp(-slope, se, sessions - 1);
  return "malformed" in result ? result : { ...result, n, sessions, slope };
}

function logsOf(rows: readonly MicroRow[], isShown: boolean) {
  return momentsOf(rows.filter((row) => row.isShown === isShown).map(({ seconds }) => Math.log(seconds)));
}
