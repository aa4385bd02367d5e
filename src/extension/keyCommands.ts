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
    validateInput: (text) =>
      /^[\x21-\x7e]*$/.test(text.trim())
        ? undefined
        : vscode.l10n.t("A key has letters, digits and signs of ASCII only."),
    ignoreFocusOut: true,
  });
  if (key?.trim()) await keys.store(baseUrl, key.trim());
}

export async function removeKey(keys: Keys): Promise<void> {
  const baseUrl = setting("model.baseUrl");
  if ((await keys.get(baseUrl)) === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No API key is stored for {0}.", hostOf(baseUrl)));
    return;
  }
  await keys.remove(baseUrl);
  void vscode.window.showInformationMessage(vscode.l10n.t("The API key for {0} was removed.", hostOf(baseUrl)));
}
