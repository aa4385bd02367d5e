import * as vscode from "vscode";
import { providerAt } from "../model/addresses.ts";
import { providers } from "../model/providers.ts";
import { namedModels } from "./chosenModel.ts";
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

/** Of the server that the settings name; where they name several, or none, one is picked. */
async function addressForKey(): Promise<string | undefined> {
  const named = namedModels().flatMap((chosen) =>
    chosen.kind === "server" ? [[chosen.provider.id, chosen.baseUrl] as const] : [],
  );
  const addresses = new Map(named);
  const [only] = addresses.values();
  if (only !== undefined && addresses.size === 1) return only;
  const own = Object.entries(setting("model.servers")).filter(([, address]) => typeof address === "string");
  if (addresses.size === 0) for (const [id, address] of own) addresses.set(id, address);
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
