import { type Analysis, analysisOf, toldBlocks } from "../experiment/analysis.ts";
import type { Block } from "../experiment/blocks.ts";
import type { ExperimentPlan } from "../experiment/plan.ts";
import type { ExperimentBlocks } from "../ledger/experimentQuestions.ts";

/** An experiment whose data say something. */
export interface Analysed extends ExperimentBlocks {
  readonly plan: ExperimentPlan;
  readonly analysis: Analysis;
  /** Those whose arms may be told: of groups that don't go on. */
  readonly told: readonly Block[];
}

/**
 * Undefined where its plan is of a form that is not known here, or is not the one that was laid down, or half-hours are missing: nothing
 * comes of it then.
 */
export function analysed(experiment: ExperimentBlocks | undefined, nowMs: number): Analysed | undefined {
  if (!experiment) return undefined;
  const { state } = experiment;
  const { plan, status } = state;
  if (!plan || !state.isCommitmentKept || state.missingSlots) return undefined;
  const input = { blocks: experiment.blocks, k: plan.k, status, nowMs };
  return { ...experiment, plan, analysis: analysisOf(input), told: toldBlocks(input) };
}
