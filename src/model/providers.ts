/**
 * The services and servers that a model can come from, by the first part of a model's reference (`deepseek/deepseek-flash`).
 * What a vendor's documentation does not say is left out. Models come and go: an example is one to begin with, and the
 * server itself says what it has (`serverModels.ts`, `ollamaServer.ts`).
 */

import type { HolePlace } from "./openai.ts";
import type { ChatFields } from "./openAiRequest.ts";
import { formatForModel, type FormatName } from "./templates.ts";

type Protocol = "embedded" | "openai" | "azure" | "ollama" | "llama" | "editor";

export interface Provider {
  /** As in a reference. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly protocol: Protocol;
  /** `undefined` where there is none, and where each customer has another. */
  readonly baseUrl: string | undefined;
  /** Other addresses that the vendor documents, such as that of another region. A key is for one of them. */
  readonly alternatives?: readonly string[];
  readonly key: "needed" | "optional" | "none";
  /** Where one gets a key. */
  readonly keyPage?: string;
  readonly fill?: Fill;
  /** See `OpenAiOptions`; for services whose models think first unless they are told not to. */
  readonly direct?: ChatFields;
  /** One for code. Empty where only the user knows what there is. */
  readonly exampleModel: string;
}

/** How a service fills holes, where the model's name alone does not say it (`templates.ts`). */
export interface Fill extends HolePlace {
  /** Which of its models do. */
  readonly models: RegExp;
  readonly format: FormatName;
  /** Of the addresses that it is documented for, if not all. */
  readonly origins?: readonly string[];
}

export const providers: readonly Provider[] = [
  {
    id: "embedded",
    name: "Pairwise",
    protocol: "embedded",
    baseUrl: undefined,
    key: "none",
    exampleModel: "smollm2-135m-instruct",
  },
  { id: "editor", name: "VS Code", protocol: "editor", baseUrl: undefined, key: "none", exampleModel: "" },
  // developers.openai.com/api/docs/models/all: GPT-4.1 is the "smartest non-reasoning model", which answers at once.
  {
    id: "openai",
    name: "OpenAI",
    protocol: "openai",
    baseUrl: "https://api.openai.com/v1",
    key: "needed",
    keyPage: "https://platform.openai.com/api-keys",
    exampleModel: "gpt-4.1",
  },
  // learn.microsoft.com, "Azure OpenAI API version lifecycle": `https://RESOURCE.openai.azure.com/openai/v1/`, key in
  // `api-key`. The name of the model is that of the deployment.
  {
    id: "azure",
    name: "Azure OpenAI",
    protocol: "azure",
    baseUrl: undefined,
    key: "needed",
    exampleModel: "",
  },
  // api-docs.deepseek.com/quick_start/your_first_api_call (address, key page, model), /api/create-completion (holes; the
  // page has named one model after the other, so all are taken to do it), /guides/thinking_mode (on unless switched off).
  {
    id: "deepseek",
    name: "DeepSeek",
    protocol: "openai",
    baseUrl: "https://api.deepseek.com",
    key: "needed",
    keyPage: "https://platform.deepseek.com/api_keys",
    fill: { models: /^deepseek-/, format: "completions-suffix", baseUrl: "https://api.deepseek.com/beta" },
    direct: { thinking: { type: "disabled" } },
    exampleModel: "deepseek-flash",
  },
  // alibabacloud.com/help/en/model-studio: "OpenAI compatible - Chat" (addresses), "OpenAI compatible - Completions"
  // (holes: in Beijing, with these models, written in Qwen's own tokens), "Deep thinking" (`enable_thinking`).
  {
    id: "dashscope",
    name: "Qwen (DashScope)",
    protocol: "openai",
    baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    alternatives: [
      "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      "https://dashscope-us.aliyuncs.com/compatible-mode/v1",
      "https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1",
    ],
    key: "needed",
    keyPage: "https://bailian.console.aliyun.com/",
    fill: {
      models: /^(qwen-coder-turbo|qwen2\.5-coder)/,
      format: "qwen2.5-coder",
      origins: ["https://dashscope.aliyuncs.com"],
    },
    direct: { enable_thinking: false },
    exampleModel: "qwen3-coder-plus",
  },
  // docs.bigmodel.cn, docs.z.ai ("Deep Thinking" has the international address), docs.bigmodel.cn/cn/guide/capabilities/
  // thinking-mode (on unless switched off). Neither documents how to fill a hole, nor names one page for keys.
  {
    id: "zhipu",
    name: "GLM (Zhipu)",
    protocol: "openai",
    baseUrl: "https://open.bigmodel.cn/api/paas/v4",
    alternatives: ["https://api.z.ai/api/paas/v4"],
    key: "needed",
    keyPage: "https://bigmodel.cn",
    direct: { thinking: { type: "disabled" } },
    exampleModel: "glm-5.2",
  },
  // platform.kimi.ai/docs (formerly platform.moonshot.ai): compatible with OpenAI's; nothing on holes. Some of its models
  // always think.
  {
    id: "moonshot",
    name: "Kimi (Moonshot)",
    protocol: "openai",
    baseUrl: "https://api.moonshot.cn/v1",
    alternatives: ["https://api.moonshot.ai/v1"],
    key: "needed",
    keyPage: "https://platform.moonshot.ai/console/api-keys",
    exampleModel: "kimi-k2.6",
  },
  // docs.siliconflow.cn/docs/userguide/quickstart (address), /guides/fim (holes: `suffix` at `/completions`, and its models).
  {
    id: "siliconflow",
    name: "SiliconFlow",
    protocol: "openai",
    baseUrl: "https://api.siliconflow.cn/v1",
    key: "needed",
    keyPage: "https://cloud.siliconflow.cn/account/ak",
    fill: {
      models:
        /^(Pro\/)?(deepseek-ai\/DeepSeek-(V2\.5|V3|R1|R1-Distill-Qwen-\d+B)|Qwen\/Qwen2\.5-Coder-(7|32)B-Instruct)$/,
      format: "completions-suffix",
    },
    exampleModel: "Qwen/Qwen2.5-Coder-32B-Instruct",
  },
  // www.volcengine.com/docs/82379/1298459 (address, bearer key). A model is named by its id or by that of an endpoint of
  // the user's (`ep-…`), which is why none is given here.
  {
    id: "volcengine",
    name: "Doubao (Volcengine Ark)",
    protocol: "openai",
    baseUrl: "https://ark.cn-beijing.volces.com/api/v3",
    key: "needed",
    keyPage: "https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey",
    exampleModel: "",
  },
  // openrouter.ai/docs/quickstart. `/completions` is documented without a suffix.
  {
    id: "openrouter",
    name: "OpenRouter",
    protocol: "openai",
    baseUrl: "https://openrouter.ai/api/v1",
    key: "needed",
    keyPage: "https://openrouter.ai/keys",
    exampleModel: "openai/gpt-4.1",
  },
  // docs.mistral.ai/api, "FIM completion" (`POST /v1/fim/completions`, for Codestral); the events have a chat's shape.
  {
    id: "mistral",
    name: "Mistral",
    protocol: "openai",
    baseUrl: "https://api.mistral.ai/v1",
    key: "needed",
    keyPage: "https://console.mistral.ai/api-keys",
    fill: { models: /^codestral/, format: "completions-suffix", path: "/fim/completions" },
    exampleModel: "codestral-latest",
  },
  // docs.mistral.ai, "Code generation": the same with another key, for plugins of editors.
  {
    id: "codestral",
    name: "Codestral (Mistral)",
    protocol: "openai",
    baseUrl: "https://codestral.mistral.ai/v1",
    key: "needed",
    keyPage: "https://console.mistral.ai/codestral",
    fill: { models: /^codestral/, format: "completions-suffix", path: "/fim/completions" },
    exampleModel: "codestral-latest",
  },
  // console.groq.com/docs/openai
  {
    id: "groq",
    name: "Groq",
    protocol: "openai",
    baseUrl: "https://api.groq.com/openai/v1",
    key: "needed",
    keyPage: "https://console.groq.com/keys",
    exampleModel: "openai/gpt-oss-20b",
  },
  // docs.ollama.com/api. Which models fill holes it says itself (`insert`). ollama.com takes a key, a server of one's own none.
  {
    id: "ollama",
    name: "Ollama",
    protocol: "ollama",
    baseUrl: "http://localhost:11434",
    key: "optional",
    exampleModel: "qwen2.5-coder:7b",
  },
  // github.com/ggml-org/llama.cpp, tools/server/README.md: port 8080, `--api-key`.
  {
    id: "llama.cpp",
    name: "llama.cpp",
    protocol: "llama",
    baseUrl: "http://localhost:8080/v1",
    key: "optional",
    exampleModel: "",
  },
  // lmstudio.ai/docs/developer/openai-compat. A key where "Require Authentication" is switched on.
  {
    id: "lmstudio",
    name: "LM Studio",
    protocol: "openai",
    baseUrl: "http://localhost:1234/v1",
    key: "optional",
    exampleModel: "openai/gpt-oss-20b",
  },
  // docs.vllm.ai, "OpenAI-Compatible Server": port 8000, `--api-key`; `suffix` is not supported.
  {
    id: "vllm",
    name: "vLLM",
    protocol: "openai",
    baseUrl: "http://localhost:8000/v1",
    key: "optional",
    exampleModel: "",
  },
];

/** How `model` of a service fills holes at the address, where the service documents it. */
export function fillOf({ fill }: Provider, model: string, baseUrl: string): Fill | undefined {
  if (!fill?.models.test(model)) return undefined;
  return (fill.origins?.includes(URL.parse(baseUrl)?.origin ?? "") ?? true) ? fill : undefined;
}

/** How holes are written for `model` at the address. Where the service fills them at other addresses only, it is asked in a chat. */
export function formatAt(provider: Provider, model: string, baseUrl: string): FormatName {
  const fill = fillOf(provider, model, baseUrl);
  if (fill) return fill.format;
  return provider.fill?.models.test(model) ? "chat-hole" : formatForModel(model);
}
