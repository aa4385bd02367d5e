import { basename } from "node:path";
import * as vscode from "vscode";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { catalogue } from "../model/catalogue.ts";
import { readChatContext } from "../model/embedded/chatContext.ts";
import { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import { guardedModel } from "../model/guarded.ts";
import { type ChatMessage, ModelError } from "../model/model.ts";
import type { ChosenLocal } from "../model/chosenModel.ts";
import { plainChat } from "../model/plainChat.ts";
import { recordedModel } from "../model/recorded.ts";
import { EMBEDDED } from "../model/modelReference.ts";
import { abortSignalOf } from "./cancellation.ts";
import { knownForSuggestions, type LocalModel, localModel } from "./chosenModel.ts";
import type { ChatModelInformation, ChatRequestMessage } from "./languageModelProviders.ts";
import { embeddedOptions } from "./embeddedBackend.ts";
import { isFile } from "./modelSource.ts";
import { describeFailure } from "./notices.ts";
import type { OpenGate } from "./secretGate.ts";
import type { OpenRecorder } from "./spending.ts";

interface Asked {
  readonly messages: readonly ChatRequestMessage[];
  /** What an extension has set for the model; of it `temperature` is heeded. */
  readonly modelOptions: Readonly<Record<string, unknown>> | undefined;
}

interface Open {
  /** Another one means other settings. */
  readonly key: string;
  readonly model: EmbeddedModel;
  /** That it is giving. */
  answers: number;
}

interface OnDisk {
  readonly id: string;
  readonly local: LocalModel;
}

/** The models on this machine as VS Code's chat asks them. */
export class LocalChat implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #recorderFor: OpenRecorder;
  readonly #gate: OpenGate;
  /** By the model's id. */
  readonly #open = new Map<string, Open>();

  constructor(context: vscode.ExtensionContext, recorderFor: OpenRecorder, gate: OpenGate) {
    this.#context = context;
    this.#recorderFor = recorderFor;
    this.#gate = gate;
  }

  /** Those that are on the disk and were taught to chat. Their files are looked into, and not loaded. */
  async models(): Promise<readonly ChatModelInformation[]> {
    const told = await Promise.all(this.#candidates().map(informationOn));
    return told.filter((each) => each !== undefined);
  }

  async answer(
    id: string,
    { messages, modelOptions }: Asked,
    progress: vscode.Progress<vscode.LanguageModelTextPart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const found = this.#candidates().find((each) => each.id === id);
    const information = found && (await informationOn(found));
    if (!found || !information) throw vscode.LanguageModelError.NotFound(id);
    const open = this.#opened(found);
    const log = await this.#recorderFor(`${EMBEDDED}/${id}`);
    const model = plainChat(recordedModel(open.model, log, { kind: "embedded" }));
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
    open.answers += 1;
    try {
      for await (const text of guardedModel(model, this.#gate).stream(request, cancellation.signal))
        progress.report(new vscode.LanguageModelTextPart(text));
    } catch (error) {
      if (cancellation.signal.aborted) throw new vscode.CancellationError();
      throw error instanceof ModelError ? new Error(describeFailure(error.failure).text, { cause: error }) : error;
    } finally {
      cancellation.dispose();
      open.answers -= 1;
      if (this.#open.get(id) !== open) closeUnused(open);
    }
  }

  /** An estimate that is rather too high: asking the model itself would load it. */
  countTokens(text: string | ChatRequestMessage): number {
    const content = typeof text === "string" ? text : toMessage(text).content;
    return Math.ceil(estimateTokens(content, otherWeights.smallVocabulary));
  }

  /** Closes the models; one that is answering, when it has answered. The next question opens its own anew. */
  release(): void {
    const left = [...this.#open.values()];
    this.#open.clear();
    left.forEach(closeUnused);
  }

  dispose(): void {
    for (const { model } of this.#open.values()) void model.dispose();
    this.#open.clear();
  }

  /** Whether they are there is not asked yet. */
  #candidates(): readonly OnDisk[] {
    const chosen = knownForSuggestions();
    const listed: readonly ChosenLocal[] = catalogue.map((entry) => ({ kind: "catalogue", entry }));
    return [...listed, ...(chosen?.kind === "file" ? [chosen] : [])].map((each) => ({
      id: each.kind === "catalogue" ? each.entry.id : basename(each.path),
      local: localModel(this.#context, each),
    }));
  }

  /** As suggestions load it, so that both have it from one load where they mean the same model. */
  #opened({ id, local }: OnDisk): Open {
    const options = embeddedOptions(this.#context, local);
    const key = JSON.stringify(options);
    const known = this.#open.get(id);
    if (known?.key === key) return known;
    if (known) closeUnused(known);
    const open = { key, model: new EmbeddedModel(options), answers: 0 };
    this.#open.set(id, open);
    return open;
  }
}

function closeUnused({ answers, model }: Open): void {
  if (answers === 0) void model.dispose();
}

async function informationOn({ id, local }: OnDisk): Promise<ChatModelInformation | undefined> {
  if (!(await isFile(local.path))) return undefined;
  // One that can't be read is none that could be asked.
  const contextTokens = await readChatContext(local.path).catch(() => undefined);
  if (contextTokens === undefined) return undefined;
  const maxOutputTokens = Math.min(LONGEST_ANSWER_TOKENS, Math.floor(contextTokens / 4));
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
const LONGEST_ANSWER_TOKENS = 1_024;
const HIGHEST_TEMPERATURE = 2;
/** What SmolLM2's makers recommend for it. */
const TEMPERATURE = 0.2;
