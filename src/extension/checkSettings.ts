/** Settings that are written by hand, and whose value is of no use: the default counts instead, and nothing else says so. */

import type { IgnoredSetting } from "../model/doctor/findings.ts";
import { formatNames } from "../model/templates.ts";
import { defaults, section, type SettingName } from "./contributions.ts";

const LOOKED_AT = [
  "model.suggestions",
  "model.fallbacks",
  "model.servers",
  "model.format",
  "model.threads",
  "model.unloadAfterMinutes",
  "suggestions.timeLimitSeconds",
  "context.maxTokens",
] as const satisfies readonly SettingName[];

/** `read` gives a setting as it stands in settings.json, whatever its type. */
export function ignoredSettings(read: (name: SettingName) => unknown): readonly IgnoredSetting[] {
  return LOOKED_AT.flatMap((name) => {
    const value = read(name);
    const setting = `${section}.${name}`;
    return uselessIn(name, value).map((useless) => ({ setting, value: JSON.stringify(useless).slice(0, VALUE_CHARS) }));
  });
}

function uselessIn(name: SettingName, value: unknown): readonly unknown[] {
  const usual: unknown = defaults[name];
  if (value === undefined) return [];
  if (value === null || typeof value !== typeof usual || Array.isArray(value) !== Array.isArray(usual)) return [value];
  // `null` takes an entry away that stands elsewhere.
  if (name === "model.fallbacks" || name === "model.servers")
    return Object.values(value).filter((each) => each !== null && typeof each !== "string");
  if (name !== "model.format" || value === usual) return [];
  return formatNames.some((format) => format === value) ? [] : [value];
}

const VALUE_CHARS = 60;
