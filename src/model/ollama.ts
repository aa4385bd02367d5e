/**
 * A model of an Ollama server, by its own interface, which does more than the one that it copies from OpenAI: it takes the
 * length of the context, and a hole's suffix. Source: github.com/ollama/ollama, docs/api.md, docs/api/errors.mdx, and
 * api/types.go for `truncate`, `shift` and `think`.
 */

import { acceptedOf, isError, refusalIn, RefusedError } from "./httpFailure.ts";
import { type AnswerEvent, createExchanger, type Exchange } from "./exchange.ts";
import { count, field, objectIn } from "./jsonFields.ts";
import { readJsonLines } from "./jsonLines.ts";
import type { ChatMessage, Model, ModelRequest } from "./model.ts";
import { ollamaRoot } from "./ollamaServer.ts";
import { textOf, toolFields } from "./openAiRequest.ts";
import { readBody } from "./responseBody.ts";
import { addressBelow, headersFor, type Sender, type SenderOptions } from "./sender.ts";
import { checkedAddress, checkedKey } from "./serverAddress.ts";
import { toolCallPieces } from "./toolCalls.ts";

export interface OllamaOptions {
  /** Such as `http://localhost:11434`; `/api` or `/v1` at its end is left out. */
  readonly baseUrl: string;
  /** ollama.com takes one; a server of one's own needs none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  /**
   * What the server makes room for, prompt and answer together: it loads a model anew for another number, so all
   * requests for one should say the same. What the server thinks right when left out.
   */
  readonly contextTokens?: number | undefined;
  /** In VS Code the host's own, which knows the user's proxy and certificates. */
  readonly fetch: typeof fetch;
  /** Until the first event of an answer, loading, waits and retries included; then for each silence between two events. */
  readonly timeLimitMs: number;
  /** Milliseconds since 1970; the system's clock when left out. */
  readonly now?: () => number;
}

interface OllamaModel extends Model {
  /** The server may be asked at once, whatever it asked for. */
  retry(): void;
}

interface Fields {
  readonly path: "/api/generate" | "/api/chat";
  readonly body: object;
}

/** Throws `ModelError` (`unreachable`) when the address can't be one, `key-unusable` when the key can't. */
export function createOllamaModel(options: OllamaOptions): OllamaModel {
  const { model: name, fetch, timeLimitMs, now = Date.now } = options;
  const { baseUrl, host } = checkedAddress(ollamaRoot(options.baseUrl));
  const apiKey = checkedKey(options.apiKey, host);
  const exchanger = createExchanger({ host, model: name, apiKey, timeLimitMs, now });
  const send = createSender({ baseUrl, apiKey, fetch, now });
  let takesTools = true;
  return {
    name,
    retry: () => exchanger.retry(),
    stream: (request, signal) =>
      exchanger.stream(request, signal, (): Exchange<AnswerEvent> => {
        return {
          send: (_deadline, signal) => send(fieldsOf(request, options, takesTools), signal),
          learn({ status, message }) {
            const isAboutTools = takesTools && status === 400 && message.includes("does not support tools");
            if (isAboutTools) takesTools = false;
            return isAboutTools;
          },
          refusesTools: () => !takesTools,
          read: readEvent,
        };
      }),
  };
}

function createSender(options: SenderOptions): Sender<Fields> {
  const { baseUrl, fetch, now } = options;
  const headers = headersFor(options);
  return async ({ path, body }, signal) => {
    // What the user writes goes to no other server.
    const init = { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal } as const;
    const response = await acceptedOf(await fetch(addressBelow(baseUrl, path), init), baseUrl, now());
    const answer = readBody(response);
    return {
      body: events(answer.chunks),
      // The last event says that it is the last.
      end: () => ({ bytes: answer.bytes, hasMark: false }),
      drain: () => answer.drain(),
    };
  };
}

async function* events(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown, void, undefined> {
  for await (const event of readJsonLines(chunks)) {
    // The stream has begun as a success; of what goes wrong in it the server says no status, which would be 500.
    if (isError(event)) throw new RefusedError({ ...refusalIn(event.error), status: 500 });
    yield event;
  }
}

function fieldsOf(request: ModelRequest, { model, contextTokens }: OllamaOptions, takesTools: boolean): Fields {
  const { prompt, purpose, maxTokens, temperature, stop } = request;
  const shared = {
    model,
    // It would cut the prompt silently, or forget its start while it writes. Older versions do not know these fields.
    truncate: false,
    shift: false,
    // Somebody waits for a suggestion, and thoughts are no part of it. Models that can't think take this, too.
    ...(purpose !== "chat" && { think: false }),
    options: {
      ...(contextTokens !== undefined && { num_ctx: contextTokens }),
      num_predict: maxTokens,
      temperature,
      ...(stop.length > 0 && { stop }),
    },
  };
  switch (prompt.kind) {
    case "chat": {
      const messages = prompt.messages.map((message) => messageFields(message, prompt.messages));
      const tools = takesTools && prompt.tools?.length && { tools: prompt.tools.map(toolFields) };
      return { path: "/api/chat", body: { ...shared, messages, ...tools } };
    }
    case "raw":
      return { path: "/api/generate", body: { ...shared, prompt: textOf(prompt) || EMPTY, raw: true } };
    case "hole":
    case "infill": {
      const { prefix, suffix } = prompt.kind === "hole" ? prompt : prompt.hole;
      const hole = { prompt: prefix || EMPTY, suffix: suffix || EMPTY };
      return { path: "/api/generate", body: { ...shared, ...hole } };
    }
  }
}

/** A result names its tool, and calls have no ids. Arguments are an object, and no other value. */
function messageFields(
  { role, content, pictures = [], toolCalls = [], toolCallId }: ChatMessage,
  messages: readonly ChatMessage[],
) {
  const called = messages.flatMap((message) => message.toolCalls ?? []).findLast(({ id }) => id === toolCallId);
  return {
    role,
    content,
    ...(pictures.length > 0 && { images: pictures.map(({ base64 }) => base64) }),
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call) => ({
        function: { name: call.name, arguments: objectIn(call.arguments) ?? {} },
      })),
    }),
    ...(called && { tool_name: called.name }),
  };
}

/** Without a prompt it only loads the model, and without a suffix it chats about the prefix. */
const EMPTY = "\n";

/** `undefined` when it is no event of this protocol. */
function readEvent(value: unknown): AnswerEvent | undefined {
  const done = field(value, "done");
  if (typeof done !== "boolean") return undefined;
  const message = field(value, "message");
  const text = field(value, "response") ?? field(message, "content");
  const called = field(message, "tool_calls");
  const promptTokens = count(field(value, "prompt_eval_count"));
  const outputTokens = count(field(value, "eval_count"));
  return {
    text: typeof text === "string" ? text : "",
    finished: done,
    usage: done ? { promptTokens, cachedTokens: undefined, outputTokens } : undefined,
    ...(called !== undefined && { toolCalls: toolCallPieces(called) }),
    ...(done && field(value, "done_reason") === "length" && { isCut: true }),
  };
}
