/** The report as a file of its own, where the user says. */

import { createHash } from "node:crypto";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { reportPage } from "../productivity/report/html/page.ts";
import type { ReportText } from "../productivity/report/words/text.ts";
import { writeTo } from "./fileWriting.ts";
import { dayOf } from "./ledgerFigures.ts";

export async function saveReport(text: ReportText, nowMs: number): Promise<void> {
  const { l10n, window, workspace, env, Uri } = vscode;
  const name = `pairwise-report-${dayOf(nowMs)}.html`;
  // Of a name alone the editor would make a file at the root of the disk.
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    title: l10n.t("Save the report"),
    filters: { HTML: ["html"] },
    defaultUri: Uri.joinPath(folder, name),
  });
  if (!file) return;
  await writeTo(file, new TextEncoder().encode(reportPage(text, sha256Base64)));
  const open = l10n.t("Open in the browser");
  const saved = l10n.t("The report is in {0}. It needs no network, and nothing was sent.", file.fsPath);
  if ((await window.showInformationMessage(saved, open)) === open) await env.openExternal(file);
}

const sha256Base64 = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");
