import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { CancellationTokenSource, type MessageConnection } from "vscode-jsonrpc/node";
import { ModelError } from "../model.ts";
import { endpointFile, logFile, makePrivateFolder, readEndpoint } from "./endpoint.ts";
import type { EvaluatedUsage } from "./engineUsage.ts";
import { logTail } from "./engineLog.ts";
import {
  methods,
  parseEvaluated,
  parseGenerateResult,
  parseScoreResult,
  parseStatus,
  parseText,
  type Endpoint,
  type Generate,
  type GenerateResult,
  type ScoreOrder,
  type ScoreResult,
  type Status,
} from "./protocol.ts";
import { rpcOver } from "./rpc.ts";

const START_WITHIN_MS = 30_000;
const HELLO_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 40;
const MAX_STARTS = 3;
const DETAIL_CHARS = 600;

interface ConnectOptions {
  readonly folder: string;
  readonly version: string;
  readonly processFile: string;
  readonly execPath: string;
  /** A process that does not answer a greeting for so long hangs, and is killed. 10 s by default. */
  readonly helloWithinMs?: number;
  /** False: only one that runs already will do. True by default. */
  readonly mayStart?: boolean;
  readonly onStatus: (status: Status) => void;
  /** After the last thing that was received. `inOrder`: the process said that it would end. */
  readonly onClose: (inOrder: boolean) => void;
}

/**
 * Finds the running process of this version, or starts one, and says hello.
 * @throws {ModelError} `engine-stopped`. What the system says of the folder comes as it is.
 */
export async function connectToEngine(options: ConnectOptions): Promise<EngineConnection> {
  const file = endpointFile(options.folder, options.version);
  const deadline = performance.now() + START_WITHIN_MS;
  let starts = 0;
  let child: { readonly exitCode: number | null } | undefined;
  while (performance.now() < deadline) {
    const endpoint = readEndpoint(file);
    const connection = endpoint && (await EngineConnection.open(endpoint, options));
    if (connection !== undefined) return connection;
    if (options.mayStart === false) break;
    if (child === undefined || child.exitCode !== null) {
      // It ended with 0 when another one serves; that one may in turn have ended.
      if (starts === MAX_STARTS || (child?.exitCode ?? 0) !== 0) break;
      child = startProcess(options);
      starts++;
    }
    await delay(LOOK_EVERY_MS);
  }
  throw engineStopped(options);
}

export function engineStopped(options: { readonly folder: string; readonly version: string }): ModelError {
  return new ModelError({
    kind: "engine-stopped",
    detail: logTail(logFile(options.folder, options.version), DETAIL_CHARS),
  });
}

/** Detached, with its output in the log: a window that closes must not end it. */
function startProcess(options: ConnectOptions): { readonly exitCode: number | null } {
  makePrivateFolder(options.folder);
  const log = openSync(logFile(options.folder, options.version), "a", 0o600);
  try {
    const child = spawn(options.execPath, [options.processFile, options.folder, options.version], {
      cwd: tmpdir(),
      detached: true,
      windowsHide: true,
      stdio: ["ignore", log, log],
      env: processEnvironment(process.env, process.platform),
    });
    const state = { exitCode: null as number | null };
    child.once("exit", (code) => (state.exitCode = code ?? 1));
    child.once("error", () => (state.exitCode = 1));
    child.unref();
    return state;
  } finally {
    closeSync(log);
  }
}

/**
 * What the process gets of our environment: where things are, and nothing that changes how Node or Electron
 * run (NODE_OPTIONS, VSCODE_*, ELECTRON_*).
 */
export function processEnvironment(environment: NodeJS.ProcessEnv, platform: string): NodeJS.ProcessEnv {
  const wanted =
    /^(PATH|HOME|USERPROFILE|TMP|TEMP|TMPDIR|LANG|LC_.*|SYSTEMROOT|SYSTEMDRIVE|WINDIR|APPDATA|LOCALAPPDATA|LD_LIBRARY_PATH|NIX_LD.*)$/iu;
  const kept = Object.entries(environment).filter(([name]) => wanted.test(name));
  return {
    ...Object.fromEntries(kept),
    ELECTRON_RUN_AS_NODE: "1",
    // llama.cpp makes its threads anew for each token, beside the one that calls it. With Node's usual four
    // callers by turns they get in each other's way: 45 tokens a second instead of 110 on two cores.
    UV_THREADPOOL_SIZE: "1",
    // As node-llama-cpp has it by default.
    ...(platform === "darwin" ? { GGML_METAL_NO_RESIDENCY: "1" } : {}),
  };
}

interface AnswerHearer {
  readonly onText: (text: string, outputTokens: number) => void;
  /** Before the first text. */
  readonly onEvaluated: ((usage: EvaluatedUsage) => void) | undefined;
}

/** A connection on which hello was said. */
export class EngineConnection {
  readonly pid: number;
  readonly #secret: string;
  readonly #helloWithinMs: number;
  readonly #rpc: MessageConnection;
  readonly #socket: Socket;
  readonly #closed: Promise<undefined>;
  readonly #hearers = new Map<number, AnswerHearer>();
  #nextId = 1;
  #endsInOrder = false;

  private constructor({ pid, secret }: Endpoint, socket: Socket, rpc: MessageConnection, options: ConnectOptions) {
    this.pid = pid;
    this.#secret = secret;
    this.#helloWithinMs = options.helloWithinMs ?? HELLO_WITHIN_MS;
    this.#socket = socket;
    this.#rpc = rpc;
    this.#closed = new Promise((resolve) => {
      socket.once("close", () => {
        resolve(undefined);
        rpc.dispose();
        options.onClose(this.#endsInOrder);
      });
    });
    rpc.onError(() => socket.destroy());
    rpc.onNotification(methods.ending, () => void (this.#endsInOrder = true));
    rpc.onNotification(methods.status, (params: unknown) => {
      const status = parseStatus(params);
      if (status !== undefined) options.onStatus(status);
    });
    rpc.onNotification(methods.text, (params: unknown) => {
      const piece = parseText(params);
      if (piece !== undefined) this.#hearers.get(piece.id)?.onText(piece.text, piece.outputTokens);
    });
    rpc.onNotification(methods.evaluated, (params: unknown) => {
      const evaluated = parseEvaluated(params);
      if (evaluated === undefined) return;
      const { id, ...usage } = evaluated;
      this.#hearers.get(id)?.onEvaluated?.(usage);
    });
  }

  /** The process said that it would end; it was not lost. */
  get endsInOrder(): boolean {
    return this.#endsInOrder;
  }

  /** `undefined` when nobody answers there, or not as a model process does. */
  static async open(endpoint: Endpoint, options: ConnectOptions): Promise<EngineConnection | undefined> {
    const socket = await connectSocket(endpoint.socket);
    if (socket === undefined) return undefined;
    const rpc = rpcOver(socket);
    const gone = new Promise<undefined>((resolve) => socket.once("close", () => resolve(undefined)));
    const timer = setTimeout(() => {
      kill(endpoint.pid);
      socket.destroy();
    }, options.helloWithinMs ?? HELLO_WITHIN_MS);
    rpc.listen();
    try {
      const hello = rpc.sendRequest(methods.hello, { secret: endpoint.secret });
      if ((await Promise.race([hello, gone])) === undefined) return undefined;
      return new EngineConnection(endpoint, socket, rpc, options);
    } catch {
      socket.destroy();
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Settles when the process is done with the request, which after an abort is within 200 ms; `undefined` when
   * the connection was lost.
   */
  async generate(
    request: Omit<Generate, "id">,
    onText: AnswerHearer["onText"],
    signal: AbortSignal,
    onEvaluated?: AnswerHearer["onEvaluated"],
  ): Promise<GenerateResult | undefined> {
    const id = this.#nextId++;
    this.#hearers.set(id, { onText, onEvaluated });
    try {
      return parseGenerateResult(await this.#ask(methods.generate, { ...request, id } satisfies Generate, signal));
    } finally {
      this.#hearers.delete(id);
    }
  }

  /** As `generate`. */
  async score(order: ScoreOrder, signal: AbortSignal): Promise<ScoreResult | undefined> {
    return parseScoreResult(await this.#ask(methods.score, order, signal));
  }

  async #ask(method: string, params: object, signal: AbortSignal): Promise<unknown> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const answer = this.#rpc.sendRequest(method, params, source.token);
      // When the connection is lost nobody waits for the answer any more.
      answer.catch(() => undefined);
      return await Promise.race([answer, this.#closed]);
    } catch {
      return undefined;
    } finally {
      signal.removeEventListener("abort", cancel);
      source.dispose();
    }
  }

  /** Ends the process, for all its clients. Settles when it has gone, or after `withinMs` when it has been killed. */
  async shutdown(withinMs: number): Promise<void> {
    this.#rpc.sendRequest(methods.shutdown, {}).catch(() => undefined);
    const timer = setTimeout(() => {
      kill(this.pid);
      this.#socket.destroy();
    }, withinMs);
    await this.#closed;
    clearTimeout(timer);
  }

  /** A process that hangs is ended: nobody else would, once it is given up. */
  async close(): Promise<void> {
    const hung = setTimeout(() => {
      kill(this.pid);
      this.#socket.destroy();
    }, this.#helloWithinMs);
    const greeting = this.#rpc.sendRequest(methods.hello, { secret: this.#secret }).catch(() => undefined);
    await Promise.race([greeting, this.#closed]);
    clearTimeout(hung);
    this.#socket.destroySoon();
    const timer = setTimeout(() => this.#socket.destroy(), 1000);
    await this.#closed;
    clearTimeout(timer);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function connectSocket(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once("connect", () => resolve(socket));
    // The listener stays: a socket that fails later is noticed by its end.
    socket.on("error", () => resolve(undefined));
  });
}
