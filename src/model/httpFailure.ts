/** What an OpenAI-compatible server's refusal means for the user, from status and error body. */

import { errorCode } from "./errorCode.ts";
import type { ModelFailure } from "./failure.ts";
import { field } from "./jsonFields.ts";
import { readStart, readText } from "./responseBody.ts";

/** A server's refusal on its way to `failureOfRefusal`. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super("refused", options);
    this.refusal = refusal;
  }
}

export interface Refusal {
  readonly status: number;
  /** The server's sentence. */
  readonly message: string;
  /** OpenAI's `code` and `type`, where there are such. */
  readonly codes: readonly string[];
  /** The request's field that is at fault, where the server names it. */
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** Of a redirect, absolute. */
  readonly location: string | undefined;
}

/**
 * The response of a server that has taken the request. @throws {RefusedError} also when the error came as a success, and
 * `SyntaxError` for one without content or without an end
 */
export async function acceptedOf(response: Response, baseUrl: string, nowMs: number): Promise<Response> {
  if (!response.ok) throw new RefusedError(await refusalOf(response, baseUrl, nowMs));
  // A success that has nothing to say by its status.
  if (response.status === 204 || response.status === 205) throw new SyntaxError("no content");
  if (!/^application\/json\b/.test(response.headers.get("content-type") ?? "")) return response;
  // An answer comes as events: this is none, but it may say why.
  const text = await readText(response, MOST_JSON_BYTES);
  const body = parsed(text);
  if (isError(body)) throw new RefusedError(refusalIn(body.error));
  return new Response(text, response);
}

export function isError(event: unknown): event is { readonly error: unknown } {
  return typeof event === "object" && event !== null && "error" in event && Boolean(event.error);
}

/** Also of an answer that the server sent to be looked up elsewhere, which is not followed. */
async function refusalOf(response: Response, baseUrl: string, nowMs: number): Promise<Refusal> {
  const { headers } = response;
  const retryAfterMs = retryAfter(headers, nowMs);
  if (isRedirect(response)) {
    await response.body?.cancel();
    const location = headers.get("location");
    const target = location === null ? undefined : URL.parse(location, response.url || baseUrl);
    // A fetch that hides status and target still tells that it was a redirect.
    const status = response.status || 302;
    return { status, message: "", codes: [], param: undefined, retryAfterMs, location: target?.href };
  }
  const { text } = await readStart(response, MOST_ERROR_BYTES);
  const body = parsed(text);
  // Other servers put their sentence elsewhere (`message`, `detail`) than OpenAI does.
  const sentence = [body?.["message"], body?.["detail"]].find((value) => typeof value === "string");
  const complaints = complaintsIn(body?.["detail"] ?? field(body?.["message"], "detail"));
  const told = refusalIn(body?.["error"]);
  // Of other JSON nobody knows where in it the request is repeated, with the user's code.
  const plain = /^\s*[[{"]/.test(text) ? "" : text;
  const message = told.message || (sentence ?? (complaints.map(({ text }) => text).join("; ") || plain));
  const param = told.param ?? complaints[0]?.field;
  return { ...told, status: response.status, message, param, retryAfterMs };
}

/** What OpenAI's error object says, whether it is a body's or an event's. Its status is 0 where it has none. */
export function refusalIn(error: unknown): Refusal {
  const fields = typeof error === "object" && error !== null ? (error as Readonly<Record<string, unknown>>) : {};
  const { message = error, code, type, param } = fields;
  const status = Number(code);
  return {
    status: status >= 400 && status < 600 ? status : 0,
    message: typeof message === "string" ? message : "",
    codes: [code, type].filter((value) => typeof value === "string"),
    param: typeof param === "string" ? param : undefined,
    retryAfterMs: undefined,
    location: undefined,
  };
}

/** FastAPI's, also as Mistral wraps them: each with `loc`, `msg`, and `input`, which is what was sent. */
function complaintsIn(detail: unknown): readonly { readonly field: string; readonly text: string }[] {
  if (!Array.isArray(detail)) return [];
  return (detail as unknown[]).flatMap((value) => {
    const { loc, msg } = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
    if (typeof msg !== "string") return [];
    const field = Array.isArray(loc) ? loc.filter((step) => step !== "body").join(".") : "";
    return [{ field, text: field === "" ? msg : `${field}: ${msg}` }];
  });
}

function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Whom a request went to, for the words of its failure. */
export interface Identity {
  readonly host: string;
  readonly model: string;
  /** Some servers repeat it in what they say. */
  readonly apiKey: string | undefined;
}

const DETAIL_CHARS = 200;
/** The longest answers that come in one piece are vectors of many texts. */
const MOST_JSON_BYTES = 16 * 2 ** 20;
const MOST_ERROR_BYTES = 64 * 2 ** 10;

export function failureOfRefusal(refusal: Refusal, { host, model, apiKey }: Identity): ModelFailure {
  const { status, message, codes, retryAfterMs, location } = refusal;
  if (status >= 300 && status < 400) return { kind: "redirected", host, target: withoutQuery(location) };
  if (codes.includes("insufficient_quota") || status === 402) return { kind: "quota-exhausted", host };
  if (status === 401 || status === 403) return { kind: apiKey !== undefined ? "key-rejected" : "key-missing", host };
  if (status === 404 || status === 405) return { kind: "model-unknown", host, model };
  if (status === 429) return { kind: "rate-limited", host, retryAfterMs };
  if (isStillLoading(refusal)) return { kind: "model-loading", host };
  if (status >= 500) return { kind: "server-error", host, status };
  const tooLong = promptTooLong(refusal);
  if (tooLong) return tooLong;
  // vLLM's older sentences go on with what was sent.
  const [sentence = ""] = message.split(/['"]input['"]\s*:/);
  const told = apiKey === undefined ? sentence : sentence.replaceAll(apiKey, "•••");
  const detail = (told || `status ${status}`).slice(0, DETAIL_CHARS);
  return { kind: "request-refused", host, detail };
}

/** What a person can put into a setting. The query may be long, and private. */
function withoutQuery(location: string | undefined): string | undefined {
  const url = URL.parse(location ?? "");
  return url?.host ? `${url.protocol}//${url.host}${url.pathname}`.slice(0, DETAIL_CHARS) : undefined;
}

/** Refusals that another try may not meet. What a server has not (501), it will not have then either. */
export function mayPass({ status, codes }: Refusal): boolean {
  const isBusy = status === 408 || status === 429 || (status >= 500 && status !== 501);
  return isBusy && !codes.includes("insufficient_quota");
}

/** llama.cpp's server says "Loading model". */
export function isStillLoading({ status, message }: Pick<Refusal, "status" | "message">): boolean {
  return status === 503 && /^loading model/i.test(message);
}

/** OpenAI and vLLM say "maximum context length is 4097 tokens … 5000 tokens", llama.cpp's server "request (5000 tokens) exceeds the available context size (4096 tokens)". */
function promptTooLong({ message, codes }: Refusal): ModelFailure | undefined {
  const ours = /\((\d+) tokens\) exceeds the available context size \((\d+) tokens\)/.exec(message);
  if (ours) return { kind: "prompt-too-long", tokens: Number(ours[1]), limit: Number(ours[2]) };
  if (!codes.includes("context_length_exceeded") && !/maximum context length/.test(message)) return undefined;
  const [limit, tokens] = [...message.matchAll(/(\d+) tokens/g)].map((match) => Number(match[1]));
  return limit === undefined || tokens === undefined ? undefined : { kind: "prompt-too-long", tokens, limit };
}

/** The connection failed before there was an answer, or in its middle. */
export function failureOfConnection(error: unknown, host: string, isOpen: boolean): ModelFailure {
  const chain = causes(error);
  const code = errorCode(error) ?? chain.map(chromiumCode).find(Boolean);
  // Electron's network stack ends a request whose redirect is not followed, and says no more than this.
  if (chain.some(({ message }) => message === "Redirect was cancelled")) {
    return { kind: "redirected", host, target: undefined };
  }
  const isNoHttp = chain.some(({ name }) => name === "HTTPParserError") || code === "ERR_INVALID_HTTP_RESPONSE";
  if (isNoHttp) return { kind: "bad-response", host };
  return isOpen ? { kind: "interrupted", host } : { kind: "unreachable", host, code };
}

/** With Electron's network stack the code stands in the message: `net::ERR_CONNECTION_REFUSED`. */
function chromiumCode({ message }: Error): string | undefined {
  return /net::(ERR_[A-Z_]+)/.exec(message)?.[1];
}

function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

/** `retry-after-ms` (OpenAI), or `Retry-After` in seconds or as a date. */
function retryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (exact >= 0) return exact;
  const value = headers.get("retry-after") ?? "";
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
