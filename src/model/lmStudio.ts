/** What LM Studio tells of its models beside OpenAI's interface: lmstudio.ai/docs/developer/rest/list, of version 0.4.0 and later. */

import type { Capabilities } from "./capabilities.ts";
import { count, field, flag } from "./jsonFields.ts";
import { llamaPage } from "./llamaPage.ts";
import type { SenderOptions } from "./sender.ts";

/** `undefined` where the server does not tell of this model, as older versions do not. Rejects as `fetch` does. */
export async function lmStudioCapabilities(
  server: Omit<SenderOptions, "now">,
  model: string,
  signal: AbortSignal,
): Promise<Capabilities | undefined> {
  const { value } = await llamaPage(server, "/api/v1/models", signal);
  const models = field(value, "models");
  if (!Array.isArray(models)) return undefined;
  const found = (models as unknown[]).find((each) => field(each, "key") === model || loadedAs(each, model));
  if (found === undefined) return undefined;
  const can = field(found, "capabilities");
  // One that is not loaded gets what the program thinks right, which may be far less than the most that it lists.
  const loaded = loadedAs(found, model) ?? instancesOf(found)[0];
  return {
    pictures: flag(field(can, "vision")),
    tools: flag(field(can, "trained_for_tool_use")),
    contextTokens: count(field(field(loaded, "config"), "context_length")) || undefined,
  };
}

/** A model may be loaded several times, each with a name of its own. */
function loadedAs(model: unknown, id: string): unknown {
  return instancesOf(model).find((instance) => field(instance, "id") === id);
}

function instancesOf(model: unknown): readonly unknown[] {
  const instances = field(model, "loaded_instances");
  return Array.isArray(instances) ? instances : [];
}
