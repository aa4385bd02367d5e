import type { Block } from "../experiment/blocks.ts";
import type { Report } from "../ledger/report.ts";
import type { UsageSlot } from "../ledger/reportUsage.ts";
import type { ReportModel } from "../report/model.ts";

/** What all exports are made of: the report, and what its figures were counted from. */
export interface ExportFigures {
  readonly model: ReportModel;
  readonly report: Pick<Report, "activeSlots" | "aiSlots" | "typedSlots">;
  readonly usage: readonly UsageSlot[];
  /** Of the experiment that the report is about; none without one. */
  readonly blocks: readonly Block[];
  /** As the report's: minutes by which the clock on the wall is before UTC. */
  readonly offsetMinutesAt: (atMs: number) => number;
}

/** A file, or all that is sent. */
export interface ExportFile {
  readonly name: string;
  readonly text: string;
}
