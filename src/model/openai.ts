/** A model behind OpenAI's interface: OpenAI itself, and every server that speaks like it. */

import { setTimeout as sleep } from "node:timers/promises";

import { createBackOff } from "./backOff.ts";
import { createCompletionsClient } from "./completionsClient.ts";
import { createDeadline, type Deadline, TimeUp } from "./deadline.ts";
import { errorCode } from "./errorCode.ts";
import type { ModelFailure } from "./failure.ts";
import { failureOfConnection, failureOfRefusal, mayPass, type Refusal, RefusedError } from "./httpFailure.ts";
import { type Model, ModelError, type ModelRequest, type ModelStream, unknownUsage, type Usage } from "./model.ts";
import { scoreByServer } from "./llamaScore.ts";
import { createWarmer, type Reading, rootOf, type Warmer } from "./llamaServer.ts";
import { loadClient } from "./openAiClient.ts";
import { readEvent } from "./openAiEvents.ts";
import { type Dialect, fieldsOf, firstDialect, learn } from "./openAiRequest.ts";
import type { Events, Sender } from "./sender.ts";
import { createQuiet } from "./quiet.ts";
import type { Score, ScoreRequest } from "./scoring.ts";
import { createStopCutter } from "./stopCutter.ts";

export interface OpenAiOptions {
  /** Such as `https://api.openai.com/v1`. Only http and https. */
  readonly baseUrl: string;
  /** `undefined` or empty: no key is sent, as many local servers need none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  /** In VS Code the host's own, which knows the user's proxy and certificates. */
  readonly fetch: typeof fetch;
  /** Until the first event of an answer, waits and retries included; then for each silence between two events. */
  readonly timeLimitMs: number;
  /** Milliseconds since 1970, as `Retry-After` may be a date; the system's clock when left out. */
  readonly now?: () => number;
}

export interface OpenAiModel extends Model {
  /**
   * Does something where the server is llama.cpp's own and the prompt a raw one, and it did not ask to be left alone.
   * To find out, it asks any server once: not to be called for one that is paid for.
   */
  readonly warm: Warmer["warm"];
  /** There as soon as an answer shows that the server is llama.cpp's own. Answers go before scores. */
  readonly score: Model["score"];
}

/** How often a request is repeated that a server refused for the moment, if the wait fits into the time limit. */
const RETRIES = 2;
/** A server that refuses more of our optional fields than there are will not be pleased. */
const MOST_LESSONS = 4;

/** Throws `ModelError` (`unreachable`) when the address can't be one, `key-rejected` when the key can't. */
export function createOpenAiModel(options: OpenAiOptions): OpenAiModel {
  const { model: name, fetch, timeLimitMs, now = Date.now } = options;
  const { baseUrl, host } = checkedAddress(options.baseUrl);
  const apiKey = options.apiKey?.trim() || undefined;
  if (apiKey !== undefined && !/^[\x21-\x7e]+$/.test(apiKey)) throw new ModelError({ kind: "key-rejected", host });
  const identity = { host, model: name, hasKey: apiKey !== undefined };
  const senderOptions = { baseUrl, apiKey, fetch, now };
  const completions = createCompletionsClient(senderOptions);
  const warmer = createWarmer(senderOptions, name);
  let chats: Promise<Sender> | undefined;
  let dialect = firstDialect(host);
  const backOff = createBackOff(now);
  const quiet = createQuiet();
  let isLlama = false;

  return {
    name,
    get score() {
      return isLlama ? score : undefined;
    },
    async warm(prompt, signal) {
      return backOff.failure() === undefined && (await warmer.warm(prompt, signal));
    },
    stream(request, signal) {
      const startedAt = now();
      let usage: Usage = unknownUsage;
      return {
        get usage() {
          return usage;
        },
        [Symbol.asyncIterator]: () => answer((known) => (usage = { ...usage, ...known }), startedAt, request, signal),
      } satisfies ModelStream;
    },
  };

  async function score(request: ScoreRequest, signal: AbortSignal): Promise<Score> {
    signal.throwIfAborted();
    const untilLater = backOff.failure();
    if (untilLater) throw new ModelError(untilLater);
    if (!(await warmer.recognise())) throw new ModelError({ kind: "bad-response", host });
    const readAhead = (signal: AbortSignal) => warmer.warm(request.prompt, signal);
    const untilQuiet = () => quiet.wait();
    const server = { ...senderOptions, host, model: name, root: rootOf(baseUrl), readAhead, untilQuiet };
    try {
      return await scoreByServer(server, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw asModelError(error, true);
    }
  }

  async function* answer(
    note: (known: Partial<Usage>) => void,
    startedAt: number,
    request: ModelRequest,
    signal: AbortSignal,
  ): AsyncGenerator<string, void, undefined> {
    const deadline = createDeadline(timeLimitMs, signal, now);
    const connection = new AbortController();
    let events: Events | undefined;
    let read: Reading | undefined;
    let hasBegun = false;
    let isFinished = false;
    let isOver = false;
    const end = quiet.begin();
    try {
      signal.throwIfAborted();
      const untilLater = backOff.failure();
      if (untilLater) throw new ModelError(untilLater);
      read = warmer.asked(request.prompt);
      events = await open(request, deadline, connection.signal);
      const iterator = events.body[Symbol.asyncIterator]();
      const cutter = createStopCutter(request.stop);
      let hasText = false;
      let isStopped = false;
      for (;;) {
        // Each silence has the whole limit; the time that the caller takes between two pieces is not the server's.
        if (hasBegun) deadline.restart(isFinished ? Math.min(timeLimitMs, LAST_WORDS_MS) : timeLimitMs);
        const step = await deadline.race(iterator.next()).catch((error: unknown) => {
          if (!isFinished || signal.aborted) throw error;
          return { done: true, value: undefined } as const;
        });
        isOver = step.done === true;
        if (step.done) break;
        const event = readEvent(step.value);
        if (!event) continue;
        if (!hasBegun) read.done();
        hasBegun = true;
        isLlama ||= event.isLlama;
        backOff.answered();
        if (event.usage) note(event.usage);
        if (event.usage?.promptTokens !== undefined) read.done(event.usage.promptTokens, event.usage.outputTokens);
        isFinished ||= event.finished;
        const { text, stopped } = cutter.push(event.text);
        if (text !== "") {
          if (!hasText) note({ firstTokenMs: now() - startedAt });
          hasText = true;
          yield text;
        }
        isStopped = stopped;
        if (isStopped) break;
      }
      if (!isStopped) {
        const { hasMark, bytes } = events.end();
        if (!isFinished && !hasMark) {
          throw new ModelError({ kind: hasBegun || bytes === 0 ? "interrupted" : "bad-response", host });
        }
        const rest = cutter.rest();
        if (rest !== "") {
          if (!hasText) note({ firstTokenMs: now() - startedAt });
          yield rest;
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!hasBegun) read?.failed();
      throw asModelError(error, events !== undefined);
    } finally {
      end();
      // Also when the loop around was left early: the server must not go on for nobody.
      if (events && (isFinished || isOver)) void letEnd(events, connection);
      else connection.abort();
    }
  }

  /** The answer's events, after as many tries as the server's refusals and the time limit allow. */
  async function open(request: ModelRequest, deadline: Deadline, signal: AbortSignal): Promise<Events> {
    const isChat = request.prompt.kind === "chat";
    const send = isChat ? await deadline.race((chats ??= loadClient(senderOptions))) : completions;
    let retries = 0;
    for (let lessons = 0; ;) {
      const fields = fieldsOf(request, name, dialect);
      try {
        return await deadline.race(send(fields, signal));
      } catch (error) {
        if (!(error instanceof RefusedError)) {
          // A connection kept from before may have been closed by the server meanwhile.
          if (retries++ < 1 && STALE.has(errorCode(error) ?? "")) continue;
          throw error;
        }
        const learnt: Dialect | undefined =
          lessons++ < MOST_LESSONS ? learn(dialect, fields, error.refusal) : undefined;
        if (learnt) {
          dialect = learnt;
          continue;
        }
        const { failure, waitMs } = noteRefusal(error.refusal);
        if (waitMs === undefined || retries++ >= RETRIES || waitMs >= deadline.left()) {
          throw new ModelError(failure, { cause: error });
        }
        await deadline.race(sleep(waitMs, undefined, { signal }));
      }
    }
  }

  /** `waitMs` only where another try may do better; other requests wait for it too. */
  function noteRefusal(refusal: Refusal): { readonly failure: ModelFailure; readonly waitMs: number | undefined } {
    const failure = failureOfRefusal(refusal, identity);
    return { failure, waitMs: mayPass(refusal) ? backOff.refused(failure, refusal.retryAfterMs) : undefined };
  }

  function asModelError(error: unknown, isOpen: boolean): unknown {
    if (error instanceof ModelError) return error;
    if (error instanceof TimeUp) return new ModelError({ kind: "timed-out", host, limitMs: timeLimitMs });
    // The words for an event that is not JSON.
    if (error instanceof SyntaxError) return new ModelError({ kind: "bad-response", host }, { cause: error });
    if (error instanceof RefusedError) {
      // An error event in the middle of the stream; some servers put the status into it.
      const { refusal } = error;
      const isTold = refusal.codes.includes("insufficient_quota") || refusal.status > 0;
      const failure = isTold ? noteRefusal(refusal).failure : ({ kind: "interrupted", host } as const);
      return new ModelError(failure, { cause: error });
    }
    return new ModelError(failureOfConnection(error, host, isOpen), { cause: error });
  }
}

/** The model has said its last word; the connection is kept for the next request where the rest of the body comes soon. */
async function letEnd(events: Events, connection: AbortController): Promise<void> {
  const timer = setTimeout(() => connection.abort(), LAST_WORDS_MS);
  // What becomes of the body is nobody's business any more.
  await events.drain().catch(() => {});
  clearTimeout(timer);
}

/** After its last word a model's server sends the usage figures, and then should end. */
const LAST_WORDS_MS = 1_000;

/** Codes of a connection that the other side had closed. */
const STALE: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Also refuses addresses with a name and password in them: they would be in logs, and `fetch` does not take them. */
function checkedAddress(address: string): { readonly baseUrl: string; readonly host: string } {
  const url = URL.parse(address.trim());
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:") || url.username !== "" || url.password !== "") {
    throw new ModelError({ kind: "unreachable", host: url?.host ?? "", code: "ERR_INVALID_URL" });
  }
  url.hash = "";
  return { baseUrl: url.href, host: url.host };
}
