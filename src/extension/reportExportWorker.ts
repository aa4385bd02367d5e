/** Runs in a thread of its own, makes one export of the report, and ends. With it comes what takes long: the report, and OpenTelemetry's SDK. */

import { createHash } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { copilotLines } from "../productivity/export/copilot.ts";
import { csvFiles } from "../productivity/export/csvTables.ts";
import type { ExportFigures } from "../productivity/export/figures.ts";
import { otlpRequest } from "../productivity/export/otlp.ts";
import { reportPage } from "../productivity/report/html/page.ts";
import { reportWords } from "../productivity/report/words.ts";
import { figuresOf } from "../report/ledgerFigures.ts";
import { UnreadableLedger, withLedger } from "../report/ledgerFiles.ts";
import { speakerWith } from "../report/speakerWith.ts";
import { troubleWords } from "../report/troubleWords.ts";
import { closingReportOf } from "./closingForecast.ts";
import type { ExportedReport, MadeExport, ReportExportTask } from "./reportExportThread.ts";

const task = workerData as ReportExportTask;

async function made(): Promise<MadeExport> {
  const speaker = speakerWith(task.language, task.sentences);
  try {
    const figures = withLedger([task.ledgerFile], (database) => figuresOf(database, task.wish, true));
    return { kind: "made", ...(await exportOf(figures, speaker)) };
  } catch (error) {
    // Before anything is counted there is no ledger.
    if (error instanceof UnreadableLedger && error.trouble.kind === "missing")
      return { kind: "made", files: [], points: 0, metrics: 0, closing: undefined };
    if (error instanceof UnreadableLedger) return { kind: "failed", words: troubleWords(speaker, error.trouble) };
    throw error;
  }
}

async function exportOf(figures: ExportFigures, speaker: Parameters<typeof reportWords>[1]): Promise<ExportedReport> {
  const { model } = figures;
  const one = (name: string, text: string): ExportedReport => ({
    files: [{ name: `pairwise-report.${name}`, text }],
    points: 0,
    metrics: 0,
    closing: undefined,
  });
  const closing = closingReportOf(model);
  switch (task.format) {
    case "html":
      return { ...one("html", reportPage(reportWords(model, speaker), sha256Base64)), closing };
    case "json":
      return { ...one("json", `${JSON.stringify(model, undefined, 2)}\n`), closing };
    case "csv":
      return { files: csvFiles(figures), points: 0, metrics: 0, closing };
    case "copilot":
      return one("copilot.ndjson", copilotLines(figures));
    case "otel": {
      const { json, points, metrics } = await otlpRequest(figures, {
        version: task.version,
        ...(task.instanceId !== undefined && { attributes: { "service.instance.id": task.instanceId } }),
      });
      return { ...one("otel.jsonl", points === 0 ? "" : `${json}\n`), points, metrics };
    }
  }
}

const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

void made().then((result) => parentPort?.postMessage(result));
