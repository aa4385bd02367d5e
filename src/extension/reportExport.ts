/** "Export the Report": which format, and where to. */

import * as vscode from "vscode";
import { askExportFolder } from "./exportFolder.ts";
import type { ExportFile } from "../productivity/export/figures.ts";
import type { ReportModelWish } from "../productivity/ledger/reportModelOf.ts";
import { writeTo } from "./fileWriting.ts";
import { abortSignalOf } from "./cancellation.ts";
import { askClosing, type ClosingNeeds, noteSeen } from "./closingForecast.ts";
import type { Lazy } from "./lazy.ts";
import type { OwnLedger } from "./ownLedger.ts";
import { type MadeExport, madeExport, type ReportFormat } from "./reportExportThread.ts";
import type { ReportPreview } from "./reportPreview.ts";
import { reveal } from "./reveal.ts";

export interface ReportExportNeeds {
  readonly own: Pick<OwnLedger, "ledger" | "file">;
  /** As the view has it. */
  readonly wish: () => Promise<ReportModelWish>;
  /** Of the built product. */
  readonly workerFile: string;
  /** Of Pairwise. */
  readonly version: string;
  readonly secrets: vscode.SecretStorage;
  /** Random, and this installation's alone: by it whoever gets metrics tells machines apart. */
  readonly instanceId: () => Promise<string>;
  readonly preview: Lazy<ReportPreview>;
  readonly closing: ClosingNeeds;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ReportFormat;
  readonly isSent?: boolean;
}

export async function exportReport(needs: ReportExportNeeds): Promise<void> {
  const picked = await vscode.window.showQuickPick(formats(), {
    title: vscode.l10n.t("Export the report"),
    matchOnDetail: true,
  });
  if (!picked) return;
  if (picked.isSent) {
    const { sendReport } = await import("./reportSending.ts");
    await sendReport(needs);
    return;
  }
  const first = await reportAs(needs, picked.format);
  // As before the report in the editor: a guess that is made after the result has been seen is none.
  const isAnswered = await askClosing(first?.closing, needs.closing);
  const made = isAnswered ? await reportAs(needs, picked.format) : first;
  if (!made) return;
  if (made.files.every(({ text }) => text === "")) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing to export yet."));
    return;
  }
  const [file, ...more] = made.files;
  const saved = file && (await (more.length > 0 ? intoFolder(made.files) : intoFile(file)));
  if (!saved) return;
  await noteSeen(made.closing, needs.closing.memory);
  const show = vscode.l10n.t("Show where it is");
  if ((await vscode.window.showInformationMessage(saved.words, show)) === show) await reveal(saved.where);
}

interface Saved {
  readonly words: string;
  readonly where: vscode.Uri;
}

function formats(): readonly FormatItem[] {
  const { l10n } = vscode;
  return [
    { label: "HTML", detail: l10n.t("A page to read, to print and to pass on, without script."), format: "html" },
    {
      label: "CSV",
      detail: l10n.t("For spreadsheets: a file for each table, and one with an experiment's blocks."),
      format: "csv",
    },
    { label: "JSON", detail: l10n.t("For programs: the whole report."), format: "json" },
    {
      label: l10n.t("Copilot usage metrics"),
      detail: l10n.t("For tools that read what GitHub counts of Copilot (NDJSON): a line for each day."),
      format: "copilot",
    },
    {
      label: l10n.t("OpenTelemetry, a file"),
      detail: l10n.t("Metrics as a collector reads them from files (OTLP as JSON)."),
      format: "otel",
    },
    {
      label: l10n.t("OpenTelemetry, to an end point"),
      detail: l10n.t("Sent once, after you have seen all of it and where to. Never by itself."),
      format: "otel",
      isSent: true,
    },
  ];
}

type Made = Extract<MadeExport, { readonly kind: "made" }>;

/** Undefined where it can't be made, and was told, or where nobody waits for it any more. */
export async function reportAs(
  { own, wish, workerFile, version, instanceId }: ReportExportNeeds,
  format: ReportFormat,
): Promise<Made | undefined> {
  const { l10n, window, ProgressLocation, env } = vscode;
  const made = await window.withProgress(
    { location: ProgressLocation.Notification, title: l10n.t("Making the report"), cancellable: true },
    async (_progress, token) => {
      await own.ledger.flush();
      const task = {
        ledgerFile: own.file,
        format,
        wish: await wish(),
        version,
        language: l10n.bundle ? env.language : "en",
        sentences: { ...l10n.bundle },
        ...(format === "otel" && { instanceId: await instanceId() }),
      };
      const stop = abortSignalOf(token);
      try {
        return await madeExport(workerFile, task, stop.signal);
      } finally {
        stop.dispose();
      }
    },
  );
  if (made.kind === "made") return made;
  if (made.kind === "failed") void window.showWarningMessage(l10n.t("Nothing was written: {0}", made.words));
  return undefined;
}

async function intoFile({ name, text }: ExportFile): Promise<Saved | undefined> {
  const { l10n, window, Uri, workspace } = vscode;
  const [folder] = workspace.workspaceFolders ?? [];
  const target = await window.showSaveDialog({
    title: l10n.t("Where is the report to be written?"),
    ...(folder && { defaultUri: Uri.joinPath(folder.uri, name) }),
  });
  if (!target) return undefined;
  await written(target, text);
  return { words: l10n.t("The report is in {0}.", target.fsPath), where: target };
}

/** None of the files is written over, and all of them are there or none. */
async function intoFolder(files: readonly ExportFile[]): Promise<Saved | undefined> {
  const { l10n, window, workspace, Uri } = vscode;
  const folder = await askExportFolder();
  if (!folder) return undefined;
  const targets = files.map(({ name, text }) => ({ target: Uri.joinPath(folder, name), name, text }));
  const there = new Set((await workspace.fs.readDirectory(folder)).map(([name]) => name));
  const inTheWay = targets.find(({ name }) => there.has(name));
  if (inTheWay) {
    void window.showWarningMessage(l10n.t("Nothing was written: {0} is there already.", inTheWay.name));
    return undefined;
  }
  const done: vscode.Uri[] = [];
  try {
    for (const { target, text } of targets) {
      done.push(target);
      await written(target, text);
    }
  } catch (error) {
    await Promise.allSettled(done.map((target) => workspace.fs.delete(target)));
    throw error;
  }
  const [where] = done;
  return where && { words: l10n.t("The report's {0} tables are in {1}.", files.length, folder.fsPath), where };
}

function written(target: vscode.Uri, text: string): Promise<void> {
  return writeTo(target, new TextEncoder().encode(text));
}
