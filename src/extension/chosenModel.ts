import { homedir } from "node:os";
import { basename, join } from "node:path";
import type * as vscode from "vscode";
import { cacheFolder } from "../model/cacheFolder.ts";
import { findModel, modelFile, type CatalogueEntry } from "../model/catalogue.ts";
import { formatForModel, formatNames, type FormatName } from "../model/templates.ts";
import { setting } from "./settings.ts";

/** The catalogue's entry that the settings name; the first one where they name none that exists. */
export function chosenEntry(): CatalogueEntry {
  return findModel(setting("model.local"));
}

export function modelsFolder(): string {
  return join(cacheFolder(), "models");
}

/** As the settings name it, whether it can be used or not. */
export function chosenModelName(context: vscode.ExtensionContext): string {
  return setting("model.provider") === "openai" ? setting("model.name") : localModel(context).name;
}

export interface LocalModel {
  readonly name: string;
  readonly path: string;
  readonly adapterPath: string | undefined;
  readonly contextTokens: number;
  readonly format: FormatName;
}

export function localModel(context: vscode.ExtensionContext): LocalModel {
  const ownFile = setting("model.path").replace(/^~(?=[\\/])/, homedir());
  if (ownFile) {
    const name = basename(ownFile);
    return { name, path: ownFile, adapterPath: undefined, contextTokens: 4096, format: formatForModel(name) };
  }
  const entry = chosenEntry();
  return {
    name: entry.name,
    path: modelFile(modelsFolder(), entry),
    adapterPath: entry.adapter && context.asAbsolutePath(entry.adapter.file),
    contextTokens: Math.min(entry.contextTokens, 4096),
    format: entry.format,
  };
}

export function chosenFormat(): FormatName | undefined {
  const chosen = setting("model.format");
  return formatNames.find((format) => format === chosen);
}
