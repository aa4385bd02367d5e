import { flawIn, unequalLengths } from "./checks.ts";
import { finished, isResult, type Outcome, tooFew } from "./outcome.ts";
import { tReach } from "./quantiles.ts";
import { type SpeedUp, speedUp } from "./speedUp.ts";

export type TeamResult = SpeedUp & {
  /** How many people. */
  readonly k: number;
  /** The variance of the true ln S from one to the other. */
  readonly tau2: number;
  /** Cochran's Q, of no difference between people, with k - 1 degrees of freedom. */
  readonly cochranQ: number;
  /** What the standard error was multiplied with, squared: the larger of 1 and q. */
  readonly q: number;
  /** Where 95 % of people like these are expected, as ratios. Not there for two people. */
  readonly predictionLower?: number;
  readonly predictionUpper?: number;
};

/**
 * The results of several people pooled, who differ in truth as well: tau² by the method of moments, weights 1 / (se² + tau²),
 * theta = their weighted mean. Its standard error is 1 / sqrt(sum w) times sqrt(max(1, q)), q = sum w (theta_i - theta)² / (k - 1),
 * with k - 1 degrees of freedom. The interval for one more person: theta +- t_{k-2} sqrt(tau² + SE²).
 *
 * Source: DerSimonian and Laird, Meta-Analysis in Clinical Trials, 1986; Hartung and Knapp, 2001; Sidik and Jonkman, 2002; never
 * narrower than without them: Röver, Knapp and Friede, 2015; Higgins, Thompson and Spiegelhalter, 2009 (prediction).
 *
 * @param input For each person ln S and its standard error.
 */
export function team(input: {
  readonly theta: readonly number[];
  readonly se: readonly number[];
}): Outcome<TeamResult> {
  const { theta, se } = input;
  const flaw =
    unequalLengths(["se", se], ["theta", theta]) ?? flawIn("theta", theta, "any") ?? flawIn("se", se, "positive");
  if (flaw) return flaw;
  const k = theta.length;
  if (k < 2) return tooFew("people", k, 2);
  const fixed = se.map((each) => 1 / each ** 2);
  const fixedSum = sum(fixed);
  const cochranQ = squaresAround(weightedMean(theta, fixed), theta, fixed);
  const tau2 = Math.max(0, (cochranQ - (k - 1)) / (fixedSum - sum(fixed.map((weight) => weight ** 2)) / fixedSum));
  const weights = se.map((each) => 1 / (each ** 2 + tau2));
  const mean = weightedMean(theta, weights);
  const q = Math.max(1, squaresAround(mean, theta, weights) / (k - 1));
  const pooled = speedUp(mean, Math.sqrt(q / sum(weights)), k - 1);
  if (!isResult(pooled)) return pooled;
  const result = { ...pooled, k, tau2, cochranQ, q };
  if (k === 2) return finished(result);
  const reach = tReach(k - 2) * Math.sqrt(tau2 + pooled.se ** 2);
  return finished({ ...result, predictionLower: Math.exp(mean - reach), predictionUpper: Math.exp(mean + reach) });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, index) => value * (weights[index] ?? 0))) / sum(weights);
}

function squaresAround(mean: number, values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, index) => (weights[index] ?? 0) * (value - mean) ** 2));
}
