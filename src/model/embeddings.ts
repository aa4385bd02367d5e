/** Vectors for texts, from a server that speaks like OpenAI's `/v1/embeddings`. */

import { createHash } from "node:crypto";
import { failureOfConnection, failureOfRefusal, acceptedOf, RefusedError } from "./httpFailure.ts";
import type { Gate } from "./guarded.ts";
import { ModelError, unknownUsage } from "./model.ts";
import type { Redaction } from "./provenance.ts";
import { serverEndPoint } from "./recorded.ts";
import type { Recorder } from "./requestLog.ts";
import { readJson } from "./responseBody.ts";
import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";

export interface EmbeddingOptions extends SenderOptions {
  readonly model: string;
  readonly timeLimitMs: number;
  /** What is sent is shown no secrets, as with every other request. */
  readonly gate: () => Promise<Gate>;
  readonly log: Recorder;
}

export type Vector = readonly number[];

/** Keeps the vectors that it was given, in memory and by a hash of their texts, for as long as it lives. */
export class Embeddings {
  readonly #options: EmbeddingOptions;
  readonly #known = new Map<string, Vector>();

  constructor(options: EmbeddingOptions) {
    this.#options = options;
  }

  /**
   * A vector for each text, of which the first 4,000 characters count. Texts that are known are not sent again.
   * @throws {ModelError} when the server fails, the signal's reason when it was aborted, what the gate does where it
   * can't be opened: nothing is sent then
   */
  async of(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]> {
    const keys = texts.map((text) => createHash("sha256").update(text).digest("base64"));
    const unknown = keys.flatMap((key, place) => (this.#known.has(key) || keys.indexOf(key) < place ? [] : [place]));
    const found = new Map<string, Vector>();
    for (let start = 0; start < unknown.length; start += BATCH) {
      const places = unknown.slice(start, start + BATCH);
      const vectors = await this.#ask(
        places.map((place) => (texts[place] ?? "").slice(0, MOST_CHARS)),
        signal,
      );
      for (const [index, place] of places.entries()) found.set(keys[place] ?? "", vectors[index] ?? []);
    }
    const all = keys.map((key) => found.get(key) ?? this.#known.get(key) ?? []);
    for (const [key, vector] of found) this.#known.set(key, vector);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MOST_KNOWN) break;
      this.#known.delete(oldest);
    }
    return all;
  }

  async #ask(texts: readonly string[], signal: AbortSignal): Promise<readonly Vector[]> {
    const { baseUrl, model, log, timeLimitMs } = this.#options;
    const gate = await this.#options.gate();
    signal.throwIfAborted();
    const redactions: Redaction[] = [];
    const input = texts.map((text) => {
      const redacted = gate.redact([text]);
      redactions.push(...redacted.redactions);
      return redacted.texts[0] ?? "";
    });
    const prompt = { kind: "raw", parts: input.map((text) => ({ text, special: false })) } as const;
    const about = { purpose: "embedding", model, prompt, maxTokens: 0, temperature: 0, stop: [] } as const;
    const recording = log.begin({ ...about, endPoint: serverEndPoint(baseUrl) }, { stretches: [], redactions });
    const tooLate = AbortSignal.timeout(timeLimitMs);
    try {
      const vectors = await this.#send(input, AbortSignal.any([signal, tooLate]));
      recording.end({ kind: "answered", leftEarly: false }, unknownUsage);
      return vectors;
    } catch (error) {
      if (signal.aborted) {
        recording.end({ kind: "aborted" }, unknownUsage);
        throw signal.reason;
      }
      const failed = this.#failureOf(error, tooLate.aborted, input);
      recording.end({ kind: "failed", failure: failed.failure }, unknownUsage);
      throw failed;
    }
  }

  async #send(input: readonly string[], signal: AbortSignal): Promise<readonly Vector[]> {
    const { baseUrl, model, fetch, now } = this.#options;
    const body = JSON.stringify({ model, input, encoding_format: "float" });
    // As with all requests, what the user writes goes to no other server.
    const init = { method: "POST", headers: headersFor(this.#options), body, redirect: "manual", signal } as const;
    const response = await acceptedOf(await fetch(addressBelow(baseUrl, "/embeddings"), init), baseUrl, now());
    return vectorsIn(await readJson(response, MOST_BYTES), input.length);
  }

  #failureOf(error: unknown, isTooLate: boolean, sent: readonly string[]): ModelError {
    const { baseUrl, model, apiKey, timeLimitMs } = this.#options;
    const host = URL.parse(baseUrl)?.host ?? baseUrl;
    if (isTooLate) return new ModelError({ kind: "timed-out", host, limitMs: timeLimitMs });
    if (error instanceof SyntaxError) return new ModelError({ kind: "bad-response", host }, { cause: error });
    if (error instanceof RefusedError) {
      return new ModelError(failureOfRefusal(error.refusal, { host, model, apiKey, sent }));
    }
    return new ModelError(failureOfConnection(error, host, false), { cause: error });
  }
}

/** Places of the vectors, the one that points most nearly where `query` does first (by the cosine). */
export function rankedByLikeness(query: Vector, vectors: readonly Vector[]): readonly number[] {
  const likeness = vectors.map((vector) => product(query, vector) / Math.sqrt(product(vector, vector) || 1));
  return vectors.map((_, place) => place).toSorted((one, other) => (likeness[other] ?? 0) - (likeness[one] ?? 0));
}

function product(one: Vector, other: Vector): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

/** In the order of the texts, which need not be that of the answer. @throws {SyntaxError} for anything else */
function vectorsIn(answer: unknown, count: number): readonly Vector[] {
  const data = (answer as { readonly data?: unknown } | null)?.data;
  const vectors: Vector[] = [];
  for (const [place, each] of (Array.isArray(data) ? (data as unknown[]) : []).entries()) {
    const { index = place, embedding } = (each ?? {}) as { readonly index?: unknown; readonly embedding?: unknown };
    if (typeof index === "number" && isVector(embedding)) vectors[index] = embedding;
  }
  const length = vectors[0]?.length;
  const isWhole = Array.from({ length: count }, (_, place) => vectors[place]?.length === length).every(Boolean);
  if (length === undefined || vectors.length !== count || !isWhole) throw new SyntaxError("no vectors");
  return vectors;
}

function isVector(value: unknown): value is Vector {
  return Array.isArray(value) && value.length > 0 && value.every((each) => Number.isFinite(each));
}

/** In one request; servers have bounds of their own, which are mostly higher. */
const BATCH = 32;
/** Most models take 512 tokens at least, and cut off what is more, or refuse it. */
const MOST_CHARS = 4_000;
const MOST_KNOWN = 2_000;
/** A batch of the longest vectors, of 8,192 figures with up to 25 characters each, has 6.3 MiB. */
const MOST_BYTES = 16 * 2 ** 20;
