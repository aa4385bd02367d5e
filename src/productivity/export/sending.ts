/** One request of OTLP over HTTP (opentelemetry.io, "OTLP Specification"), as JSON. */

export type Sent =
  /** `rejected`: data points that it did not take, and what it says of it. */
  | { readonly kind: "taken"; readonly rejected: number; readonly message: string }
  /** It says that it is well, but not as OTLP does: a page for signing in does so, too. */
  | { readonly kind: "unlike"; readonly status: number }
  | { readonly kind: "refused"; readonly status: number; readonly message: string }
  | { readonly kind: "no-answer"; readonly timedOut: boolean; readonly detail: string };

export interface Sending {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: string;
  readonly fetch: typeof fetch;
  /** Ends it; with a `TimeoutError` where it took too long. */
  readonly signal: AbortSignal;
}

/** Never tries again: whether it has arrived can't be known of every failure, and what is sent twice would count twice. */
export async function send({ url, headers, json, fetch, signal }: Sending): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: json,
      signal,
      // Another address was not asked for, and would get the headers.
      redirect: "manual",
    });
    const text = await beginningOf(response);
    if (!response.ok) return { kind: "refused", status: response.status, message: messageIn(text) };
    return isAnswer(response, text)
      ? { kind: "taken", ...partialSuccessIn(text) }
      : { kind: "unlike", status: response.status };
  } catch (error) {
    return { kind: "no-answer", timedOut: isNamed(error, "TimeoutError"), detail: causeOf(error) };
  }
}

const MOST_BYTES = 16_384;
const MOST_CHARS = 300;

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    const part = chunk as Uint8Array;
    bytes += part.byteLength;
    text += decoder.decode(part, { stream: true });
    if (bytes >= MOST_BYTES) break;
  }
  return text;
}

/** An `ExportMetricsServiceResponse` in JSON, or nothing at all, as some answer. */
function isAnswer(response: Response, text: string): boolean {
  if (text.trim() === "") return true;
  return /^application\/([\w.-]+\+)?json\b/i.test(response.headers.get("content-type") ?? "") && isObject(text);
}

function partialSuccessIn(text: string): { readonly rejected: number; readonly message: string } {
  const { partialSuccess } = objectIn(text) as { readonly partialSuccess?: unknown };
  const { rejectedDataPoints, errorMessage } = (partialSuccess ?? {}) as Readonly<Record<string, unknown>>;
  const rejected = Number(rejectedDataPoints ?? 0);
  return {
    rejected: Number.isFinite(rejected) ? rejected : 0,
    message: typeof errorMessage === "string" ? shown(errorMessage) : "",
  };
}

/** Of a `Status`, else the text itself unless it is a page. */
function messageIn(text: string): string {
  const { message } = objectIn(text) as { readonly message?: unknown };
  if (typeof message === "string") return shown(message);
  return /^\s*[<{]/.test(text) ? "" : shown(text);
}

const isObject = (text: string): boolean => parsed(text) !== undefined;

const objectIn = (text: string): object => parsed(text) ?? {};

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One line, of which nothing moves a terminal's cursor. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

/** The code of the system's error, which `fetch` wraps. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  if (typeof code === "string") return code;
  return cause instanceof Error && cause.message !== "" ? shown(cause.message) : shown(error.message);
}
