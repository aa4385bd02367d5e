/** A request to a server and the stream of its answer: limits, retries, stops and failures, which are the same for all protocols. */

import { setTimeout as sleep } from "node:timers/promises";

import { createBackOff } from "./backOff.ts";
import { createDeadline, type Deadline, TimeUp } from "./deadline.ts";
import { errorCode } from "./errorCode.ts";
import type { ModelFailure } from "./failure.ts";
import {
  detailOf,
  failureOfConnection,
  failureOfRefusal,
  type Identity,
  isOutOfQuota,
  mayPass,
  type Refusal,
  RefusedError,
} from "./httpFailure.ts";
import { ModelError, type ModelRequest, type ModelStream, unknownUsage, type Usage, type Wait } from "./model.ts";
import { textsIn } from "./openAiRequest.ts";
import type { Events } from "./sender.ts";
import { createStopCutter } from "./stopCutter.ts";
import { collectToolCalls, type ToolCallPiece } from "./toolCalls.ts";

/** What every protocol says with an event of its stream. */
export interface AnswerEvent {
  readonly text: string;
  /** The model says that it is done, and why. */
  readonly finished: boolean;
  readonly usage: Pick<Usage, "promptTokens" | "cachedTokens" | "outputTokens"> | undefined;
  readonly toolCalls?: readonly ToolCallPiece[];
  /** It is done since the answer has reached its upper bound. */
  readonly isCut?: boolean;
}

/** One request in the words of a protocol. */
export interface Exchange<Event extends AnswerEvent> {
  /** Sends the request, once. Rejects as a `Sender` does. */
  send(deadline: Deadline, signal: AbortSignal): Promise<Events>;
  /** Whether a refusal taught something, so that `send` asks in other words. Called a few times at most. */
  learn?(refusal: Refusal): boolean;
  /** Whether a refusal taught that the model takes no tools. */
  refusesTools?(): boolean;
  /** `undefined` when it is no event of this protocol. */
  read(value: unknown): Event | undefined;
  heard?(event: Event, isFirst: boolean): void;
  /** It failed, and nobody has aborted it. `hasBegun`: in the middle of the answer. */
  failed?(hasBegun: boolean): void;
  /** Nothing more is asked or heard. */
  ended?(): void;
}

interface ExchangerOptions extends Identity {
  /** Until the first event of an answer, waits and retries included; then for each silence between two events. */
  readonly timeLimitMs: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Exchanger {
  /** `begin` is called when the request is about to be sent. */
  stream<Event extends AnswerEvent>(
    request: ModelRequest,
    signal: AbortSignal,
    begin: () => Exchange<Event>,
  ): ModelStream;
  /** What the server is not asked for, as it asked to be left alone. */
  untilLater(): ModelFailure | undefined;
  /** It may be asked at once, whatever it asked for. */
  retry(): void;
  /**
   * As `ModelError`; what is no failure of the server is given back as it is. `isOpen`: the answer had begun; `sent`: the
   * texts of the request, which are left out of the failure.
   */
  asModelError(error: unknown, isOpen: boolean, sent: readonly string[]): unknown;
}

/** How often a request is repeated that a server refused for the moment, if the wait fits into the time limit. */
const RETRIES = 2;
/** A server that refuses more of our optional fields than there are will not be pleased. */
const MOST_LESSONS = 5;

/** For the requests to one model of a server. */
export function createExchanger(options: ExchangerOptions): Exchanger {
  const { host, timeLimitMs, now } = options;
  const backOff = createBackOff(now);

  return {
    untilLater: () => backOff.failure(),
    retry: () => backOff.forget(),
    asModelError,
    stream(request, signal, begin) {
      const startedAt = now();
      let usage: Usage = unknownUsage;
      const note = (known: Partial<Usage>) => (usage = { ...usage, ...known });
      const calls = collectToolCalls();
      let isCut = false;
      let waits: Wait | undefined;
      let asked: Pick<Exchange<AnswerEvent>, "refusesTools"> | undefined;
      const hear = ({ toolCalls = [], isCut: isCutNow = false }: AnswerEvent) => {
        calls.push(toolCalls);
        isCut ||= isCutNow;
      };
      return {
        get usage() {
          return usage;
        },
        get toolCalls() {
          return calls.calls;
        },
        get endedBy() {
          return isCut ? "limit" : undefined;
        },
        get waits() {
          return waits;
        },
        get refusesTools() {
          return asked?.refusesTools?.() ?? false;
        },
        [Symbol.asyncIterator]: () =>
          answer(
            note,
            hear,
            (wait) => (waits = wait),
            startedAt,
            request,
            signal,
            () => {
              const exchange = begin();
              asked = exchange;
              return exchange;
            },
          ),
      } satisfies ModelStream;
    },
  };

  async function* answer<Event extends AnswerEvent>(
    note: (known: Partial<Usage>) => void,
    hear: (event: AnswerEvent) => void,
    wait: (wait: Wait | undefined) => void,
    startedAt: number,
    request: ModelRequest,
    signal: AbortSignal,
    begin: () => Exchange<Event>,
  ): AsyncGenerator<string, void, undefined> {
    const deadline = createDeadline(timeLimitMs, signal, now);
    const connection = new AbortController();
    let exchange: Exchange<Event> | undefined;
    let events: Events | undefined;
    let hasBegun = false;
    let isFinished = false;
    let isOver = false;
    try {
      signal.throwIfAborted();
      const untilLater = backOff.failure();
      if (untilLater) throw new ModelError(untilLater);
      exchange = begin();
      events = await open(exchange, request, deadline, wait, connection.signal);
      const iterator = events.body[Symbol.asyncIterator]();
      const cutter = createStopCutter(request.stop, request.maxTokens);
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
        const event = exchange.read(step.value);
        if (!event) continue;
        exchange.heard?.(event, !hasBegun);
        hear(event);
        hasBegun = true;
        backOff.forget();
        if (event.usage) note(event.usage);
        isFinished ||= event.finished;
        const { text, stopped } = cutter.push(event.text);
        if (cutter.isFull) hear({ ...event, toolCalls: [], isCut: true });
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
      exchange?.failed?.(hasBegun);
      throw asModelError(error, events !== undefined, textsIn(request.prompt));
    } finally {
      exchange?.ended?.();
      // Also when the loop around was left early: the server must not go on for nobody.
      if (events && (isFinished || isOver)) void letEnd(events, connection);
      else connection.abort();
    }
  }

  /** The answer's events, after as many tries as the server's refusals and the time limit allow. */
  async function open(
    exchange: Exchange<AnswerEvent>,
    { prompt }: ModelRequest,
    deadline: Deadline,
    wait: (wait: Wait | undefined) => void,
    signal: AbortSignal,
  ): Promise<Events> {
    let retries = 0;
    for (let lessons = 0; ;) {
      try {
        return await deadline.race(exchange.send(deadline, signal));
      } catch (error) {
        if (!(error instanceof RefusedError)) {
          // A connection kept from before may have been closed by the server meanwhile.
          if (retries++ < 1 && STALE.has(errorCode(error) ?? "")) continue;
          throw error;
        }
        if (lessons++ < MOST_LESSONS && exchange.learn?.(error.refusal)) continue;
        const { failure, waitMs } = noteRefusal(error.refusal, textsIn(prompt));
        if (waitMs === undefined || retries++ >= RETRIES || waitMs >= deadline.left()) {
          throw new ModelError(failure, { cause: error });
        }
        wait({ until: now() + waitMs, failure });
        await deadline.race(sleep(waitMs, undefined, { signal })).finally(() => wait(undefined));
      }
    }
  }

  /** `waitMs` only where another try may do better; other requests wait for it too. */
  function noteRefusal(
    refusal: Refusal,
    sent: readonly string[],
  ): { readonly failure: ModelFailure; readonly waitMs: number | undefined } {
    const failure = failureOfRefusal(refusal, { ...options, sent });
    return { failure, waitMs: mayPass(refusal) ? backOff.refused(failure, refusal.retryAfterMs) : undefined };
  }

  function asModelError(error: unknown, isOpen: boolean, sent: readonly string[]): unknown {
    if (error instanceof ModelError) return error;
    if (error instanceof TimeUp) return new ModelError({ kind: "timed-out", host, limitMs: timeLimitMs });
    // The words for an event that is not JSON.
    if (error instanceof SyntaxError) return new ModelError({ kind: "bad-response", host }, { cause: error });
    if (error instanceof RefusedError) {
      // An error event in the middle of the stream; some servers put the status into it.
      const { refusal } = error;
      const isTold = isOutOfQuota(refusal) || refusal.status > 0;
      if (isTold) return new ModelError(noteRefusal(refusal, sent).failure, { cause: error });
      const detail = detailOf(refusal, { ...options, sent });
      return new ModelError({ kind: "interrupted", host, ...(detail && { detail }) }, { cause: error });
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
