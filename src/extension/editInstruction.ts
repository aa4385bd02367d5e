import * as vscode from "vscode";
import { lastLineOf, nameOf } from "./convert.ts";
import { isReadOnly, readOnlySentence } from "./readOnly.ts";
import type { Editor } from "./refactorPorts.ts";

/**
 * Asks for what is to be done with the selection, or with what is around the caret.
 * @param given what the command was called with: the key says where VS Code lets nobody type, also for the session alone
 */
export async function editWithInstruction(editor: Editor, given: unknown): Promise<void> {
  const { l10n, window } = vscode;
  const active = window.activeTextEditor;
  if (!active) {
    void window.showInformationMessage(l10n.t("Open a file first: what is to be changed is what is selected there."));
    return;
  }
  const { document, selection } = active;
  if (saysReadOnly(given) || (await isReadOnly(document))) {
    void window.showWarningMessage(readOnlySentence(document));
    return;
  }
  const name = nameOf(document);
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

/** As package.json has it. */
function saysReadOnly(given: unknown): boolean {
  return typeof given === "object" && given !== null && "isReadOnly" in given && given.isReadOnly === true;
}
