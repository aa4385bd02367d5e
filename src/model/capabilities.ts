/** What a model can beside answering with text: told by its server, or known of its family. */

import { llamaPage } from "./llamaPage.ts";
import { isLlamaProps } from "./llamaFacts.ts";
import { count, field, flag } from "./jsonFields.ts";
import type { ChosenServer } from "./chosenModel.ts";
import type { Server } from "./askServer.ts";
import { showOllamaModel } from "./ollamaServer.ts";
import { lmStudioCapabilities } from "./lmStudio.ts";
import { openAiAccess } from "./openAiAccess.ts";
import { runsHere } from "./runsHere.ts";
import { listModels } from "./serverModels.ts";

/** `undefined` where nobody tells. */
export interface Capabilities {
  /** It sees pictures. */
  readonly pictures: boolean | undefined;
  /** It calls tools. */
  readonly tools: boolean | undefined;
  /** Prompt and answer together. */
  readonly contextTokens: number | undefined;
}

const UNKNOWN: Capabilities = { pictures: undefined, tools: undefined, contextTokens: undefined };

/**
 * Asks for one small page or two, computes nothing, and takes what is known of the model's family for what the server does
 * not tell. Rejects with the signal's reason alone.
 */
export async function serverCapabilities(
  chosen: ChosenServer,
  server: Omit<Server, "baseUrl" | "keyHeader">,
  signal: AbortSignal,
): Promise<Capabilities> {
  const told = await ask(chosen, server, signal).catch(() => UNKNOWN);
  signal.throwIfAborted();
  const known = familyCapabilities(chosen.model, runsHere(chosen.baseUrl, chosen.model));
  return {
    pictures: told.pictures ?? known.pictures,
    tools: told.tools ?? known.tools,
    contextTokens: told.contextTokens ?? known.contextTokens,
  };
}

async function ask(
  chosen: ChosenServer,
  server: Omit<Server, "baseUrl" | "keyHeader">,
  signal: AbortSignal,
): Promise<Capabilities> {
  const { provider, baseUrl, model } = chosen;
  if (provider.protocol === "ollama") return ofOllama({ ...server, baseUrl }, model, signal);
  if (SILENT.has(provider.id)) return UNKNOWN;
  const access = { ...server, ...openAiAccess(chosen) };
  const late = AbortSignal.any([signal, AbortSignal.timeout(server.timeLimitMs)]);
  if (provider.id === "lmstudio") {
    const told = await lmStudioCapabilities(access, model, late);
    if (told) return told;
  }
  if (provider.protocol === "llama" || runsHere(baseUrl, model)) {
    const { value } = await llamaPage(access, "/props", late);
    if (isLlamaProps(value)) return ofLlama(value);
  }
  const listed = (await listModels(access, signal)).find(({ id }) => id === model);
  return listed ?? UNKNOWN;
}

/** Their lists of models tell of none of this. */
const SILENT: ReadonlySet<string> = new Set(["openai", "azure", "deepseek", "dashscope", "zhipu"]);

/** github.com/ollama/ollama, docs/api.md, "Show Model Information", and types/model/capability.go. */
async function ofOllama(server: Server, model: string, signal: AbortSignal): Promise<Capabilities> {
  const { capabilities, contextTokens } = await showOllamaModel(server, model, signal);
  const can = (name: string) => (capabilities.length === 0 ? undefined : capabilities.includes(name));
  return { pictures: can("vision"), tools: can("tools"), contextTokens };
}

/** ggml-org/llama.cpp, tools/server/README.md, "GET /props"; `chat_template_caps` is of newer versions. */
function ofLlama(props: unknown): Capabilities {
  return {
    pictures: flag(field(field(props, "modalities"), "vision")),
    tools: flag(field(field(props, "chat_template_caps"), "supports_tools")),
    contextTokens: count(field(field(props, "default_generation_settings"), "n_ctx")) || undefined,
  };
}

/**
 * By the name that a model has at most servers: `Qwen/Qwen2.5-VL-7B-Instruct`, `qwen2.5vl:7b`. On the user's own machine
 * a model has the room that its server was started with, mostly a fraction of what it was made for.
 */
export function familyCapabilities(model: string, isHere = false): Capabilities {
  const name = model.slice(model.lastIndexOf("/") + 1).toLowerCase();
  const family = FAMILIES.find(([pattern]) => pattern.test(name));
  if (!family) return UNKNOWN;
  const [, can, contextTokens] = family;
  return {
    pictures: can.includes("pictures"),
    tools: can.includes("tools"),
    contextTokens: isHere ? undefined : contextTokens,
  };
}

type Family = readonly [name: RegExp, can: readonly ("pictures" | "tools")[], contextTokens?: number];

const BOTH = ["pictures", "tools"] as const;
const TOOLS = ["tools"] as const;

/** The first that matches. What a maker's documentation does not say of a family is not here. */
const FAMILIES: readonly Family[] = [
  // developers.openai.com/api/docs/models: each model's page has its input, its features and its context window.
  [/^gpt-4\.1/, BOTH, 1_047_576],
  [/^(gpt-4o|chatgpt-4o|gpt-4-turbo)/, BOTH, 128_000],
  [/^gpt-5/, BOTH],
  [/^o1-mini/, [], 128_000],
  [/^o3-mini/, TOOLS, 200_000],
  [/^(o1|o3|o4-mini)(-|$)/, BOTH, 200_000],
  [/^gpt-oss/, TOOLS, 131_072],
  [/^gpt-3\.5-turbo/, TOOLS, 16_385],
  // api-docs.deepseek.com, "Models & Pricing" and "Tool Calls"; the open models of other names see.
  [/^(deepseek-(vl|ocr)|janus)/, ["pictures"]],
  [/^deepseek-coder/, []],
  [/^deepseek-/, TOOLS],
  // qwenlm.github.io and alibabacloud.com/help/en/model-studio, "Visual understanding" and "Function calling".
  [/^(qwen[\d.]*-?vl|qvq)/, BOTH],
  [/^qwen[\d.]*-?coder/, TOOLS],
  [/^(qwen2\.5|qwen3)(-|:|$)/, TOOLS],
  [/^qwen-(max|plus|turbo|flash)/, TOOLS],
  // docs.bigmodel.cn, "Vision models" and "Function calling".
  [/^glm-4(\.\d)?v/, BOTH],
  [/^glm-4/, TOOLS],
  // docs.mistral.ai, "Vision" and "Function calling".
  [/^pixtral/, BOTH],
  [/^(codestral|devstral)/, TOOLS],
  // docs.claude.com and ai.google.dev/gemini-api/docs/models, as gateways name them.
  [/^claude-/, BOTH, 200_000],
  [/^gemini-/, BOTH],
  // ai.meta.com/llama: the ones with `vision`, and all from the fourth on.
  [/^(llama-?3\.2-vision|llama-?3\.2-(11|90)b-vision|llama-?4)/, BOTH],
  [/^llama-?3\.[123]/, TOOLS],
  // Made before models were taught to call.
  [/^(llava|bakllava|moondream)/, ["pictures"]],
  [/^(starcoder|codellama|codegemma|stable-code|phind)/, []],
];
