/** What an OpenAI-compatible server's refusal means for the user, from status and error body. */

import { withoutEcho } from "./echo.ts";
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
  const plain = /^\s*[[{"]/.test(text) ? "" : (titleOfPage(text) ?? text);
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

/** Of what firewalls and proxies answer with; `undefined` of what is no page. */
function titleOfPage(text: string): string | undefined {
  if (!/^\s*<(!doctype|html|head|body)/i.test(text)) return undefined;
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.replaceAll(/\s+/g, " ").trim();
  return title ? `“${title}” (HTML)` : "(HTML)";
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
  /** The texts of the request, which some repeat as well. */
  readonly sent?: readonly string[];
}

const DETAIL_CHARS = 200;
/** The longest answers that come in one piece are vectors of many texts. */
const MOST_JSON_BYTES = 16 * 2 ** 20;
const MOST_ERROR_BYTES = 64 * 2 ** 10;
/** Of a message, for finding where it repeats the request: what is shown is shorter. */
const MOST_LOOKED_AT = 1_000;
/** A year. */
const MOST_WAIT_MS = 366 * 86_400_000;

export function failureOfRefusal(refusal: Refusal, identity: Identity): ModelFailure {
  const { host, model, apiKey } = identity;
  const { status, codes, retryAfterMs, location } = refusal;
  if (status >= 300 && status < 400) return { kind: "redirected", host, target: withoutQuery(location) };
  if (isOutOfQuota(refusal)) return { kind: "quota-exhausted", host };
  const isUnknown = status === 404 || status === 405 || codes.includes("model_not_found");
  if (status === 401 || (status === 403 && !isUnknown && isAboutKey(refusal)))
    return { kind: apiKey !== undefined ? "key-rejected" : "key-missing", host };
  if (isUnknown) return { kind: "model-unknown", host, model };
  const detail = detailOf(refusal, identity);
  if (status === 429) return { kind: "rate-limited", host, retryAfterMs, ...(detail && { detail }) };
  if (isStillLoading(refusal)) return { kind: "model-loading", host };
  if (status >= 500) return { kind: "server-error", host, status, ...(detail && { detail }) };
  const tooLong = promptTooLong(refusal);
  if (tooLong) return tooLong;
  return { kind: status === 403 ? "access-refused" : "request-refused", host, detail: detail || `status ${status}` };
}

/** The server's sentence without what it repeats; empty where it says nothing. */
export function detailOf({ message }: Refusal, { apiKey, sent = [] }: Identity): string {
  // vLLM's older sentences go on with what was sent.
  const [sentence = ""] = message.split(/['"]input['"]\s*:/);
  const told = apiKey === undefined ? sentence : sentence.replaceAll(apiKey, "•••");
  const detail = withoutEcho(told.slice(0, MOST_LOOKED_AT), sent);
  return /[\p{L}\p{N}]/u.test(detail) ? detail.slice(0, DETAIL_CHARS) : "";
}

/** Of a 403: it says so, or says nothing. Others are refused for their country, by a firewall, or for what they ask. */
function isAboutKey({ message, codes }: Refusal): boolean {
  return /^\P{L}*(forbidden\P{L}*)?$/iu.test(message) || [message, ...codes].some((words) => KEY.test(words));
}

const KEY = /\b(api|access|subscription|bearer|auth\w*)[\s_-]*(key|token)\b|credential|authenticat|密钥/i;

/** No more may be asked for until somebody pays, or the next month begins. */
export function isOutOfQuota({ status, codes }: Refusal): boolean {
  return status === 402 || codes.some((code) => QUOTA_CODES.has(code)) || (status === 429 && codes.includes("1113"));
}

/** Of OpenAI (developers.openai.com, "Error codes"), Moonshot, and DashScope; Zhipu's is the number 1113. */
const QUOTA_CODES: ReadonlySet<string> = new Set([
  "insufficient_quota",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "exceeded_current_quota_error",
  "Arrearage",
  "AllocationQuota.FreeTierOnly",
]);

/** What a person can put into a setting. The query may be long, and private. */
function withoutQuery(location: string | undefined): string | undefined {
  const url = URL.parse(location ?? "");
  return url?.host ? `${url.protocol}//${url.host}${url.pathname}`.slice(0, DETAIL_CHARS) : undefined;
}

/** Refusals that another try may not meet. What a server has not (501), it will not have then either. */
export function mayPass(refusal: Refusal): boolean {
  const { status } = refusal;
  const isBusy = status === 408 || status === 429 || (status >= 500 && status !== 501);
  return isBusy && !isOutOfQuota(refusal);
}

/** llama.cpp's server says "Loading model". */
export function isStillLoading({ status, message }: Pick<Refusal, "status" | "message">): boolean {
  return status === 503 && /^loading model/i.test(message);
}

/**
 * OpenAI and vLLM say "maximum context length is 4097 tokens … 5000 tokens", newer versions of vLLM "… 5000 input tokens",
 * also where these would fit without the answer; llama.cpp's server says "request (5000 tokens) exceeds the available
 * context size (4096 tokens)".
 */
export function promptTooLong({ message, codes }: Refusal): ModelFailure | undefined {
  const ours = /\((\d+) tokens\) exceeds the available context size \((\d+) tokens\)/.exec(message);
  if (ours) return { kind: "prompt-too-long", tokens: Number(ours[1]), limit: Number(ours[2]) };
  if (!codes.includes("context_length_exceeded") && !/maximum context length/.test(message)) return undefined;
  const [limit, tokens] = [...message.matchAll(/(\d+)(?: input)? tokens/g)].map((match) => Number(match[1]));
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

/** `retry-after-ms` (OpenAI), or `Retry-After` in seconds or as a date; `undefined` also of what is no time that anybody waits. */
function retryAfter(headers: Headers, nowMs: number): number | undefined {
  const exact = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  const value = headers.get("retry-after") ?? "";
  const isSeconds = /^\s*\d+(\.\d+)?\s*$/.test(value);
  const told = isSeconds ? Number(value) * 1000 : Math.max(0, Date.parse(value) - nowMs);
  return [exact, told].find((ms) => ms >= 0 && ms <= MOST_WAIT_MS);
}
