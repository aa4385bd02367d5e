/**
 * What client and model process say to each other, over vscode-jsonrpc on a local socket, and the validators
 * by which each distrusts the other.
 *
 * Requests: `hello` first, else the peer is refused; `generate` and `score`, cancelled by the library's
 * own `$/cancelRequest`; `shutdown`. Notifications from the process: `evaluated` (the prompt was read), `text`,
 * `status`, `ending` (it is about to close in good order).
 */

import type { ModelFailure } from "../failure.ts";
import type { ModelRequest, Prompt } from "../model.ts";
import type { Score, ScoreRequest } from "../scoring.ts";
import type { EngineSpec } from "./engineSpec.ts";
import type { EngineUsage, EvaluatedUsage } from "./engineUsage.ts";

export const methods = {
  hello: "hello",
  generate: "generate",
  score: "score",
  shutdown: "shutdown",
  evaluated: "evaluated",
  text: "text",
  status: "status",
  ending: "ending",
} as const;

interface Hello {
  readonly secret: string;
}

/** What every request says of the model. */
export interface Order {
  readonly spec: EngineSpec;
  /** The model is unloaded after so long without a request; 0 is never. */
  readonly idleUnloadMs: number;
}

export interface Generate extends Order {
  /** The client's number for this request; its text comes under it. */
  readonly id: number;
  /** A warm-up, which gives way to every real request. */
  readonly warm: boolean;
  readonly request: ModelRequest;
}

export interface ScoreOrder extends Order {
  readonly request: ScoreRequest;
}

export type NotDone = { readonly kind: "aborted" } | { readonly kind: "failed"; readonly failure: ModelFailure };

export type GenerateResult = { readonly kind: "done"; readonly usage: EngineUsage } | NotDone;

export type ScoreResult = { readonly kind: "done"; readonly score: Score } | NotDone;

export interface EvaluatedOf extends EvaluatedUsage {
  readonly id: number;
}

export interface TextOf {
  readonly id: number;
  readonly text: string;
  /** Generated for this answer by now. */
  readonly outputTokens: number;
}

/** Of the model at `path`. */
export type Status = { readonly path: string } & (
  | { readonly kind: "loading"; readonly share: number }
  | { readonly kind: "ready" }
  | { readonly kind: "unloaded" }
);

/** Where a running process listens; the content of the file by which clients find it. */
export interface Endpoint {
  readonly pid: number;
  readonly socket: string;
  readonly secret: string;
}

const MAX_TEXT_CHARS = 8_000_000;
const MAX_TOKENS = 1_000_000;
const MAX_STOPS = 64;
const MAX_THREADS = 512;
const MAX_MESSAGES = 10_000;
/** What a timer takes, some 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1;
const roles: ReadonlySet<unknown> = new Set(["system", "user", "assistant"]);

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isCount(value: unknown, most: number): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT_CHARS;
}

export function parseHello(value: unknown): Hello | undefined {
  return isObject(value) && isText(value["secret"]) ? { secret: value["secret"] } : undefined;
}

export function parseEndpoint(text: string): Endpoint | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { pid, socket, secret } = value;
  return isCount(pid, Number.MAX_SAFE_INTEGER) && pid > 0 && isText(socket) && isText(secret)
    ? { pid, socket, secret }
    : undefined;
}

/** The field of a request that is not as it must be. */
export class InvalidField extends Error {
  readonly field: string;
  constructor(field: string) {
    super(`not valid: ${field}`);
    this.name = "InvalidField";
    this.field = field;
  }
}

function check(good: boolean, field: string): asserts good {
  if (!good) throw new InvalidField(field);
}

export function parseGenerate(value: unknown): Generate | InvalidField {
  return checked(() => {
    check(isObject(value), "params");
    const { id, warm } = value;
    check(isCount(id, Number.MAX_SAFE_INTEGER), "id");
    check(typeof warm === "boolean", "warm");
    return { id, ...parseOrder(value), warm, request: parseRequest(value["request"]) };
  });
}

export function parseScoreOrder(value: unknown): ScoreOrder | InvalidField {
  return checked(() => {
    check(isObject(value), "params");
    const { request } = value;
    check(isObject(request), "request");
    const prompt = parsePrompt(request["prompt"]);
    check(prompt?.kind === "raw", "request.prompt");
    const { continuation } = request;
    check(isText(continuation), "request.continuation");
    return { ...parseOrder(value), request: { prompt, continuation } };
  });
}

function checked<T>(parse: () => T): T | InvalidField {
  try {
    return parse();
  } catch (error) {
    if (error instanceof InvalidField) return error;
    throw error;
  }
}

function parseOrder({ spec, idleUnloadMs }: Fields): Order {
  return { spec: parseSpec(spec), idleUnloadMs: parseIdle(idleUnloadMs) };
}

/** People set minutes, in fractions and in years. Only 0 is never. */
function parseIdle(value: unknown): number {
  check(typeof value === "number" && value >= 0, "idleUnloadMs");
  return Math.min(Math.ceil(value), MAX_TIMER_MS);
}

function parseSpec(value: unknown): EngineSpec {
  check(isObject(value), "spec");
  const { path, adapterPath, contextTokens, threads } = value;
  check(isText(path), "spec.path");
  check(adapterPath === undefined || isText(adapterPath), "spec.adapterPath");
  check(isCount(contextTokens, MAX_TOKENS) && contextTokens > 0, "spec.contextTokens");
  check(isCount(threads, MAX_THREADS), "spec.threads");
  return { path, adapterPath, contextTokens, threads };
}

function parseRequest(value: unknown): ModelRequest {
  check(isObject(value), "request");
  const { purpose, maxTokens, temperature, stop, heal = false } = value;
  check(purpose === "suggestion" || purpose === "continuation" || purpose === "chat", "request.purpose");
  check(isCount(maxTokens, MAX_TOKENS), "request.maxTokens");
  check(typeof temperature === "number" && Number.isFinite(temperature) && temperature >= 0, "request.temperature");
  check(typeof heal === "boolean", "request.heal");
  check(Array.isArray(stop) && stop.length <= MAX_STOPS && stop.every(isText), "request.stop");
  const prompt = parsePrompt(value["prompt"]);
  check(prompt !== undefined, "request.prompt");
  return { prompt, purpose, maxTokens, temperature, stop, heal };
}

function parsePrompt(value: unknown): Prompt | undefined {
  if (!isObject(value)) return undefined;
  const { kind, parts, messages, prefix, suffix } = value;
  if (kind === "hole") return isText(prefix) && isText(suffix) ? { kind, prefix, suffix } : undefined;
  if (kind === "raw" && Array.isArray(parts) && parts.length <= MAX_MESSAGES) {
    const good = parts.every(
      (part: unknown) => isObject(part) && isText(part["text"]) && typeof part["special"] === "boolean",
    );
    return good ? { kind, parts } : undefined;
  }
  if (kind === "chat" && Array.isArray(messages) && messages.length <= MAX_MESSAGES) {
    const good = messages.every(
      (message: unknown) => isObject(message) && isText(message["content"]) && roles.has(message["role"]),
    );
    return good ? { kind, messages } : undefined;
  }
  return undefined;
}

export function parseText(value: unknown): TextOf | undefined {
  if (!isObject(value)) return undefined;
  const { id, text, outputTokens } = value;
  if (!isCount(id, Number.MAX_SAFE_INTEGER) || !isText(text)) return undefined;
  return isCount(outputTokens, MAX_TOKENS) ? { id, text, outputTokens } : undefined;
}

export function parseEvaluated(value: unknown): EvaluatedOf | undefined {
  if (!isObject(value)) return undefined;
  const { id, promptTokens, cachedTokens } = value;
  if (!isCount(id, Number.MAX_SAFE_INTEGER) || !isCount(promptTokens, MAX_TOKENS)) return undefined;
  return isCount(cachedTokens, MAX_TOKENS) ? { id, promptTokens, cachedTokens } : undefined;
}

export function parseStatus(value: unknown): Status | undefined {
  if (!isObject(value)) return undefined;
  const { path, kind, share } = value;
  if (!isText(path)) return undefined;
  if (kind === "ready" || kind === "unloaded") return { path, kind };
  if (kind !== "loading" || typeof share !== "number" || !(share >= 0 && share <= 1)) return undefined;
  return { path, kind, share };
}

export function parseGenerateResult(value: unknown): GenerateResult | undefined {
  if (!isObject(value)) return undefined;
  const { kind, usage } = value;
  if (kind !== "done") return parseNotDone(value);
  if (!isObject(usage)) return undefined;
  const { promptTokens, cachedTokens, outputTokens, isCut } = usage;
  if (!isCount(promptTokens, MAX_TOKENS) || !isCount(cachedTokens, MAX_TOKENS)) return undefined;
  if (!isCount(outputTokens, MAX_TOKENS) || typeof isCut !== "boolean") return undefined;
  return { kind, usage: { promptTokens, cachedTokens, outputTokens, isCut } };
}

export function parseScoreResult(value: unknown): ScoreResult | undefined {
  if (!isObject(value)) return undefined;
  const { kind, score } = value;
  if (kind !== "done") return parseNotDone(value);
  if (!isObject(score)) return undefined;
  const { logProbability, tokens } = score;
  if (typeof logProbability !== "number" || !(logProbability <= 0) || !Number.isFinite(logProbability))
    return undefined;
  return isCount(tokens, MAX_TOKENS) ? { kind, score: { logProbability, tokens } } : undefined;
}

function parseNotDone({ kind, failure }: Fields): NotDone | undefined {
  if (kind === "aborted") return { kind };
  const parsed = kind === "failed" ? parseFailure(failure) : undefined;
  return parsed && { kind: "failed", failure: parsed };
}

/** The failures that the process itself can have. */
function parseFailure(value: unknown): ModelFailure | undefined {
  if (!isObject(value)) return undefined;
  const { kind, path, detail, platform, tokens, limit, host } = value;
  switch (kind) {
    case "model-file-missing":
      return isText(path) ? { kind, path } : undefined;
    case "model-file-unusable":
      return isText(path) && isText(detail) ? { kind, path, detail } : undefined;
    case "engine-absent":
      return isText(platform) ? { kind, platform } : undefined;
    case "prompt-too-long":
      return isCount(tokens, MAX_TEXT_CHARS) && isCount(limit, MAX_TEXT_CHARS) ? { kind, tokens, limit } : undefined;
    case "request-refused":
      return isText(host) && isText(detail) ? { kind, host, detail } : undefined;
    default:
      return undefined;
  }
}
