/** The index of one folder, for those who ask it; it lives in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import type { CaretQuery } from "../context/index/query.ts";
import type { MapQuery, RepositoryMap } from "../context/index/repositoryMap.ts";
import type { Piece } from "../context/pieces.ts";
import type { FileOutline, FoundSymbol, SymbolQuery } from "../context/index/symbolSearch.ts";
import type { Findings, SearchQuery } from "../context/retrieval/findings.ts";
import type { IndexProgress, IndexSummary } from "./indexer.ts";
import type { FromIndex, IndexDescription, IndexTask, Question, QuestionKind, Questions, ToIndex } from "./messages.ts";
import { unpacked } from "./packedPieces.ts";

export type IndexState =
  | ({ readonly kind: "reading" } & IndexProgress)
  | { readonly kind: "ready"; readonly summary: IndexSummary; readonly keeps: boolean }
  /** Its process has ended, more than once. `reason` is for a log, and names no path. */
  | { readonly kind: "failed"; readonly reason: string };

/** `ended` when it was told to end: nothing more is heard of it. */
type ClientState = IndexState | { readonly kind: "ended" };

export interface RepositoryClientOptions {
  /** The built process. */
  readonly workerFile: string;
  readonly task: IndexTask;
  /** Gives up what is stored of the folder. */
  readonly anew: boolean;
  /** Not called any more once it was told to end. */
  readonly onState: (state: IndexState) => void;
}

export class RepositoryClient {
  readonly #options: RepositoryClientOptions;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #child: ChildProcess | undefined;
  #state: ClientState = { kind: "reading", done: 0, total: 0 };
  #nextId = 0;
  #deaths = 0;

  constructor(options: RepositoryClientOptions) {
    this.#options = options;
    this.#start(options.anew);
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Nothing where there is no process, and where the signal aborts first. Never rejects. */
  async query(query: CaretQuery, signal: AbortSignal): Promise<readonly Piece[]> {
    const answer = await this.#ask("query", query, signal);
    return answer ? unpacked(answer) : [];
  }

  /** Files or folders that may have been written, made or removed; relative to the root. Resolves when the index has them. */
  async changed(paths: readonly string[]): Promise<void> {
    await this.#ask("changed", paths);
  }

  async map(query: MapQuery, signal: AbortSignal): Promise<RepositoryMap | undefined> {
    return this.#ask("map", query, signal);
  }

  /** As `query`. */
  async search(query: SearchQuery, signal: AbortSignal): Promise<Findings> {
    return (await this.#ask("search", query, signal)) ?? { found: [], rankings: [] };
  }

  /** As `query`. */
  async symbols(query: SymbolQuery, signal: AbortSignal): Promise<readonly FoundSymbol[]> {
    return (await this.#ask("symbols", query, signal)) ?? [];
  }

  /** As `query`. */
  async outlines(paths: readonly string[], signal: AbortSignal): Promise<readonly FileOutline[]> {
    return (await this.#ask("outlines", paths, signal)) ?? [];
  }

  async describe(): Promise<IndexDescription | undefined> {
    return this.#ask("describe", undefined);
  }

  /** A text that is not on the disk yet. */
  edited(path: string, text: string): void {
    this.#tell({ kind: "edited", path, text });
  }

  /** Reads everything again. */
  rebuild(): void {
    if (this.#hasEnded) return;
    this.#set({ kind: "reading", done: 0, total: 0 });
    if (this.#child) this.#tell({ kind: "rebuild" });
    else this.#start(true);
  }

  /** What is stored stays. Resolves when the process has ended. */
  async end(): Promise<void> {
    this.#state = { kind: "ended" };
    const child = this.#child;
    if (!child) return;
    const over = new Promise((resolve) => child.once("exit", resolve));
    this.#tell({ kind: "end" });
    // It ends by itself after the file in hand, unless something is wrong with it.
    const tooLong = setTimeout(() => child.kill("SIGKILL"), ENDING_MS);
    await over;
    clearTimeout(tooLong);
  }

  /** `undefined` where the process ends first, or the signal aborts. */
  #ask<Kind extends QuestionKind>(
    kind: Kind,
    ask: Questions[Kind]["ask"],
    signal?: AbortSignal,
  ): Promise<Questions[Kind]["answer"] | undefined> {
    if (!this.#child || signal?.aborted) return Promise.resolve(undefined);
    const id = (this.#nextId += 1);
    const { promise, resolve } = Promise.withResolvers<Questions[Kind]["answer"] | undefined>();
    const settle = (answer: unknown): void => {
      this.#waiting.delete(id);
      signal?.removeEventListener("abort", giveUp);
      resolve(answer as Questions[Kind]["answer"] | undefined);
    };
    const giveUp = (): void => settle(undefined);
    signal?.addEventListener("abort", giveUp, { once: true });
    this.#waiting.set(id, settle);
    this.#tell({ kind, id, ask } as Question);
    return promise;
  }

  #tell(message: ToIndex): void {
    // What can't be sent any more needs no answer: its end is heard of.
    this.#child?.send(message, () => undefined);
  }

  #start(anew: boolean): void {
    const child = spawn(process.execPath, [...heapFlags, this.#options.workerFile], {
      cwd: tmpdir(),
      env: environment(),
      windowsHide: true,
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let said = "";
    const { stderr } = child;
    stderr?.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-MOST_SAID)));
    // The editor must not stay open for it; it ends when the editor does.
    child.unref();
    child.channel?.unref();
    if (stderr instanceof Socket) stderr.unref();
    child.on("message", (message) => this.#heard(message as FromIndex));
    child.on("error", (error: NodeJS.ErrnoException) => this.#died(child, error.code ?? error.name));
    child.on("exit", (code, signal) => this.#died(child, `${signal ?? `exit ${code}`} ${causeIn(said)}`.trim()));
    this.#child = child;
    this.#tell({ kind: "start", task: this.#options.task, anew });
  }

  #heard(message: FromIndex): void {
    switch (message.kind) {
      case "answer":
        return this.#waiting.get(message.id)?.(message.answer);
      case "progress":
        return this.#set({ kind: "reading", done: message.done, total: message.total });
      case "ready":
        this.#deaths = 0;
        return this.#set({ kind: "ready", summary: message.summary, keeps: message.keeps });
    }
  }

  /** Once it is started again, where it takes up what was stored; then it stays away. */
  #died(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const settle of Array.from(this.#waiting.values())) settle(undefined);
    if (this.#hasEnded) return;
    this.#deaths += 1;
    if (this.#deaths <= 1) this.#start(false);
    else this.#set({ kind: "failed", reason });
  }

  get #hasEnded(): boolean {
    return this.#state.kind === "ended";
  }

  #set(state: IndexState): void {
    if (this.#hasEnded) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Where things are, and nothing that changes how Node or Electron run. */
function environment(): NodeJS.ProcessEnv {
  const wanted = /^(?:PATH|HOME|USERPROFILE|TMP|TEMP|TMPDIR|LANG|LC_.*|SYSTEMROOT|WINDIR|LD_LIBRARY_PATH|NIX_LD.*)$/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.test(name))),
    ELECTRON_RUN_AS_NODE: "1",
    // By default each thread has a store of freed memory, of which the system gets little back.
    MALLOC_ARENA_MAX: "1",
    MALLOC_TRIM_THRESHOLD_: "131072",
  };
}

/** What Node says of its end, up to the first path or quotation. */
function causeIn(stderr: string): string {
  return /(?:FATAL ERROR|\w*Error): [^/\\'"`\n]*/.exec(stderr)?.[0].trim() ?? "";
}

const ENDING_MS = 2_000;
const MOST_SAID = 4_000;
/**
 * 10,000 files take some 65 MiB of it. The less garbage may gather, the smaller the process stays, and the more often a
 * question waits for its collection: with 2 the process was 7 MiB smaller, with 8 it was 18 larger. When it has read
 * everything it collects what is left.
 */
const heapFlags = ["--max-old-space-size=256", "--max-semi-space-size=4", "--expose-gc"];
