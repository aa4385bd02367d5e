/** Where a server speaks like OpenAI, and in which header it wants its key. */

import { azureBaseUrl } from "./azure.ts";
import type { ChosenServer } from "./chosenModel.ts";
import { ollamaRoot } from "./ollamaServer.ts";
import { addressBelow, type KeyHeader } from "./sender.ts";
import { checkedAddress } from "./serverAddress.ts";

export interface OpenAiAccess {
  readonly baseUrl: string;
  readonly keyHeader: KeyHeader;
}

/** @throws {ModelError} `unreachable` where Ollama's address can't be one; others are given back as they are */
export function openAiAccess({ provider, baseUrl, model }: Omit<ChosenServer, "kind">): OpenAiAccess {
  switch (provider.protocol) {
    case "azure":
      return { baseUrl: azureBaseUrl(baseUrl, model), keyHeader: "api-key" };
    case "ollama":
      // Its own interface is beside the one that it copies from OpenAI.
      return {
        baseUrl: addressBelow(checkedAddress(ollamaRoot(baseUrl)).baseUrl, "/v1"),
        keyHeader: "authorization",
      };
    default:
      return { baseUrl, keyHeader: "authorization" };
  }
}
