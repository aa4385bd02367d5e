/** What the view "What was sent" saves. */

import * as vscode from "vscode";
import type { SentRequest } from "../model/requestLog.ts";
import { promptAsText } from "./sentPrompt.ts";
import { pictureWords } from "./sentWords.ts";
import { contentOf, progressOf } from "./sentRows.ts";

/** Asks where to; `false` when nothing was written. */
export async function saveRequest(request: SentRequest): Promise<boolean> {
  const { l10n } = vscode;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `prompt-${new Date(request.startedAt).toISOString().replaceAll(/[:.]/g, "-")}.txt`;
  const uri = await vscode.window.showSaveDialog({
    title: l10n.t("Save what was sent"),
    filters: { [l10n.t("Text")]: ["txt"], JSON: ["json"] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!uri) return false;
  const text = uri.path.toLowerCase().endsWith(".json")
    ? `${JSON.stringify(request, undefined, 2)}\n`
    : asText(request);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return true;
}

/** The prompt and the answer stand in it as they are, between headings. */
function asText(request: SentRequest): string {
  const { l10n } = vscode;
  const { purpose, endPoint, pieces, redactions, parameters } = contentOf(request);
  const { stateWords, figures, pieceTokens, answer } = progressOf(request);
  const head = [
    `${purpose}, ${new Date(request.startedAt).toISOString()}`,
    endPoint,
    stateWords,
    ...[...figures, ...parameters].map(
      ({ label, value, note }) => `${label}: ${value}${note === "" ? "" : ` (${note})`}`,
    ),
    ...pieces.map(({ stretch, sourceWords, place, reason }) =>
      ["-", sourceWords, place, pieceTokens[stretch], reason].filter(Boolean).join(" "),
    ),
    ...redactions,
  ];
  const heading = (words: string): string => `\n===== ${words} =====\n`;
  return [
    ...head,
    heading(l10n.t("The prompt as it was sent")),
    promptAsText(request, pictureWords),
    heading(l10n.t("The answer as it came")),
    answer,
    "",
  ].join("\n");
}
