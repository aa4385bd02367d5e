/** What llama.cpp's own server tells of itself: for how it is asked, for the doctor, and for whoever picks a model. */

import { failureOfConnection, isStillLoading, refusalIn } from "./httpFailure.ts";
import { count, field, text } from "./jsonFields.ts";
import { llamaPage, type Page } from "./llamaPage.ts";
import type { SenderOptions } from "./sender.ts";

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
  /** The model's file has one of its own; without it the server takes one that the model may not know. */
  readonly hasChatTemplate: boolean | undefined;
  /** The model has the tokens for filling holes, so the server answers `/infill`. `undefined` where it does not tell. */
  readonly hasFillTokens: boolean | undefined;
}

export type LlamaServerFacts =
  | ({ readonly kind: "ready" } & LlamaFacts)
  /** It is there, and reads the model's file. */
  | { readonly kind: "loading" }
  /** A server that refuses to tell: 401 and 403 are about the key. */
  | { readonly kind: "refused"; readonly status: number }
  /** It answers, but not as llama.cpp's own does. */
  | { readonly kind: "other" }
  /** It did not say in time what it is. */
  | { readonly kind: "late" }
  /** No connection could be made; `code` is the system's. */
  | { readonly kind: "unreachable"; readonly code: string | undefined };

export interface FactsOptions extends Omit<SenderOptions, "now"> {
  /** For all of it; a busy server answers these pages all the same. Default 2,000. */
  readonly timeLimitMs?: number;
}

/** Never evaluates anything. Rejects with the signal's reason when aborted, and in no other case. */
export async function llamaServerFacts(options: FactsOptions, signal: AbortSignal): Promise<LlamaServerFacts> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(options.timeLimitMs ?? 2_000);
  try {
    return await ask(options, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return { kind: "late" };
    const failure = failureOfConnection(error, "", false);
    return failure.kind === "unreachable" ? { kind: "unreachable", code: failure.code } : { kind: "other" };
  }
}

async function ask(options: FactsOptions, signal: AbortSignal): Promise<LlamaServerFacts> {
  const props = await llamaPage(options, "/props", signal);
  const { status, value } = props;
  if (isLoading(props)) return { kind: "loading" };
  if (status === 404 || status === 405) return { kind: "other" };
  if (status !== 200) return { kind: "refused", status };
  if (!isLlamaProps(value)) return { kind: "other" };
  return {
    kind: "ready",
    alias: text(field(value, "model_alias")),
    path: text(field(value, "model_path")),
    build: text(field(value, "build_info")),
    // 0 is what a server says that loads models when they are asked for.
    contextTokens: count(field(field(value, "default_generation_settings"), "n_ctx")) || undefined,
    slots: count(field(value, "total_slots")),
    hasChatTemplate: isOwnTemplate(field(value, "chat_template")),
    hasFillTokens: await fills(options, signal),
  };
}

/** No other server's page of that name has this. */
export function isLlamaProps(props: unknown): boolean {
  const settings = field(props, "default_generation_settings");
  return typeof settings === "object" && settings !== null;
}

function isLoading({ status, value }: Page): boolean {
  return isStillLoading({ status, message: refusalIn(field(value, "error")).message });
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
  const { status } = await llamaPage(options, "/infill", signal, refusable);
  if (status === 501) return false;
  return status === 400 ? true : undefined;
}
