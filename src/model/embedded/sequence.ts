import type { AddonContext, AddonLora, AddonModel, AddonSampler, Binding, Token } from "./binding.ts";
import type { Phase, ThreadChooser } from "./threads.ts";

/** A chunk of the prompt takes about this long, and an abort waits for one chunk at most. */
const CHUNK_MS = 110;
const MAX_CHUNK_TOKENS = 256;
const FIRST_CHUNK_TOKENS = 32;
/** Of a large model a few tokens together take hardly longer than one; shorter chunks would only cost. */
const MIN_CHUNK_TOKENS = 8;
const SEQUENCE = 0;

/** Called between two steps of a computation: a place to stop, and to let something more urgent go first. */
export type Between = () => Promise<void> | undefined;

/** What `Sequence.evaluate` did. */
interface Evaluated {
  readonly cachedTokens: number;
}

/**
 * One evaluated text with the memory for it, and the loop over it. Requests that share a beginning with what
 * is evaluated go on from there. An aborted evaluation keeps what it has done.
 */
export class Sequence {
  readonly #context: AddonContext;
  readonly #threads: ThreadChooser;
  #evaluated: Token[] = [];
  /** Where the add-on keeps the probabilities of the next token. */
  #logitIndex: number | undefined;

  private constructor(context: AddonContext, threads: ThreadChooser) {
    this.#context = context;
    this.#threads = threads;
  }

  /** @throws {Error} when llama.cpp cannot have the memory. */
  static async open(
    binding: Binding,
    model: AddonModel,
    options: { readonly contextTokens: number; readonly lora: AddonLora | undefined; readonly threads: ThreadChooser },
  ): Promise<Sequence> {
    const context = new binding.AddonContext(model, {
      contextSize: options.contextTokens,
      batchSize: Math.min(MAX_CHUNK_TOKENS, options.contextTokens),
      sequences: 1,
      // On a processor it is slower for chunks of less than 64 tokens, which ours mostly are: measured with
      // 16 and 32 tokens, 190 tokens a second instead of 160.
      flashAttention: binding.getGpuType() === false ? false : "auto",
      // A sliding window that forgets could not be taken up again at a common beginning.
      swaFullCache: true,
      threads: options.threads.choose("prompt", performance.now()),
    });
    if (!(await context.init())) throw new Error(`no memory for a context of ${options.contextTokens} tokens`);
    if (options.lora !== undefined) context.setLoras([options.lora], [1]);
    return new Sequence(context, options.threads);
  }

  /** The most tokens that prompt and answer may have together. */
  get limit(): number {
    return this.#context.getContextSize();
  }

  get length(): number {
    return this.#evaluated.length;
  }

  /**
   * Makes `prompt` the evaluated text. `forAnswer`: the next call is `sample`, so the last token is evaluated
   * even if it was before. Throws the signal's reason when aborted, at latest after one chunk.
   */
  async evaluate(prompt: Uint32Array, forAnswer: boolean, signal: AbortSignal, between: Between): Promise<Evaluated> {
    // One that was aborted before its turn came must not cost the next one what is evaluated.
    signal.throwIfAborted();
    const common = commonLength(this.#evaluated, prompt);
    const cachedTokens = this.#keep(forAnswer ? Math.min(common, prompt.length - 1) : common);
    while (this.length < prompt.length) {
      signal.throwIfAborted();
      const chunk = prompt.slice(this.length, this.length + this.#chunkTokens());
      await this.#step("prompt", chunk, forAnswer && this.length + chunk.length === prompt.length);
      await between();
    }
    signal.throwIfAborted();
    return { cachedTokens };
  }

  /** The next token by what was evaluated last; negative when the model has none. */
  sample(sampler: AddonSampler): Promise<Token> {
    return this.#context.sampleToken(this.next, sampler);
  }

  /** Where the add-on keeps what the model says of the token after the last one that was evaluated. */
  get next(): number {
    if (this.#logitIndex === undefined) throw new Error("nothing was evaluated for an answer");
    return this.#logitIndex;
  }

  /** The likeliest token there, and how likely it is; `greedy` has the temperature 0. */
  async likeliest(
    index: number,
    greedy: AddonSampler,
  ): Promise<{ readonly token: Token; readonly probability: number }> {
    const [token, , probability] = await this.#context.sampleToken(index, greedy, false, true);
    return { token, probability };
  }

  /** All tokens there: the likeliest, its probability, the next one, and so on. Takes three times as long as `likeliest`. */
  async ranking(index: number, greedy: AddonSampler): Promise<readonly number[]> {
    const [, ranking] = await this.#context.sampleToken(index, greedy, true);
    return ranking;
  }

  /** Evaluates one more token, for the next `sample`. */
  async append(token: Token): Promise<void> {
    await this.#step("generation", Uint32Array.of(token), true);
  }

  /**
   * Evaluates some more tokens, as many as a chunk has at most, and gives for each of them where the add-on keeps what
   * the model says of the token after it.
   */
  async appendAll(tokens: Uint32Array): Promise<Uint32Array> {
    this.#context.setThreads(this.#threads.choose("prompt", performance.now()));
    return await this.#decode(
      tokens,
      tokens.map((_, index) => index),
    );
  }

  /** Times each candidate of the thread chooser on `tokens`, for `budgetMs` and a step at most, and forgets them again. */
  async measure(tokens: Uint32Array, generated: number, budgetMs: number): Promise<void> {
    const threads = this.#threads;
    // The first pass reads the file and sets up the graph.
    this.#context.setThreads(threads.candidates[0] ?? 1);
    await this.#decode(tokens, lastOf(tokens));
    // Single tokens first: where threads get in each other's way, the least time is lost by one of them.
    const steps = [...Array.from(tokens.slice(0, generated), (token) => Uint32Array.of(token)), tokens];
    const start = performance.now();
    const hopeless = new Set<number>();
    for (let round = 0; round < 2; round++) {
      for (const count of threads.candidates.filter((count) => !hopeless.has(count))) {
        this.#keep(0);
        for (const step of steps) {
          if (performance.now() - start > budgetMs) break;
          const phase = step.length === 1 ? "generation" : "prompt";
          const perToken = await this.#step(phase, step, true, count);
          if (!threads.isHopeless(phase, perToken, performance.now())) continue;
          hopeless.add(count);
          // What the first round has measured stays.
          if (round === 0) threads.giveUp(count, performance.now());
          break;
        }
      }
    }
    this.#keep(0);
  }

  dispose(): Promise<void> {
    return this.#context.dispose();
  }

  /** Forgets all but the first `tokens`; gives how many are left, which is 0 where the model cannot forget a part. */
  #keep(tokens: number): number {
    this.#logitIndex = undefined;
    if (tokens === this.length) return tokens;
    const forgot = tokens > 0 && this.#context.removeTokenCellsFromSequence(SEQUENCE, tokens, -1);
    if (!forgot) this.#context.disposeSequence(SEQUENCE);
    this.#evaluated.length = forgot ? tokens : 0;
    return this.length;
  }

  #chunkTokens(): number {
    const now = performance.now();
    const msPerToken = this.#threads.msPerToken("prompt", now);
    if (msPerToken === undefined) return FIRST_CHUNK_TOKENS;
    const tokens = Math.floor((CHUNK_MS - this.#passMs(now)) / msPerToken);
    return Math.max(MIN_CHUNK_TOKENS, Math.min(tokens, MAX_CHUNK_TOKENS));
  }

  /** What one pass through the model takes whatever the number of tokens: about the time of a single one. */
  #passMs(now: number): number {
    return this.#threads.msPerToken("generation", now) ?? 0;
  }

  /**
   * Evaluates `tokens` with the best count of threads, or `count`; gives the milliseconds per token, in a
   * prompt without those of the pass.
   */
  async #step(phase: Phase, tokens: Uint32Array, forAnswer: boolean, count?: number): Promise<number> {
    const start = performance.now();
    const threads = count ?? this.#threads.choose(phase, start);
    this.#context.setThreads(threads);
    await this.#decode(tokens, forAnswer ? lastOf(tokens) : new Uint32Array());
    const end = performance.now();
    if (phase === "prompt" && tokens.length < MIN_CHUNK_TOKENS) return (end - start) / tokens.length;
    const passMs = phase === "prompt" ? Math.min(this.#passMs(end), (end - start) / 2) : 0;
    this.#threads.record(phase, threads, tokens.length, end - start - passMs, end);
    return (end - start - passMs) / tokens.length;
  }

  /** `wanted` are those of the tokens after which the model is to say what comes, in ascending order. */
  async #decode(tokens: Uint32Array, wanted: Uint32Array): Promise<Uint32Array> {
    this.#context.initBatch(tokens.length);
    const indexes = this.#context.addToBatch(SEQUENCE, this.length, tokens, wanted);
    await this.#context.decodeBatch();
    this.#evaluated.push(...tokens);
    this.#logitIndex = indexes.at(-1);
    return indexes;
  }
}

function lastOf(tokens: Uint32Array): Uint32Array {
  return Uint32Array.of(tokens.length - 1);
}

/** How many tokens two texts have in common at their start. */
export function commonLength(evaluated: ArrayLike<Token>, prompt: Uint32Array): number {
  const longest = Math.min(evaluated.length, prompt.length);
  for (let i = 0; i < longest; i++) if (evaluated[i] !== prompt[i]) return i;
  return longest;
}
