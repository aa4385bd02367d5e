/** What an Ollama server says of itself and its models, and how it gets another one. Source: github.com/ollama/ollama, docs/api.md. */

import { askServer, failureOf, post, type Question, type Server } from "./askServer.ts";
import { createDeadline, TimeUp } from "./deadline.ts";
import { isError, refusalIn, RefusedError } from "./httpFailure.ts";
import { count, field, text } from "./jsonFields.ts";
import { readJsonLines } from "./jsonLines.ts";
import { ModelError } from "./model.ts";
import { readBody } from "./responseBody.ts";
import { checkedAddress } from "./serverAddress.ts";

/** Addresses are also written with the part of the path that another interface of the same server has. */
export function ollamaRoot(baseUrl: string): string {
  return baseUrl.replace(/\/(api|v1)\/*$/, "");
}

export interface OllamaModelEntry {
  /** As a request names it, such as `qwen2.5-coder:7b`. */
  readonly name: string;
  /** Of its files. */
  readonly bytes: number | undefined;
  /** As its maker calls it, such as `7.6B`. */
  readonly parameters: string | undefined;
  /** It runs at another server, such as ollama.com, which then gets what is sent. */
  readonly isRemote: boolean;
}

/** Those that are pulled, the newest first. @throws {ModelError}, and the signal's reason when it was aborted */
export async function listOllamaModels(server: Server, signal: AbortSignal): Promise<readonly OllamaModelEntry[]> {
  const models = field(await ask(server, "/api/tags", signal), "models");
  if (!Array.isArray(models)) throw badResponse(server);
  return (models as unknown[]).flatMap((model) => {
    const name = text(field(model, "model")) ?? text(field(model, "name"));
    if (name === undefined) return [];
    const parameters = text(field(field(model, "details"), "parameter_size"));
    const isRemote = text(field(model, "remote_host")) !== undefined;
    return [{ name, bytes: count(field(model, "size")), parameters, isRemote }];
  });
}

export interface OllamaModelInfo {
  /** Such as `completion`, `insert` (it fills holes), `thinking`. Empty from versions that do not tell. */
  readonly capabilities: readonly string[];
  /** What the model was made for, in tokens; the server makes room for less, unless it is asked for more. */
  readonly contextTokens: number | undefined;
  /** It runs at another server, which then gets what is sent. */
  readonly isRemote: boolean;
}

/** @throws {ModelError} `model-unknown` when it is not pulled, and the signal's reason when it was aborted */
export async function showOllamaModel(server: Server, model: string, signal: AbortSignal): Promise<OllamaModelInfo> {
  const answer = await ask(server, "/api/show", signal, { body: { model }, model });
  const details = field(answer, "model_info");
  if (typeof answer !== "object" || answer === null || !("details" in answer)) throw badResponse(server);
  const capabilities = field(answer, "capabilities");
  const architecture = text(field(details, "general.architecture")) ?? "";
  return {
    capabilities: Array.isArray(capabilities) ? capabilities.filter((each) => typeof each === "string") : [],
    contextTokens: count(field(details, `${architecture}.context_length`)),
    isRemote: text(field(answer, "remote_host")) !== undefined,
  };
}

export interface PullProgress {
  /** The server's words for what it does, in English. */
  readonly status: string;
  /** Of the files that it has begun with; there may be more of them later. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/**
 * Has the server download a model. An abort ends the download; what is there stays, and the next pull goes on with it.
 * @throws {ModelError} `model-unknown` when the library does not have it, `interrupted` when it did not come to its end,
 * `timed-out` when the server says nothing for longer than the limit, which has to allow for the check of the whole
 * file; and the signal's reason when it was aborted
 */
export async function pullOllamaModel(
  server: Server,
  model: string,
  onProgress: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const { host } = checkedAddress(server.baseUrl);
  const deadline = createDeadline(server.timeLimitMs, signal, Date.now);
  const connection = new AbortController();
  const files = new Map<string, readonly [done: number, total: number]>();
  try {
    signal.throwIfAborted();
    const root = { ...server, baseUrl: ollamaRoot(server.baseUrl) };
    const response = await deadline.race(post(root, "/api/pull", connection.signal, { model }));
    const events = readJsonLines(readBody(response).chunks);
    for (;;) {
      deadline.restart(server.timeLimitMs);
      const { done, value } = await deadline.race(events.next());
      if (done) throw new ModelError({ kind: "interrupted", host });
      if (isError(value)) throw new RefusedError(refusalIn(value.error));
      const status = text(field(value, "status"));
      if (status === undefined) throw badResponse(server);
      const digest = text(field(value, "digest"));
      const total = count(field(value, "total"));
      if (digest !== undefined && total !== undefined)
        files.set(digest, [count(field(value, "completed")) ?? 0, total]);
      const sum = (place: 0 | 1) => [...files.values()].reduce((bytes, file) => bytes + file[place], 0);
      onProgress({ status, doneBytes: sum(0), totalBytes: sum(1) });
      if (status === "success") return;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TimeUp) throw new ModelError({ kind: "timed-out", host, limitMs: server.timeLimitMs });
    // In the middle of the stream there is no status: "pull model manifest: file does not exist".
    const isUnknown = error instanceof RefusedError && /file does not exist|not found/.test(error.refusal.message);
    throw isUnknown ? new ModelError({ kind: "model-unknown", host, model }) : failureOf(error, server, model);
  } finally {
    connection.abort();
  }
}

function ask(server: Server, path: string, signal: AbortSignal, question: Question = {}): Promise<unknown> {
  return askServer({ ...server, baseUrl: ollamaRoot(server.baseUrl) }, path, signal, question);
}

function badResponse({ baseUrl }: Server): ModelError {
  return new ModelError({ kind: "bad-response", host: checkedAddress(baseUrl).host });
}
