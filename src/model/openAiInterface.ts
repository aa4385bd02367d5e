/** Where a server speaks like OpenAI, also one that is asked for suggestions by an interface of its own. */

import { azureBaseUrl } from "./azure.ts";
import type { ChosenServer } from "./chosenModel.ts";
import { ollamaRoot } from "./ollamaServer.ts";
import type { SenderOptions } from "./sender.ts";

export function openAiInterface({
  provider,
  baseUrl,
  model,
}: ChosenServer): Pick<SenderOptions, "baseUrl" | "keyHeader"> {
  switch (provider.protocol) {
    case "ollama":
      // github.com/ollama/ollama, docs/openai.md: below `/v1`.
      return { baseUrl: `${ollamaRoot(baseUrl).replace(/\/+$/, "")}/v1` };
    case "azure":
      return { baseUrl: azureBaseUrl(baseUrl, model), keyHeader: "api-key" };
    default:
      return { baseUrl };
  }
}
