/** How likely a text is after a prompt, by what the model says of each of its tokens. */

import { ModelError } from "../model.ts";
import type { Score, ScoreRequest } from "../scoring.ts";
import type { AddonModel, AddonSampler, Binding, Token } from "./binding.ts";
import { byteString, Healing, type TokenIndex } from "./healing.ts";
import type { PromptTokenizer } from "./promptTokens.ts";
import { commonLength, type Between, type Sequence } from "./sequence.ts";
import { tokenBytes, type Vocabulary } from "./tokenText.ts";

/** The model's opinions of so many tokens are in memory at the same time, each as large as its vocabulary. */
const TOKENS_AT_ONCE = 16;
/** Memory is had for so many tokens, or two times so many, and so on: the next prompt may be a little longer. */
const MEMORY_STEP = 512;
/** Scores come in a row; after so long without one the memory for them is given back. */
const KEPT_MS = 30_000;
/** The add-on's probabilities have 32 bits; less than the least of these (not 0) they can't say. */
const LEAST_PROBABILITY = 1e-45;

export interface ScorerOptions {
  readonly binding: Binding;
  readonly model: AddonModel;
  readonly vocabulary: Vocabulary;
  readonly tokenizer: PromptTokenizer;
  /** Tokens that a prompt and the text after it may have together. */
  readonly mostTokens: number;
  /** @throws {ModelError} `model-file-unusable` when there is no memory for it */
  readonly open: (contextTokens: number, withAdapter: boolean) => Promise<Sequence>;
  /** `undefined` where the vocabulary can't be looked up. */
  readonly index: () => Promise<TokenIndex> | undefined;
}

interface Opened {
  readonly withAdapter: boolean;
  readonly sequence: Sequence;
}

/** One call of `score` at a time. It has a sequence of its own: what is evaluated for suggestions stays. */
export class Scorer {
  readonly #options: ScorerOptions;
  #opened: Opened | undefined;
  #closing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ScorerOptions) {
    this.#options = options;
  }

  /**
   * The probabilities are those by which the engine itself chooses, at the temperature 1. Where the model would spell
   * prompt and text with a token across the border, the last tokens of the prompt count as undecided: of the tokens that
   * repeat what is there the text's own is as likely as it is among them, as for a suggestion (`healing.ts`).
   * Throws the signal's reason when aborted.
   * @throws {ModelError} `prompt-too-long`, `request-refused` when nothing stands before the text, `model-file-unusable`
   */
  async score(request: ScoreRequest, signal: AbortSignal, between: Between): Promise<Score> {
    const { head, text, repeated } = await this.#tokensOf(request);
    if (text.length === 0) return { logProbability: 0, tokens: 0 };
    if (head.length === 0) throw refused("Nothing stands before the text.");
    const limit = this.#options.mostTokens;
    const tokens = head.length + text.length;
    if (tokens > limit) throw new ModelError({ kind: "prompt-too-long", tokens, limit });
    const index = repeated === "" ? undefined : await this.#options.index();
    const { binding, model, vocabulary } = this.#options;
    const healing = index && new Healing(index, vocabulary, repeated);
    // The adapter teaches to fill holes, which a prompt marks with control tokens; it serves nothing else.
    const withAdapter = request.prompt.parts.some(({ special }) => special);
    clearTimeout(this.#timer);
    const greedy = new binding.AddonSampler(model);
    try {
      const sequence = await this.#sequence(tokens, withAdapter);
      greedy.applyConfig({ temperature: 0 });
      await sequence.evaluate(head, true, signal, between);
      return await scoreText(sequence, greedy, healing, text, signal, between);
    } finally {
      greedy.dispose();
      this.#timer = setTimeout(() => void this.#close(), KEPT_MS).unref();
    }
  }

  dispose(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#close();
  }

  /** The text's tokens as the model would spell it after the prompt, and the bytes of the prompt that they repeat. */
  async #tokensOf({ prompt, continuation }: ScoreRequest) {
    const { model, tokenizer, vocabulary } = this.#options;
    const parts = await tokenizer.tokenize(prompt);
    const last = parts.at(-1);
    if (last === undefined || last.special || continuation === "") {
      return { head: tokenizer.join(parts), text: model.tokenize(continuation, false), repeated: "" };
    }
    const joined = model.tokenize(last.text + continuation, false);
    const common = commonLength(last.tokens, joined);
    const head = tokenizer.join([...parts.slice(0, -1), { tokens: joined.slice(0, common) }]);
    const undecided = Array.from(last.tokens.slice(common), (token) => byteString(tokenBytes(vocabulary, token)));
    return { head, text: joined.slice(common), repeated: undecided.join("") };
  }

  async #sequence(tokens: number, withAdapter: boolean): Promise<Sequence> {
    await this.#closing;
    const opened = this.#opened;
    if (opened?.withAdapter === withAdapter && opened.sequence.limit >= tokens) return opened.sequence;
    await this.#close();
    const sequence = await this.#options.open(Math.ceil(tokens / MEMORY_STEP) * MEMORY_STEP, withAdapter);
    this.#opened = { withAdapter, sequence };
    return sequence;
  }

  #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    // Memory that can't be given back is no reason not to go on.
    if (opened !== undefined)
      this.#closing = this.#closing.then(() => opened.sequence.dispose()).catch(() => undefined);
    return this.#closing;
  }
}

async function scoreText(
  sequence: Sequence,
  greedy: AddonSampler,
  healing: Healing | undefined,
  text: Uint32Array,
  signal: AbortSignal,
  between: Between,
): Promise<Score> {
  let logProbability = 0;
  let tokens = 0;
  let places: Uint32Array = Uint32Array.of(sequence.next);
  for (let start = 0; start < text.length;) {
    for (const [at, place] of places.entries()) {
      const token = text[start + at] ?? 0;
      const among = healing?.fitting();
      logProbability += Math.log(Math.max(LEAST_PROBABILITY, await probability(sequence, greedy, place, token, among)));
      const repeats = healing?.take(token);
      if (repeats?.whole !== true) tokens++;
      // Some vocabularies change text, and then nothing fits any more.
      if (repeats === undefined || healing?.done) healing = undefined;
      // Let others compute: what the model said here stays until this sequence goes on.
      await between();
      signal.throwIfAborted();
    }
    start += places.length;
    // After the text's last token nothing is asked.
    const next = text.slice(start - 1, Math.min(start - 1 + TOKENS_AT_ONCE, text.length - 1));
    if (next.length === 0) break;
    places = await sequence.appendAll(next);
    await between();
    signal.throwIfAborted();
  }
  return { logProbability: Math.min(0, logProbability), tokens };
}

/** Of `token` at a place; `among` these tokens alone, where they are given. */
async function probability(
  sequence: Sequence,
  greedy: AddonSampler,
  place: number,
  token: Token,
  among: ReadonlySet<Token> | undefined,
): Promise<number> {
  if (among === undefined) {
    const likeliest = await sequence.likeliest(place, greedy);
    if (likeliest.token === token) return likeliest.probability;
  }
  const ranking = await sequence.ranking(place, greedy);
  let own = 0;
  let all = 0;
  for (let at = 0; at < ranking.length; at += 2) {
    const [candidate = -1, share = 0] = [ranking[at], ranking[at + 1]];
    if (candidate === token) own = share;
    if (among === undefined || among.has(candidate)) all += share;
  }
  return own / Math.max(own, all, LEAST_PROBABILITY);
}

function refused(detail: string): ModelError {
  return new ModelError({ kind: "request-refused", host: "embedded", detail });
}
