/** The official client, with nothing sent but what the request needs. It is loaded with the first request. */

import type { APIError, OpenAI } from "openai";

import { type Refusal, retryAfter } from "./httpFailure.ts";
import type { Fields } from "./openAiRequest.ts";

export interface ClientOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
}

/** What a request needs. The client would add the platform, versions, retry counts and headers from the environment. */
const SENT_HEADERS = ["accept", "content-type", "authorization"];

export async function loadClient({ baseUrl, apiKey, fetch }: ClientOptions): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  return new OpenAI({
    baseURL: baseUrl,
    // It insists on one; without a key of the user's the header does not leave.
    apiKey: apiKey ?? "none",
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    // Retries are ours: they know the time limit.
    maxRetries: 0,
    // It would write parts of answers to the console.
    logLevel: "off",
    fetch: async (input, init) => {
      const before = new Headers(init?.headers);
      const headers = new Headers();
      for (const name of SENT_HEADERS) {
        const value = before.get(name);
        if (value !== null && (name !== "authorization" || apiKey !== undefined)) headers.set(name, value);
      }
      headers.set("user-agent", "pairwise");
      // The user chose one server. What they write goes to no other, wherever that one points.
      const response = await fetch(input, { ...init, headers, redirect: "manual" });
      if (response.ok) return response;
      return isRedirect(response) ? asRefusal(response, baseUrl) : withOpenAiError(response);
    },
  });
}

function isRedirect({ status, type }: Response): boolean {
  return type === "opaqueredirect" || (status >= 300 && status < 400);
}

/** With the target's whole address; a fetch that hides status and target still tells that it was a redirect. */
async function asRefusal(response: Response, baseUrl: string): Promise<Response> {
  await response.body?.cancel();
  const location = response.headers.get("location");
  const target = location === null ? undefined : URL.parse(location, response.url || baseUrl);
  return new Response(null, { status: response.status || 302, headers: target ? { location: target.href } : {} });
}

/** Other servers put their sentence elsewhere (`message`, `detail`), where the client does not look. */
async function withOpenAiError(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  const body = parsed(text);
  if (body !== undefined && "error" in body) return Response.json(body, { status, headers: plain(headers) });
  const sentence = [body?.["message"], body?.["detail"]].find((value) => typeof value === "string");
  const error = { message: sentence ?? (body ? JSON.stringify(body) : text) };
  return Response.json({ error }, { status, headers: plain(headers) });
}

/** Of the headers those that say when to come again. */
function plain(headers: Headers): Record<string, string> {
  const kept = ["retry-after", "retry-after-ms"].map((name) => [name, headers.get(name)]);
  return Object.fromEntries(kept.filter(([, value]) => value !== null));
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The client's error as data. */
export function readRefusal(error: APIError, nowMs: number): Refusal {
  const inner: unknown = error.error;
  const own = typeof inner === "string" ? inner : (inner as { message?: unknown } | undefined)?.message;
  return {
    status: error.status ?? 0,
    message: typeof own === "string" ? own : error.message,
    codes: [error.code, error.type].filter((code) => typeof code === "string"),
    param: typeof error.param === "string" ? error.param : undefined,
    retryAfterMs: retryAfter(error.headers, nowMs),
    location: error.headers?.get("location") ?? undefined,
  };
}

export interface Events {
  readonly body: AsyncIterable<unknown>;
  /** How the body ended. The client swallows the protocol's own end mark, so it is looked for on the way. */
  end(): { readonly bytes: number; readonly hasMark: boolean };
}

const END_MARK = "data: [DONE]";

/** Rejects with the client's `APIError` when the server refuses or can't be reached. */
export async function send(client: OpenAI, { endPoint, body }: Fields, signal: AbortSignal): Promise<Events> {
  const { Stream } = await import("openai/streaming");
  const path = endPoint === "chat" ? "/chat/completions" : "/completions";
  const response = await client.post(path, { body, signal }).asResponse();
  let bytes = 0;
  let tail = "";
  let hasMark = false;
  const watch = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.length;
      // Latin-1 keeps one character a byte, and the mark is ASCII.
      const text = tail + Buffer.from(piece).toString("latin1");
      hasMark ||= text.includes(END_MARK);
      tail = text.slice(-END_MARK.length);
      controller.enqueue(piece);
    },
  });
  const controller = new AbortController();
  signal.addEventListener("abort", () => controller.abort(), { once: true });
  const watched = new Response(response.body?.pipeThrough(watch, { signal }) ?? null, { headers: response.headers });
  return {
    body: Stream.fromSSEResponse<unknown>(watched, controller, client),
    end: () => ({ bytes, hasMark }),
  };
}
