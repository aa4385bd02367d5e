import { stat } from "node:fs/promises";
import { totalmem } from "node:os";
import * as vscode from "vscode";
import { hostFetch } from "../model/hostFetch.ts";
import { isSameServer } from "../model/addresses.ts";
import { catalogue, type CatalogueEntry, modelFile } from "../model/catalogue.ts";
import { discoverServers } from "../model/discovery.ts";
import { EMBEDDED, splitReference } from "../model/modelReference.ts";
import { providers } from "../model/providers.ts";
import { commands } from "./contributions.ts";
import { knownForSuggestions, modelsFolder } from "./chosenModel.ts";
import { type DownloadMonitor, fetchModel, removeFile } from "./localModels.ts";
import { chooseFile } from "./modelFiles.ts";
import { foundChoice, localChoices, memoryFor, modelInUse, serviceChoices } from "./modelChoices.ts";
import {
  anotherRow,
  type Choice,
  fileRow,
  foundRow,
  localRow,
  remarkRow,
  type RowButtons,
  rowButtons,
  separator,
  serviceRow,
} from "./modelRows.ts";
import { orTell } from "./orTell.ts";
import type { Ask, Row } from "./quickInputs.ts";
import type { Keys } from "./secrets.ts";
import { serverSteps } from "./serverSteps.ts";
import { setting, suggestionReferences } from "./settings.ts";
import { shownModel } from "./shownModel.ts";
import { type Back, runSteps, type Step } from "./steps.ts";

export interface PickerParts {
  readonly ask: Ask;
  readonly keys: Keys;
  readonly speeds: { look(): Promise<void>; of(name: string): number | undefined };
  readonly downloads: DownloadMonitor;
  readonly log: vscode.LogOutputChannel;
  /** Ends the use of a model's file. */
  readonly releaseModel: () => void;
  /** A model's file has come or gone. */
  readonly onFiles: () => void;
  /** The settings name a model that can be used. */
  readonly onChosen: () => void;
  readonly discover?: typeof discoverServers;
}

/**
 * Lets the user choose the model that suggestions come from, and gets ready what it needs: the file, the key, the
 * address. `argument` takes the first step: the reference of a local model, or the id of a service.
 */
export async function chooseModel(parts: PickerParts, argument?: unknown): Promise<void> {
  const wanted = catalogue.find(({ id }) => argument === `${EMBEDDED}/${id}`);
  // One that only helps where another fails goes on to do that.
  if (wanted) return fetchEntry(parts, wanted, !suggestionReferences().includes(`${EMBEDDED}/${wanted.id}`));
  const { ask, keys, onChosen } = parts;
  const buttons = rowButtons();
  const servers = serverSteps(ask, keys, (reference, host) => {
    onChosen();
    void orTell(tellChosen(reference, host));
  });
  const service = serviceChoices(providers, setting("model.servers")).find(({ id }) => id === argument);
  const first = async (): Promise<Step | Back | undefined> => {
    const own = await ownRows(parts, buttons);
    const services = await serviceRows(keys, buttons);
    const looking = remarkRow("search", vscode.l10n.t("Looking at the usual ports …"));
    // One that was named and is found as well is shown where it was found.
    const placeOf = (row: Row<Choice>) => (row.value?.kind === "server" ? (row.value.server.baseUrl ?? "") : "");
    const rows = (found: readonly Row<Choice>[]) => [
      ...own,
      separator(vscode.l10n.t("Servers found on this machine")),
      ...found,
      separator(vscode.l10n.t("Services")),
      ...services.filter((service) => !found.some((row) => isSameServer(placeOf(row), placeOf(service)))),
      anotherRow(),
    ];
    let found: readonly Row<Choice>[] = [];
    const picked = await ask.pick({
      title: vscode.l10n.t("Choose a model"),
      placeHolder: vscode.l10n.t("Type to find a model, a server or a service"),
      rows: rows([looking]),
      later: async (signal) => rows((found = await foundRows(parts, signal))),
      hint: () => foundHint(found),
      isFirst: ({ isInUse = false }) => isInUse,
      canGoBack: false,
    });
    if (typeof picked !== "object") return picked;
    const { value: choice, button } = picked;
    switch (choice.kind) {
      case "another":
        return servers.another;
      case "server":
        if (button !== buttons.keyPage) return servers.from(choice.server, button === buttons.newKey);
        await openPage(choice.server.keyPage);
        return first;
      case "file":
        // A dialog that is cancelled leads back.
        if (!(await chooseFile())) return first;
        onChosen();
        return undefined;
      case "catalogue":
        if (button === undefined) {
          await fetchEntry(parts, choice.entry);
          return undefined;
        }
        if (button === buttons.modelPage) await openPage(modelPage(choice.entry));
        else {
          await orTell(removeFile(choice.entry, isInUse(choice.entry), parts.releaseModel));
          parts.onFiles();
        }
        return first;
    }
  };
  await runSteps(service ? servers.from(service) : first);
}

async function fetchEntry(parts: PickerParts, entry: CatalogueEntry, isNew = true): Promise<void> {
  const { downloads, log, onChosen, onFiles } = parts;
  if (await fetchModel(entry, downloads, log, isNew)) onChosen();
  onFiles();
}

/** The models that run in a process of Pairwise's own. */
async function ownRows({ speeds }: PickerParts, buttons: RowButtons): Promise<readonly Row<Choice>[]> {
  await speeds.look();
  const here = await Promise.all(catalogue.map(async (entry) => ((await isThere(entry)) ? [entry.id] : [])));
  const choices = localChoices(catalogue, {
    memoryBytes: memoryFor(totalmem(), process.constrainedMemory?.()),
    here: new Set(here.flat()),
    reference: setting("model.suggestions"),
    speedOf: (name) => speeds.of(name),
  });
  const chosen = knownForSuggestions();
  return [
    separator(vscode.l10n.t("On this machine")),
    ...choices.map((choice) => localRow(choice, buttons)),
    fileRow(chosen?.kind === "file" ? chosen.path : undefined),
  ];
}

async function serviceRows(keys: Keys, buttons: RowButtons): Promise<readonly Row<Choice>[]> {
  const reference = setting("model.suggestions");
  return Promise.all(
    serviceChoices(providers, setting("model.servers")).map(async (server) => {
      const hasKey = server.baseUrl !== undefined && (await keys.get(server.baseUrl)) !== undefined;
      return serviceRow(server, hasKey, modelInUse(reference, server.id) !== undefined, buttons);
    }),
  );
}

async function foundRows(
  { discover = discoverServers }: PickerParts,
  signal: AbortSignal,
): Promise<readonly Row<Choice>[]> {
  const found = await discover({
    fetch: hostFetch,
    signal,
    ollamaHost: process.env["OLLAMA_HOST"],
  });
  const [provider] = splitReference(setting("model.suggestions")) ?? [];
  if (found.length === 0) return [remarkRow("info", vscode.l10n.t("No Ollama, llama.cpp, LM Studio or vLLM answers"))];
  return found.map((each) => {
    const server = foundChoice(each, setting("model.servers"));
    return foundRow(each, server, server.id === provider);
  });
}

/** They stand below what the user looks at already, where nothing may move. */
function foundHint(found: readonly Row<Choice>[]): string | undefined {
  const names = found.filter(({ value }) => value !== undefined).map(({ label }) => label);
  return names.length === 0 ? undefined : vscode.l10n.t("Further down, found on this machine: {0}", names.join(", "));
}

function isInUse({ id }: CatalogueEntry): boolean {
  const chosen = knownForSuggestions();
  return chosen?.kind === "catalogue" && chosen.entry.id === id;
}

async function isThere(entry: CatalogueEntry): Promise<boolean> {
  return (await stat(modelFile(modelsFolder(), entry)).catch(() => undefined))?.isFile() ?? false;
}

function modelPage({ sources: { modelScope, huggingFace } }: CatalogueEntry): string | undefined {
  if (modelScope && vscode.env.language.startsWith("zh")) return `https://modelscope.cn/models/${modelScope.repo}`;
  return huggingFace && `https://huggingface.co/${huggingFace.repo}`;
}

async function openPage(url: string | undefined): Promise<void> {
  if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url));
}

async function tellChosen(reference: string, host: string): Promise<void> {
  const { l10n } = vscode;
  const [, model = reference] = splitReference(reference) ?? [];
  const check = l10n.t("Check");
  const text = l10n.t("Suggestions come from {0} at {1} from now on.", shownModel(model), host);
  if ((await vscode.window.showInformationMessage(text, check)) === check)
    await vscode.commands.executeCommand(commands.checkModel);
}
