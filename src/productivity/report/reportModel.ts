import type { ExperimentState } from "../experiment/state.ts";
import type { ExperimentBlocks } from "../ledger/experimentQuestions.ts";
import type { Report } from "../ledger/report.ts";
import { analysed } from "./analysed.ts";
import { breakdownOf } from "./breakdown.ts";
import { costOf } from "./cost.ts";
import { acceptanceOf, funnelOf } from "./funnel.ts";
import { guardrailsOf } from "./guardrails.ts";
import { sumOf } from "./known.ts";
import { keystrokesOf } from "./keystrokes.ts";
import { methodsOf } from "./methods.ts";
import type { ReportModel } from "./model.ts";
import { localDayAt, type ReportOptions } from "./options.ts";
import { singlesOf } from "./singles.ts";
import { shareIn } from "./share.ts";
import { studies } from "./studies.ts";
import { survivalOf } from "./survival.ts";
import { trendOf } from "./trend.ts";
import { ladderOf, type Verdict, verdictOf } from "./verdict.ts";
import { waitingOf } from "./waiting.ts";
import { wholeJobOf } from "./wholeJob.ts";

/**
 * The whole report, from the ledger's figures. Only an experiment says anything of how fast somebody is: without one the verdict
 * has no figure, and `waiting` has what can be said.
 *
 * @param experiment undefined where none was ever begun
 */
export function reportModel(
  report: Report,
  experiment: ExperimentBlocks | undefined,
  options: ReportOptions,
): ReportModel {
  const told = analysed(experiment, options.nowMs);
  const verdict = verdictOf(experiment?.state, told);
  const singles = singlesOf(told, verdict);
  const wholeJob = wholeJobOf(report, options, verdict, told);
  const keystrokes = keystrokesOf(report, verdict);
  const worked = report.activeSlots.filter(({ active120Ms }) => active120Ms > 0);
  return {
    format: 1,
    madeMs: options.nowMs,
    range: {
      firstMs: report.firstMs,
      lastMs: report.lastMs,
      workedDays: new Set(worked.map(({ slotMs }) => localDayAt(options, slotMs))).size,
      activeMinutes: sumOf(worked, ({ active120Ms }) => active120Ms) / 60_000,
      sessions: new Set(report.runs.map(({ session }) => session)).size,
      // A new ledger is looked through for what is too old, too.
      keptSinceMs: report.days.length > 0 ? report.keptSinceMs : undefined,
    },
    verdict,
    waiting: verdict.kind === "measured" ? undefined : waitingOf(report, options, told?.plan.k),
    ladder: ladderOf(told, verdict),
    ...(wholeJob && { wholeJob }),
    forecast: forecastOf(experiment?.state, verdict),
    ...(singles && { singles }),
    ...(keystrokes && { keystrokes }),
    funnel: funnelOf(report),
    acceptance: acceptanceOf(report),
    survival: survivalOf(report),
    trend: trendOf(report, options),
    breakdown: breakdownOf(report, options),
    cost: costOf(report, options),
    share: shareIn(report),
    guardrails: guardrailsOf(report, told),
    studies,
    methods: methodsOf(report, told, verdict),
  };
}

function forecastOf(state: ExperimentState | undefined, verdict: Verdict): ReportModel["forecast"] {
  if (!state) return undefined;
  const { beliefBefore: before, beliefAfter: after } = state;
  const isOf = (guess: number | undefined) =>
    guess === undefined || verdict.kind !== "measured" || verdict.isFlagged ? undefined : placeOf(guess, verdict);
  return { before, after, isBefore: isOf(before), isAfter: isOf(after) };
}

function placeOf(value: number, { lower, upper }: { readonly lower: number; readonly upper: number }) {
  if (value < lower) return "below";
  return value > upper ? "above" : "within";
}
