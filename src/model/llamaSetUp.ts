/** What is asked of a server that may be llama.cpp's own before its model is used. */

import { llamaServerFacts } from "./llamaFacts.ts";
import { llamaFormat } from "./llamaFormat.ts";
import { ModelError } from "./model.ts";
import { runsHere } from "./runsHere.ts";
import type { SenderOptions } from "./sender.ts";
import { checkedAddress, checkedKey } from "./serverAddress.ts";
import type { FormatName } from "./templates.ts";

export interface LlamaSetUp {
  /** `undefined` where it was not asked, or does not tell, or not in time. */
  readonly isLlama: boolean | undefined;
  /** How its model is asked to fill a hole; left out where llama.cpp has no part in that. */
  readonly format?: FormatName;
  readonly contextTokens?: number;
}

/** It computes nothing for its answers, and somebody waits for a suggestion. */
const WITHIN_MS = 1_000;

/**
 * On this machine each server may be one; elsewhere nothing is asked that was not called one, as it may be paid for.
 * `isCalledSo`: the settings say that it is llama.cpp's, which counts where the server does not say it.
 * @throws {ModelError} `unreachable` or `model-loading`, either of which may be over when it is asked again; and for an
 * address or a key that can't be one
 */
export async function setUpLlama(
  { baseUrl, apiKey, fetch }: Pick<SenderOptions, "baseUrl" | "apiKey" | "fetch">,
  modelName: string,
  isCalledSo: boolean,
): Promise<LlamaSetUp> {
  if (!isCalledSo && !runsHere(baseUrl, modelName)) return { isLlama: undefined };
  const { baseUrl: address, host } = checkedAddress(baseUrl);
  const server = { baseUrl: address, apiKey: checkedKey(apiKey, host), fetch, timeLimitMs: WITHIN_MS };
  const facts = await llamaServerFacts(server, new AbortController().signal);
  switch (facts.kind) {
    case "ready": {
      const { contextTokens } = facts;
      const format = llamaFormat(modelName, facts);
      return { isLlama: true, format, ...(contextTokens !== undefined && { contextTokens }) };
    }
    case "loading":
      throw new ModelError({ kind: "model-loading", host });
    case "unreachable":
      throw new ModelError({ kind: "unreachable", host, code: facts.code });
    case "refused":
    case "other":
    case "late":
      return {
        isLlama: facts.kind === "other" ? false : undefined,
        ...(isCalledSo && { format: llamaFormat(modelName, undefined) }),
      };
  }
}
