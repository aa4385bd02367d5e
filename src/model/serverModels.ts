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
  /** Whether it sees pictures, where the server tells. */
  readonly pictures: boolean | undefined;
  /** Whether it calls tools, where the server tells. */
  readonly tools: boolean | undefined;
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
    if (id === undefined) return [];
    const [pictures, tools] = [sees(model), callsTools(model)];
    return [{ id, contextTokens: contextOf(model), fillsHoles: fillsHoles(model), pictures, tools }];
  });
}

/**
 * Mistral's `capabilities.vision` (docs.mistral.ai/api), Moonshot's `supports_image_in` (platform.kimi.ai/docs/api), and
 * OpenRouter's `architecture.input_modalities` (openrouter.ai/docs/models).
 */
function sees(model: unknown): boolean | undefined {
  const told = field(field(model, "capabilities"), "vision") ?? field(model, "supports_image_in");
  return typeof told === "boolean" ? told : listHas(field(field(model, "architecture"), "input_modalities"), "image");
}

/** Mistral's `capabilities.function_calling`, and OpenRouter's `supported_parameters`. */
function callsTools(model: unknown): boolean | undefined {
  const told = field(field(model, "capabilities"), "function_calling");
  return typeof told === "boolean" ? told : listHas(field(model, "supported_parameters"), "tools");
}

function listHas(list: unknown, value: string): boolean | undefined {
  return Array.isArray(list) ? list.includes(value) : undefined;
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
