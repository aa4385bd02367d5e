/**
 * All that touches llama.cpp: the native add-on of node-llama-cpp 3.21.1, of which we use the binary alone.
 * Its own loop loses half of the rate at which it generates, and its JavaScript brings a hundred packages, so
 * the loop is ours (sequence.ts). The package's version is pinned exactly; `isBinding` checks at load that
 * what is declared here is there.
 */

import { existsSync } from "node:fs";
import nodeModule from "node:module";
import path from "node:path";
import { ModelError } from "../model.ts";

export type Token = number;

export interface AddonModel {
  /** False, or a rejection, when llama.cpp cannot load the file; its reason is in the log. */
  init(): Promise<boolean>;
  loadLora(lora: AddonLora): Promise<void>;
  dispose(): Promise<void>;
  tokenize(text: string, parseSpecial: boolean): Uint32Array;
  detokenize(tokens: Uint32Array, special: boolean): string;
  getTrainContextSize(): number;
  /** Negative where the model has none. */
  tokenBos(): Token;
  tokenEos(): Token;
  getTokenString(token: Token): string | undefined;
  getTokenAttributes(token: Token): number;
  isEogToken(token: Token): boolean;
  getVocabularyType(): number;
  shouldPrependBosToken(): boolean;
}

export type AddonLora = object;

export interface AddonContext {
  init(): Promise<boolean>;
  dispose(): Promise<void>;
  getContextSize(): number;
  initBatch(size: number): void;
  /** Gives, for each of `logitIndexes`, the index that `sampleToken` wants. */
  addToBatch(sequence: number, position: number, tokens: Uint32Array, logitIndexes: Uint32Array): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(logitIndex: number, sampler: AddonSampler): Promise<Token>;
  /** With the probability that the chosen token has among what the sampler leaves. */
  sampleToken(
    logitIndex: number,
    sampler: AddonSampler,
    allProbabilities: false,
    probability: true,
  ): Promise<readonly [Token, undefined, number]>;
  /** With all that the sampler leaves: a token, its probability, the next token, and so on. Takes three times as long. */
  sampleToken(
    logitIndex: number,
    sampler: AddonSampler,
    allProbabilities: true,
  ): Promise<readonly [Token, readonly number[]]>;
  /** Removes positions from `start` on, up to `end` (-1: all). False where the model cannot forget a part. */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  setThreads(threads: number): void;
  setLoras(loras: readonly AddonLora[], scales: readonly number[]): void;
}

export interface AddonSampler {
  dispose(): void;
  applyConfig(config: {
    readonly temperature: number;
    readonly topK?: number;
    readonly topP?: number;
    readonly minP?: number;
    readonly seed?: number;
    /** Added to what the model gives for a token before anything is chosen; what is left out has none. */
    readonly tokenBiasKeys?: Uint32Array;
    /** As many as keys. */
    readonly tokenBiasValues?: Float32Array;
  }): void;
}

interface AddonJinjaRenderer {
  render(items: Readonly<Record<string, unknown>>): string;
}

export interface Binding {
  readonly AddonModel: new (
    path: string,
    options: {
      readonly gpuLayers: number;
      readonly useMmap: boolean;
      readonly onLoadProgress: (share: number) => void;
    },
  ) => AddonModel;
  readonly AddonModelLora: new (model: AddonModel, path: string) => AddonLora;
  readonly AddonContext: new (
    model: AddonModel,
    options: {
      readonly contextSize: number;
      readonly batchSize: number;
      readonly sequences: number;
      readonly flashAttention: "auto" | boolean;
      readonly swaFullCache: boolean;
      readonly threads: number;
    },
  ) => AddonContext;
  readonly AddonSampler: new (model: AddonModel) => AddonSampler;
  readonly AddonJinjaRenderer: new (template: string) => AddonJinjaRenderer;
  setLogger(logger: (level: number, text: string) => void): void;
  setLoggerLogLevel(level: number): void;
  loadBackends(folder?: string): void;
  getGpuType(): string | false | undefined;
  getMathCores(): number;
  init(): Promise<void>;
}

/** Highest `level` that `setLogger`'s listener gets: 1 fatal, 2 error, 3 warning, 4 information. */
const LOG_LEVEL_WARNING = 3;

const methods: Readonly<Record<string, string>> = {
  AddonModel:
    "init loadLora dispose tokenize detokenize getTrainContextSize tokenBos tokenEos getTokenString " +
    "getTokenAttributes isEogToken getVocabularyType shouldPrependBosToken",
  AddonModelLora: "",
  AddonContext:
    "init dispose getContextSize initBatch addToBatch decodeBatch sampleToken removeTokenCellsFromSequence " +
    "disposeSequence setThreads setLoras",
  AddonSampler: "dispose applyConfig",
  AddonJinjaRenderer: "render",
};
const functions = ["setLogger", "setLoggerLogLevel", "loadBackends", "getGpuType", "getMathCores", "init"];

/** The name of the package of binaries for a platform, without its scope; `undefined` where there is none. */
export function enginePackage(platform: string, arch: string): string | undefined {
  const names: Readonly<Record<string, string>> = {
    "linux-x64": "linux-x64",
    "linux-arm64": "linux-arm64",
    "linux-arm": "linux-armv7l",
    "darwin-arm64": "mac-arm64-metal",
    "darwin-x64": "mac-x64",
    "win32-x64": "win-x64",
    "win32-arm64": "win-arm64",
  };
  return names[`${platform}-${arch}`];
}

/**
 * Where the add-on is: beside the process file (`engine/<package>/`, what a VSIX ships), else in node_modules
 * (development). `processFile` is the absolute path of the running entry.
 */
function findAddon(packageName: string, processFile: string): string | undefined {
  const file = "llama-addon.node";
  const shipped = path.join(path.dirname(processFile), "engine", packageName, file);
  if (existsSync(shipped)) return shipped;
  try {
    const entry = nodeModule.createRequire(processFile).resolve(`@node-llama-cpp/${packageName}`);
    const installed = path.join(path.dirname(entry), "..", "bins", packageName, file);
    return existsSync(installed) ? installed : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Loads llama.cpp into this process, once. Of several builds for the processor it takes the best one.
 * `onLog` gets its warnings and errors.
 * @throws {ModelError} `engine-absent` when there is no binary for this platform, or it does not load here.
 */
export async function loadBinding(processFile: string, onLog: (text: string) => void): Promise<Binding> {
  const platform = `${process.platform}-${process.arch}`;
  const absent = (cause?: unknown) => new ModelError({ kind: "engine-absent", platform }, { cause });
  const packageName = enginePackage(process.platform, process.arch);
  const file = packageName === undefined ? undefined : findAddon(packageName, processFile);
  if (file === undefined) throw absent();
  let addon: unknown;
  try {
    addon = nodeModule.createRequire(processFile)(file);
  } catch (cause) {
    onLog(`${file} does not load: ${String(cause)}`);
    throw absent(cause);
  }
  if (!isBinding(addon)) {
    onLog(`${file} is not of the release that this was written for`);
    throw absent();
  }
  addon.setLogger((_level, text) => onLog(text));
  addon.setLoggerLogLevel(LOG_LEVEL_WARNING);
  addon.loadBackends();
  if (typeof addon.getGpuType() !== "string") addon.loadBackends(path.dirname(file));
  await addon.init();
  return addon;
}

function isBinding(addon: unknown): addon is Binding {
  if (typeof addon !== "object" || addon === null) return false;
  const members = addon as Record<string, unknown>;
  if (!functions.every((name) => typeof members[name] === "function")) return false;
  return Object.entries(methods).every(([name, wanted]) => {
    const type = members[name];
    if (typeof type !== "function") return false;
    const prototype = type.prototype as Record<string, unknown>;
    return wanted.split(" ").every((method) => method === "" || typeof prototype[method] === "function");
  });
}
