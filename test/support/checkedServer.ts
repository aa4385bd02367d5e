/** A check of a server, run as the extension runs it. */

import { cleanAnswer } from "../../src/extension/checkClean.ts";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { checkServer } from "../../src/model/doctor/checkup.ts";
import type { StepName, StepResult } from "../../src/model/doctor/findings.ts";
import { type Network, systemNetwork } from "../../src/model/doctor/network.ts";
import { createOllamaModel } from "../../src/model/ollama.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { formatForModel, type FormatName } from "../../src/model/templates.ts";

export interface CheckOptions {
  /** As in the setting. */
  readonly reference: string;
  readonly address: string;
  readonly apiKey?: string;
  readonly format?: FormatName;
  readonly proxy?: string;
  readonly network?: Partial<Network>;
  readonly signal?: AbortSignal;
  readonly limitMs?: number;
}

/** The last result of each step, and all that were told. */
export async function check(options: CheckOptions) {
  const { reference, address, apiKey, proxy, signal = new AbortController().signal, limitMs = 2_000 } = options;
  const [id = ""] = reference.split("/");
  const chosen = chosenModel(reference, { [id]: address });
  if (chosen.kind !== "server") throw new Error("no server");
  const { provider, model: name, baseUrl } = chosen;
  const network = { ...systemNetwork, ...options.network };
  const told: StepResult[] = [];
  const open = async (key: string | undefined) => {
    const shared = { baseUrl, apiKey: key, model: name, fetch: network.fetch };
    const isOllama = provider.protocol === "ollama";
    const model = isOllama
      ? createOllamaModel({ ...shared, timeLimitMs: limitMs, contextTokens: 8_192 })
      : createOpenAiModel({ ...shared, timeLimitMs: limitMs });
    const formatByName = formatForModel(name);
    const format = options.format ?? formatByName;
    const otherFormats = [formatByName, "chat-hole"] as const;
    return {
      model,
      format,
      otherFormats,
      clean: cleanAnswer,
      wantedTokens: 6_000,
      contextTokens: isOllama ? 8_192 : undefined,
    };
  };
  const world = { network, now: () => performance.now(), proxy, limitMs, open };
  await checkServer({ provider, baseUrl, model: name, apiKey }, world, (result) => told.push(result), signal);
  const last = new Map<StepName, StepResult>(told.map((result) => [result.step, result]));
  return { told, last, bad: [...last.values()].filter(({ state }) => state === "bad") };
}
