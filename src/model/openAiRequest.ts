/** A `ModelRequest` in OpenAI's words, and what a server has taught us that it does not take. */

import { promptTooLong, type Refusal } from "./httpFailure.ts";
import { infillBody, infillTexts } from "./llamaInfill.ts";
import { objectIn } from "./jsonFields.ts";
import type { ChatMessage, ChatPrompt, ModelRequest, Picture, Prompt, ToolCall, ToolDefinition } from "./model.ts";

/** Fields of a chat request, in the words of one service. */
export type ChatFields = Readonly<Record<string, unknown>>;

/** Which optional fields this model takes. Learnt from refusals and kept for the model's life. */
export interface Dialect {
  readonly maxTokensField: "max_tokens" | "max_completion_tokens";
  readonly usage: boolean;
  readonly temperature: boolean;
  readonly stop: boolean;
  readonly tools: boolean;
  /** What makes the model answer a suggestion's request without thinking first, where the service has words for that. */
  readonly direct: ChatFields;
}

export interface Fields {
  readonly endPoint: "chat" | "completions" | "hole" | "infill";
  readonly body: Readonly<Record<string, unknown>>;
}

/** Where each kind of request goes. */
export type Addresses = Readonly<Record<Fields["endPoint"], string>>;

/** OpenAI takes no more. The others are cut on this side. */
const MOST_STOPS = 4;

export function firstDialect(host: string, direct: ChatFields = {}): Dialect {
  // OpenAI's own chat models all take the newer name, also at Azure; other servers often know the older one only.
  const isOpenAi = host === "api.openai.com" || host.endsWith(".openai.azure.com");
  return {
    maxTokensField: isOpenAi ? "max_completion_tokens" : "max_tokens",
    // Mistral's streams end with the figures unasked, and the fields that it documents do not have this one.
    usage: !host.endsWith(".mistral.ai"),
    temperature: true,
    stop: true,
    tools: true,
    direct,
  };
}

export function fieldsOf(request: ModelRequest, model: string, dialect: Dialect): Fields {
  const { prompt, purpose, maxTokens, temperature, stop } = request;
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
      return {
        endPoint: "chat",
        body: {
          ...shared,
          messages: prompt.messages.map(messageFields),
          ...(dialect.tools && prompt.tools?.length && { tools: prompt.tools.map(toolFields) }),
          ...((purpose !== "chat" || usesTools(prompt)) && dialect.direct),
        },
      };
    case "raw":
      return { endPoint: "completions", body: { ...shared, prompt: textOf(prompt) } };
    case "hole":
      return { endPoint: "hole", body: { ...shared, prompt: prompt.prefix, suffix: prompt.suffix } };
    case "infill":
      return { endPoint: "infill", body: infillBody(prompt.hole, request, model) };
  }
}

/**
 * DeepSeek refuses (400) the calls of a model that has thought, unless its thoughts are sent back with them, and those are
 * not kept: so where tools may be called it does not think (api-docs.deepseek.com/guides/thinking_mode).
 */
function usesTools({ messages, tools = [] }: ChatPrompt): boolean {
  return tools.length > 0 || messages.some(({ role }) => role === "tool");
}

/** As OpenAI's reference of chat completions has them: developers.openai.com/api/reference. */
function messageFields({ role, content, pictures = [], toolCalls = [], toolCallId }: ChatMessage) {
  return {
    role,
    content: pictures.length === 0 ? content : [...textFields(content), ...pictures.map(pictureFields)],
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(callFields) }),
    ...(toolCallId !== undefined && { tool_call_id: toolCallId }),
  };
}

function textFields(text: string) {
  return text === "" ? [] : [{ type: "text", text }];
}

function pictureFields({ mediaType, base64 }: Picture) {
  return { type: "image_url", image_url: { url: `data:${mediaType};base64,${base64}` } };
}

/** Servers that give the arguments to a template as an object refuse all of the request where they can't be read. */
function callFields({ id, name, arguments: given }: ToolCall) {
  return { id, type: "function", function: { name, arguments: objectIn(given) ? given : "{}" } };
}

/** Ollama's own interface has the same. */
export function toolFields({ name, description, parameters }: ToolDefinition) {
  return { type: "function", function: { name, description, parameters } };
}

/** A raw prompt as a server gets it, which finds the control tokens in it by itself. */
export function textOf({ parts }: Extract<Prompt, { readonly kind: "raw" }>): string {
  return parts.map(({ text }) => text).join("");
}

/** What somebody has written, in whatever form it is sent. */
export function textsIn(prompt: Prompt): readonly string[] {
  switch (prompt.kind) {
    case "chat":
      return prompt.messages.map(({ content }) => content);
    case "raw":
      return [textOf(prompt)];
    case "hole":
      return [prompt.prefix, prompt.suffix];
    case "infill":
      return infillTexts(prompt.hole);
  }
}

/** The dialect without what the server just refused; `undefined` when it refused something else. */
export function learn(dialect: Dialect, sent: Fields, refusal: Refusal): Dialect | undefined {
  const { status } = refusal;
  if (status !== 400 && status !== 422) return undefined;
  // In llama.cpp's own words nothing is optional.
  if (sent.endPoint === "infill") return undefined;
  // It names the field for the answer's length, and is about the prompt's.
  if (promptTooLong(refusal)) return undefined;
  const refuses = (field: string) => field in sent.body && isAbout(field, refusal);
  if (refuses("stream_options")) return { ...dialect, usage: false };
  // "Unsupported parameter: 'max_tokens' … Use 'max_completion_tokens' instead": both names occur, so the sent one decides.
  if (sent.endPoint === "chat" && refuses(dialect.maxTokensField) && UNKNOWN.test(refusal.message)) {
    const isNewer = dialect.maxTokensField === "max_completion_tokens";
    return { ...dialect, maxTokensField: isNewer ? "max_tokens" : "max_completion_tokens" };
  }
  if (refuses("tools")) return { ...dialect, tools: false };
  if (Object.keys(dialect.direct).some(refuses)) return { ...dialect, direct: {} };
  if (refuses("temperature")) return { ...dialect, temperature: false };
  if (refuses("stop")) return { ...dialect, stop: false };
  return undefined;
}

/**
 * The server names the field as the one at fault, or has its name in a sentence that refuses something. A message may
 * also repeat the user's code, in which any word occurs.
 */
function isAbout(field: string, { message, param }: Refusal): boolean {
  if (param === field || param?.startsWith(`${field}.`)) return true;
  // An ordinary word is a name in quotation marks only.
  const name = new RegExp(field === "stop" ? "['\"`]stop['\"`]" : `(?<!\\w)${field}(?![\\w(])`);
  return message.split(/[.;\n](?:\s|$)/).some((sentence) => name.test(sentence) && REFUSING.test(sentence));
}

/** The server does not have such a field at all. */
const UNKNOWN =
  /unsupported|(not|no longer) support|unknown|unrecogni[sz]ed|unexpected|extra (inputs|fields)|not (permitted|allowed|accepted|recogni[sz]ed)/i;
const REFUSING = new RegExp(`${UNKNOWN.source}|invalid|must|should|cannot|only|deprecated|incompatible`, "i");
