import * as vscode from "vscode";
import { providerAt } from "../model/addresses.ts";
import { providers } from "../model/providers.ts";
import { knownForSuggestions } from "./chosenModel.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";
import { BACK } from "./steps.ts";

/**
 * Asks for the key of the server at `address`, or of the one in use, or of one that is picked, and stores it in the
 * editor's secret storage.
 */
export async function enterKey(keys: Keys, address?: string): Promise<void> {
  const baseUrl = address ?? (await addressForKey());
  if (baseUrl === undefined) return;
  const [{ askForKey }, { ask }] = await Promise.all([import("./keyStep.ts"), import("./quickInputs.ts")]);
  const key = await askForKey(ask, hostOf(baseUrl), providerAt(baseUrl)?.keyPage, false);
  if (key !== undefined && key !== BACK) await keys.store(baseUrl, key);
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
