import type { DatabaseSync } from "node:sqlite";
import type { ExportFigures } from "../productivity/export/figures.ts";
import { SLOT_MS } from "../productivity/experiment/slots.ts";
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
      // Whoever reads it is not to know of the half-hour that goes on.
      blocks: (experiment?.blocks ?? []).filter(({ slotMs }) => slotMs + SLOT_MS <= wish.nowMs),
      offsetMinutesAt,
    };
  });
}
