/** From what was asked for to what was committed, and the rate at which suggestions are accepted. */

import type { Report } from "../ledger/report.ts";
import type { AcceptedRuns, Fate } from "../ledger/reportRuns.ts";
import { rateOver, shareOf, sumOf } from "./known.ts";
import type { Rate } from "./model.ts";

export interface Funnel {
  readonly stages: readonly Stage[];
  /** Shown while another extension's suggestions were active, or one of these was accepted: in no stage but the first two. */
  readonly contaminated: number;
  /** There was one, and an experiment held it back, in a half-hour or by itself: asked for, and in no other stage. */
  readonly heldBack: number;
  /** Whose end nobody wrote down, since the window was killed: nothing speaks against them, and they are in. */
  readonly withoutEnd: number;
  /** Of the accepted ones: nothing was kept of it for 10 s. */
  readonly undone: number;
}

type StageName = "asked" | "returned" | "shown" | "accepted" | "alive" | "committed";

interface Stage {
  readonly stage: StageName;
  /** What is known for certain, and what it is at most by the evidence. */
  readonly atLeast: number;
  readonly atMost: number;
  /** `atLeast` of the stage before at its own most; undefined where there is nothing to take a share of. */
  readonly share: { readonly atLeast: number; readonly atMost: number } | undefined;
}

export interface Acceptance {
  /** Accepted of shown for 750 ms: the headline. */
  readonly headline: Rate;
  /** As a whole. */
  readonly full: Rate;
  /** Without those of which the only evidence is an inference, and shares of `headline.whole`. */
  readonly withoutInferred: number | undefined;
  /** Of those that were shown for 300 ms. */
  readonly at300: number | undefined;
  /** Accepted characters of shown ones. */
  readonly ofChars: number | undefined;
  /** Accepted in parts only. */
  readonly partly: number;
}

type CleanRun = Report["runs"][number];
const isClean = ({ contaminated }: CleanRun): boolean => contaminated === undefined || contaminated === "no";

export function funnelOf(report: Report): Funnel {
  const { runs, opportunities, responses, acceptedRuns } = report;
  const clean = runs.filter(isClean);
  const shown = sumOf(clean, ({ shown750 }) => shown750);
  const count = (of: (runs: AcceptedRuns) => boolean): number => sumOf(acceptedRuns.filter(of), ({ count }) => count);
  const accepted = count(() => true);
  const survived = (at: "at10m" | "atCommit", fates: readonly Fate[]): number =>
    count((run) => fates.includes(run[at]));
  const asked = sumOf(opportunities, ({ count }) => count);
  const responded = (outcome: (typeof responses)[number]["outcome"]): number =>
    sumOf(
      responses.filter((response) => response.outcome === outcome),
      ({ count }) => count,
    );
  const exactly = (stage: StageName, value: number) => ({ stage, atLeast: value, atMost: value });
  const stages = [
    exactly("asked", asked),
    exactly("returned", responded("returned")),
    exactly("shown", shown),
    { stage: "accepted" as const, atLeast: count(({ isOnlyInferred }) => !isOnlyInferred), atMost: accepted },
    { stage: "alive" as const, atLeast: survived("at10m", ["alive"]), atMost: survived("at10m", ["alive", "unknown"]) },
    {
      stage: "committed" as const,
      atLeast: survived("atCommit", ["alive"]),
      atMost: survived("atCommit", ["alive", "unknown"]),
    },
  ];
  return {
    stages: stages.map((stage, index) => ({ ...stage, share: shareOfStage(stage, baseOf(stages, index)) })),
    contaminated: sumOf(runs, ({ shown750 }) => shown750) - shown,
    heldBack: responded("held-back") + responded("held-back-singly"),
    withoutEnd: sumOf(
      clean.filter(({ contaminated }) => contaminated === undefined),
      ({ shown750 }) => shown750,
    ),
    undone: sumOf(clean, ({ undone }) => undone),
  };
}

/** What is committed is held against what was accepted, too: it need not have been looked at after ten minutes. */
function baseOf(stages: readonly Omit<Stage, "share">[], index: number): Omit<Stage, "share"> | undefined {
  return stages[stages[index]?.stage === "committed" ? index - 2 : index - 1];
}

function shareOfStage(stage: Omit<Stage, "share">, before: Omit<Stage, "share"> | undefined): Stage["share"] {
  const whole = before?.atMost ?? 0;
  const atLeast = shareOf(stage.atLeast, whole);
  const atMost = shareOf(stage.atMost, whole);
  // Where suggestions are known from before, more are returned than were asked for in the range.
  return atLeast === undefined || atMost === undefined || atMost > 1 ? undefined : { atLeast, atMost };
}

export function acceptanceOf({ runs, acceptedRuns }: Report): Acceptance {
  const clean = runs.filter(isClean);
  const rate = (part: (run: CleanRun) => number): Rate =>
    rateOver(clean.map((run) => ({ session: run.session, part: part(run), whole: run.shown750 })));
  const headline = rate(({ acceptedFull, acceptedPartly }) => acceptedFull + acceptedPartly);
  const inferred = sumOf(
    acceptedRuns.filter(({ isOnlyInferred }) => isOnlyInferred),
    ({ count }) => count,
  );
  return {
    headline,
    full: rate(({ acceptedFull }) => acceptedFull),
    withoutInferred: shareOf(headline.part - inferred, headline.whole),
    at300: shareOf(
      headline.part,
      sumOf(clean, ({ shown300 }) => shown300),
    ),
    ofChars: shareOf(
      sumOf(clean, ({ acceptedChars }) => acceptedChars),
      sumOf(clean, ({ shownChars }) => shownChars),
    ),
    partly: sumOf(clean, ({ acceptedPartly }) => acceptedPartly),
  };
}
