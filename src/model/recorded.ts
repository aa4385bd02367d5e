/**
 * A model that keeps a record of what it is asked. It stands next to the back-end, behind everything that changes a
 * request, so that the record has exactly what leaves. Keys and headers are the back-end's own and never pass here.
 */

import { type Model, ModelError, type ModelRequest, type ModelStream, type Prompt, unknownUsage } from "./model.ts";
import { withoutPictures } from "./pictures.ts";
import type { Provenance } from "./provenance.ts";
import type { EndPoint, Recorder, SentState } from "./requestLog.ts";
import type { Score, ScoreRequest } from "./scoring.ts";
import { wrappedStream } from "./wrappedStream.ts";

export function recordedModel(model: Model, log: Recorder, endPoint: EndPoint): Model {
  return {
    get name() {
      return model.name;
    },
    stream(request, signal) {
      const { provenance: _, ...asked } = request;
      const stream = model.stream(asked, signal);
      return wrappedStream(
        () => stream,
        () => recorded(stream, log, endPoint, model.name, request, signal),
      );
    },
    // Looked up at each use: a server may turn out to be able to only when it has answered.
    get score() {
      const score = model.score?.bind(model);
      if (score === undefined) return undefined;
      return (request: ScoreRequest, signal: AbortSignal) =>
        recordedScore(score, log, endPoint, model.name, request, signal);
    },
  };
}

/** The text that is scored is sent behind the prompt, and is on record there. */
async function recordedScore(
  score: NonNullable<Model["score"]>,
  log: Recorder,
  endPoint: EndPoint,
  model: string,
  { provenance, ...asked }: ScoreRequest,
  signal: AbortSignal,
): Promise<Score> {
  signal.throwIfAborted();
  const text = { text: asked.continuation, special: false };
  const prompt = { kind: "raw", parts: [...asked.prompt.parts, text] } as const;
  const about = { purpose: "scoring", model, endPoint, prompt, maxTokens: 0, temperature: 0, stop: [] } as const;
  const tokens = Math.ceil(text.text.length / CHARS_PER_TOKEN);
  const scored = { source: "scored", text: text.text, path: undefined, line: undefined, tokens };
  const { stretches = [], redactions = [] } = provenance ?? {};
  const recording = log.begin(about, { stretches: [...stretches, scored], redactions });
  try {
    const answer = await score(asked, signal);
    recording.end(ANSWERED, unknownUsage);
    return answer;
  } catch (error) {
    recording.end(failureState(error, signal), unknownUsage);
    throw error;
  }
}

/** A back-end asks when it is first read from, so that is when the record begins. */
async function* recorded(
  stream: ModelStream,
  log: Recorder,
  endPoint: EndPoint,
  model: string,
  { purpose, prompt, maxTokens, temperature, stop, provenance }: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  if (signal.aborted) return yield* stream;
  const sending = {
    purpose: provenance?.askedFor ?? purpose,
    model,
    endPoint,
    prompt: withoutPictures(prompt),
    maxTokens,
    temperature,
    stop,
  } as const;
  const recording = log.begin(sending, provenance);
  let state: SentState = { kind: "answered", leftEarly: true };
  try {
    for await (const text of stream) {
      recording.text(text, stream.usage);
      yield text;
    }
    for (const call of stream.toolCalls ?? []) recording.text(`\n${call.name} ${call.arguments}`, stream.usage);
    state = { kind: "answered", leftEarly: false };
  } catch (error) {
    state = failureState(error, signal);
    throw error;
  } finally {
    const gaveUp = state.kind === "answered" && state.leftEarly && signal.aborted;
    recording.end(gaveUp ? { kind: "aborted" } : state, stream.usage);
  }
}

/** Resolves to whether any of the prompt was sent. */
type Warm = (prompt: Prompt, signal: AbortSignal) => Promise<boolean>;

/** Of prompts that a model only reads ahead: they are sent as well. */
export function recordedWarm(
  warm: Warm,
  log: Recorder,
  { model, endPoint }: { readonly model: string; readonly endPoint: EndPoint },
): (prompt: Prompt, signal: AbortSignal, provenance?: Provenance) => Promise<void> {
  return async (prompt, signal, provenance) => {
    const isEmpty = prompt.kind === "raw" && prompt.parts.length === 0;
    if (isEmpty || signal.aborted) return void (await warm(prompt, signal));
    const about = { purpose: "warm-up", model, endPoint, prompt, maxTokens: 0, temperature: 0, stop: [] } as const;
    const recording = log.begin(about, provenance);
    try {
      const wasSent = await warm(prompt, signal);
      if (wasSent) recording.end(signal.aborted ? { kind: "aborted" } : ANSWERED, unknownUsage);
      else recording.forget();
    } catch (error) {
      recording.end(failureState(error, signal), unknownUsage);
      throw error;
    }
  };
}

/** Of what nobody wants but to see whether the model answers: it is on record, and is counted, as what it is. */
export function asChecks(log: Recorder): Recorder {
  return { begin: (sending, provenance) => log.begin({ ...sending, purpose: "check" }, provenance) };
}

/** For people to read: without a name, a password, a query or a fragment, all of which may be secrets. */
export function serverEndPoint(baseUrl: string): EndPoint {
  const url = URL.parse(baseUrl.trim());
  return { kind: "server", url: url === null ? "" : `${url.origin}${url.pathname}`.replace(/\/+$/, "") };
}

function failureState(error: unknown, signal: AbortSignal): SentState {
  if (signal.aborted) return { kind: "aborted" };
  return { kind: "failed", failure: error instanceof ModelError ? error.failure : undefined };
}

/** Of code, about. */
const CHARS_PER_TOKEN = 3;
const ANSWERED: SentState = { kind: "answered", leftEarly: false };
