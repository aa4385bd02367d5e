/**
 * llama.cpp's own server can read a prompt ahead, so that a request that begins like it is answered sooner. It speaks
 * OpenAI's interface, too, and is recognised by what else it answers.
 */

import { count } from "./jsonFields.ts";
import { isLlamaProps } from "./llamaFacts.ts";
import { llamaPage, type Page, rootOf } from "./llamaPage.ts";
import type { Prompt } from "./model.ts";
import { textOf } from "./openAiRequest.ts";
import { readJson } from "./responseBody.ts";
import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";

/** It has nothing to compute for this answer. */
const PAGE_WITHIN_MS = 1_000;
/** A server that falls silent is not waited for, though nobody waits for us. */
const READ_WITHIN_MS = 60_000;
/** Longer ago, the server may have been started anew, or have read something for somebody else. */
const TRUSTED_MS = 5_000;
/**
 * It reads up to 2,048 tokens at a stretch, which on a processor takes seconds, and notices only then that a request was
 * aborted. So it gets the prompt in pieces that take about this long, and an abort delays the next request by one.
 */
const PIECE_MS = 200;
const FIRST_PIECE_CHARS = 256;
const LEAST_PIECE_CHARS = 128;
const MOST_GROWTH = 2;

export interface Warmer {
  /**
   * Evaluates a prompt with nothing asked for. Never rejects: where it can't be done, or was aborted, it is left.
   * Resolves to whether any of it was sent.
   */
  warm(prompt: Prompt, signal: AbortSignal): Promise<boolean>;
  /** The server is asked to answer this one. */
  asked(prompt: Prompt): Reading;
  /** Whether the server is llama.cpp's own; it is asked where it is not known yet. */
  recognise(): Promise<boolean>;
}

/** What becomes of a prompt that the server was given. When nothing is told, it may have read a part of it. */
interface Reading {
  /** It has read all; how many tokens these were, and how many it has written then, where it says so. */
  done(tokens?: number, written?: number): void;
  failed(): void;
}

/** What the server last read, or was given to read. A piece that is shorter would make it forget the rest. */
interface Known {
  readonly text: string;
  /** Otherwise it has read some start of it. */
  whole: boolean;
  /** At least and at most so many, with what it has written behind them. */
  tokens: readonly [least: number, most: number] | undefined;
  /** When it was last heard of. */
  at: number;
}

/** For the model `model` of a server; of one that is not llama.cpp's nothing but one small page is ever asked, and that only where it is not known. */
export function createWarmer(options: SenderOptions, model: string, knownAs?: boolean): Warmer {
  const { baseUrl, fetch, now } = options;
  const root = rootOf(baseUrl);
  const headers = headersFor(options);
  let isLlama: Promise<boolean | undefined> | undefined = knownAs === undefined ? undefined : Promise.resolve(knownAs);
  let known: Known | undefined;

  return {
    async warm(prompt, signal) {
      if (prompt.kind !== "raw" || signal.aborted) return false;
      return (await recogniseOnce()) && (await readAhead(textOf(prompt), signal));
    },
    asked: (prompt) => given(prompt.kind === "raw" ? textOf(prompt) : ""),
    recognise: recogniseOnce,
  };

  async function recogniseOnce(): Promise<boolean> {
    isLlama ??= recognise();
    const found = await isLlama;
    // A server that is not there yet may be there the next time.
    if (found === undefined) isLlama = undefined;
    return found === true;
  }

  function given(text: string): Reading {
    const mine: Known = { text, whole: false, tokens: undefined, at: now() };
    known = mine;
    return {
      done(tokens, written = 0) {
        mine.whole = true;
        mine.tokens = tokens === undefined ? undefined : [tokens, tokens + written];
        mine.at = now();
      },
      failed() {
        if (known === mine) known = undefined;
      },
    };
  }

  async function readAhead(text: string, signal: AbortSignal): Promise<boolean> {
    const isFresh = known !== undefined && now() - known.at < TRUSTED_MS;
    if (!isFresh && (await hasForgotten())) known = undefined;
    let end = commonLength(known?.text ?? "", text);
    if (end === text.length && isFresh && known?.whole) return false;
    let size = FIRST_PIECE_CHARS;
    do {
      const next = pieceEnd(text, end, size);
      const startedAt = now();
      const share = await read(text.slice(0, next).toWellFormed(), signal);
      if (share === undefined) return true;
      // It may have had to read more than what was added.
      const chars = Math.max(next - end, share * next);
      const fitting = (chars * PIECE_MS) / Math.max(1, now() - startedAt);
      size = Math.max(LEAST_PIECE_CHARS, Math.round(Math.min(MOST_GROWTH * (next - end), fitting)));
      end = next;
    } while (end < text.length && !signal.aborted);
    return true;
  }

  /** The share of the prompt that the server had not read before; `undefined` when it was not read. */
  async function read(prompt: string, signal: AbortSignal): Promise<number | undefined> {
    const body = JSON.stringify({ model, prompt, n_predict: 0, cache_prompt: true });
    const either = AbortSignal.any([signal, AbortSignal.timeout(READ_WITHIN_MS)]);
    const reading = given(prompt);
    try {
      const init = { method: "POST", headers, body, redirect: "manual", signal: either } as const;
      const response = await fetch(addressBelow(root, "/completion"), init);
      const answer = (await readJson(response).catch(() => undefined)) as ReadAnswer | undefined;
      if (response.ok && !signal.aborted) {
        const tokens = count(answer?.tokens_evaluated);
        reading.done(tokens);
        return (count(answer?.timings?.prompt_n) ?? 0) / Math.max(1, tokens ?? 1);
      }
    } catch {
      // As when it refuses.
    }
    if (!signal.aborted) reading.failed();
    return undefined;
  }

  /** By the length of what each of the server's slots has read last. Where one of the two does not say, it has not. */
  async function hasForgotten(): Promise<boolean> {
    if (known?.tokens === undefined) return false;
    const [least, most] = known.tokens;
    const slots = (await page("/slots"))?.value;
    if (!Array.isArray(slots)) return false;
    return !slots.some((slot: { readonly n_prompt_tokens?: unknown } | null) => {
      const tokens = count(slot?.n_prompt_tokens);
      return tokens !== undefined && tokens >= least && tokens <= most;
    });
  }

  /** `undefined` when the server did not tell, which it does not while it loads, or where it is too busy. */
  async function recognise(): Promise<boolean | undefined> {
    const props = await page("/props");
    if (props?.status === 404 || props?.status === 405) return false;
    return props?.status === 200 ? isLlamaProps(props.value) : undefined;
  }

  /** `undefined` when there was no answer. */
  function page(path: string): Promise<Page | undefined> {
    return llamaPage(options, path, AbortSignal.timeout(PAGE_WITHIN_MS)).catch(() => undefined);
  }
}

/** What of llama.cpp's answer is looked at. */
interface ReadAnswer {
  readonly tokens_evaluated?: unknown;
  readonly timings?: { readonly prompt_n?: unknown };
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
