import type { DatabaseSync } from "node:sqlite";
import type { ExportFigures } from "../productivity/export/figures.ts";
import { toldBlocks } from "../productivity/experiment/analysis.ts";
import type { Block } from "../productivity/experiment/blocks.ts";
import type { ExperimentBlocks } from "../productivity/ledger/experimentQuestions.ts";
import { atOneMoment } from "../productivity/ledger/oneMoment.ts";
import { reportFiguresOf, type ReportModelWish } from "../productivity/ledger/reportModelOf.ts";
import { usageOf } from "../productivity/ledger/reportUsage.ts";

/**
 * The report of all that a ledger has, with what it was counted from.
 *
 * @param isExported whether anything wants `usage`, which takes its time
 */
export function figuresOf(database: DatabaseSync, wish: ReportModelWish, isExported: boolean): ExportFigures {
  // As the machine's time zone has it, which may be another one than that in which it was written.
  const offsetMinutesAt = (atMs: number): number => -new Date(atMs).getTimezoneOffset();
  return atOneMoment(database, () => {
    const { model, report, experiment } = reportFiguresOf(database, wish, offsetMinutesAt);
    return {
      model,
      report,
      usage: isExported ? usageOf(database, { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }) : [],
      blocks: toldOf(experiment, wish.nowMs),
      offsetMinutesAt,
    };
  });
}

/** Whoever reads them is not to know what was drawn for the half-hour of now. Without a plan that is known here there are none. */
function toldOf(experiment: ExperimentBlocks | undefined, nowMs: number): readonly Block[] {
  const { plan, status } = experiment?.state ?? {};
  return experiment && plan && status ? toldBlocks({ blocks: experiment.blocks, k: plan.k, status, nowMs }) : [];
}
