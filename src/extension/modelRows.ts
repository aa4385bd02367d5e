import * as vscode from "vscode";
import { type CatalogueEntry, type ModelNote } from "../model/catalogue.ts";
import type { FoundServer } from "../model/discovery.ts";
import { modelsForCode } from "../model/modelsForCode.ts";
import { sentenceGap } from "./punctuation.ts";
import type { LocalChoice, ServerChoice } from "./modelChoices.ts";
import type { Row } from "./quickInputs.ts";
import { hostOf } from "./secrets.ts";
import { shownModel } from "./shownModel.ts";
import { sizeWords } from "./sizeWords.ts";

export type Choice =
  | { readonly kind: "catalogue"; readonly entry: CatalogueEntry }
  | { readonly kind: "file" }
  | { readonly kind: "server"; readonly server: ServerChoice }
  | { readonly kind: "another" };

/** The buttons of rows; which one was pressed is told by which object it is. */
export interface RowButtons {
  readonly remove: vscode.QuickInputButton;
  readonly modelPage: vscode.QuickInputButton;
  readonly keyPage: vscode.QuickInputButton;
  readonly newKey: vscode.QuickInputButton;
}

export function rowButtons(): RowButtons {
  const { l10n } = vscode;
  const button = (icon: string, tooltip: string) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip });
  return {
    remove: button("trash", l10n.t("Remove the file")),
    modelPage: button("law", l10n.t("Open the model's page with its licence")),
    keyPage: button("link-external", l10n.t("Open the page where one gets a key")),
    newKey: button("key", l10n.t("Enter another key")),
  };
}

export function localRow(choice: LocalChoice, buttons: RowButtons): Row<Choice> {
  const { entry, isHere, isInUse } = choice;
  const icon = isInUse && isHere ? "check" : isHere ? "vm" : "cloud-download";
  return {
    label: entry.name,
    iconPath: new vscode.ThemeIcon(icon),
    description: localDescription(choice),
    detail: localDetail(choice),
    buttons: [buttons.modelPage, ...(isHere ? [buttons.remove] : [])],
    value: { kind: "catalogue", entry },
    isInUse: isInUse && isHere,
  };
}

function presence({ isHere, isInUse }: LocalChoice): string {
  const { l10n } = vscode;
  if (isInUse) return isHere ? l10n.t("in use") : l10n.t("chosen, not here yet");
  return isHere ? l10n.t("already here") : "";
}

function localDescription(choice: LocalChoice): string {
  const { entry, tokensPerSecond } = choice;
  const speed =
    tokensPerSecond === undefined ? "" : vscode.l10n.t("{0} tokens/s measured here", Math.round(tokensPerSecond));
  const licence = entry.licence.replace("LicenseRef-", "");
  // What is cut off in a narrow window comes last.
  return [presence(choice), sizeWords(entry.sizeBytes), speed, licence].filter((part) => part !== "").join(" · ");
}

function localDetail({ entry, tooMuch }: LocalChoice): string {
  const { l10n } = vscode;
  const memory = tooMuch
    ? `$(warning) ${l10n.t("Needs {0} GB of memory, this machine has {1}.", tooMuch.needed, tooMuch.there)}`
    : l10n.t("Needs {0} GB of memory.", entry.recommendedMemoryGiB);
  return [memory, noteWords(entry.note)].join(sentenceGap());
}

export function fileRow(path: string | undefined): Row<Choice> {
  const { l10n } = vscode;
  return {
    label: l10n.t("A GGUF file …"),
    iconPath: new vscode.ThemeIcon(path === undefined ? "file" : "check"),
    description: path === undefined ? "" : l10n.t("in use"),
    detail: path ?? l10n.t("A model of your own that llama.cpp can load."),
    value: { kind: "file" },
    isInUse: path !== undefined,
  };
}

export function foundRow(found: FoundServer, server: ServerChoice, isInUse: boolean): Row<Choice> {
  const { l10n } = vscode;
  const models = modelsForCode(found.models);
  const shown = models.slice(0, SHOWN_MODELS).map(shownModel).join(", ");
  const more = models.length - SHOWN_MODELS;
  const detail =
    models.length === 0 ? l10n.t("It has no model yet.") : more > 0 ? l10n.t("{0} and {1} more", shown, more) : shown;
  return {
    label: found.provider === undefined ? l10n.t("A server that speaks like OpenAI") : server.name,
    iconPath: new vscode.ThemeIcon(isInUse ? "check" : "server"),
    description: [hostOf(found.baseUrl), ...(isInUse ? [l10n.t("in use")] : [])].join(" · "),
    detail,
    value: { kind: "server", server },
    isInUse,
  };
}

export function serviceRow(server: ServerChoice, hasKey: boolean, isInUse: boolean, buttons: RowButtons): Row<Choice> {
  const { l10n } = vscode;
  const key = hasKey ? l10n.t("key stored") : server.key === "needed" ? l10n.t("needs a key") : "";
  const parts = [server.baseUrl === undefined ? "" : hostOf(server.baseUrl), key, isInUse ? l10n.t("in use") : ""];
  return {
    label: server.name,
    iconPath: new vscode.ThemeIcon(isInUse ? "check" : "cloud"),
    description: parts.filter((part) => part !== "").join(" · "),
    buttons: [
      ...(hasKey && server.baseUrl !== undefined ? [buttons.newKey] : []),
      ...(server.keyPage === undefined ? [] : [buttons.keyPage]),
    ],
    value: { kind: "server", server },
    isInUse,
  };
}

export function anotherRow(): Row<Choice> {
  const { l10n } = vscode;
  return {
    label: l10n.t("Another server …"),
    iconPath: new vscode.ThemeIcon("add"),
    detail: l10n.t("Any that speaks like OpenAI: by its address, under a name that you give it."),
    value: { kind: "another" },
  };
}

/** Says something, and can't be chosen. */
export function remarkRow(icon: string, label: string): Row<never> {
  return { label, iconPath: new vscode.ThemeIcon(icon) };
}

export function separator(label: string): Row<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function noteWords(note: ModelNote): string {
  const { l10n } = vscode;
  switch (note) {
    case "smallest":
      return l10n.t("The smallest: shows that everything works, and helps on a weak machine.");
    case "recommended":
      return l10n.t("Recommended for work.");
    case "strong":
      return l10n.t("Better suggestions, for a fast machine.");
    case "light":
      return l10n.t("Light.");
    case "non-commercial":
      return l10n.t("Its licence allows research and evaluation only.");
    case "use-restricted":
      return l10n.t("Its licence restricts some uses.");
    case "historic":
      return l10n.t("A 2023 model that follows instructions; weak at code.");
  }
}

const SHOWN_MODELS = 3;
