/** What the ledger is asked of experiments. */

import type { Assignment, NoAssignment, WorkedSlot } from "../experiment/assigning.ts";
import type { Block } from "../experiment/blocks.ts";
import type { ExperimentPlan } from "../experiment/plan.ts";
import type { ExperimentState } from "../experiment/state.ts";
import type { Trials } from "../experiment/trials.ts";

export interface StartWish {
  /** 16 hexadecimal digits from the system's random source. */
  readonly experiment: string;
  readonly plan: ExperimentPlan;
  /** 64 hexadecimal digits from the system's random source. */
  readonly seed: string;
  /** Of the text that was agreed to. */
  readonly textVersion: number;
  /** The forecast: 1.2 is 20 % faster. Undefined where none was given. */
  readonly belief: number | undefined;
}

export type Started =
  /** Plan, consent and forecast are on the disk. */
  | { readonly kind: "started"; readonly state: ExperimentState }
  /** One goes on already: nothing was written. */
  | { readonly kind: "goes-on"; readonly state: ExperimentState };

export type SlotAnswer =
  | {
      readonly kind: "assigned";
      readonly experiment: string;
      readonly tier: ExperimentPlan["tier"];
      readonly assignment: Assignment;
      /** In tier 3, with suggestions: by which this window draws single ones. */
      readonly singles?: SinglesAnswer;
    }
  /** `changed`: its plan is not the one that was laid down, or of a form that is not known here. */
  | { readonly kind: "none"; readonly why: NoAssignment | "no-experiment" | "changed" };

export interface SinglesAnswer {
  /** Of this session: 64 hexadecimal digits (`singleKey`). */
  readonly key: string;
  readonly oneIn: number;
}

export type ExperimentChange =
  | { readonly kind: "pause" | "resume" }
  /** `withdrawsConsent`: the user does not agree any more. */
  | { readonly kind: "stop"; readonly withdrawsConsent: boolean }
  /** What the user thinks after it: 1.2 is 20 % faster. */
  /** Of that experiment, once it has ended. */
  | { readonly kind: "believe"; readonly experiment: string; readonly factor: number };

/**
 * When somebody asks, by the clock that the window's events get, which never goes back: what is compared with events, such as the
 * start of a pause with what was typed before it, has the same clock.
 */
interface AskedAt {
  readonly nowMs: number;
}

export interface ExperimentWriterQuestions {
  /** The half-hour's part: drawn and on the disk when it is answered, the same for whoever asks. */
  assignSlot: { readonly ask: AskedAt & { readonly slot: WorkedSlot }; readonly answer: SlotAnswer };
  /** The last experiment; undefined where there was none. */
  experimentState: { readonly ask: undefined; readonly answer: ExperimentState | undefined };
  startExperiment: { readonly ask: AskedAt & { readonly wish: StartWish }; readonly answer: Started };
  /** Of the last one. Undefined where there is none; where there was nothing to change it is as it was. */
  changeExperiment: {
    readonly ask: AskedAt & { readonly change: ExperimentChange };
    readonly answer: ExperimentState | undefined;
  };
}

export interface BlocksWish {
  /** Undefined: the last one. */
  readonly experiment: string | undefined;
  readonly nowMs: number;
}

export type EarlierExperiment = Pick<
  ExperimentState,
  "experiment" | "status" | "startedMs" | "statusSinceMs" | "slotsOn" | "slotsOff"
>;

/** An experiment for a report: `analysisOf` (experiment/analysis.ts) makes strata of the blocks. */
export interface ExperimentBlocks {
  readonly state: ExperimentState;
  /** In the order of the draw; empty where the plan is not known here. */
  readonly blocks: readonly Block[];
  /** Of single suggestions, in tier 3. */
  readonly trials?: Trials;
  /** What was begun before it, and is in none of its figures: whoever begins anew until the result pleases has chosen it. */
  readonly earlier?: readonly EarlierExperiment[];
}

export interface ExperimentReaderQuestions {
  blocks: { readonly ask: BlocksWish; readonly answer: ExperimentBlocks | undefined };
}
