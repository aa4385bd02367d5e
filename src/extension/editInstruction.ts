import * as vscode from "vscode";
import { lastLineOf } from "./convert.ts";
import type { Editor } from "./refactorPorts.ts";

/** Asks for what is to be done with the selection, or with what is around the caret. */
export async function editWithInstruction(editor: Editor): Promise<void> {
  const { l10n, window } = vscode;
  const active = window.activeTextEditor;
  if (!active) {
    void window.showInformationMessage(l10n.t("Open a file first: what is to be changed is what is selected there."));
    return;
  }
  const { document, selection } = active;
  const name = vscode.workspace.asRelativePath(document.uri, false);
  const title = selection.isEmpty
    ? l10n.t("Edit around line {0} of {1}", selection.start.line + 1, name)
    : l10n.t("Edit lines {0} to {1} of {2}", selection.start.line + 1, lastLineOf(selection) + 1, name);
  const wish = await window.showInputBox({
    title,
    prompt: l10n.t("What is to be done? The change is shown first; nothing is written before you accept it."),
    placeHolder: l10n.t("Return early when the list is empty"),
  });
  if (wish?.trim()) await editor.edit({ document, range: selection, wish: wish.trim() });
}
