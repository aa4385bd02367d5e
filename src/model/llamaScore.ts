/**
 * Scoring by llama.cpp's own server, which has no words for it. But it tells, of each token that it writes, how likely
 * the model found it before anything was sampled, and a bias can make it write any token. So it is asked for one token
 * at a time: for the text's own, behind the prompt and those before it.
 */

import { acceptedOf } from "./httpFailure.ts";
import { ModelError } from "./model.ts";
import { textOf } from "./openAiRequest.ts";
import { readJson } from "./responseBody.ts";
import type { Score, ScoreRequest } from "./scoring.ts";
import { addressBelow, headersFor, type SenderOptions } from "./sender.ts";

/** Each is a request; what is behind these says little more of a suggestion. */
const MOST_TOKENS = 48;
/** Far more than what a model's scores differ by. */
const BIAS = 1000;
/** Of the least probability but 0 in 32 bits, for which the server says a number beyond all others. */
const LEAST_LOG_PROBABILITY = -103;
/** Of one request. The first one may have to read the whole prompt again, when the server was asked for more meanwhile. */
const WITHIN_MS = 60_000;

export interface ScoringServer extends SenderOptions {
  /** For messages. */
  readonly host: string;
  /** The model's name. */
  readonly model: string;
  /** The server's address, without OpenAI's part of the path. */
  readonly root: string;
  /** Has the prompt read in pieces, so that others are answered in between. Never rejects. */
  readonly readAhead: (signal: AbortSignal) => Promise<unknown>;
  /** Settles when nothing more urgent is asked. */
  readonly untilQuiet: () => Promise<void>;
}

/**
 * Of the first 48 tokens. The prompt's tokens are those that the server made of it for the suggestion, and the text's
 * begin where they end, as when it wrote them.
 * @throws {ModelError} `bad-response` from versions that do not tell probabilities in this way, `timed-out`,
 * `request-refused` when nothing stands before the text; else rejects as `fetch` and `acceptedOf` do
 */
export async function scoreByServer(
  server: ScoringServer,
  { prompt, continuation }: ScoreRequest,
  signal: AbortSignal,
): Promise<Score> {
  const { baseUrl, fetch, now, host, model, root } = server;
  const headers = headersFor(server);
  const unexpected = () => new ModelError({ kind: "bad-response", host });
  const post = async (path: string, body: object): Promise<unknown> => {
    const late = AbortSignal.timeout(WITHIN_MS);
    const either = AbortSignal.any([signal, late]);
    const init = {
      method: "POST",
      headers,
      body: JSON.stringify({ model, ...body }),
      redirect: "manual",
      signal: either,
    } as const;
    try {
      return await readJson(await acceptedOf(await fetch(addressBelow(root, path), init), baseUrl, now()));
    } catch (error) {
      if (late.aborted) throw new ModelError({ kind: "timed-out", host, limitMs: WITHIN_MS });
      throw error;
    }
  };
  const tokensOf = async (text: string, addsSpecial: boolean): Promise<readonly number[]> => {
    const content = text.toWellFormed();
    const answer = await post("/tokenize", { content, add_special: addsSpecial, parse_special: true });
    const tokens = (answer as { readonly tokens?: unknown } | null)?.tokens;
    if (!Array.isArray(tokens) || !tokens.every((token) => Number.isSafeInteger(token))) throw unexpected();
    return tokens as readonly number[];
  };

  const text = textOf(prompt);
  const head = await tokensOf(text, true);
  if (head.length === 0) {
    throw new ModelError({ kind: "request-refused", host, detail: "Nothing stands before the text." });
  }
  // By itself it may get a space in front, which some vocabularies put before every text.
  const joined = await tokensOf(text + continuation, true);
  const isClean = head.every((token, at) => joined[at] === token);
  const all = isClean ? joined.slice(head.length) : await tokensOf(continuation, false);
  const tokens = all.slice(0, MOST_TOKENS);
  if (tokens.length > 0) await server.readAhead(signal);
  let logProbability = 0;
  for (const [at, token] of tokens.entries()) {
    await server.untilQuiet();
    signal.throwIfAborted();
    const answer = await post("/completion", {
      prompt: [...head, ...tokens.slice(0, at)],
      n_predict: 1,
      n_probs: 1,
      temperature: 0,
      logit_bias: [[token, BIAS]],
      cache_prompt: true,
    });
    const told = (answer as ForcedAnswer | null)?.completion_probabilities?.[0];
    // Older versions tell what came of the sampling, which is that the token was certain.
    if (told?.id !== token || typeof told.logprob !== "number") throw unexpected();
    logProbability += Math.max(told.logprob, LEAST_LOG_PROBABILITY);
  }
  return {
    logProbability: Math.min(0, logProbability),
    tokens: tokens.length,
    ...(all.length > tokens.length && { isStartOnly: true }),
  };
}

/** What of llama.cpp's answer is looked at. */
interface ForcedAnswer {
  readonly completion_probabilities?: readonly { readonly id?: unknown; readonly logprob?: unknown }[];
}
