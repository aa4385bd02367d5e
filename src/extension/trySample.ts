import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import { ModelError } from "../model/model.ts";
import { describeFailure } from "./notices.ts";
import { sampleText } from "./sampleText.ts";

interface SampleParts {
  /** Rejects with `ModelError` where the model can't be used. */
  readonly backend: () => Promise<CompletionBackend>;
  readonly suggest: () => Promise<void>;
}

/** Opens a file of a few lines, with the caret where even a small model knows what comes, and asks there. */
export async function trySample({ backend, suggest }: SampleParts): Promise<void> {
  const { l10n } = vscode;
  const { text, caret } = sampleText([
    l10n.t("Grey text is a suggestion: Tab accepts it, Escape sends it away."),
    l10n.t("Keep typing, and the next one comes: after the last return below, for instance."),
  ]);
  const document = await vscode.workspace.openTextDocument({ language: "javascript", content: text });
  const at = document.positionAt(caret);
  const editor = await vscode.window.showTextDocument(document, {
    preview: false,
    selection: new vscode.Range(at, at),
  });
  editor.revealRange(new vscode.Range(0, 0, at.line, 0));
  try {
    await backend();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { text: words, action } = describeFailure(error.failure);
    const picked = await vscode.window.showWarningMessage(words, ...(action ? [action.title] : []));
    if (action && picked !== undefined)
      await vscode.commands.executeCommand(action.command, ...(action.argument === undefined ? [] : [action.argument]));
    return;
  }
  await suggest();
}
