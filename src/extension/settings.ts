import * as vscode from "vscode";
import { defaults, section, type SettingName } from "./contributions.ts";

type Settings = typeof defaults;

/**
 * One setting as it applies to `scope`. A value of another type than the default's (settings.json is
 * written by hand) counts as the default.
 */
export function setting<Name extends SettingName>(name: Name, scope?: vscode.ConfigurationScope): Settings[Name] {
  const fallback: unknown = defaults[name];
  const value: unknown = vscode.workspace.getConfiguration(section, scope ?? null).get(name);
  const usable = typeof value === typeof fallback && value !== null;
  return (usable ? value : fallback) as Settings[Name];
}

/** Whether `event` touches one of the settings whose name starts with `prefix`. */
export function affects(event: vscode.ConfigurationChangeEvent, prefix: string): boolean {
  return event.affectsConfiguration(`${section}.${prefix}`);
}

/** Whether suggestions are on for a language: its own entry decides, else the one for `*`, else yes. */
export function languageEnabled(languages: Readonly<Record<string, boolean>>, languageId: string): boolean {
  return languages[languageId] ?? languages["*"] ?? true;
}

/** Writes where the setting already has a value of the user's, else into the user's settings. */
export async function writeSetting<Name extends SettingName>(name: Name, value: Settings[Name]): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const known = configuration.inspect(name);
  const target =
    known?.workspaceFolderValue !== undefined || known?.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}
