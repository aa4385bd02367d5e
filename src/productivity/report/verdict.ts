/** What the experiment says, and of what it can't say anything yet. */

import type { ExperimentState, ExperimentStatus } from "../experiment/state.ts";
import { CLAIMS_LADDER } from "../statistics/claimsLadder.ts";
import { evalueInterval, oneSidedBounds } from "../statistics/evalueInterval.ts";
import { isResult, type Lack } from "../statistics/outcome.ts";
import { verdicts } from "../statistics/verdicts.ts";
import type { Analysed } from "./analysed.ts";
import { intervalOf, known } from "./known.ts";
import type { Interval } from "./model.ts";
import { type Outlook, outlookOf } from "./outlook.ts";

export type Verdict =
  /** Nobody has begun an experiment. */
  | { readonly kind: "no-experiment" }
  /** The plan is not the one that was laid down, or of a form that is not known here: nothing comes of it. */
  | { readonly kind: "void"; readonly why: "changed" | "unknown-plan" | "seed-hidden" }
  /** At least so many half-hours that were drawn are not in the ledger: somebody has chosen which ones are. */
  | { readonly kind: "void"; readonly why: "missing"; readonly missing: number }
  /** Not enough blocks for an interval with two ends. A claim may be decided before. */
  | ({ readonly kind: "too-early"; readonly lack: Lack; readonly moreHalfHours: number | undefined } & Counts)
  | ({ readonly kind: "measured" } & Interval & Counts);

interface Counts {
  readonly status: ExperimentStatus;
  /** Half-hours that got their part so far, with the one that goes on. */
  readonly drawn: number;
  /** That are compared. */
  readonly blocks: number;
  readonly strata: number;
  /** With so many strata it comes to its end by itself. */
  readonly mostStrata: number;
  /** Blocks of one kind were left out more often than chance allows: no claim is judged then. */
  readonly isFlagged: boolean;
  /** What the verdicts on claims rest on, each end by itself. Narrower than the interval, which holds at both ends at once. */
  readonly oneSided: { readonly atLeast?: number; readonly atMost?: number };
}

export interface Ladder {
  /** The measured interval; undefined where nothing was measured, and where it can't be relied on. */
  readonly measured: Interval | undefined;
  readonly rows: readonly LadderRow[];
}

export interface LadderRow {
  readonly claim: number;
  /** Who says so: "3-4x" and "10x" of the article, and what "five become two or three" takes of the whole job. */
  readonly saidOf: "ten" | "three-to-four" | "five-become-two" | "five-become-three" | undefined;
  readonly verdict: "ruled-out" | "shown" | "undecided" | "not-known";
  /** Of "undecided": what it still takes if it goes on as it did so far. */
  readonly outlook: Outlook | undefined;
}

const said: Readonly<Record<number, LadderRow["saidOf"]>> = {
  10: "ten",
  4: "three-to-four",
  3: "three-to-four",
  2.5: "five-become-two",
  1.67: "five-become-three",
};

export function verdictOf(state: ExperimentState | undefined, experiment: Analysed | undefined): Verdict {
  if (!state) return { kind: "no-experiment" };
  if (!experiment) return voidOf(state);
  const { analysis, plan } = experiment;
  const strata = analysis.strata.active120Ms;
  const { on, off } = analysis.compared;
  const counts = {
    status: state.status,
    drawn: state.slotsOn + state.slotsOff,
    blocks: on + off,
    strata: strata.length,
    mostStrata: plan.mostStrata,
    isFlagged: isFlagged(analysis),
    oneSided: oneSidedOf(strata),
  };
  const interval = known(evalueInterval(strata, plan.k), intervalOf);
  if (interval.kind === "known") return { ...interval, kind: "measured", ...counts };
  const lack = interval.kind === "missing" ? interval.lack : unspread;
  const goesOn = state.status === "running" || state.status === "paused";
  // Of so few nobody knows which share of half-hours will count: at least as many as if all of them did, those of open groups too.
  const moreHalfHours =
    lack.kind === "too-few" && goesOn ? (lack.need - lack.have) * plan.k - analysis.overInOpenStrata : 0;
  return { kind: "too-early", lack, moreHalfHours: moreHalfHours > 0 ? moreHalfHours : undefined, ...counts };
}

/** Too many of one kind were left out. That the draw is the seed's was looked at already, for each half-hour. */
function isFlagged({ dropOut }: Analysed["analysis"]): boolean {
  return isResult(dropOut) && dropOut.isFlagged;
}

function oneSidedOf(strata: Parameters<typeof oneSidedBounds>[0]): Counts["oneSided"] {
  const bounds = oneSidedBounds(strata);
  if (!isResult(bounds)) return {};
  const { atLeast, atMost } = bounds;
  return { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
}

/** Values so far apart that no number holds their ratio are no throughputs. */
const unspread: Lack = { kind: "no-spread", what: "strata" };

function voidOf({ plan, isSeedHidden, isCommitmentKept, missingSlots }: ExperimentState): Verdict {
  if (!plan) return { kind: "void", why: "unknown-plan" };
  // What is hidden while it goes on is missing in such files, too.
  if (isSeedHidden) return { kind: "void", why: "seed-hidden" };
  return isCommitmentKept && missingSlots
    ? { kind: "void", why: "missing", missing: missingSlots }
    : { kind: "void", why: "changed" };
}

export function ladderOf(experiment: Analysed | undefined, verdict: Verdict): Ladder {
  // Which claims there are was laid down, too.
  const claims = experiment?.plan.claims ?? CLAIMS_LADDER;
  const isWithheld = "isFlagged" in verdict && verdict.isFlagged;
  const outcome = experiment && !isWithheld ? verdicts(experiment.analysis.strata.active120Ms, claims) : undefined;
  const found = outcome && isResult(outcome) ? outcome.verdicts : [];
  const rows = [...claims]
    .toSorted((one, other) => other - one)
    .map((claim): LadderRow => {
      const decided = found.find((each) => each.claim === claim);
      return {
        claim,
        saidOf: said[claim],
        verdict: decided?.verdict ?? "not-known",
        outlook: experiment && decided?.verdict === "undecided" ? outlookOf(experiment, decided.moreStrata) : undefined,
      };
    });
  return { measured: verdict.kind === "measured" && !isWithheld ? intervalOf(verdict) : undefined, rows };
}
