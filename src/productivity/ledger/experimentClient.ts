import type { WorkedSlot } from "../experiment/assigning.ts";
import type { ExperimentState } from "../experiment/state.ts";
import type {
  BlocksWish,
  ExperimentBlocks,
  ExperimentChange,
  SlotAnswer,
  Started,
  StartWish,
} from "./experimentQuestions.ts";
import type { Failure } from "./failure.ts";
import type { WriterThread } from "./writerThread.ts";

/**
 * Experiments, for the one who runs them. What is answered is on the disk. As everything of the ledger, it never rejects. `nowMs` is
 * the time that the window's events get.
 */
export class LedgerExperiments {
  readonly #writer: Pick<WriterThread, "ask">;
  readonly #blocks: (wish: BlocksWish) => Promise<ExperimentBlocks | undefined | Failure>;

  constructor(
    writer: Pick<WriterThread, "ask">,
    blocks: (wish: BlocksWish) => Promise<ExperimentBlocks | undefined | Failure>,
  ) {
    this.#writer = writer;
    this.#blocks = blocks;
  }

  /** The half-hour's part in the experiment: drawn when it is asked for first, and the same for every window. */
  assignSlot(slot: WorkedSlot, nowMs: number): Promise<SlotAnswer | Failure> {
    return this.#writer.ask("assignSlot", { slot, nowMs });
  }

  /** Of the last one; undefined where there was none. */
  state(): Promise<ExperimentState | undefined | Failure> {
    return this.#writer.ask("experimentState", undefined);
  }

  /** With consent and forecast, all of it or nothing, and only where none goes on. */
  start(wish: StartWish, nowMs: number): Promise<Started | Failure> {
    return this.#writer.ask("startExperiment", { wish, nowMs });
  }

  /** As it stands then; undefined where there is none. */
  change(change: ExperimentChange, nowMs: number): Promise<ExperimentState | undefined | Failure> {
    return this.#writer.ask("changeExperiment", { change, nowMs });
  }

  /** What came of each half-hour; undefined where there is no such experiment. What was counted until now is in it. */
  blocks(wish: BlocksWish): Promise<ExperimentBlocks | undefined | Failure> {
    return this.#blocks(wish);
  }
}
