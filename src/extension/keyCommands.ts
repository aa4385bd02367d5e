import * as vscode from "vscode";
import { hostOf, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";

/** Asks for the key of the server that the settings name, and stores it in the editor's secret storage. */
export async function enterKey(keys: Keys): Promise<void> {
  const baseUrl = setting("model.baseUrl");
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t("API key for {0}", hostOf(baseUrl)),
    prompt: vscode.l10n.t("It is kept in the editor's secret storage and sent to this server only."),
    password: true,
    ignoreFocusOut: true,
  });
  if (key?.trim()) await keys.store(baseUrl, key.trim());
}

export async function removeKey(keys: Keys): Promise<void> {
  const baseUrl = setting("model.baseUrl");
  await keys.remove(baseUrl);
  void vscode.window.showInformationMessage(vscode.l10n.t("The API key for {0} was removed.", hostOf(baseUrl)));
}
