/** Which models a server has that speaks like OpenAI's. */

import { askServer, type Server } from "./askServer.ts";
import { count, field, text } from "./jsonFields.ts";
import { ModelError } from "./model.ts";
import { checkedAddress } from "./serverAddress.ts";

export interface ServerModel {
  /** What a request names it by. */
  readonly id: string;
  /** In tokens, where the server tells. */
  readonly contextTokens: number | undefined;
  /** Whether it fills holes, where the server tells. */
  readonly fillsHoles: boolean | undefined;
}

/**
 * In the server's order. Azure lists what could be deployed, and its classic interface nothing below a deployment.
 * @throws {ModelError}, and the signal's reason when it was aborted
 */
export async function listModels(server: Server, signal: AbortSignal): Promise<readonly ServerModel[]> {
  const answer = field(await askServer(server, "/models", signal), "data");
  // Ollama's list is this while nothing is pulled.
  const data = answer === null ? [] : answer;
  if (!Array.isArray(data)) throw new ModelError({ kind: "bad-response", host: checkedAddress(server.baseUrl).host });
  return (data as unknown[]).flatMap((model) => {
    const id = text(field(model, "id"));
    return id === undefined ? [] : [{ id, contextTokens: contextOf(model), fillsHoles: fillsHoles(model) }];
  });
}

/** OpenAI's own list does not tell. These do: OpenRouter, vLLM, Groq, Mistral, llama.cpp's server. */
function contextOf(model: unknown): number | undefined {
  const names = ["context_length", "max_model_len", "context_window", "max_context_length"];
  const told = [...names.map((name) => field(model, name)), field(field(model, "meta"), "n_ctx")];
  return told.map(count).find((tokens) => tokens !== undefined && tokens > 0);
}

/** Mistral's `capabilities.completion_fim`. */
function fillsHoles(model: unknown): boolean | undefined {
  const told = field(field(model, "capabilities"), "completion_fim");
  return typeof told === "boolean" ? told : undefined;
}
