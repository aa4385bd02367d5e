/** The models that a thread of the chat can be given, as data for a list to pick from. */

import * as vscode from "vscode";
import { type ChosenModel, knownModels } from "../model/chosenModel.ts";
import { EDITOR } from "../model/modelReference.ts";
import { modelsForCode } from "../model/modelsForCode.ts";
import { listOllamaModels } from "../model/ollamaServer.ts";
import { openAiAccess } from "../model/openAiAccess.ts";
import { type Provider, providers } from "../model/providers.ts";
import { listModels } from "../model/serverModels.ts";
import { serviceChoices } from "./modelChoices.ts";
import { chatRoom, localCandidates } from "./openEngines.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { chatReference, setting, suggestionReferences } from "./settings.ts";

export interface ChatModelChoice {
  /** As in the settings. */
  readonly reference: string;
  /** For people. */
  readonly name: string;
  /** `settings`: what these name, the chat's model first. `before`: threads had it. */
  readonly group: "settings" | "before" | "local" | "server" | "editor";
  /** The server's host, the editor's vendor; empty for this machine. */
  readonly place: string;
}

/** Those that no server has to be asked for. Each model once, in the first group that has it. */
export async function nearChoices(context: vscode.ExtensionContext): Promise<readonly ChatModelChoice[]> {
  const [local, editor] = await Promise.all([localChoices(context), editorChoices()]);
  const named = (references: readonly string[], group: "settings" | "before") =>
    references.flatMap((reference) => namedChoice(reference, group, local));
  return once([
    ...named([chatReference(), ...suggestionReferences()], "settings"),
    ...named(chosenBefore(context), "before"),
    ...local,
    ...editor,
  ]);
}

/** With those of servers; of servers that do not answer in time there are none. Never rejects. */
export async function allChoices(
  context: vscode.ExtensionContext,
  keys: Keys,
  signal: AbortSignal,
): Promise<readonly ChatModelChoice[]> {
  return once((await Promise.all([nearChoices(context), serverChoices(context, keys, signal)])).flat());
}

function once(all: readonly ChatModelChoice[]): readonly ChatModelChoice[] {
  const seen = new Set<string>();
  return all.filter(({ reference }) => !seen.has(reference) && seen.add(reference));
}

/** So that it is offered again. */
export async function rememberChosen(context: vscode.ExtensionContext, reference: string): Promise<void> {
  const others = chosenBefore(context).filter((each) => each !== reference);
  await context.globalState.update(CHOSEN, [reference, ...others].slice(0, MOST_REMEMBERED));
}

function chosenBefore(context: vscode.ExtensionContext): readonly string[] {
  return context.globalState.get<readonly string[]>(CHOSEN, []);
}

/** What names no model is left out, and so is a local one that can't chat or is not here. */
function namedChoice(
  reference: string,
  group: "settings" | "before",
  local: readonly ChatModelChoice[],
): readonly ChatModelChoice[] {
  const [chosen] = knownModels([reference], setting("model.servers"));
  switch (chosen?.kind) {
    case undefined:
      return [];
    case "server":
      return [{ reference, name: chosen.model, group, place: hostOf(chosen.baseUrl) }];
    case "editor":
      return [{ reference, name: chosen.model, group, place: chosen.vendor ?? "" }];
    default: {
      const here = local.find((choice) => choice.reference === reference);
      return here ? [{ ...here, group }] : [];
    }
  }
}

async function localChoices(context: vscode.ExtensionContext): Promise<readonly ChatModelChoice[]> {
  const found = await Promise.all(
    localCandidates(context).map(async ({ reference, local }): Promise<readonly ChatModelChoice[]> => {
      const room = await chatRoom(local);
      return room ? [{ reference, name: local.name, group: "local", place: "" }] : [];
    }),
  );
  return found.flat();
}

/** Those of servers that the user has a key for, that the settings have an address of, or that a thread had a model of. */
async function serverChoices(
  context: vscode.ExtensionContext,
  keys: Keys,
  signal: AbortSignal,
): Promise<readonly ChatModelChoice[]> {
  const servers = setting("model.servers");
  const used = knownModels([...suggestionReferences(), chatReference(), ...chosenBefore(context)], servers);
  const isUsed = (id: string) => used.some((model) => model.kind === "server" && model.provider.id === id);
  const asked = [...serviceChoices(providers, servers), ...usedNearby(used)];
  const lists = await Promise.all(
    asked.map(async ({ id, baseUrl, provider }): Promise<readonly ChatModelChoice[]> => {
      if (baseUrl === undefined) return [];
      const apiKey = await keys.get(baseUrl);
      if (apiKey === undefined && !Object.hasOwn(servers, id) && !isUsed(id)) return [];
      const names = await namesAt({ baseUrl, provider, apiKey }, signal).catch(() => []);
      const kept = modelsForCode(names).slice(0, MOST_OF_A_SERVER);
      return kept.map((name) => ({ reference: `${id}/${name}`, name, group: "server", place: hostOf(baseUrl) }));
    }),
  );
  return lists.flat();
}

/** Programs on this machine are no services, so they are not listed by themselves. */
function usedNearby(used: readonly ChosenModel[]) {
  return used.flatMap((model) =>
    model.kind === "server" ? [{ id: model.provider.id, baseUrl: model.baseUrl, provider: model.provider }] : [],
  );
}

interface At {
  readonly baseUrl: string;
  readonly provider: Provider | undefined;
  readonly apiKey: string | undefined;
}

async function namesAt({ baseUrl, provider, apiKey }: At, signal: AbortSignal): Promise<readonly string[]> {
  // Looked up at each call: VS Code replaces the host's fetch by one with the user's proxy and certificates.
  const how = { apiKey, fetch: ((input, init) => globalThis.fetch(input, init)) satisfies typeof fetch };
  const server = { ...how, timeLimitMs: ANSWER_WITHIN_MS };
  if (provider?.protocol === "ollama")
    return (await listOllamaModels({ ...server, baseUrl }, signal)).map(({ name }) => name);
  const access = provider ? openAiAccess({ provider, baseUrl, model: "" }) : { baseUrl };
  return (await listModels({ ...server, ...access }, signal)).map(({ id }) => id);
}

async function editorChoices(): Promise<readonly ChatModelChoice[]> {
  const models = await vscode.lm.selectChatModels().then(
    (found) => found,
    () => [],
  );
  return models
    .filter(({ vendor }) => vendor !== OURS)
    .map(({ vendor, family, id, name }) => {
      const isOnly = models.filter((other) => other.vendor === vendor && other.family === family).length === 1;
      const reference = `${EDITOR}/${vendor}/${isOnly ? family : id}`;
      return { reference, name, group: "editor", place: vendor };
    });
}

/** They are among the local ones. */
const OURS = "pairwise";
const CHOSEN = "chat.chosenModels";
const MOST_REMEMBERED = 10;
/** OpenRouter has hundreds. */
const MOST_OF_A_SERVER = 50;
const ANSWER_WITHIN_MS = 3_000;
