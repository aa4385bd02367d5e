/** Events of OpenAI's streams, read with distrust: many servers speak something close to it. */

import type { AnswerEvent } from "./exchange.ts";
import { count, field, text } from "./jsonFields.ts";
import { toolCallPieces } from "./toolCalls.ts";

export interface StreamEvent extends AnswerEvent {
  /** The server calls itself as llama.cpp's own does, by number and revision of its build. */
  readonly isLlama: boolean;
  /** The model's name by the server, which need not be what it was asked by. */
  readonly model: string | undefined;
}

/** `undefined` when it is no event of this protocol. */
export function readEvent(value: unknown): StreamEvent | undefined {
  const choices = field(value, "choices");
  const usage = readUsage(field(value, "usage"));
  const build = field(value, "system_fingerprint");
  const isLlama = typeof build === "string" && /^b\d+-\w+$/.test(build);
  const model = text(field(value, "model"));
  if (!Array.isArray(choices)) return usage && { text: "", finished: false, usage, isLlama, model };
  const [choice] = choices as unknown[];
  // A completion carries `text`, a chat completion `delta.content`.
  const delta = field(choice, "delta");
  const written = field(choice, "text") ?? field(delta, "content");
  const called = field(delta, "tool_calls");
  const reason = field(choice, "finish_reason");
  return {
    text: text(written) ?? "",
    // Some servers say "" for no reason yet.
    finished: typeof reason === "string" && reason !== "",
    usage,
    isLlama,
    model,
    ...(called !== undefined && { toolCalls: toolCallPieces(called) }),
    ...(reason === "length" && { isCut: true }),
  };
}

function readUsage(value: unknown): StreamEvent["usage"] {
  if (typeof value !== "object" || value === null) return undefined;
  return {
    promptTokens: count(field(value, "prompt_tokens")),
    cachedTokens: count(field(field(value, "prompt_tokens_details"), "cached_tokens")),
    outputTokens: count(field(value, "completion_tokens")),
  };
}
