/** A model behind OpenAI's interface: OpenAI itself, and every server that speaks like it. */

import { createCompletionsClient } from "./completionsClient.ts";
import { createExchanger, type Exchange } from "./exchange.ts";
import { type Model, ModelError, type ModelRequest } from "./model.ts";
import { scoreByServer } from "./llamaScore.ts";
import { readInfillEvent } from "./llamaInfill.ts";
import { rootOf } from "./llamaPage.ts";
import { createWarmer, type Warmer } from "./llamaServer.ts";
import { loadClient } from "./openAiClient.ts";
import { readEvent, type StreamEvent } from "./openAiEvents.ts";
import {
  type Addresses,
  type ChatFields,
  type Fields,
  fieldsOf,
  firstDialect,
  learn,
  textsIn,
} from "./openAiRequest.ts";
import { addressBelow, type KeyHeader, type Sender } from "./sender.ts";
import { createQuiet } from "./quiet.ts";
import type { Score, ScoreRequest } from "./scoring.ts";
import { checkedAddress, checkedKey } from "./serverAddress.ts";

export interface OpenAiOptions {
  /** Such as `https://api.openai.com/v1`. Only http and https. */
  readonly baseUrl: string;
  /** `undefined` or empty: no key is sent, as many local servers need none. */
  readonly apiKey: string | undefined;
  /** Azure's services want `api-key`. */
  readonly keyHeader?: KeyHeader;
  readonly model: string;
  /** In VS Code the host's own, which knows the user's proxy and certificates. */
  readonly fetch: typeof fetch;
  /** Until the first event of an answer, waits and retries included; then for each silence between two events. */
  readonly timeLimitMs: number;
  /** Where holes are filled, if not at `/completions`. */
  readonly holes?: HolePlace | undefined;
  /** Fields that make a chat model answer a suggestion's request without thinking first. Left out once they are refused. */
  readonly direct?: ChatFields | undefined;
  /** Whether the server is llama.cpp's own, where that is known. */
  readonly isLlama?: boolean | undefined;
  /** Called where the server may have another model by now: a request has failed, or another name answers. */
  readonly doubted?: (() => void) | undefined;
  /** Milliseconds since 1970, as `Retry-After` may be a date; the system's clock when left out. */
  readonly now?: () => number;
}

export interface HolePlace {
  /** Below `baseUrl`; `/completions` when left out. */
  readonly path?: string;
  /** Another address of the same origin. A server of the user's own gets the path below its own address. */
  readonly baseUrl?: string;
}

export interface OpenAiModel extends Model {
  /** The server may be asked at once, whatever it asked for. */
  retry(): void;
  /**
   * Does something where the server is llama.cpp's own and the prompt a raw one, and it did not ask to be left alone.
   * To find out, it asks any server once: not to be called for one that is paid for.
   */
  readonly warm: Warmer["warm"];
  /** There as soon as an answer shows that the server is llama.cpp's own. Answers go before scores. */
  readonly score: Model["score"];
}

/** Throws `ModelError` (`unreachable`) when the address can't be one, `key-unusable` when the key can't. */
export function createOpenAiModel(options: OpenAiOptions): OpenAiModel {
  const { model: name, keyHeader, fetch, timeLimitMs, now = Date.now } = options;
  const { baseUrl, host } = checkedAddress(options.baseUrl);
  const apiKey = checkedKey(options.apiKey, host);
  const senderOptions = { baseUrl, apiKey, keyHeader, fetch, now };
  const exchanger = createExchanger({ host, model: name, apiKey, timeLimitMs, now });
  const addresses: Addresses = {
    chat: addressBelow(baseUrl, "/chat/completions"),
    completions: addressBelow(baseUrl, "/completions"),
    hole: holeUrl(baseUrl, options.holes),
    infill: addressBelow(rootOf(baseUrl), "/infill"),
  };
  const completions = createCompletionsClient(senderOptions, addresses);
  const warmer = createWarmer(senderOptions, name, options.isLlama);
  let chats: Promise<Sender<Fields>> | undefined;
  let dialect = firstDialect(host, options.direct);
  const quiet = createQuiet();
  let isLlama = options.isLlama === true;
  let answering: string | undefined;

  return {
    name,
    get score() {
      return isLlama ? score : undefined;
    },
    async warm(prompt, signal) {
      return exchanger.untilLater() === undefined && (await warmer.warm(prompt, signal));
    },
    stream: (request, signal) => exchanger.stream(request, signal, () => begin(request)),
    retry: () => exchanger.retry(),
  };

  async function score(request: ScoreRequest, signal: AbortSignal): Promise<Score> {
    signal.throwIfAborted();
    const untilLater = exchanger.untilLater();
    if (untilLater) throw new ModelError(untilLater);
    if (!(await warmer.recognise())) throw new ModelError({ kind: "bad-response", host });
    const readAhead = (signal: AbortSignal) => warmer.warm(request.prompt, signal);
    const untilQuiet = () => quiet.wait();
    let isOpen = false;
    const watched: typeof fetch = async (input, init) => {
      isOpen = false;
      const response = await fetch(input, init);
      isOpen = true;
      return response;
    };
    const root = rootOf(baseUrl);
    const server = { ...senderOptions, fetch: watched, host, model: name, root, readAhead, untilQuiet };
    try {
      return await scoreByServer(server, request, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw exchanger.asModelError(error, isOpen, [...textsIn(request.prompt), request.continuation]);
    }
  }

  function begin(request: ModelRequest): Exchange<StreamEvent> {
    const { kind } = request.prompt;
    const ended = quiet.begin();
    const read = warmer.asked(request.prompt);
    let fields: Fields | undefined;
    let spoken = dialect;
    return {
      async send(deadline, signal) {
        const send =
          kind === "chat" ? await deadline.race((chats ??= loadClient(senderOptions, addresses))) : completions;
        const isLearning = spoken !== dialect && fields !== undefined;
        fields = fieldsOf(request, name, spoken);
        const events = await send(fields, signal);
        // What was learnt from a refusal is kept where it helped: its sentence may have been about something else.
        if (isLearning) dialect = spoken;
        return events;
      },
      learn(refusal) {
        const learnt = fields && learn(spoken, fields, refusal);
        if (learnt) spoken = learnt;
        return learnt !== undefined;
      },
      refusesTools: () => !spoken.tools,
      read: kind === "infill" ? readInfillEvent : readEvent,
      heard(event, isFirst) {
        if (isFirst) read.done();
        isLlama ||= event.isLlama;
        if (event.model !== undefined) {
          if (answering !== undefined && answering !== event.model) options.doubted?.();
          answering = event.model;
        }
        if (event.usage?.promptTokens !== undefined) read.done(event.usage.promptTokens, event.usage.outputTokens);
      },
      failed(hasBegun) {
        if (!hasBegun) read.failed();
        options.doubted?.();
      },
      ended,
    };
  }
}

/** A key is for one origin, and so is what the user writes. */
function holeUrl(baseUrl: string, { path = "/completions", baseUrl: other }: HolePlace = {}): string {
  const isSameOrigin = other !== undefined && URL.parse(other)?.origin === new URL(baseUrl).origin;
  return addressBelow(isSameOrigin ? other : baseUrl, path);
}
