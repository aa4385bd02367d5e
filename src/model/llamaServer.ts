/**
 * llama.cpp's own server can read a prompt ahead, so that a request that begins like it is answered sooner. It speaks
 * OpenAI's interface, too, and is recognised by what else it answers.
 */

import type { Prompt } from "./model.ts";
import { headersFor, type SenderOptions } from "./openAiClient.ts";
import { textOf } from "./openAiRequest.ts";

/** It has nothing to compute for this answer. */
const PROPS_WITHIN_MS = 1_000;
/** A server that falls silent is not waited for, though nobody waits for us. */
const READ_WITHIN_MS = 60_000;
/**
 * It reads up to 2,048 tokens at a stretch, which on a processor takes seconds, and notices only then that a request was
 * aborted. So it gets the prompt in pieces that take about this long, and an abort delays the next request by one.
 */
const PIECE_MS = 200;
const FIRST_PIECE_CHARS = 256;
const LEAST_PIECE_CHARS = 128;
const MOST_GROWTH = 2;

export interface Warmer {
  /** Evaluates a prompt with nothing asked for. Never rejects: where it can't be done, or was aborted, it is left. */
  warm(prompt: Prompt, signal: AbortSignal): Promise<void>;
  /** The server has evaluated this one for an answer. */
  evaluated(prompt: Prompt): void;
}

/** For the model `model` of a server; of one that is not llama.cpp's nothing but one small page is ever asked. */
export function createWarmer({ baseUrl, apiKey, fetch, now }: SenderOptions, model: string): Warmer {
  const root = baseUrl.replace(/\/v1$/, "");
  const headers = headersFor(apiKey);
  let isLlama: Promise<boolean | undefined> | undefined;
  /** What it last read. A piece that is shorter would make it forget the rest. */
  let known = "";

  return {
    async warm(prompt, signal) {
      if (prompt.kind !== "raw" || signal.aborted) return;
      isLlama ??= recognise();
      const found = await isLlama;
      // A server that is not there yet may be there the next time.
      if (found === undefined) isLlama = undefined;
      if (found) await readAhead(textOf(prompt), signal);
    },
    evaluated(prompt) {
      if (prompt.kind === "raw") known = textOf(prompt);
    },
  };

  async function readAhead(text: string, signal: AbortSignal): Promise<void> {
    let size = FIRST_PIECE_CHARS;
    for (let end = commonLength(known, text); end < text.length && !signal.aborted;) {
      const next = pieceEnd(text, end, size);
      const startedAt = now();
      if (!(await read(text.slice(0, next).toWellFormed(), signal))) return;
      known = text.slice(0, next);
      const growth = PIECE_MS / Math.max(1, now() - startedAt);
      size = Math.max(LEAST_PIECE_CHARS, Math.round((next - end) * Math.min(MOST_GROWTH, growth)));
      end = next;
    }
  }

  async function read(prompt: string, signal: AbortSignal): Promise<boolean> {
    const body = JSON.stringify({ model, prompt, n_predict: 0, cache_prompt: true });
    const either = AbortSignal.any([signal, AbortSignal.timeout(READ_WITHIN_MS)]);
    try {
      const init = { method: "POST", headers, body, redirect: "manual", signal: either } as const;
      const response = await fetch(`${root}/completion`, init);
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** `undefined` when there was no answer. */
  async function recognise(): Promise<boolean | undefined> {
    const signal = AbortSignal.timeout(PROPS_WITHIN_MS);
    const response = await fetch(`${root}/props`, { headers, redirect: "manual", signal }).catch(() => undefined);
    if (!response) return undefined;
    const props: unknown = await response.json().catch(() => undefined);
    return response.ok && typeof props === "object" && props !== null && "default_generation_settings" in props;
  }
}

/** After a line break where there is one: tokens seldom reach across. */
function pieceEnd(text: string, start: number, size: number): number {
  if (start + size >= text.length) return text.length;
  const lineBreak = text.lastIndexOf("\n", start + size - 1);
  return lineBreak >= start ? lineBreak + 1 : start + size;
}

function commonLength(a: string, b: string): number {
  const longest = Math.min(a.length, b.length);
  for (let i = 0; i < longest; i++) if (a[i] !== b[i]) return i;
  return longest;
}
