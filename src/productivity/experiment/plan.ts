/** What an experiment compares and how, laid down before any of its data, so that nobody can choose it after seeing them. */

import { CLAIMS_LADDER } from "../statistics/claimsLadder.ts";

/** SHA-256 of the text as UTF-8: 64 lower-case hexadecimal digits. */
export type Sha256 = (text: string) => string;

export interface ExperimentPlan {
  /** Of this form. */
  readonly version: 1;
  /** 2: whole half-hours without suggestions. 3: single suggestions are held back as well. */
  readonly tier: 2 | 3;
  /** Half-hours in a stratum, one of which is without suggestions. */
  readonly k: 2 | 5;
  readonly slotMinutes: 30;
  /** From the start of each half-hour, left out in both arms. */
  readonly washoutMinutes: 5;
  /** Of the window in front, after the washout: with less a half-hour is left out. */
  readonly focusMinutes: 10;
  /**
   * Typed and accepted characters that are still there ten minutes later, by active minute. Characters of which nothing is known
   * count by the share of the others that survive.
   */
  readonly outcome: "surviving-characters-per-active-minute";
  readonly survivalMinutes: 10;
  /** Of active time after the washout: with less a half-hour is left out, since what some seconds make by the minute says nothing. */
  readonly activeMinutes: 5;
  /** A half-hour with fewer, such as one of reading, counts as one with so many: the logarithm of nothing is no number. */
  readonly leastChars: 1;
  /** Pauses between two events count as work up to this; the others are looked at, too. `focus`: all time with the window in front. */
  readonly activeCapSeconds: 120;
  readonly sensitivity: readonly [60, 300, "focus"];
  /** What no character of the outcome is. */
  readonly excluded: typeof EXCLUDED;
  /**
   * Above this share of typed characters of which nothing is known a half-hour is left out. Of accepted ones more is known when a
   * file was closed, since they are found again: by a share of all, fewer half-hours with suggestions would be left out than without.
   */
  readonly mostUnknown: 0.5;
  /** Whoever is drawn to be without counts as such, whatever they did. */
  readonly analysis: "intention-to-treat";
  readonly alpha: 0.05;
  /** Speed-ups on which a verdict is given, each by its e-value, at whatever time one looks. */
  readonly claims: readonly number[];
  /** The experiment ends by itself after so many strata, which the end of a day makes shorter than k half-hours. */
  readonly mostStrata: number;
  readonly pairwiseVersion: string;
  /** In tier 3 alone. */
  readonly singles?: SinglesPlan;
}

/** Single suggestions that are held back in half-hours with suggestions. */
export interface SinglesPlan {
  /**
   * One of so many, each by itself. Held back with the same chance as shown (2) they would say the most: the variance goes with
   * 1 / (p (1 - p)), so that 5 takes 1.56 times as many. But suggestions are many, and each that is held back is missed, and makes
   * half-hours with suggestions, which the verdict rests on, more like those without.
   */
  readonly oneIn: 5;
  /**
   * Active time, with the pauses of `activeCapSeconds`, up to so many characters in the document that are each still there
   * `survivalMinutes` after it was written; where the document or the window is closed before, `leastSurvivalSeconds` after.
   */
  readonly outcome: "active-seconds-to-next-surviving-characters";
  readonly chars: 40;
  readonly survivalMinutes: 10;
  readonly leastSurvivalSeconds: 10;
  /** Counts as so long where it was shorter: so soon nobody has read anything, and the logarithm of nothing is no number. */
  readonly leastSeconds: 1;
  /** After so much active time it is not waited for any longer. */
  readonly mostActiveMinutes: 30;
  readonly estimator: "log-ols-cr1-by-session";
  /** Where it is only known that it took at least so long, others of its arm that took longer stand for it. */
  readonly censored: "kaplan-meier-weights";
  /** Above this share of an arm that took longer than the longest known one there is no figure. */
  readonly mostBeyond: 0.1;
}

const SINGLES: SinglesPlan = {
  oneIn: 5,
  outcome: "active-seconds-to-next-surviving-characters",
  chars: 40,
  survivalMinutes: 10,
  leastSurvivalSeconds: 10,
  leastSeconds: 1,
  mostActiveMinutes: 30,
  estimator: "log-ols-cr1-by-session",
  censored: "kaplan-meier-weights",
  mostBeyond: 0.1,
};

const EXCLUDED = ["paste", "bulk", "formatter", "disk", "undo", "redo", "own-edits", "other-extensions"] as const;

/** What somebody chooses; all else is the same for everybody. */
interface PlanChoices {
  readonly tier: 2 | 3;
  readonly k: 2 | 5;
  /** A whole number from 1 to 10,000. */
  readonly mostStrata: number;
  readonly pairwiseVersion: string;
}

export function planOf({ tier, k, mostStrata, pairwiseVersion }: PlanChoices): ExperimentPlan {
  return {
    version: 1,
    tier,
    k,
    slotMinutes: 30,
    washoutMinutes: 5,
    focusMinutes: 10,
    outcome: "surviving-characters-per-active-minute",
    survivalMinutes: 10,
    activeMinutes: 5,
    leastChars: 1,
    activeCapSeconds: 120,
    sensitivity: [60, 300, "focus"],
    excluded: EXCLUDED,
    mostUnknown: 0.5,
    analysis: "intention-to-treat",
    alpha: 0.05,
    claims: CLAIMS_LADDER,
    mostStrata,
    pairwiseVersion,
    ...(tier === 3 && { singles: SINGLES }),
  };
}

/** The same text for the same plan, in whatever order its fields are: keys sorted, no spaces (as RFC 8785 has it for such values). */
export function configurationOf(plan: ExperimentPlan): string {
  return JSON.stringify(plan, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

/** Undefined where it is none of a version that is known here: nothing can be said of its experiment then. */
export function planFrom(configuration: string): ExperimentPlan | undefined {
  let plan: unknown;
  try {
    plan = JSON.parse(configuration);
  } catch {
    return undefined;
  }
  if (typeof plan !== "object" || plan === null) return undefined;
  const { tier, k, mostStrata, pairwiseVersion } = plan as Readonly<Record<string, unknown>>;
  if ((tier !== 2 && tier !== 3) || (k !== 2 && k !== 5)) return undefined;
  if (typeof pairwiseVersion !== "string" || !isCountOfStrata(mostStrata)) return undefined;
  const known = planOf({ tier, k, mostStrata, pairwiseVersion });
  // The claims may be others than today's.
  const { claims } = plan as { readonly claims?: unknown };
  if (!Array.isArray(claims) || !claims.every((claim) => typeof claim === "number" && claim > 0)) return undefined;
  const read = { ...known, claims: claims as readonly number[] };
  return configurationOf(read) === configuration ? read : undefined;
}

export function isCountOfStrata(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 10_000;
}

export interface Committed {
  readonly seed: string;
  readonly configuration: string;
}

/** What is written down before the data: whoever has it can tell later that neither seed nor configuration was changed. */
export function commitmentTo({ seed, configuration }: Committed, sha256: Sha256): string {
  return sha256(`${seed}\n${configuration}`);
}

export function isKept(given: Committed & { readonly commitment: string }, sha256: Sha256): boolean {
  return commitmentTo(given, sha256) === given.commitment;
}
