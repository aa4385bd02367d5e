/**
 * A chat model that the editor has from another extension, behind our port. What the editor offers comes in as
 * `EditorChat`, so that this file needs no editor.
 */

import { withoutSystem } from "./chatMessages.ts";
import type { ModelFailure } from "./failure.ts";
import {
  type ChatMessage,
  type Model,
  ModelError,
  type ModelRequest,
  type ToolCall,
  type ToolDefinition,
  unknownUsage,
  type Usage,
} from "./model.ts";
import { settlingAtOnce } from "./settlingAtOnce.ts";
import { createStopCutter } from "./stopCutter.ts";

/** Extensions have no system role there, and a tool's result is what the user says. */
export interface EditorMessage extends ChatMessage {
  readonly role: "user" | "assistant";
}

export interface EditorChat {
  /** Of the prompt alone, in tokens of the model. */
  readonly maxInputTokens: number;
  countTokens(text: string, signal: AbortSignal): PromiseLike<number>;
  /** Versions before 1.104 have no words for a picture. */
  readonly takesPictures: boolean;
  /** The answer as it arrives; aborting `signal` ends the request. */
  send(
    messages: readonly EditorMessage[],
    tools: readonly ToolDefinition[],
    signal: AbortSignal,
  ): AsyncIterable<string | ToolCall>;
}

/** What a stream tells beside its text. */
interface Told {
  readonly usage: { -readonly [Key in keyof Usage]: Usage[Key] };
  readonly toolCalls: ToolCall[];
  endedBy: "limit" | undefined;
}

/**
 * `find` is called for each request, since models come and go; what it throws is the request's failure. The interface
 * has neither a temperature nor a limit of the answer nor stop sequences: the last two are kept here, by ending the request.
 */
export function createEditorModel(name: string, find: () => Promise<EditorChat>): Model {
  return {
    name,
    stream(request, signal) {
      const told: Told = { usage: { ...unknownUsage }, toolCalls: [], endedBy: undefined };
      return Object.assign(told, { [Symbol.asyncIterator]: () => answer(name, find, request, signal, told) });
    },
  };
}

async function* answer(
  name: string,
  find: () => Promise<EditorChat>,
  { prompt, stop, maxTokens }: ModelRequest,
  signal: AbortSignal,
  told: Told,
): AsyncGenerator<string, void, undefined> {
  const { usage } = told;
  const startedAt = performance.now();
  const left = new AbortController();
  const either = AbortSignal.any([signal, left.signal]);
  const cutter = createStopCutter(stop, maxTokens);
  try {
    if (prompt.kind !== "chat") throw new ModelError(failed(name, "It takes chats only."));
    const messages = editorMessages(prompt.messages);
    const chat = await settlingAtOnce(signal, find);
    const hasPictures = messages.some(({ pictures = [] }) => pictures.length > 0);
    if (hasPictures && !chat.takesPictures) throw new ModelError({ kind: "pictures-unseen", model: name });
    usage.promptTokens = await settlingAtOnce(signal, () => countedPrompt(chat, messages, either));
    const reader = chat.send(messages, prompt.tools ?? [], either)[Symbol.asyncIterator]();
    for (;;) {
      const next = await settlingAtOnce(signal, async () => reader.next());
      if (typeof next.value === "object") {
        told.toolCalls.push(next.value);
        continue;
      }
      const { text, stopped } = next.done === true ? { text: cutter.rest(), stopped: true } : cutter.push(next.value);
      if (text !== "") {
        usage.firstTokenMs ??= performance.now() - startedAt;
        yield text;
      }
      if (cutter.isFull) told.endedBy = "limit";
      if (stopped) return;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ModelError ? error : new ModelError(editorFailure(error, name), { cause: error });
  } finally {
    left.abort();
  }
}

/** What a rejected request means; `error` is the editor's `LanguageModelError`, or whatever the other extension threw. */
export function editorFailure(error: unknown, model: string): ModelFailure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "NoPermissions":
      return { kind: "editor-consent-missing", model };
    case "NotFound":
      return { kind: "editor-model-missing", model };
    case "Blocked":
      return { kind: "editor-model-blocked", model };
    default:
      return failed(model, error instanceof Error ? error.message : String(error));
  }
}

function failed(model: string, detail: string): ModelFailure {
  return { kind: "editor-model-failed", model, detail: detail.slice(0, MOST_DETAIL_CHARS) };
}

function editorMessages(messages: readonly ChatMessage[]): readonly EditorMessage[] {
  return (withoutSystem(messages) ?? messages).map((message) => ({
    ...message,
    role: message.role === "assistant" ? "assistant" : "user",
  }));
}

/**
 * The length of the prompt in tokens, counted only where it might be too long: each count is a question to another
 * process, and no vocabulary makes more tokens of a text than it has bytes.
 * @throws {ModelError} `prompt-too-long`
 */
async function countedPrompt(
  chat: EditorChat,
  messages: readonly EditorMessage[],
  signal: AbortSignal,
): Promise<number | undefined> {
  const { maxInputTokens } = chat;
  const around = messages.length * TOKENS_PER_MESSAGE;
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), around);
  if (!(maxInputTokens > 0) || bytes <= maxInputTokens) return undefined;
  const counts = await Promise.all(messages.map(async ({ content }) => chat.countTokens(content, signal)));
  const tokens = counts.reduce((sum, count) => sum + count, around);
  if (tokens > maxInputTokens) throw new ModelError({ kind: "prompt-too-long", tokens, limit: maxInputTokens });
  return tokens;
}

/** What a chat template puts around a message. */
const TOKENS_PER_MESSAGE = 8;
const MOST_DETAIL_CHARS = 200;
