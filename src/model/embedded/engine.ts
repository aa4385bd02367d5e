import { randomInt } from "node:crypto";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { ModelError, type ModelRequest, type Prompt, type PromptPart, type Purpose } from "../model.ts";
import type { AddonJinjaRenderer, AddonLora, AddonModel, AddonSampler, Binding } from "./binding.ts";
import { chatParts } from "./chatTemplate.ts";
import { hasGgufMagic, readGgufString } from "./gguf.ts";
import { Sequence, type Between } from "./sequence.ts";
import { StopFilter } from "./stopFilter.ts";
import { ThreadChooser, threadCandidates } from "./threads.ts";
import { isControl, TextAssembler, type Vocabulary } from "./tokenText.ts";

/** What is loaded. Another value of any field means another load. */
export interface EngineSpec {
  readonly path: string;
  /** A LoRA adapter in GGUF format. It serves suggestions only: it teaches to fill holes, not to talk. */
  readonly adapterPath: string | undefined;
  /** Tokens of prompt and answer together; the model's own limit where that is less. */
  readonly contextTokens: number;
  /** 0: measured. */
  readonly threads: number;
}

export interface EngineUsage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export interface EngineJob {
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
  readonly between: Between;
}

const ALL_LAYERS = 999;
const MEASURED_PROMPT_TOKENS = 32;
const MEASURED_GENERATED_TOKENS = 4;
const MEASURE_BUDGET_MS = 800;
const MAX_DETAIL_CHARS = 200;
/** Source: the defaults of llama.cpp's own server. */
const sampling = { topK: 40, topP: 0.95, minP: 0.05 };

/** A loaded model. One call of `run` at a time for each purpose. */
export class Engine {
  readonly #binding: Binding;
  readonly #spec: EngineSpec;
  readonly #model: AddonModel;
  readonly #lora: AddonLora | undefined;
  readonly #threads: ThreadChooser;
  readonly #vocabulary: Vocabulary;
  readonly #sequences = new Map<Purpose, Promise<Sequence>>();
  #chat: Promise<AddonJinjaRenderer | undefined> | undefined;

  private constructor(binding: Binding, spec: EngineSpec, model: AddonModel, lora: AddonLora | undefined) {
    this.#binding = binding;
    this.#spec = spec;
    this.#model = model;
    this.#lora = lora;
    this.#threads = new ThreadChooser(
      spec.threads > 0 ? [spec.threads] : threadCandidates(availableParallelism(), binding.getMathCores()),
    );
    this.#vocabulary = {
      type: model.getVocabularyType(),
      spelling: (token) => model.getTokenString(token) ?? "",
      attributes: (token) => model.getTokenAttributes(token),
      text: (token) => model.detokenize(Uint32Array.of(token), false),
    };
  }

  /**
   * Loads a model, with `onShare` hearing how far it has come (0 to 1), and measures the thread count.
   * `lastLog` gives llama.cpp's last sentences.
   * @throws {ModelError} `model-file-missing`, `model-file-unusable`
   */
  static async load(
    binding: Binding,
    spec: EngineSpec,
    onShare: (share: number) => void,
    lastLog: () => string,
  ): Promise<Engine> {
    await checkFile(spec.path);
    if (spec.adapterPath !== undefined) await checkFile(spec.adapterPath);
    const unusable = async (path: string, cause: unknown) => {
      // The log comes through the event loop.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const detail = (lastLog() || String(cause)).trim().slice(-MAX_DETAIL_CHARS);
      return new ModelError({ kind: "model-file-unusable", path, detail }, { cause });
    };
    const model = new binding.AddonModel(spec.path, {
      gpuLayers: binding.getGpuType() === false ? 0 : ALL_LAYERS,
      useMmap: true,
      onLoadProgress: onShare,
    });
    const loaded = await model.init().catch((error: unknown) => error);
    if (loaded !== true) throw await unusable(spec.path, loaded);
    let lora: AddonLora | undefined;
    if (spec.adapterPath !== undefined) {
      try {
        lora = new binding.AddonModelLora(model, spec.adapterPath);
        await model.loadLora(lora);
      } catch (error) {
        await model.dispose();
        throw await unusable(spec.adapterPath, error);
      }
    }
    const engine = new Engine(binding, spec, model, lora);
    try {
      await engine.#measureThreads();
    } catch (error) {
      await engine.dispose();
      throw await unusable(spec.path, error);
    }
    return engine;
  }

  /** Threads in use now, for prompt and generation. */
  get threads(): { readonly prompt: number; readonly generation: number } {
    const now = performance.now();
    return { prompt: this.#threads.choose("prompt", now), generation: this.#threads.choose("generation", now) };
  }

  /**
   * Answers a request; with `maxTokens` 0 it only evaluates the prompt. Throws the signal's reason when aborted.
   * @throws {ModelError} `prompt-too-long`, `request-refused`
   */
  async run({ request, signal, onText, between }: EngineJob): Promise<EngineUsage> {
    const sequence = await this.#sequence(request.purpose);
    const prompt = await this.#tokens(request.prompt);
    const limit = sequence.limit - (request.maxTokens > 0 ? 1 : 0);
    if (prompt.length > limit) throw new ModelError({ kind: "prompt-too-long", tokens: prompt.length, limit });
    if (prompt.length === 0) return { promptTokens: 0, cachedTokens: 0, outputTokens: 0 };
    const { cachedTokens } = await sequence.evaluate(prompt, request.maxTokens > 0, signal, between);
    const sampler = this.#sampler(request.temperature);
    try {
      const outputTokens = await this.#generate(sequence, sampler, { request, signal, onText, between });
      return { promptTokens: prompt.length, cachedTokens, outputTokens };
    } finally {
      sampler.dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const sequence of this.#sequences.values()) await (await sequence).dispose();
    this.#sequences.clear();
    await this.#model.dispose();
  }

  async #generate(
    sequence: Sequence,
    sampler: AddonSampler,
    { request, signal, onText, between }: EngineJob,
  ): Promise<number> {
    const assembler = new TextAssembler(this.#vocabulary);
    const filter = new StopFilter(request.stop);
    const show = (text: string) => void (text !== "" && onText(text));
    let output = 0;
    while (output < request.maxTokens) {
      const token = await sequence.sample(sampler);
      if (token < 0 || this.#ends(token, request.prompt)) break;
      output++;
      show(filter.push(assembler.push(token)));
      if (filter.stopped || output === request.maxTokens || sequence.length >= sequence.limit) break;
      signal.throwIfAborted();
      await sequence.append(token);
      await between();
      signal.throwIfAborted();
    }
    show(filter.push(assembler.end()));
    show(filter.end());
    return output;
  }

  /** In a raw prompt a control token begins what is not the answer any more: another file, another hole. */
  #ends(token: number, prompt: Prompt): boolean {
    return this.#model.isEogToken(token) || (prompt.kind === "raw" && isControl(this.#vocabulary, token));
  }

  #sampler(temperature: number): AddonSampler {
    const sampler = new this.#binding.AddonSampler(this.#model);
    sampler.applyConfig(temperature > 0 ? { temperature, ...sampling, seed: randomInt(2 ** 32) } : { temperature: 0 });
    return sampler;
  }

  async #tokens(prompt: Prompt): Promise<Uint32Array> {
    const tokens = this.#tokenize(await this.#parts(prompt));
    const bos = this.#model.tokenBos();
    if (tokens.length === 0 || bos < 0 || tokens[0] === bos || !this.#model.shouldPrependBosToken()) return tokens;
    return Uint32Array.of(bos, ...tokens);
  }

  /**
   * Each part by itself: no token spans two of them, and only `special` ones may name control tokens.
   * (A SentencePiece vocabulary puts its space before each part of text.)
   */
  #tokenize(parts: readonly PromptPart[]): Uint32Array {
    const pieces = parts.map(({ text, special }) => this.#model.tokenize(text, special));
    const tokens = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      tokens.set(piece, at);
      at += piece.length;
    }
    return tokens;
  }

  async #parts(prompt: Prompt): Promise<readonly PromptPart[]> {
    if (prompt.kind === "raw") return prompt.parts;
    if (prompt.kind === "hole") throw refused("The embedded engine takes raw prompts and chats.");
    this.#chat ??= this.#readChatTemplate();
    const renderer = await this.#chat;
    if (renderer === undefined) throw refused("The model's file has no chat template.");
    const spelling = (token: number) => (token < 0 ? "" : this.#vocabulary.spelling(token));
    try {
      return chatParts((items) => renderer.render(items), prompt.messages, {
        bos: spelling(this.#model.tokenBos()),
        eos: spelling(this.#model.tokenEos()),
      });
    } catch (error) {
      throw refused(`The model's chat template failed: ${String(error)}`);
    }
  }

  async #readChatTemplate(): Promise<AddonJinjaRenderer | undefined> {
    const template = await readGgufString(this.#spec.path, "tokenizer.chat_template");
    return template === undefined ? undefined : new this.#binding.AddonJinjaRenderer(template);
  }

  #sequence(purpose: Purpose): Promise<Sequence> {
    let sequence = this.#sequences.get(purpose);
    if (sequence === undefined) {
      const trained = this.#model.getTrainContextSize();
      sequence = Sequence.open(this.#binding, this.#model, {
        contextTokens: trained > 0 ? Math.min(this.#spec.contextTokens, trained) : this.#spec.contextTokens,
        lora: purpose === "suggestion" ? this.#lora : undefined,
        threads: this.#threads,
      });
      this.#sequences.set(purpose, sequence);
    }
    return sequence;
  }

  async #measureThreads(): Promise<void> {
    const sequence = await this.#sequence("suggestion");
    const text = "function sum(numbers) {\n  return numbers.reduce((total, number) => total + number, 0);\n}\n".repeat(
      4,
    );
    const tokens = this.#model.tokenize(text, false).slice(0, MEASURED_PROMPT_TOKENS);
    await sequence.measure(tokens, MEASURED_GENERATED_TOKENS, MEASURE_BUDGET_MS);
  }
}

function refused(detail: string): ModelError {
  return new ModelError({ kind: "request-refused", host: "embedded", detail: detail.slice(0, MAX_DETAIL_CHARS) });
}

async function checkFile(path: string): Promise<void> {
  try {
    const { size } = await stat(path);
    if (size > 0 && (await hasGgufMagic(path))) return;
  } catch (cause) {
    throw new ModelError({ kind: "model-file-missing", path }, { cause });
  }
  throw new ModelError({ kind: "model-file-unusable", path, detail: "not a GGUF file" });
}
