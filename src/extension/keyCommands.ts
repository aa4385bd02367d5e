import * as vscode from "vscode";
import { providerAt } from "../model/addresses.ts";
import { type ChosenServer, knownModels, serversOf } from "../model/chosenModel.ts";
import { providers } from "../model/providers.ts";
import { allForSuggestions, knownForSuggestions } from "./chosenModel.ts";
import { describeFailure } from "./notices.ts";
import { hostOf, isAddress, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";
import { BACK } from "./steps.ts";

/** Asks for the key of the server at `address`, or of one that is picked, and stores it in the editor's secret storage. */
export async function enterKey(keys: Keys, address?: string): Promise<void> {
  const baseUrl = address ?? (await addressForKey());
  if (baseUrl === undefined) return;
  if (!isAddress(baseUrl)) {
    // Nothing is typed that can't be kept then.
    const { text, action } = describeFailure({ kind: "unreachable", host: hostOf(baseUrl), code: "ERR_INVALID_URL" });
    const picked = await vscode.window.showWarningMessage(text, ...(action ? [action.title] : []));
    if (action && picked !== undefined) await vscode.commands.executeCommand(action.command, action.argument);
    return;
  }
  const [{ askForKey }, { ask }] = await Promise.all([import("./keyStep.ts"), import("./quickInputs.ts")]);
  const key = await askForKey(ask, hostOf(baseUrl), providerAt(baseUrl)?.keyPage, false);
  if (key !== undefined && key !== BACK) await keys.store(baseUrl, key);
}

/** The address of the server with this host that the settings name; `undefined` where none does. */
export function addressOfHost(host: unknown): string | undefined {
  return serversNamed().find(({ baseUrl }) => hostOf(baseUrl) === host)?.baseUrl;
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

/** That of the only server that the settings name for something, where suggestions come from it; else one is picked. */
async function addressForKey(): Promise<string | undefined> {
  const named = serversNamed();
  const [first, ...others] = named;
  const chosen = knownForSuggestions();
  if (first && others.length === 0 && chosen?.kind === "server") return first.baseUrl;
  const own = Object.entries(setting("model.servers")).filter(([, address]) => typeof address === "string");
  const listed = new Map(own);
  for (const { id, key, baseUrl } of providers)
    if (key === "needed" && baseUrl !== undefined && !listed.has(id)) listed.set(id, baseUrl);
  const ids = new Set(named.map(({ provider }) => provider.id));
  const items = [
    ...named.map(({ provider, baseUrl }) => itemFor(provider.id, baseUrl)),
    ...[...listed].filter(([id]) => !ids.has(id)).map(([id, address]) => itemFor(id, address)),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Whose API key?"),
    placeHolder: vscode.l10n.t("Other servers: add them to pairwise.model.servers."),
  });
  return picked?.address;
}

/** For suggestions, to help out, and for the index. */
function serversNamed(): readonly ChosenServer[] {
  const forIndex = knownModels([setting("index.embeddingModel")], setting("model.servers"));
  return serversOf([...allForSuggestions(), ...forIndex]);
}

function itemFor(id: string, address: string) {
  const label = providers.find((each) => each.id === id)?.name ?? id;
  return { label, description: hostOf(address), address };
}
