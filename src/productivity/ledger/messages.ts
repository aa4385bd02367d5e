/** What goes to the ledger's thread and comes back from it. */

import type { LedgerRecord, RecordKind } from "../records.ts";
import type { ExperimentReaderQuestions, ExperimentWriterQuestions } from "./experimentQuestions.ts";
import type { Batch, Deletions, PendingAccept } from "./batches.ts";
import type { Exported, ExportWish } from "./exporting.ts";
import type { Failure } from "./failure.ts";
import type { MovedAside } from "./opening.ts";
import type { ReportModel } from "../report/model.ts";
import type { Report, ReportWish } from "./report.ts";
import type { ReportModelWish } from "./reportModelOf.ts";
import type { TeamBlocks, TeamBlocksWish } from "./teamBlocks.ts";
import type { Today } from "./today.ts";

/** `workerData` of the thread. */
export interface LedgerTask {
  /** One that writes, or one for long questions, which reads beside it. */
  readonly role: "writer" | "reader";
  readonly folder: string;
  readonly session: string;
  readonly mostBytes: number;
  readonly busyMs: number;
}

export type LedgerState =
  | { readonly kind: "starting" }
  | { readonly kind: "counting" }
  /** What is to be written waits in memory, as much as there is room for, and is tried again once a minute. */
  | ({ readonly kind: "stopped"; readonly sinceMs: number } & Failure);

export type LedgerNotice =
  /** The ledger's file is damaged, or none; it has been moved and a new one begun. */
  | ({ readonly kind: "moved-aside" } & MovedAside)
  /** Somebody has removed the file, or put another one in its place, while it was open. */
  | { readonly kind: "removed" };

/** Questions by their kind. */
export interface WriterQuestions extends ExperimentWriterQuestions {
  claimFile: {
    readonly ask: { readonly file: string; readonly most: number };
    readonly answer: readonly PendingAccept[];
  };
  claimDue: {
    readonly ask: { readonly dueMs: number; readonly most: number };
    readonly answer: readonly PendingAccept[];
  };
  today: { readonly ask: undefined; readonly answer: Today };
  /** False where some of what was deleted stays in files beside the ledger as long as somebody has them open. */
  deleteAll: { readonly ask: undefined; readonly answer: boolean };
}
export interface ReaderQuestions extends ExperimentReaderQuestions {
  report: { readonly ask: ReportWish; readonly answer: Report };
  reportModel: { readonly ask: ReportModelWish; readonly answer: ReportModel };
  /** The newest first. With `seenMs`, for somebody who looks at that time, without what would tell of half-hours that go on. */
  lastEvents: {
    readonly ask: {
      readonly count: number;
      readonly kinds: readonly RecordKind[] | undefined;
      readonly seenMs?: number;
    };
    readonly answer: readonly LedgerRecord[];
  };
  export: { readonly ask: ExportWish; readonly answer: Exported };
  /** Of the last experiment. */
  teamBlocks: { readonly ask: TeamBlocksWish; readonly answer: TeamBlocks };
}
export type Questions = WriterQuestions & ReaderQuestions;
export type QuestionKind = keyof Questions;
export type Answered<Kind extends QuestionKind> = Questions[Kind]["answer"] | Failure;
export type Question = {
  readonly [Kind in QuestionKind]: { readonly kind: Kind; readonly id: number; readonly ask: Questions[Kind]["ask"] };
}[QuestionKind];

export type ToLedger =
  | ({ readonly kind: "append" } & Batch)
  /** 0: for ever. */
  | { readonly kind: "keep"; readonly days: number }
  /** Whoever reads the file has found it damaged. */
  | { readonly kind: "look" }
  | { readonly kind: "close" }
  | Question;

export type FromLedger = Answer | Told;

export type Told =
  | { readonly kind: "open" }
  /** Before `open`, and before what is said of anything that came upon them. */
  | { readonly kind: "deletions"; readonly deletions: Deletions }
  /** `batch`: the number of the one that could not be written, if it is that. It has to be given again. */
  | ({ readonly kind: "stopped"; readonly batch?: number } & Failure)
  /** `unfit`: records that are none, and were left out. */
  | { readonly kind: "appended"; readonly number: number; readonly unfit: number }
  | { readonly kind: "notice"; readonly notice: LedgerNotice };

type Answer =
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | ({ readonly kind: "unanswered"; readonly id: number } & Failure);
