/** A `ModelRequest` in OpenAI's words, and what a server has taught us that it does not take. */

import type { Refusal } from "./httpFailure.ts";
import type { ModelRequest, Prompt } from "./model.ts";

/** Which optional fields this model takes. Learnt from refusals and kept for the model's life. */
export interface Dialect {
  readonly maxTokensField: "max_tokens" | "max_completion_tokens";
  readonly usage: boolean;
  readonly temperature: boolean;
  readonly stop: boolean;
}

export interface Fields {
  readonly endPoint: "chat" | "completions";
  readonly body: Readonly<Record<string, unknown>>;
}

/** OpenAI takes no more. The others are cut on this side. */
const MOST_STOPS = 4;

export function firstDialect(host: string): Dialect {
  // OpenAI's own chat models all take the newer name; other servers often know the older one only.
  const maxTokensField = host === "api.openai.com" ? "max_completion_tokens" : "max_tokens";
  return { maxTokensField, usage: true, temperature: true, stop: true };
}

export function fieldsOf(request: ModelRequest, model: string, dialect: Dialect): Fields {
  const { prompt, maxTokens, temperature, stop } = request;
  const isChat = prompt.kind === "chat";
  const shared = {
    model,
    stream: true,
    [isChat ? dialect.maxTokensField : "max_tokens"]: maxTokens,
    ...(dialect.temperature && { temperature }),
    ...(dialect.stop && stop.length > 0 && { stop: stop.slice(0, MOST_STOPS) }),
    ...(dialect.usage && { stream_options: { include_usage: true } }),
  };
  switch (prompt.kind) {
    case "chat":
      return { endPoint: "chat", body: { ...shared, messages: prompt.messages } };
    case "raw":
      return { endPoint: "completions", body: { ...shared, prompt: textOf(prompt) } };
    case "hole":
      return { endPoint: "completions", body: { ...shared, prompt: prompt.prefix, suffix: prompt.suffix } };
  }
}

/** A raw prompt as a server gets it, which finds the control tokens in it by itself. */
export function textOf({ parts }: Extract<Prompt, { readonly kind: "raw" }>): string {
  return parts.map(({ text }) => text).join("");
}

/** The dialect without what the server just refused; `undefined` when it refused something else. */
export function learn(dialect: Dialect, sent: Fields, { status, message, param }: Refusal): Dialect | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const names = (field: string) => field in sent.body && (param?.startsWith(field) || message.includes(field));
  if (names("stream_options")) return { ...dialect, usage: false };
  // "Unsupported parameter: 'max_tokens' … Use 'max_completion_tokens' instead": both names occur, so the sent one decides.
  if (sent.endPoint === "chat") {
    if (names("max_completion_tokens")) return { ...dialect, maxTokensField: "max_tokens" };
    if (names("max_tokens")) return { ...dialect, maxTokensField: "max_completion_tokens" };
  }
  if (names("temperature")) return { ...dialect, temperature: false };
  if (param === "stop" || ("stop" in sent.body && /'stop'|"stop"|`stop`/.test(message))) {
    return { ...dialect, stop: false };
  }
  return undefined;
}
