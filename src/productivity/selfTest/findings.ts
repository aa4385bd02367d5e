import type { Instant } from "../editorEvents.ts";
import type { EndRecord, Fact } from "../records.ts";
import type { Sample, TrueAccept } from "./sample.ts";

export type Aspect = "accept" | "outcome" | "runs" | "shown300" | "shown750" | "regret" | "other";

/** One thing that happened, or didn't, and what the detector made of it. */
export interface Finding {
  readonly scenario: string;
  readonly aspect: Aspect;
  /** `none` where the detector invented it. */
  readonly truth: string;
  /** `none` where the detector missed it. */
  readonly detected: string;
  readonly isException: boolean;
}

/** What whoever ran a sample saw of it. */
export interface Run {
  readonly sample: Sample;
  /** All that the detector said of it. */
  readonly facts: readonly Fact[];
  /** From when the suggestion was visible to when the step began that ended it; the clock of the events. */
  readonly visibleForMs: Instant;
  /** The document in the end, with `\n`. */
  readonly documentAfter: string;
}

/** The timers of an editor and of what drives it are no better: so near to a threshold of “shown” nobody knows the right answer. */
const TOLERANCE_MS = 200;
/** The best that can be said of a sample in which there were several runs. */
const outcomes: readonly EndRecord["outcome"][] = [
  "accepted",
  "partly-accepted",
  "typed-through",
  "rejected",
  "ignored",
];

/** `undefined` where the steps did not do what they say, so that nothing can be learned of the detector. */
export function findingsOf(run: Run): readonly Finding[] | undefined {
  const { sample, facts, documentAfter } = run;
  if (documentAfter !== sample.documentAfter) return undefined;
  const { truth, scenario, isException } = sample;
  const found = (aspect: Aspect, is: string, detected: string): Finding => {
    return { scenario, aspect, truth: is, detected, isException: isException && is !== detected };
  };
  const ends = facts.filter((fact) => fact.kind === "end");
  const best = outcomes.find((outcome) => ends.some((end) => end.outcome === outcome)) ?? "none";
  const regrets = facts.filter((fact) => fact.kind === "regret").length;
  const isContaminated = ends.some((end) => end.contaminated !== "no");
  return [
    ...acceptsFound(run).map(([is, detected]) => found("accept", is, detected)),
    found("outcome", truth.outcome, best),
    // While an input method composes, the suggestion may be another one before and after.
    ...(sample.steps.some((step) => step.do === "compose") ? [] : [found("runs", "1", String(runsIn(facts)))]),
    ...([300, 750] as const).flatMap((thresholdMs) => {
      const should = shouldBeShown(run, thresholdMs);
      if (should === undefined) return [];
      const isShown = facts.some((fact) => fact.kind === "shown" && fact.thresholdMs === thresholdMs);
      return [found(`shown${thresholdMs}`, yes(should), yes(isShown))];
    }),
    found("regret", yes(truth.isRegretted), regrets > 1 ? "several" : yes(regrets === 1)),
    found("other", yes(truth.isContaminated), yes(isContaminated)),
  ];
}

/** Accepted in whole or in part is proof, however short it was; `undefined` where it was too near to the threshold. */
function shouldBeShown({ sample, visibleForMs }: Run, thresholdMs: number): boolean | undefined {
  if (sample.truth.accepts.length > 0) return true;
  if (Math.abs(visibleForMs - thresholdMs) < TOLERANCE_MS) return undefined;
  return visibleForMs > thresholdMs;
}

function runsIn(facts: readonly Fact[]): number {
  return new Set(facts.flatMap((fact) => (fact.kind === "end" || fact.kind === "shown" ? [fact.run] : []))).size;
}

/**
 * Sets the accepts that were made against those that were detected, in their order, so that the fewest differ: a missed one is
 * `none` on the right, an invented one on the left.
 */
function acceptsFound({ sample, facts }: Run): readonly (readonly [truth: string, detected: string])[] {
  const made = sample.truth.accepts;
  const detected = facts.filter((fact) => fact.kind === "accept");
  // best[i][j]: the fewest differences between the first i that were made and the first j that were detected.
  const best = Array.from({ length: made.length + 1 }, (_, i) => [i, ...detected.map((__, j) => i + j + 1)]);
  const differs = (i: number, j: number) => Number(!isSame(made[i]!, detected[j]!));
  for (let i = 0; i < made.length; i += 1) {
    for (let j = 0; j < detected.length; j += 1) {
      best[i + 1]![j + 1] = Math.min(best[i]![j]! + differs(i, j), best[i]![j + 1]! + 1, best[i + 1]![j]! + 1);
    }
  }
  const pairs: (readonly [string, string])[] = [];
  for (let i = made.length, j = detected.length; i > 0 || j > 0;) {
    const now = best[i]![j]!;
    if (i > 0 && j > 0 && now === best[i - 1]![j - 1]! + differs(i - 1, j - 1)) {
      i -= 1;
      j -= 1;
      pairs.push([made[i]!.part, labelOf(made[i]!, detected[j]!)]);
    } else if (i > 0 && now === best[i - 1]![j]! + 1) {
      i -= 1;
      pairs.push([made[i]!.part, "none"]);
    } else {
      j -= 1;
      pairs.push(["none", detected[j]!.part]);
    }
  }
  return pairs.toReversed();
}

function isSame(made: TrueAccept, detected: TrueAccept): boolean {
  return made.part === detected.part && made.chars === detected.chars && made.carets === detected.carets;
}

/** The right part with wrong figures is an error as well. */
function labelOf(made: TrueAccept, detected: TrueAccept): string {
  return made.part === detected.part && !isSame(made, detected) ? "miscounted" : detected.part;
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}
