import type { CompletionBackend } from "../completion/engine.ts";
import type { ChosenServer } from "../model/chosenModel.ts";
import { guardedModel, guardedWarm } from "../model/guarded.ts";
import type { Prompt } from "../model/model.ts";
import { createOpenAiModel } from "../model/openai.ts";
import { recordedModel, recordedWarm, serverEndPoint } from "../model/recorded.ts";
import type { RequestLog } from "../model/requestLog.ts";
import { runsHere } from "../model/runsHere.ts";
import { formatForModel } from "../model/templates.ts";
import { chosenFormat } from "./chosenModel.ts";
import type { OpenGate } from "./secretGate.ts";
import { hostOf, type Keys } from "./secrets.ts";
import { setting } from "./settings.ts";

export async function serverBackend(
  { baseUrl, model: name }: ChosenServer,
  keys: Keys,
  log: RequestLog,
  gate: OpenGate,
): Promise<CompletionBackend> {
  const model = createOpenAiModel({
    baseUrl,
    model: name,
    apiKey: await keys.get(baseUrl),
    // Looked up at each call: VS Code replaces the host's fetch by one with the user's proxy and certificates.
    fetch: (input, init) => globalThis.fetch(input, init),
    timeLimitMs: setting("suggestions.timeLimitSeconds") * 1000,
  });
  const local = runsHere(baseUrl, name);
  const endPoint = serverEndPoint(baseUrl);
  const warm = (prompt: Prompt, signal: AbortSignal) => model.warm(prompt, signal);
  return {
    model: guardedModel(recordedModel(model, log, endPoint), gate),
    format: chosenFormat() ?? formatForModel(name),
    host: hostOf(baseUrl),
    local,
    // Elsewhere even the question whether it can be done is sent to somebody who is asked for nothing yet.
    ...(local && { warm: guardedWarm(recordedWarm(warm, log, { model: name, endPoint }), gate) }),
  };
}
