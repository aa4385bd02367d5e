/** How it was measured, how well the counting counts, what is missing, and what went otherwise than planned. */

import type { Analysis } from "../experiment/analysis.ts";
import type { ExperimentPlan } from "../experiment/plan.ts";
import type { EarlierExperiment } from "../ledger/experimentQuestions.ts";
import type { Report } from "../ledger/report.ts";
import type { GapRecord, SelfTestRecord } from "../records.ts";
import { logRatioOfSums } from "../statistics/logRatioOfSums.ts";
import { permutation } from "../statistics/permutation.ts";
import { seededRandom } from "../statistics/seededRandom.ts";
import { strataMean } from "../statistics/strata.ts";
import type { Analysed } from "./analysed.ts";
import { intervalOf, known, sumOf } from "./known.ts";
import type { Interval, Known } from "./model.ts";
import type { Verdict } from "./verdict.ts";

export interface Methods {
  readonly experiment: ExperimentMethods | undefined;
  /** For each version of VS Code in which the counting was tested. */
  readonly detector: readonly DetectorErrors[];
  readonly gaps: readonly {
    readonly reason: GapRecord["reason"];
    readonly times: number;
    readonly ms: number;
    readonly lost: number;
  }[];
  /** Characters of which nothing is known after ten minutes, of all. */
  readonly censored: { readonly chars: number; readonly all: number };
}

interface ExperimentMethods extends Pick<
  Analysis,
  | "drawn"
  | "qualifying"
  | "compared"
  | "leftOut"
  | "strataLeftOut"
  | "unknownShare"
  | "manualTriggersOff"
  | "shownOff"
  | "notAppliedOff"
  | "emptyBlocks"
  | "otherwise"
> {
  readonly experiment: string;
  /** Experiments that were begun before it. */
  readonly earlier: readonly EarlierExperiment[];
  readonly plan: ExperimentPlan;
  readonly startedMs: number;
  readonly commitment: string;
  /** Whether as many blocks without suggestions qualify as with them, given how many were drawn: `p` is that of the drop-out. */
  readonly sampleRatio: Known<{ readonly p: number; readonly isFlagged: boolean }>;
  /** Whether as many blocks were drawn to be without as the plan says. */
  readonly draw: Known<{ readonly p: number; readonly isFlagged: boolean }>;
  /**
   * The same data by other methods, which all assume more: how much hangs on the choice. For one look, and not at any time. Empty
   * until half-hours have been measured: whoever has seen an estimate is not asked the guess after the experiment.
   */
  readonly sensitivity: readonly { readonly method: Sensitivity; readonly result: Known<Interval> }[];
  /** The chance of so large a mean were there no effect, of all draws that were possible. `waits`: as `sensitivity`. */
  readonly permutation: Known<{ readonly p: number }> | { readonly kind: "waits" };
}

type TimeMeasure = keyof Analysis["strata"];
type Sensitivity = "strata" | "sums" | Exclude<TimeMeasure, "active120Ms">;

interface DetectorErrors {
  readonly editorVersion: string;
  readonly atMs: number;
  readonly aspects: readonly {
    readonly aspect: string;
    readonly happened: number;
    readonly missed: number;
    readonly invented: number;
    readonly confused: number;
  }[];
  /** Samples whose steps could not be played: nothing was learned from them. */
  readonly notDone: number;
}

export function methodsOf(report: Report, experiment: Analysed | undefined, verdict: Verdict): Methods {
  const fates = [...report.typedSlots, ...report.aiSlots];
  return {
    experiment: experiment && experimentMethods(experiment, verdict.kind === "measured"),
    detector: detectorOf(report.selfTests),
    gaps: [...Map.groupBy(report.gaps, ({ reason }) => reason)].map(([reason, gaps]) => ({
      reason,
      times: gaps.length,
      ms: sumOf(gaps, ({ fromMs, toMs }) => Math.max(0, toMs - fromMs)),
      lost: sumOf(gaps, ({ lost }) => lost ?? 0),
    })),
    censored: {
      chars: sumOf(fates, ({ censoredChars }) => censoredChars),
      all: sumOf(fates, ({ censoredChars, countedChars }) => censoredChars + countedChars),
    },
  };
}

function experimentMethods(experiment: Analysed, isMeasured: boolean): ExperimentMethods {
  const { state, plan, analysis, earlier = [] } = experiment;
  const { strata, sampleRatio, dropOut, ...counts } = analysis;
  return {
    experiment: state.experiment,
    earlier,
    plan,
    startedMs: state.startedMs,
    commitment: state.commitment,
    ...counts,
    sampleRatio: known(dropOut, ({ p, isFlagged }) => ({ p, isFlagged })),
    draw: known(sampleRatio, ({ p, isFlagged }) => ({ p, isFlagged })),
    sensitivity: isMeasured ? sensitivityOf(experiment) : [],
    permutation: isMeasured
      ? known(permutation(strata.active120Ms, seededRandom(1)), ({ p }) => ({ p }))
      : { kind: "waits" },
  };
}

function sensitivityOf({ told, analysis: { strata } }: Analysed): ExperimentMethods["sensitivity"] {
  const perMinute = (arm: "on" | "off") =>
    told
      .filter((block) => block.qualifies && block.arm === arm)
      .map(({ netChars, active120Ms }) => [netChars, active120Ms / 60_000] as const);
  const by = (method: Exclude<TimeMeasure, "active120Ms">) => ({
    method,
    result: known(strataMean(strata[method]), intervalOf),
  });
  return [
    { method: "strata", result: known(strataMean(strata.active120Ms), intervalOf) },
    { method: "sums", result: known(logRatioOfSums({ on: perMinute("on"), off: perMinute("off") }), intervalOf) },
    by("active60Ms"),
    by("active300Ms"),
    by("focusedMs"),
  ];
}

/** The ledger does not say which errors nobody could have avoided: these are among them. */
function detectorOf(cells: readonly SelfTestRecord[]): readonly DetectorErrors[] {
  const isNothing = (label: string): boolean => label === "none" || label === "no" || label === "0";
  return [...Map.groupBy(cells, ({ editorVersion }) => editorVersion)].map(([editorVersion, own]) => {
    const played = own
      .filter(({ truth }) => truth !== "not-done")
      .map(({ truth, detected, count }) => {
        const [aspect = "", is = ""] = truth.split(":", 2);
        return { aspect, is, detected: detected.split(":", 2)[1] ?? "", count };
      });
    return {
      editorVersion,
      atMs: own.reduce((last, { atMs }) => Math.max(last, atMs), 0),
      notDone: sumOf(
        own.filter(({ truth }) => truth === "not-done"),
        ({ count }) => count,
      ),
      aspects: [...Map.groupBy(played, ({ aspect }) => aspect)].map(([aspect, rows]) => {
        const count = (of: (row: (typeof played)[number]) => boolean): number =>
          sumOf(rows.filter(of), (row) => row.count);
        const isWrong = (row: (typeof played)[number]): boolean => row.is !== row.detected;
        return {
          aspect,
          happened: count(({ is }) => !isNothing(is)),
          missed: count((row) => isWrong(row) && isNothing(row.detected)),
          invented: count((row) => isWrong(row) && isNothing(row.is)),
          confused: count((row) => isWrong(row) && !isNothing(row.is) && !isNothing(row.detected)),
        };
      }),
    };
  });
}
