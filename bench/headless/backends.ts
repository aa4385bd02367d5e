/** The models that the extension can be set to, made as it makes them. */

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { CompletionBackend } from "../../src/completion/engine.ts";
import { defaults } from "../../src/extension/contributions.ts";
import { cacheFolder } from "../../src/model/cacheFolder.ts";
import { defaultModel, modelFile } from "../../src/model/catalogue.ts";
import type { Prompt } from "../../src/model/model.ts";
import { runsHere } from "../../src/model/runsHere.ts";
import { formatForModel } from "../../src/model/templates.ts";
import { endModelProcess } from "../../scripts/endModelProcess.ts";
import type { ModelSetting } from "./messages.ts";
import { productFolder } from "./productFolder.ts";
import type { ScriptedModel } from "./scriptedModel.ts";

export interface OpenBackend extends CompletionBackend {
  /** Ends what it has started. */
  close?(): Promise<void>;
}

export interface BackendContext {
  readonly scripted: ScriptedModel;
  /** As the global one, which in the extension is VS Code's. */
  readonly fetch: typeof fetch;
  readonly timeLimitMs: number;
}

const VERSION = "headless";
const MOST_CONTEXT_TOKENS = 4096;

/** @throws {ModelError} */
export async function makeBackend(setting: ModelSetting, context: BackendContext): Promise<OpenBackend> {
  switch (setting.kind) {
    case "scripted":
      return { model: context.scripted, format: setting.format ?? "qwen2.5-coder", host: "scripted" };
    case "openai":
      return makeOpenAi(setting, context);
    case "embedded":
      return makeEmbedded(setting);
  }
}

async function makeOpenAi(
  { baseUrl, name, apiKey, format }: ModelSetting & { readonly kind: "openai" },
  { fetch, timeLimitMs }: BackendContext,
): Promise<OpenBackend> {
  const [{ createOpenAiModel }, { infillOrTemplate }, { setUpLlama }] = await Promise.all([
    import("../../src/model/openai.ts"),
    import("../../src/model/llamaFormat.ts"),
    import("../../src/model/llamaSetUp.ts"),
  ]);
  const local = runsHere(baseUrl, name);
  const { isLlama, ...llama } = await setUpLlama({ baseUrl, apiKey, fetch }, name, false);
  const model = createOpenAiModel({ baseUrl, model: name, apiKey, fetch, timeLimitMs, isLlama });
  return {
    model: infillOrTemplate(model),
    ...llama,
    format: format ?? llama.format ?? formatForModel(name),
    host: new URL(baseUrl).host,
    local,
    ...(local && { warm: (prompt: Prompt, signal: AbortSignal) => model.warm(prompt, signal) }),
  };
}

async function makeEmbedded(setting: ModelSetting & { readonly kind: "embedded" }): Promise<OpenBackend> {
  const { EmbeddedModel } = await import("../../src/model/embedded/embeddedModel.ts");
  const folder = mkdtempSync(join(tmpdir(), "pairwise-headless-"));
  const { format, ...file } = localModel(setting.path);
  const model = new EmbeddedModel({
    folder,
    processFile: modelProcess(),
    execPath: process.execPath,
    model: file,
    threads: setting.threads ?? defaults["model.threads"],
    idleUnloadMs: defaults["model.unloadAfterMinutes"] * 60_000,
    version: VERSION,
  });
  return {
    model,
    format: setting.format ?? format,
    contextTokens: file.contextTokens,
    ready: () => model.state.kind === "ready",
    local: true,
    heals: true,
    warm: (prompt, signal) => model.warm(prompt, signal),
    close: async () => {
      await model.dispose();
      await endModelProcess(folder, VERSION);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function localModel(path: string | undefined) {
  if (path !== undefined) {
    const name = basename(path);
    return { name, path, adapterPath: undefined, contextTokens: MOST_CONTEXT_TOKENS, format: formatForModel(name) };
  }
  const entry = defaultModel();
  return {
    name: entry.name,
    path: modelFile(join(cacheFolder(), "models"), entry),
    adapterPath: entry.adapter && join(productFolder(), entry.adapter.file),
    contextTokens: Math.min(entry.contextTokens, MOST_CONTEXT_TOKENS),
    format: entry.format,
  };
}

/** The built one where there is one. */
function modelProcess(): string {
  const built = join(productFolder(), "dist", "modelProcess.mjs");
  return existsSync(built) ? built : join(productFolder(), "src", "model", "embedded", "process.ts");
}
