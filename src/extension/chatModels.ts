/** The models that threads ask, each opened with the first question to it. */

import * as vscode from "vscode";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { type Capabilities, familyCapabilities, serverCapabilities } from "../model/capabilities.ts";
import type { ChosenEditor, ChosenLocal, ChosenModel, ChosenServer } from "../model/chosenModel.ts";
import { createEditorModel } from "../model/editorModel.ts";
import { readChatContext } from "../model/embedded/chatContext.ts";
import { EmbeddedModel } from "../model/embedded/embeddedModel.ts";
import { guardedModel } from "../model/guarded.ts";
import { type Model, ModelError } from "../model/model.ts";
import { plainChat } from "../model/plainChat.ts";
import { recordedModel } from "../model/recorded.ts";
import { runsHere } from "../model/runsHere.ts";
import { pickChatModel } from "./chatModelPick.ts";
import type { ChatModel, ChatModels } from "./chatPorts.ts";
import { localModel, modelName, modelNamed } from "./chosenModel.ts";
import { editorChat, editorChatModel, EditorConsent, editorEndPoint } from "./editorModels.ts";
import { embeddedOptions } from "./embeddedBackend.ts";
import { isFile } from "./modelSource.ts";
import type { OpenGate } from "./secretGate.ts";
import type { Keys } from "./secrets.ts";
import { serverBackend } from "./serverBackend.ts";
import { setting } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly recorderFor: OpenRecorder;
  readonly gate: OpenGate;
  /** What models are made by may be something else. */
  readonly onDidReset: vscode.Event<void>;
}

interface Opened {
  readonly model: Model;
  readonly can: Capabilities;
  /** A failure before does not hold back what somebody asks for. */
  readonly retry?: () => void;
  readonly dispose?: () => void;
}

export class OpenChatModels implements ChatModels, vscode.Disposable {
  readonly #needs: Needs;
  /** By their references. */
  readonly #open = new Map<string, Promise<Opened>>();
  /** What was told of them; it stays when they are closed. */
  readonly #known = new Map<string, Capabilities>();
  readonly #listener: vscode.Disposable;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#listener = needs.onDidReset(() => this.#close());
  }

  get standard(): string {
    return setting("model.chat") || setting("model.suggestions");
  }

  facts(reference: string) {
    const chosen = known(reference);
    const isLocal = chosen?.kind === "catalogue" || chosen?.kind === "file";
    const can = this.#known.get(reference) ?? (isLocal ? LOCAL : familyCapabilities(reference));
    const weight = isLocal ? otherWeights.smallVocabulary : otherWeights.largeVocabulary;
    const usual = isLocal || (chosen?.kind === "server" && isNear(chosen)) ? NEAR_TOKENS : FAR_TOKENS;
    return {
      name: chosen ? modelName(chosen) : reference,
      sees: can.pictures ?? false,
      callsTools: can.tools ?? false,
      // Tokens are estimated, and a model that gets too many refuses them all.
      contextTokens: Math.floor((can.contextTokens ?? usual) * SAFE),
      answerTokens: isLocal ? LOCAL_ANSWER_TOKENS : ANSWER_TOKENS,
      count: (text: string) => estimateTokens(text, weight),
    };
  }

  async open(reference: string): Promise<ChatModel> {
    const opening = this.#open.get(reference) ?? this.#make(reference);
    this.#open.set(reference, opening);
    try {
      const { model, can, retry } = await opening;
      this.#known.set(reference, can);
      retry?.();
      return { ...this.facts(reference), model };
    } catch (error) {
      // The next question tries again.
      this.#open.delete(reference);
      throw error;
    }
  }

  choose(current: string): Promise<string | undefined> {
    return pickChatModel(this.#needs.context, current, this.standard);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#close();
  }

  #close(): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const each of open)
      each.then(
        ({ dispose }) => dispose?.(),
        () => undefined,
      );
  }

  async #make(reference: string): Promise<Opened> {
    const chosen = modelNamed(reference);
    switch (chosen.kind) {
      case "server":
        return this.#server(reference, chosen);
      case "editor":
        return this.#editor(reference, chosen);
      default:
        return this.#local(reference, chosen);
    }
  }

  /** As suggestions load it, so that both have it from one load where they mean the same model. */
  async #local(reference: string, chosen: ChosenLocal): Promise<Opened> {
    const { context, recorderFor, gate } = this.#needs;
    const local = localModel(context, chosen);
    const { path } = local;
    if (!(await isFile(path))) throw new ModelError({ kind: "model-file-missing", path });
    const contextTokens = await readChatContext(path).catch(() => undefined);
    const engine = new EmbeddedModel(embeddedOptions(context, local));
    const model = plainChat(recordedModel(engine, await recorderFor(reference), { kind: "embedded" }));
    return {
      model: guardedModel(model, gate),
      can: { ...LOCAL, contextTokens: contextTokens ?? local.contextTokens },
      dispose: () => void engine.dispose(),
    };
  }

  async #server(reference: string, chosen: ChosenServer): Promise<Opened> {
    const { keys, recorderFor, gate } = this.#needs;
    const backend = await serverBackend(chosen, keys, await recorderFor(reference), gate);
    const asked = {
      apiKey: await keys.get(chosen.baseUrl),
      fetch: ((input, init) => globalThis.fetch(input, init)) satisfies typeof fetch,
      timeLimitMs: TELL_MS,
    };
    const told = await serverCapabilities(chosen, asked, AbortSignal.timeout(TELL_MS)).catch(() =>
      familyCapabilities(chosen.model),
    );
    const contextTokens = backend.contextTokens ?? told.contextTokens;
    return { model: backend.model, can: { ...told, contextTokens }, retry: () => backend.retry() };
  }

  /** The user asks by hand: VS Code may ask whether it may be used. */
  async #editor(reference: string, chosen: ChosenEditor): Promise<Opened> {
    const { context, recorderFor, gate } = this.#needs;
    const consent = new EditorConsent(context);
    const first = await editorChatModel(chosen);
    const words = vscode.l10n.t("Pairwise asks this model what you ask in the chat.");
    const find = async () => editorChat(await editorChatModel(chosen), () => consent.forget(first.vendor), words);
    const model = recordedModel(
      createEditorModel(first.name, find),
      await recorderFor(reference),
      editorEndPoint(first),
    );
    const { pictures, tools } = familyCapabilities(first.family);
    return {
      model: guardedModel(model, gate),
      can: { pictures, tools, contextTokens: first.maxInputTokens || undefined },
    };
  }
}

function known(reference: string): ChosenModel | undefined {
  try {
    return modelNamed(reference);
  } catch {
    return undefined;
  }
}

function isNear({ baseUrl, model }: ChosenServer): boolean {
  return runsHere(baseUrl, model);
}

const LOCAL: Capabilities = { pictures: false, tools: false, contextTokens: undefined };
/** Where nobody tells: what servers on this machine mostly start with, and what services have at least. */
const NEAR_TOKENS = 8_192;
const FAR_TOKENS = 32_768;
const SAFE = 0.92;
const ANSWER_TOKENS = 4_096;
const LOCAL_ANSWER_TOKENS = 1_024;
/** For what a server says of its model. */
const TELL_MS = 3_000;
