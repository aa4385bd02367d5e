/** What llama.cpp's own server tells of itself: for the doctor, and for whoever picks a model. */

import { rootOf } from "./llamaServer.ts";
import { addressBelow, headersFor } from "./sender.ts";

interface LlamaFacts {
  readonly alias: string | undefined;
  /** Of the model's file, on the server's machine. */
  readonly path: string | undefined;
  /** Such as `b4719-0a1b2c3`. */
  readonly build: string | undefined;
  /** Of one slot, in tokens: prompt and answer together. */
  readonly contextTokens: number | undefined;
  /** So many requests are answered at the same time. */
  readonly slots: number | undefined;
  /** Slots that are at work; `undefined` where the server was started without its page of them. */
  readonly busySlots: number | undefined;
  /** The model's file has one of its own; without it the server takes one that the model may not know. */
  readonly hasChatTemplate: boolean | undefined;
  /** The model has the tokens for filling holes, so the server answers `/infill`. `undefined` where it does not tell. */
  readonly hasFillTokens: boolean | undefined;
}

export type LlamaServerFacts =
  | ({ readonly kind: "ready" } & LlamaFacts)
  /** 503: it is there, and reads the model's file. */
  | { readonly kind: "loading" }
  /** A server that refuses to tell: 401 and 403 are about the key. */
  | { readonly kind: "refused"; readonly status: number }
  /** It answers, but not as llama.cpp's own does. */
  | { readonly kind: "other" }
  /** Nothing came in time, or no connection could be made. */
  | { readonly kind: "unreachable" };

export interface FactsOptions {
  /** With or without `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
  /** For each page; a busy server answers them all the same. Default 2,000. */
  readonly timeLimitMs?: number;
}

/** Never evaluates anything. Rejects with the signal's reason when aborted, and in no other case. */
export async function llamaServerFacts(options: FactsOptions, signal: AbortSignal): Promise<LlamaServerFacts> {
  const health = await page(options, "/health", signal);
  if (health === undefined) return { kind: "unreachable" };
  if (health.status === 503) return { kind: "loading" };
  const props = await page(options, "/props", signal);
  if (props === undefined) return { kind: "unreachable" };
  if (props.status === 503) return { kind: "loading" };
  if (props.status === 404 || props.status === 405) return { kind: "other" };
  if (props.status !== 200) return { kind: "refused", status: props.status };
  const told = objectOf(props.value);
  const settings = objectOf(told?.["default_generation_settings"]);
  if (told === undefined || settings === undefined) return { kind: "other" };
  const [slots, hasFillTokens] = await Promise.all([page(options, "/slots", signal), fills(options, signal)]);
  return {
    kind: "ready",
    alias: text(told["model_alias"]),
    path: text(told["model_path"]),
    build: text(told["build_info"]),
    contextTokens: count(settings["n_ctx"]),
    slots: count(told["total_slots"]),
    busySlots: busyIn(slots?.value),
    hasChatTemplate: isOwnTemplate(told["chat_template"]),
    hasFillTokens,
  };
}

function isOwnTemplate(template: unknown): boolean | undefined {
  return typeof template === "string" ? template !== "" && !template.startsWith(STAND_IN) : undefined;
}

/** How the template begins that the server takes where there is none (ggml-org/llama.cpp, common/chat.cpp). */
const STAND_IN = "{%- for message in messages -%}\n  {{- '<|im_start|>' + message.role + '\n' + message.content";

/**
 * No page says it. But the server looks for the tokens first (501), and then at the request: one that it must refuse
 * (400) tells, and evicts no prompt from a slot.
 */
async function fills(options: FactsOptions, signal: AbortSignal): Promise<boolean | undefined> {
  const refusable = { input_prefix: "", input_suffix: "", input_extra: "none", n_predict: 0 };
  const answer = await page(options, "/infill", signal, JSON.stringify(refusable));
  if (answer?.status === 501) return false;
  return answer?.status === 400 ? true : undefined;
}

/** `undefined` when there was no answer; its `value` is where it is not JSON. */
async function page(
  { baseUrl, apiKey, fetch, timeLimitMs = 2_000 }: FactsOptions,
  path: string,
  signal: AbortSignal,
  body?: string,
): Promise<{ readonly status: number; readonly value: unknown } | undefined> {
  signal.throwIfAborted();
  const init = {
    headers: headersFor({ apiKey }),
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)]),
    ...(body !== undefined && { method: "POST", body }),
  } as const;
  try {
    const response = await fetch(addressBelow(rootOf(baseUrl), path), init);
    return { status: response.status, value: parsed(await response.text()) };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function busyIn(slots: unknown): number | undefined {
  if (!Array.isArray(slots)) return undefined;
  return (slots as unknown[]).filter((slot) => objectOf(slot)?.["is_processing"] === true).length;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 ? value : undefined;
}
