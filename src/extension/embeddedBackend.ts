import { join } from "node:path";
import type * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import type { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import type { EmbeddedOptions } from "../model/embedded/embeddedOptions.ts";
import { guardedModel, guardedWarm } from "../model/guarded.ts";
import type { Prompt } from "../model/model.ts";
import { recordedModel, recordedWarm } from "../model/recorded.ts";
import type { Recorder } from "../model/requestLog.ts";
import type { LocalModel } from "./chosenModel.ts";
import type { OpenGate } from "./secretGate.ts";
import { setting } from "./settings.ts";

export function embeddedOptions(
  context: vscode.ExtensionContext,
  { name, path, adapterPath, contextTokens }: LocalModel,
): EmbeddedOptions {
  return {
    folder: join(context.globalStorageUri.fsPath, "engine"),
    processFile: context.asAbsolutePath("dist/modelProcess.mjs"),
    execPath: process.execPath,
    model: { name, path, adapterPath, contextTokens },
    threads: setting("model.threads"),
    idleUnloadMs: setting("model.unloadAfterMinutes") * 60_000,
    version: String(context.extension.packageJSON.version),
  };
}

export function embeddedBackend(
  model: EmbeddedModel,
  { name, contextTokens, format }: LocalModel,
  log: Recorder,
  gate: OpenGate,
): CompletionBackend {
  const endPoint = { kind: "embedded" } as const;
  const warm = async (prompt: Prompt, signal: AbortSignal) => {
    await model.warm(prompt, signal);
    return true;
  };
  return {
    model: guardedModel(recordedModel(model, log, endPoint), gate),
    format,
    contextTokens,
    ready: () => model.state.kind === "ready",
    local: true,
    heals: true,
    warm: guardedWarm(recordedWarm(warm, log, { model: name, endPoint }), gate),
  };
}
