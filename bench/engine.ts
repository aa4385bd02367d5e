/**
 * Measures the local engine, through its process: how soon an abort frees it, how soon a following request has
 * its first token, how much of a prompt is reused, and its rate beside that of llama.cpp's own server.
 */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { percentile, type Figures } from "./figures.ts";
import { connectToEngine, type EngineConnection } from "../src/model/embedded/connection.ts";
import type { EngineSpec } from "../src/model/embedded/engineSpec.ts";
import type { GenerateResult, Status } from "../src/model/embedded/protocol.ts";
import type { PromptPart } from "../src/model/model.ts";

export interface EngineBenchOptions {
  /** The built model process; its source where it is `undefined`. */
  readonly processFile: string | undefined;
  readonly modelPath: string;
  readonly adapterPath: string | undefined;
  /** llama.cpp's `llama-server`; without it the share is missing. */
  readonly serverPath: string | undefined;
  /** 0: measured by the engine. The comparison with the server needs a number and takes all cores for 0. */
  readonly threads: number;
}

/** `Figures` while they are being taken. */
interface Taken extends Figures {
  readonly figures: Record<string, number>;
  readonly runs: Record<string, number[]>;
  readonly missing: Record<string, string>;
}

const WARM_UPS = 20;
const SAMPLES = 200;
const ROUNDS = 5;
const COMPARED_TOKENS = 64;
const PROMPT_CHARS = 4200;
const source = path.join(import.meta.dirname, "../src");
const never = new AbortController().signal;

export async function benchEngine(options: EngineBenchOptions): Promise<Figures> {
  const result: Taken = { figures: {}, runs: {}, missing: {} };
  await withEngine(options, options.threads, async (engine) => {
    await measureFollowing(engine, result);
    await measureAborts(engine, result);
  });
  if (options.serverPath === undefined) result.missing["engine.generationShare"] = "no llama-server was given";
  else await measureShare(options, options.serverPath, result);
  return result;
}

interface Engine {
  /** Milliseconds from the start of the process to the connection. */
  readonly startMs: number;
  readonly pid: number;
  run(prompt: string, maxTokens: number, signal?: AbortSignal): Promise<Run>;
}

interface Run {
  readonly result: GenerateResult;
  readonly startedAt: number;
  readonly endedAt: number;
  /** When each piece of text came. */
  readonly textAt: readonly number[];
}

async function withEngine(
  { processFile, modelPath, adapterPath }: EngineBenchOptions,
  threads: number,
  use: (engine: Engine) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "pairwise-bench-"));
  const startedAt = performance.now();
  const connection = await connectToEngine({
    folder,
    version: "bench",
    processFile: processFile ?? path.join(source, "model/embedded/process.ts"),
    execPath: process.execPath,
    onStatus: (_status: Status) => undefined,
    onClose: () => undefined,
  });
  const startMs = performance.now() - startedAt;
  const spec: EngineSpec = { path: modelPath, adapterPath, contextTokens: 4096, threads };
  try {
    await use({ startMs, pid: connection.pid, run: (...request) => run(connection, spec, ...request) });
  } finally {
    await connection.shutdown(5000);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  connection: EngineConnection,
  spec: EngineSpec,
  prompt: string,
  maxTokens: number,
  signal: AbortSignal = never,
): Promise<Run> {
  const parts: PromptPart[] = [{ text: prompt, special: false }];
  const request = {
    prompt: { kind: "raw", parts },
    purpose: "suggestion",
    maxTokens,
    temperature: 0,
    stop: [],
  } as const;
  const textAt: number[] = [];
  const startedAt = performance.now();
  const onText = () => void textAt.push(performance.now());
  const result = await connection.generate({ spec, idleUnloadMs: 0, warm: false, request }, onText, signal);
  if (result === undefined) throw new Error("the model process has ended");
  if (result.kind === "failed") throw new Error(result.failure.kind);
  return { result, startedAt, endedAt: performance.now(), textAt };
}

/** About 1,400 tokens of code, which differ from one `variant` to the other from the first token on. */
function code(variant: number): string {
  const text = readFileSync(path.join(source, "model/embedded/protocol.ts"), "utf8");
  return `// ${variant}\n${text.slice(0, PROMPT_CHARS)}\n`;
}

/** The user types on, a character at a time; the answer is not waited for longer than to its first token. */
async function measureFollowing(engine: Engine, { figures, runs }: Taken): Promise<void> {
  const start = code(-1);
  await engine.run(start, 1);
  const reusedShare: number[] = [];
  const typed = code(-4);
  for (let i = 1; i <= WARM_UPS + SAMPLES; i++) {
    const { result } = await engine.run(start + typed.slice(0, i), 1);
    if (i <= WARM_UPS || result.kind !== "done") continue;
    reusedShare.push(result.usage.cachedTokens / result.usage.promptTokens);
  }
  runs["engine.reusedShare.p50"] = reusedShare;
  figures["engine.reusedShare.p50"] = percentile(reusedShare, 50);
}

/** From an abort at some moment of a prompt that is all new, until the process says that it has stopped. */
async function measureAborts(engine: Engine, { figures, runs }: Taken): Promise<void> {
  const abortMs: number[] = [];
  for (let i = 0; i < WARM_UPS + SAMPLES; i++) {
    const controller = new AbortController();
    const running = engine.run(code(i), 1, controller.signal);
    // Spread over the first second, in which such a prompt is nowhere near its end.
    await delay(30 + ((i * 37) % 1000));
    const abortedAt = performance.now();
    controller.abort();
    const { result, endedAt } = await running;
    if (result.kind !== "aborted") throw new Error("the prompt was evaluated before it was aborted");
    if (i >= WARM_UPS) abortMs.push(endedAt - abortedAt);
  }
  runs["engine.abortMs.p95"] = abortMs;
  figures["engine.abortMs.p95"] = percentile(abortMs, 95);
}

/** In turns, with the same file, threads and prompt. The server's rate is its own figure; ours is the client's. */
async function measureShare(options: EngineBenchOptions, serverPath: string, result: Taken): Promise<void> {
  const threads = options.threads > 0 ? options.threads : availableParallelism();
  const ours: number[] = [];
  const theirs: number[] = [];
  const prompt = code(-3);
  await withServer(serverPath, options.modelPath, threads, async (complete) => {
    await withEngine({ ...options, adapterPath: undefined }, threads, async (engine) => {
      await engine.run(prompt, 1);
      await complete(prompt, 1);
      for (let round = 0; round < ROUNDS; round++) {
        const { textAt, result } = await engine.run(prompt, COMPARED_TOKENS);
        const ms = (textAt.at(-1) ?? 0) - (textAt[0] ?? 0);
        const tokens = result.kind === "done" ? result.usage.outputTokens : 0;
        if (tokens < COMPARED_TOKENS / 2) throw new Error(`the model wrote ${tokens} tokens only`);
        ours.push(((tokens - 1) / ms) * 1000);
        theirs.push(await complete(prompt, tokens));
      }
    });
  });
  result.runs["engine.tokensPerSecond"] = ours;
  result.runs["engine.serverTokensPerSecond"] = theirs;
  result.figures["engine.generationShare"] = percentile(ours, 50) / percentile(theirs, 50);
}

/** `use` gets a function that has the server complete a prompt and gives its tokens per second. */
async function withServer(
  serverPath: string,
  modelPath: string,
  threads: number,
  use: (complete: (prompt: string, tokens: number) => Promise<number>) => Promise<void>,
): Promise<void> {
  const port = await freePort();
  const count = String(threads);
  const server = spawn(
    serverPath,
    ["-m", modelPath, "-t", count, "-tb", count, "-c", "4096", "-np", "1", "--host", "127.0.0.1", "--port", `${port}`],
    { stdio: "ignore" },
  );
  const base = `http://127.0.0.1:${port}`;
  try {
    for (let i = 0; !(await isUp(`${base}/health`)); i++) {
      if (i === 150 || server.exitCode !== null) throw new Error("llama-server does not start");
      await delay(200);
    }
    await use(async (prompt, tokens) => {
      const body = { prompt, n_predict: tokens, temperature: 0, top_k: 1, cache_prompt: true, ignore_eos: true };
      const response = await fetch(`${base}/completion`, { method: "POST", body: JSON.stringify(body) });
      const { timings } = (await response.json()) as { timings: { predicted_per_second: number } };
      return timings.predicted_per_second;
    });
  } finally {
    server.kill();
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
