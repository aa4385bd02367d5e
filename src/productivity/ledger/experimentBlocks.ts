import type { DatabaseSync } from "node:sqlite";
import { isAsDrawn } from "../experiment/assigning.ts";
import { areInOrder, missingIn } from "../experiment/drawnPlaces.ts";
import { blocksOf } from "../experiment/blocks.ts";
import type { BlocksWish, ExperimentBlocks } from "./experimentQuestions.ts";
import { assignmentsOf, experimentIn, experimentsBefore, sha256 } from "./experimentRecords.ts";
import { atOneMoment } from "./oneMoment.ts";
import { trialsOf } from "./experimentTrials.ts";
import { slotCountsOf } from "./experimentSlots.ts";
import { hiddenSlotsOf } from "./hiddenSlots.ts";

/** Undefined where there is no such experiment. */
export function experimentBlocksOf(database: DatabaseSync, wish: BlocksWish): ExperimentBlocks | undefined {
  return atOneMoment(database, () => {
    const found = experimentIn(database, wish.experiment);
    if (!found) return undefined;
    const { seed } = found;
    const { plan, experiment, interruptions } = found.state;
    const earlier = experimentsBefore(database, found);
    if (!plan) return { state: found.state, blocks: [], earlier };
    const assignments = assignmentsOf(database, found);
    const areAsDrawn = assignments.every((assignment) => isAsDrawn(assignment, { seed, k: plan.k }, sha256));
    const missingSlots = missingIn(assignments, plan.k);
    const state = {
      ...found.state,
      isCommitmentKept: found.state.isCommitmentKept && areAsDrawn && areInOrder(assignments),
      ...(missingSlots > 0 && { missingSlots }),
    };
    // How many were drawn in the half-hour of now would tell that it has suggestions.
    const hidden = hiddenSlotsOf(state, assignments, wish.nowMs);
    const counts = slotCountsOf(
      database,
      assignments.map(({ slotMs }) => slotMs),
    );
    return {
      state,
      earlier,
      ...(plan.singles && { trials: trialsOf(database, found, plan.singles, hidden) }),
      blocks: blocksOf({ experiment, plan, assignments, counts, interruptions, nowMs: wish.nowMs }),
    };
  });
}
