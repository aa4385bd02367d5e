/** What is asked before an experiment begins or ends: the way out stands first, so that nobody agrees by a key too many. */

import * as vscode from "vscode";

/** Shows a text behind the question. */
export interface ConsentPage {
  show(title: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** The text stays open, and can be read and scrolled, until it is answered. */
export async function askConsent(page: ConsentPage, text: string): Promise<boolean> {
  const { l10n, window } = vscode;
  // The question stands over the first lines of the editor.
  await page.show(l10n.t("What You Agree To"), `${"\n".repeat(LINES_BENEATH_THE_QUESTION)}${text}`);
  const agree: vscode.QuickPickItem = { label: l10n.t("I agree: start the experiment") };
  const title = l10n.t("Start the experiment? (3 of 3)");
  const placeHolder = l10n.t("All of it is in the editor: read it to its end.");
  const items = [{ label: l10n.t("No, not now") }, agree];
  try {
    return (await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true })) === agree;
  } finally {
    await page.close();
  }
}

/** @param canPause it is not paused already */
export async function askStop(canPause: boolean): Promise<"stop" | "pause" | undefined> {
  const { l10n, window } = vscode;
  const stop: vscode.QuickPickItem = {
    label: l10n.t("Stop the experiment"),
    detail: l10n.t("It can't be resumed. What was measured stays in the ledger."),
  };
  const pause: vscode.QuickPickItem = {
    label: l10n.t("Pause it"),
    detail: l10n.t("Suggestions come as ever until you resume it."),
  };
  const items = [{ label: l10n.t("No, go on") }, ...(canPause ? [pause] : []), stop];
  const title = l10n.t("Stop the experiment?");
  const placeHolder = l10n.t("Suggestions come as ever from then on.");
  const picked = await window.showQuickPick(items, { title, placeHolder });
  return picked === stop ? "stop" : picked === pause ? "pause" : undefined;
}

const LINES_BENEATH_THE_QUESTION = 6;
