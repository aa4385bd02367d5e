import { type Analysis, analysisOf } from "../experiment/analysis.ts";
import type { ExperimentPlan } from "../experiment/plan.ts";
import type { ExperimentBlocks } from "../ledger/experimentQuestions.ts";

/** An experiment whose data say something. */
export interface Analysed extends ExperimentBlocks {
  readonly plan: ExperimentPlan;
  readonly analysis: Analysis;
}

/** Undefined where its plan is of a form that is not known here, or is not the one that was laid down: nothing comes of it then. */
export function analysed(experiment: ExperimentBlocks | undefined, nowMs: number): Analysed | undefined {
  if (!experiment) return undefined;
  const { state } = experiment;
  const { plan, status } = state;
  if (!plan || !state.isCommitmentKept) return undefined;
  return { ...experiment, plan, analysis: analysisOf({ blocks: experiment.blocks, k: plan.k, status, nowMs }) };
}
