import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { defaults, limits, section, type SettingName } from "./contributions.ts";

type Settings = typeof defaults;

/** Read at every keystroke, and dear to read: VS Code makes a new object of all settings each time. */
let known = new WeakMap<object, Map<string, unknown>>();
/** Stands for no document. */
const noDocument = {};

/** What was read counts until the settings change; the caller says when. */
export function forgetSettings(): void {
  known = new WeakMap();
}

/**
 * One setting as it applies to `document`, or to the window. A value of another type than the default's
 * (settings.json is written by hand) counts as the default; a number out of its bounds as the nearest bound.
 */
export function setting<Name extends SettingName>(name: Name, document?: vscode.TextDocument): Settings[Name] {
  return remembered(section, name, document, (value) => usable(name, value)) as Settings[Name];
}

/** The models that suggestions may come from, each once, the chosen one first. */
export function suggestionReferences(): readonly string[] {
  // settings.json is written by hand: what is no text names none.
  const fallbacks: readonly unknown[] = Array.from(setting("model.fallbacks"));
  return [...new Set([setting("model.suggestions"), ...fallbacks.filter((each) => typeof each === "string")])];
}

/** The model that a thread of the chat asks which has none of its own. */
export function chatReference(): string {
  return setting("model.chat").trim() || setting("model.suggestions");
}

/** Whether the editor shows inline suggestions at all. */
export function editorSuggests(document: vscode.TextDocument | undefined): boolean {
  return remembered("editor", "inlineSuggest.enabled", document, (value) => value !== false) as boolean;
}

export function affects(event: vscode.ConfigurationChangeEvent, name: SettingName): boolean {
  return event.affectsConfiguration(`${section}.${name}`);
}

/** Whether suggestions are on for a language: its own entry decides, else the one for `*`, else yes. */
export function languageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  // settings.json is written by hand: what is no boolean says nothing.
  return [languages[languageId], languages["*"]].find((value) => typeof value === "boolean") ?? true;
}

/** The entries by which a language is on or off; one that says what is so without it is left out. */
export function withLanguage(
  own: Readonly<Record<string, boolean>> | undefined,
  languageId: string,
  on: boolean,
): Readonly<Record<string, boolean>> {
  const others = Object.fromEntries(Object.entries(own ?? {}).filter(([name]) => name !== languageId));
  const isSoAnyway = languageEnabled({ ...defaults.languages, ...others }, languageId) === on;
  return isSoAnyway ? others : { ...others, [languageId]: on };
}

/**
 * Changes a setting where it already has a value for `document`, the nearest first, else in the user's settings.
 * `change` gets the value that stands there alone, without the defaults. What is the default again is taken out.
 */
export async function changeSetting<Name extends SettingName>(
  name: Name,
  change: (own: Settings[Name] | undefined) => Settings[Name],
  document?: vscode.TextDocument,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, document ?? null);
  const places = configuration.inspect<Settings[Name]>(name);
  let own = places?.globalValue;
  let target = vscode.ConfigurationTarget.Global;
  if (places?.workspaceFolderValue !== undefined) {
    own = places.workspaceFolderValue;
    target = vscode.ConfigurationTarget.WorkspaceFolder;
  } else if (places?.workspaceValue !== undefined) {
    own = places.workspaceValue;
    target = vscode.ConfigurationTarget.Workspace;
  }
  const value = change(own);
  const isDefault = target === vscode.ConfigurationTarget.Global && isDeepStrictEqual(value, defaults[name]);
  // VS Code joins the entries of an object with the default's: without one it says nothing.
  const isEmpty = typeof value === "object" && Object.keys(value).length === 0;
  await configuration.update(name, isDefault || isEmpty ? undefined : value, target);
}

/** Has suggestions come from another model: the format that was set for the one before does not go with it. */
export async function changeModel(reference: string): Promise<void> {
  if (reference !== setting("model.suggestions") && setting("model.format") !== defaults["model.format"])
    await changeSetting("model.format", () => defaults["model.format"]);
  await changeSetting("model.suggestions", () => reference);
}

function remembered(
  group: string,
  name: string,
  document: vscode.TextDocument | undefined,
  read: (value: unknown) => unknown,
): unknown {
  const key = `${document?.languageId ?? ""} ${group}.${name}`;
  const values = known.get(document ?? noDocument) ?? new Map<string, unknown>();
  known.set(document ?? noDocument, values);
  if (!values.has(key)) values.set(key, read(vscode.workspace.getConfiguration(group, document ?? null).get(name)));
  return values.get(key);
}

function usable(name: SettingName, value: unknown): unknown {
  const fallback: unknown = defaults[name];
  if (typeof value !== typeof fallback || value === null) return fallback;
  if (typeof value !== "number" || !isLimited(name)) return value;
  const { type, minimum, maximum } = limits[name];
  const inBounds = Math.min(maximum, Math.max(minimum, value));
  return type === "integer" ? Math.round(inBounds) : inBounds;
}

function isLimited(name: SettingName): name is keyof typeof limits {
  return name in limits;
}
