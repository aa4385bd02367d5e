/** Whether the server has the model, and room for what is asked of it. */

import { ModelError } from "../model.ts";
import { listOllamaModels, showOllamaModel } from "../ollamaServer.ts";
import type { Server } from "../askServer.ts";
import { listModels } from "../serverModels.ts";
import { PULL_EXAMPLE } from "./connection.ts";
import { bad, good, skipped, type StepResult, warning, type Way } from "./findings.ts";
import { nearestNames } from "./nearest.ts";
import type { CheckedServer } from "./reach.ts";

export interface ModelThere {
  readonly result: StepResult;
  /** In tokens, where the server tells. */
  readonly contextTokens: number | undefined;
}

const OPEN_SETTING = { kind: "open-settings", query: "pairwise.model.suggestions" } as const;

/** @throws {ModelError} when the server fails, and the signal's reason */
export async function checkModel(checked: CheckedServer, server: Server, signal: AbortSignal): Promise<ModelThere> {
  const { provider, model } = checked;
  switch (provider.protocol) {
    case "ollama":
      return ofOllama(model, server, signal);
    case "azure":
      // What it lists could be deployed; a deployment has a name of its own.
      return { result: warning("model", { kind: "models-unknown" }), contextTokens: undefined };
    default:
      return ofList(checked, server, signal);
  }
}

async function ofList({ model, provider }: CheckedServer, server: Server, signal: AbortSignal): Promise<ModelThere> {
  const models = await listModels(server, signal).catch((error: unknown) => {
    if (isNoList(error)) return undefined;
    throw error;
  });
  if (models?.length === 0 && (await isEmptyOllama(server, signal))) {
    const { host } = new URL(server.baseUrl);
    return { result: bad("model", { kind: "models-none", host }, [PULL_EXAMPLE]), contextTokens: undefined };
  }
  if (models === undefined || models.length === 0)
    return { result: warning("model", { kind: "models-unknown" }), contextTokens: undefined };
  const found = models.find(({ id }) => id === model || isSameModel(id, model));
  if (found) return { result: good("model", { kind: "model-listed", model }), contextTokens: found.contextTokens };
  const names = models.map(({ id }) => id);
  // llama.cpp's server has one model, and answers to whatever name it is called by.
  if (provider.protocol === "llama" && models.length === 1)
    return { result: good("model", { kind: "model-answers", model }), contextTokens: models[0]?.contextTokens };
  const nearest = nearestNames(model, names);
  const offered = nearest.length > 0 ? nearest : names.length <= FEW ? names : [];
  const result = bad("model", { kind: "model-unlisted", model, nearest: offered }, [
    ...offered.map(setModel),
    OPEN_SETTING,
  ]);
  return { result, contextTokens: undefined };
}

/** Also of one that is asked by way of what it has for OpenAI's clients. */
async function isEmptyOllama(server: Server, signal: AbortSignal): Promise<boolean> {
  try {
    return (await listOllamaModels(server, signal)).length === 0;
  } catch (error) {
    if (error instanceof ModelError) return false;
    throw error;
  }
}

async function ofOllama(model: string, server: Server, signal: AbortSignal): Promise<ModelThere> {
  try {
    const { contextTokens } = await showOllamaModel(server, model, signal);
    return { result: good("model", { kind: "model-listed", model }), contextTokens };
  } catch (error) {
    if (!(error instanceof ModelError) || error.failure.kind !== "model-unknown") throw error;
    const names = (await listOllamaModels(server, signal)).map(({ name }) => name);
    const nearest = nearestNames(model, names);
    const ways: readonly Way[] = [
      ...nearest.map(setModel),
      { kind: "pull", model },
      { kind: "copy", text: `ollama pull ${model}` },
    ];
    return { result: bad("model", { kind: "model-not-pulled", model, nearest }, ways), contextTokens: undefined };
  }
}

/** Ollama's own interface for others leaves a tag out, OpenAI's and Google's lists have a folder in front. */
function isSameModel(listed: string, model: string): boolean {
  return listed === `${model}:latest` || listed === `models/${model}`;
}

function isNoList(error: unknown): boolean {
  return error instanceof ModelError && ["model-unknown", "bad-response"].includes(error.failure.kind);
}

function setModel(model: string): Way {
  return { kind: "set-model", model };
}

/** `wanted`: the longest prompt and an answer, in tokens. */
export function checkContext(tokens: number | undefined, wanted: number): StepResult {
  if (tokens === undefined) return skipped("context", { kind: "context-unknown", wanted });
  if (tokens >= wanted) return good("context", { kind: "context-enough", tokens });
  const finding = { kind: "context-small", tokens, wanted } as const;
  // Prompts are made to fit; with less than this there is hardly anything left of the file.
  return tokens < LEAST_TOKENS ? bad("context", finding) : warning("context", finding);
}

const FEW = 5;
const LEAST_TOKENS = 1_024;
