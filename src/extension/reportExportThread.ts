import { Worker } from "node:worker_threads";
import type { ClosingReport } from "./closingForecast.ts";
import type { ExportFile } from "../productivity/export/figures.ts";
import type { ReportModelWish } from "../productivity/ledger/reportModelOf.ts";

export type ReportFormat = "html" | "csv" | "json" | "copilot" | "otel";

/** `workerData` of the thread. */
export interface ReportExportTask {
  readonly ledgerFile: string;
  readonly format: ReportFormat;
  readonly wish: ReportModelWish;
  /** Of Pairwise. */
  readonly version: string;
  readonly language: string;
  /** Of OpenTelemetry's resource. */
  readonly instanceId?: string;
  /** English sentences, and what they are in that language. */
  readonly sentences: Readonly<Record<string, string>>;
}

export interface ExportedReport {
  readonly files: readonly ExportFile[];
  /** Of OpenTelemetry alone. */
  readonly points: number;
  readonly metrics: number;
  /** Where the files have what came of an experiment. */
  readonly closing: ClosingReport | undefined;
}

export type MadeExport =
  | ({ readonly kind: "made" } & ExportedReport)
  | { readonly kind: "failed"; readonly words: string }
  | { readonly kind: "stopped" };

/**
 * @param stop ends the thread, whatever it is at
 * @throws where the thread fails
 */
export function madeExport(workerFile: string, task: ReportExportTask, stop: AbortSignal): Promise<MadeExport> {
  const { promise, resolve, reject } = Promise.withResolvers<MadeExport>();
  if (stop.aborted) return Promise.resolve({ kind: "stopped" });
  const worker = new Worker(workerFile, { workerData: task });
  stop.addEventListener("abort", () => {
    resolve({ kind: "stopped" });
    void worker.terminate();
  });
  worker.once("message", resolve);
  worker.once("error", reject);
  // After an answer it says nothing any more.
  worker.once("exit", (code) => reject(new Error(`exit ${code}`)));
  return promise;
}
