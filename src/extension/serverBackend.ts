import type { CompletionBackend } from "../completion/engine.ts";
import { hostFetch } from "../model/hostFetch.ts";
import type { ChosenServer } from "../model/chosenModel.ts";
import { guardedModel, guardedWarm } from "../model/guarded.ts";
import { listedContext } from "../model/listedContext.ts";
import { infillOrTemplate } from "../model/llamaFormat.ts";
import { createRecheck, type Recheck } from "../model/llamaRecheck.ts";
import { setUpLlama } from "../model/llamaSetUp.ts";
import type { Model, Prompt } from "../model/model.ts";
import { createOllamaModel } from "../model/ollama.ts";
import { showOllamaModel } from "../model/ollamaServer.ts";
import { createOpenAiModel } from "../model/openai.ts";
import { openAiAccess } from "../model/openAiAccess.ts";
import { fillOf, formatAt } from "../model/providers.ts";
import { recordedModel, recordedWarm, serverEndPoint } from "../model/recorded.ts";
import type { Recorder } from "../model/requestLog.ts";
import { runsHere } from "../model/runsHere.ts";
import { formatForModel, type FormatName } from "../model/templates.ts";
import type { OpenGate } from "./secretGate.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";

export interface ServerBackend extends CompletionBackend {
  /** The server may be asked at once, whatever it asked for. */
  retry(): void;
  /** See `Recheck`. */
  isOutdated?: Recheck["isOutdated"];
}

/** For others than suggestions. */
export interface ServerWishes {
  /** Instead of that of the settings. */
  readonly timeLimitMs?: number;
  /** What an Ollama server makes room for, where the model has it. */
  readonly ollamaTokens?: number;
}

/** Rejects with `ModelError` where the server has to be asked something first and does not answer. */
export async function serverBackend(
  chosen: ChosenServer,
  keys: Keys,
  log: Recorder,
  gate: OpenGate,
  wishes: ServerWishes = {},
): Promise<ServerBackend> {
  const how = shared(await keys.get(chosen.baseUrl), wishes);
  const isOllama = chosen.provider.protocol === "ollama";
  const server = await (isOllama ? ollama(chosen, how, wishes.ollamaTokens) : openAi(chosen, how));
  const { model, format, local, contextTokens, warm, isOutdated } = server;
  const endPoint = serverEndPoint(chosen.baseUrl);
  return {
    model: guardedModel(infillOrTemplate(recordedModel(model, log, endPoint)), gate),
    format,
    host: hostOf(chosen.baseUrl),
    local,
    retry: () => model.retry(),
    ...(isOutdated && { isOutdated }),
    ...(contextTokens !== undefined && { contextTokens }),
    // Elsewhere even the question whether it can be done is sent to somebody who is asked for nothing yet.
    ...(local && warm && { warm: guardedWarm(recordedWarm(warm, log, { model: model.name, endPoint }), gate) }),
  };
}

interface Server extends Pick<ServerBackend, "isOutdated"> {
  readonly model: Model & Pick<ServerBackend, "retry">;
  readonly format: FormatName;
  readonly local: boolean;
  readonly contextTokens?: number;
  readonly warm?: (prompt: Prompt, signal: AbortSignal) => Promise<boolean>;
}

/** A server that may be llama.cpp's is asked first what it is, and others nearby for how much context they have. */
async function openAi(chosen: ChosenServer, how: How): Promise<Server> {
  const { provider, baseUrl, model: name } = chosen;
  const isCalledSo = provider.protocol === "llama";
  const ask = () => setUpLlama({ ...how, baseUrl }, name, isCalledSo);
  const access = openAiAccess(chosen);
  // At the same time: one that is silent is waited for once.
  const [told, listed] = await Promise.all([ask(), listedContext({ ...how, ...access }, name)]);
  const { isLlama, ...llama } = told;
  const recheck = createRecheck(told, ask, Date.now);
  const model = createOpenAiModel({
    ...how,
    ...access,
    model: name,
    holes: fillOf(provider, name, baseUrl),
    direct: provider.direct,
    isLlama,
    doubted: () => recheck.doubt(),
  });
  return {
    model,
    format: formatAt(provider, name, baseUrl),
    ...(listed !== undefined && { contextTokens: listed }),
    ...llama,
    local: runsHere(baseUrl, name),
    warm: (prompt, signal) => model.warm(prompt, signal),
    isOutdated: () => recheck.isOutdated(),
  };
}

/** The server is asked first whether the model is there and fills holes. */
async function ollama(
  { baseUrl, model: name }: ChosenServer,
  how: How,
  wanted = OLLAMA_CONTEXT_TOKENS,
): Promise<Server> {
  const info = await showOllamaModel({ ...how, baseUrl }, name, new AbortController().signal);
  const contextTokens = Math.min(info.contextTokens ?? wanted, wanted);
  const byName = formatForModel(name);
  return {
    model: createOllamaModel({ ...how, baseUrl, model: name, contextTokens }),
    // Our own layout keeps most of the prompt from key to key; the server's template is for families that we do not know.
    format: byName === "chat-hole" && info.capabilities.includes("insert") ? "completions-suffix" : byName,
    local: runsHere(baseUrl, name) && !info.isRemote,
    contextTokens,
  };
}

type How = ReturnType<typeof shared>;

function shared(apiKey: string | undefined, { timeLimitMs }: ServerWishes) {
  return {
    apiKey,
    fetch: hostFetch,
    timeLimitMs: timeLimitMs ?? setting("suggestions.timeLimitSeconds") * 1000,
  };
}

/** A window, what is shown of other files, and an answer; the model's memory grows with it. */
const OLLAMA_CONTEXT_TOKENS = 8_192;
