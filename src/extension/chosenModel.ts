import { homedir } from "node:os";
import { basename, join } from "node:path";
import type * as vscode from "vscode";
import { cacheFolder } from "../model/cacheFolder.ts";
import { modelFile } from "../model/catalogue.ts";
import { type ChosenLocal, type ChosenModel, chosenModel, knownModels } from "../model/chosenModel.ts";
import { EDITOR, EMBEDDED, splitReference } from "../model/modelReference.ts";
import { formatForModel, formatNames, type FormatName } from "../model/templates.ts";
import { setting, suggestionReferences } from "./settings.ts";
import { shownModel } from "./shownModel.ts";

/** @throws {ModelError} where it is no model */
export function modelNamed(reference: string): ChosenModel {
  return chosenModel(reference, setting("model.servers"));
}

/** The model that suggestions come from, by the settings; `undefined` where they name none. */
export function knownForSuggestions(): ChosenModel | undefined {
  try {
    return modelNamed(setting("model.suggestions"));
  } catch {
    return undefined;
  }
}

/** Those that suggestions may come from, the first one first. What names no model is left out. */
export function allForSuggestions(): readonly ChosenModel[] {
  return knownModels(suggestionReferences(), setting("model.servers"));
}

/** For people. What the settings say where that is no model. */
export function chosenModelName(): string {
  const chosen = knownForSuggestions();
  return chosen ? modelName(chosen) : setting("model.suggestions");
}

/** The same with the server, where it is on one: where code goes. */
export function chosenModelPlace(): string {
  const chosen = knownForSuggestions();
  if (chosen?.kind !== "server") return chosenModelName();
  const host = URL.canParse(chosen.baseUrl) ? new URL(chosen.baseUrl).host : chosen.baseUrl;
  return `${modelName(chosen)}, ${host}`;
}

/** For people. */
export function modelName(chosen: ChosenModel): string {
  switch (chosen.kind) {
    case "catalogue":
      return chosen.entry.name;
    case "file":
      return basename(chosen.path);
    case "editor":
      return chosen.model;
    case "server":
      return shownModel(chosen.model);
  }
}

/** Where the model is that the settings mean: in a process of our own, in another extension, or on a server. */
export function sourceOfModel(): "embedded" | "editor" | "server" {
  switch (splitReference(setting("model.suggestions"))?.[0]) {
    case EMBEDDED:
      return "embedded";
    case EDITOR:
      return "editor";
    default:
      return "server";
  }
}

export function modelsFolder(): string {
  return join(cacheFolder(), "models");
}

export interface LocalModel {
  readonly name: string;
  readonly path: string;
  readonly adapterPath: string | undefined;
  readonly contextTokens: number;
  readonly format: FormatName;
}

export function localModel(context: vscode.ExtensionContext, chosen: ChosenLocal): LocalModel {
  if (chosen.kind === "file") {
    const path = chosen.path.replace(/^~(?=[\\/])/, homedir());
    const name = basename(path);
    return { name, path, adapterPath: undefined, contextTokens: 4096, format: formatForModel(name) };
  }
  const { entry } = chosen;
  return {
    name: entry.name,
    path: modelFile(modelsFolder(), entry),
    adapterPath: entry.adapter && context.asAbsolutePath(entry.adapter.file),
    contextTokens: Math.min(entry.contextTokens, 4096),
    format: entry.format,
  };
}

/** What the settings say for the model that `reference` names: they say it of the one that suggestions come from. */
export function chosenFormat(reference: string): FormatName | undefined {
  if (reference !== setting("model.suggestions")) return undefined;
  const chosen = setting("model.format");
  return formatNames.find((format) => format === chosen);
}
