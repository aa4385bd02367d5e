/** What a model can by the settings, for those of which no server tells and nobody knows. */

import type { Capabilities } from "./capabilities.ts";
import { count, field, flag } from "./jsonFields.ts";

/**
 * @param settings by `provider/model`, or by its beginning and `*`, of which the longest counts; written by hand
 * @param reference `provider/model`
 */
export function ownCapabilities(settings: Readonly<Record<string, unknown>>, reference: string): Capabilities {
  const name = Object.keys(settings)
    .filter((key) => key === reference || (key.endsWith("*") && reference.startsWith(key.slice(0, -1))))
    .toSorted((one, other) => Number(other === reference) - Number(one === reference) || other.length - one.length)[0];
  const own = name === undefined ? undefined : settings[name];
  const tokens = count(field(own, "contextTokens"));
  return {
    pictures: flag(field(own, "pictures")),
    tools: flag(field(own, "tools")),
    contextTokens: tokens === undefined ? undefined : Math.max(LEAST_CONTEXT_TOKENS, Math.floor(tokens)),
  };
}

/** With less no question has an answer. */
const LEAST_CONTEXT_TOKENS = 1_024;
