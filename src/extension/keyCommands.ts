import * as vscode from "vscode";
import { providers } from "../model/providers.ts";
import { knownForSuggestions } from "./chosenModel.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";

/** Asks for the key of the server in use, or of one that is picked, and stores it in the editor's secret storage. */
export async function enterKey(keys: Keys): Promise<void> {
  const baseUrl = await addressForKey();
  if (baseUrl === undefined) return;
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
  const baseUrl = await addressForKey();
  if (baseUrl === undefined) return;
  if ((await keys.get(baseUrl)) === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No API key is stored for {0}.", hostOf(baseUrl)));
    return;
  }
  await keys.remove(baseUrl);
  void vscode.window.showInformationMessage(vscode.l10n.t("The API key for {0} was removed.", hostOf(baseUrl)));
}

/** Of the server that suggestions come from; where they come from this machine, one is picked. */
async function addressForKey(): Promise<string | undefined> {
  const chosen = knownForSuggestions();
  if (chosen?.kind === "server") return chosen.baseUrl;
  const own = Object.entries(setting("model.servers")).filter(([, address]) => typeof address === "string");
  const addresses = new Map(own);
  for (const { id, key, baseUrl } of providers)
    if (key === "needed" && baseUrl !== undefined && !addresses.has(id)) addresses.set(id, baseUrl);
  const items = [...addresses].map(([id, address]) => ({
    label: providers.find((each) => each.id === id)?.name ?? id,
    description: hostOf(address),
    address,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Whose API key?"),
    placeHolder: vscode.l10n.t("Other servers: add them to pairwise.model.servers."),
  });
  return picked?.address;
}
