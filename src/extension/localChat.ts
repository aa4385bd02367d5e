import * as vscode from "vscode";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { guardedModel } from "../model/guarded.ts";
import { type ChatMessage, ModelError } from "../model/model.ts";
import { plainChat } from "../model/plainChat.ts";
import { recordedModel } from "../model/recorded.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import { abortSignalOf } from "./cancellation.ts";
import type { ChatModelInformation, ChatRequestMessage } from "./languageModelProviders.ts";
import { describeFailure } from "./notices.ts";
import { chatRoom, localCandidates, type OnDisk, OpenEngines } from "./openEngines.ts";
import type { OpenGate } from "./secretGate.ts";
import type { OpenRecorder } from "./spending.ts";

interface Asked {
  readonly messages: readonly ChatRequestMessage[];
  /** What an extension has set for the model; of it `temperature` is heeded. */
  readonly modelOptions: Readonly<Record<string, unknown>> | undefined;
}

/** The models on this machine as VS Code's chat asks them. */
export class LocalChat implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #recorderFor: OpenRecorder;
  readonly #gate: OpenGate;
  readonly #engines: OpenEngines;

  constructor(context: vscode.ExtensionContext, recorderFor: OpenRecorder, gate: OpenGate) {
    this.#context = context;
    this.#engines = new OpenEngines(context);
    this.#recorderFor = recorderFor;
    this.#gate = gate;
  }

  /** Those that are on the disk and were taught to chat. Their files are looked into, and not loaded. */
  async models(): Promise<readonly ChatModelInformation[]> {
    const told = await Promise.all(localCandidates(this.#context).map(informationOn));
    return told.filter((each) => each !== undefined);
  }

  async answer(
    id: string,
    { messages, modelOptions }: Asked,
    progress: vscode.Progress<vscode.LanguageModelTextPart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const found = localCandidates(this.#context).find((each) => each.id === id);
    const information = found && (await informationOn(found));
    if (!found || !information) throw vscode.LanguageModelError.NotFound(id);
    const log = await this.#recorderFor(`${EMBEDDED}/${id}`);
    const model = plainChat(recordedModel(this.#engines.model(found), log, { kind: "embedded" }));
    const request = {
      prompt: { kind: "chat", messages: messages.map(toMessage) },
      purpose: "chat",
      maxTokens: information.maxOutputTokens,
      temperature: temperatureIn(modelOptions) ?? TEMPERATURE,
      stop: [],
      // The record then tells of secrets that were replaced.
      provenance: { stretches: [], redactions: [] },
    } as const;
    const cancellation = abortSignalOf(token);
    try {
      for await (const text of guardedModel(model, this.#gate).stream(request, cancellation.signal))
        progress.report(new vscode.LanguageModelTextPart(text));
    } catch (error) {
      if (cancellation.signal.aborted) throw new vscode.CancellationError();
      throw error instanceof ModelError ? new Error(describeFailure(error.failure).text, { cause: error }) : error;
    } finally {
      cancellation.dispose();
    }
  }

  /** An estimate that is rather too high: asking the model itself would load it. */
  countTokens(text: string | ChatRequestMessage): number {
    const content = typeof text === "string" ? text : toMessage(text).content;
    return Math.ceil(estimateTokens(content, otherWeights.smallVocabulary));
  }

  /** Closes the models; one that is answering, when it has answered. The next question opens its own anew. */
  release(): void {
    this.#engines.release();
  }

  dispose(): void {
    this.#engines.dispose();
  }
}

async function informationOn({ id, local }: OnDisk): Promise<ChatModelInformation | undefined> {
  const room = await chatRoom(local);
  if (!room) return undefined;
  const { contextTokens, maxTokens: maxOutputTokens } = room;
  return {
    id,
    name: local.name,
    family: id,
    version: "1",
    detail: vscode.l10n.t("On this machine"),
    tooltip: vscode.l10n.t("It runs on this machine, and nothing leaves it."),
    maxInputTokens: contextTokens - maxOutputTokens,
    maxOutputTokens,
    capabilities: { imageInput: false, toolCalling: false },
  };
}

function temperatureIn(modelOptions: Asked["modelOptions"]): number | undefined {
  const value = modelOptions?.["temperature"];
  return typeof value === "number" && value >= 0 && value <= HIGHEST_TEMPERATURE ? value : undefined;
}

/** Of its text. Nothing else was offered: neither pictures nor tools. */
function toMessage({ role, content }: ChatRequestMessage): ChatMessage {
  const texts = content.filter((part) => part instanceof vscode.LanguageModelTextPart);
  return { role: roles.get(role) ?? "user", content: texts.map(({ value }) => value).join("") };
}

const roles: ReadonlyMap<number, ChatMessage["role"]> = new Map([
  [1, "user"],
  [2, "assistant"],
  [3, "system"],
]);
const HIGHEST_TEMPERATURE = 2;
/** What SmolLM2's makers recommend for it. */
const TEMPERATURE = 0.2;
