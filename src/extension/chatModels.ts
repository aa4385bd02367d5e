/** The models that threads ask, each opened with the first question to it. */

import { statSync } from "node:fs";
import * as vscode from "vscode";
import { estimateTokens, otherWeights } from "../context/tokens.ts";
import { type Capabilities, familyCapabilities, serverCapabilities } from "../model/capabilities.ts";
import type { ChosenEditor, ChosenLocal, ChosenModel, ChosenServer } from "../model/chosenModel.ts";
import { createEditorModel } from "../model/editorModel.ts";
import { guardedModel } from "../model/guarded.ts";
import { type Model, ModelError } from "../model/model.ts";
import { isNearby } from "../model/hosts.ts";
import { ownCapabilities } from "../model/ownCapabilities.ts";
import { plainChat } from "../model/plainChat.ts";
import { recordedModel } from "../model/recorded.ts";
import { runsHere } from "../model/runsHere.ts";
import { wrappedStream } from "../model/wrappedStream.ts";
import { pickChatModel } from "./chatModelPick.ts";
import type { ChatModel, ChatModels } from "./chatPorts.ts";
import { localModel, modelName, modelNamed } from "./chosenModel.ts";
import { editorCapabilities } from "./editorMessages.ts";
import { editorChat, editorChatModel, EditorConsent, editorEndPoint } from "./editorModels.ts";
import { isFile } from "./modelSource.ts";
import { chatRoom, OpenEngines } from "./openEngines.ts";
import { ask } from "./quickInputs.ts";
import type { OpenGate } from "./secretGate.ts";
import type { Keys } from "./secrets.ts";
import { serverBackend } from "./serverBackend.ts";
import { chatReference, setting, suggestionReferences } from "./settings.ts";
import type { OpenRecorder } from "./spending.ts";

interface Needs {
  readonly context: vscode.ExtensionContext;
  readonly keys: Keys;
  readonly recorderFor: OpenRecorder;
  readonly gate: OpenGate;
  /** What models are made by may be something else. */
  readonly onDidReset: vscode.Event<void>;
}

interface Told extends Capabilities {
  /** What there is room for where the model runs, whatever else is said of it. */
  readonly roomTokens?: number | undefined;
}

interface Opened {
  readonly model: Model;
  readonly can: Told;
  /** A failure before does not hold back what somebody asks for. */
  readonly retry?: () => void;
  /** It was opened for what is not so any more. */
  readonly isOutdated?: () => boolean | Promise<boolean>;
}

export class OpenChatModels implements ChatModels, vscode.Disposable {
  readonly #needs: Needs;
  readonly #engines: OpenEngines;
  /** By their references. */
  readonly #open = new Map<string, Promise<Opened>>();
  /** What was told of them; it stays when they are closed. */
  readonly #known = new Map<string, Told>();
  /** Those whose server has refused tools, whatever else is said of them. */
  readonly #refusing = new Set<string>();
  /** Those that were asked what they can before there was a question. */
  readonly #asked = new Set<string>();
  readonly #listener: vscode.Disposable;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#engines = new OpenEngines(needs.context);
    this.#listener = needs.onDidReset(() => this.#close());
  }

  get standard(): string {
    return chatReference();
  }

  facts(reference: string) {
    const chosen = known(reference);
    const isLocal = chosen?.kind === "catalogue" || chosen?.kind === "file";
    const told = this.#known.get(reference);
    const isHere = isLocal || (chosen?.kind === "server" && isNear(chosen));
    const can = told ?? (isLocal ? LOCAL : familyCapabilities(reference, isHere));
    const own = isLocal ? LOCAL : ownOf(reference);
    const contextTokens = own.contextTokens ?? can.contextTokens;
    const weight = isLocal ? otherWeights.smallVocabulary : otherWeights.largeVocabulary;
    const usual = isHere ? NEAR_TOKENS : FAR_TOKENS;
    return {
      name: chosen ? modelName(chosen) : reference,
      sees: own.pictures ?? can.pictures ?? false,
      callsTools: this.#refusing.has(reference) ? false : (own.tools ?? can.tools),
      isSizeKnown: contextTokens !== undefined,
      // Tokens are estimated, and a model that gets too many refuses them all.
      contextTokens: Math.floor(Math.min(contextTokens ?? usual, told?.roomTokens ?? Infinity) * SAFE),
      answerTokens: isLocal ? LOCAL_ANSWER_TOKENS : ANSWER_TOKENS,
      count: (text: string) => estimateTokens(text, weight),
      isSmall: isLocal && isSmall(localModel(this.#needs.context, chosen).path),
    };
  }

  async learn(reference: string): Promise<boolean> {
    if (this.#asked.has(reference) || this.#known.has(reference)) return false;
    this.#asked.add(reference);
    const chosen = known(reference);
    try {
      if (chosen?.kind === "catalogue" || chosen?.kind === "file") {
        const room = await chatRoom(localModel(this.#needs.context, chosen));
        if (room) this.#known.set(reference, { ...LOCAL, contextTokens: room.contextTokens });
      } else if (chosen?.kind === "server" && isNearby(URL.parse(chosen.baseUrl.trim())?.hostname ?? ".")) {
        await this.open(reference);
      }
    } catch {
      // What is wrong with it, the first question tells.
    }
    return this.#known.has(reference);
  }

  async open(reference: string): Promise<ChatModel> {
    const known = await this.#opened(reference);
    const isOutdated = (await known.isOutdated?.()) ?? false;
    if (isOutdated) this.#open.delete(reference);
    const { model, can, retry } = isOutdated ? await this.#opened(reference) : known;
    this.#known.set(reference, can);
    retry?.();
    const refused = (): void => void this.#refusing.add(reference);
    return { ...this.facts(reference), model: heedingRefusal(model, refused) };
  }

  choose(current: string): Promise<string | undefined> {
    const { context, keys } = this.#needs;
    return pickChatModel({ context, keys, ask, facts: (reference) => this.facts(reference) }, current, this.standard);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#open.clear();
    this.#engines.dispose();
  }

  /** An answer that is being given goes on. */
  #close(): void {
    this.#open.clear();
    this.#asked.clear();
    this.#refusing.clear();
    this.#engines.release();
  }

  #opened(reference: string): Promise<Opened> {
    const known = this.#open.get(reference);
    if (known) return known;
    const opening = this.#make(reference);
    this.#open.set(reference, opening);
    // The next question tries again.
    opening.catch(() => {
      if (this.#open.get(reference) === opening) this.#open.delete(reference);
    });
    return opening;
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
    const room = await chatRoom(local);
    if (!room) throw new ModelError({ kind: "chat-untaught", model: local.name });
    const log = await recorderFor(reference);
    const engine = this.#engines.model({ id: reference, local });
    const model = plainChat(recordedModel(engine, log, { kind: "embedded" }));
    return { model: guardedModel(model, gate), can: { ...LOCAL, contextTokens: room.contextTokens } };
  }

  async #server(reference: string, chosen: ChosenServer): Promise<Opened> {
    const { keys, recorderFor, gate } = this.#needs;
    const { contextTokens: wanted } = ownOf(reference);
    const timeLimitMs = Math.max(PATIENCE_MS, setting("suggestions.timeLimitSeconds") * 1000);
    // A server of Ollama's loads a model anew for another room, so it has the same where suggestions come from it.
    const isShared = suggestionReferences().includes(reference);
    const wishes = { timeLimitMs, ...(!isShared && { ollamaTokens: wanted ?? OLLAMA_TOKENS }) };
    const backend = await serverBackend(chosen, keys, await recorderFor(reference), gate, wishes);
    const asked = {
      apiKey: await keys.get(chosen.baseUrl),
      fetch: ((input, init) => globalThis.fetch(input, init)) satisfies typeof fetch,
      timeLimitMs: TELL_MS,
    };
    const told = await serverCapabilities(chosen, asked, AbortSignal.timeout(TELL_MS)).catch(() =>
      familyCapabilities(chosen.model, isNear(chosen)),
    );
    const contextTokens = backend.contextTokens ?? told.contextTokens;
    return {
      model: backend.model,
      can: {
        ...told,
        contextTokens,
        roomTokens: backend.contextTokens ?? (isNear(chosen) ? told.contextTokens : undefined),
      },
      retry: () => backend.retry(),
      isOutdated: () => ownOf(reference).contextTokens !== wanted || (backend.isOutdated?.() ?? false),
    };
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
    const told = editorCapabilities(first);
    const family = familyCapabilities(first.family);
    return {
      model: guardedModel(model, gate),
      can: {
        pictures: told.pictures ?? family.pictures,
        tools: told.tools ?? family.tools,
        contextTokens: first.maxInputTokens || undefined,
      },
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

/** So that it is not offered again, and not on record as sent, what is left out. */
function heedingRefusal(model: Model, refused: () => void): Model {
  return {
    get name() {
      return model.name;
    },
    stream(request, signal) {
      const stream = model.stream(request, signal);
      return wrappedStream(
        () => stream,
        async function* () {
          yield* stream;
          // Where it failed all the same, it was about something else.
          if (stream.refusesTools) refused();
        },
      );
    },
  };
}

function ownOf(reference: string): Capabilities {
  return ownCapabilities(setting("model.capabilities"), reference);
}

function isNear({ baseUrl, model }: ChosenServer): boolean {
  return runsHere(baseUrl, model);
}

/** A few hundred million parameters, as they are quantized mostly. */
function isSmall(path: string): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  return size !== undefined && size < SMALL_BYTES;
}

const LOCAL: Capabilities = { pictures: false, tools: false, contextTokens: undefined };
/** Where nobody tells: what servers on this machine mostly start with, and what services have at least. */
const NEAR_TOKENS = 8_192;
const FAR_TOKENS = 32_768;
const SAFE = 0.92;
const SMALL_BYTES = 500_000_000;
const ANSWER_TOKENS = 4_096;
const LOCAL_ANSWER_TOKENS = 1_024;
/** A model that thinks says nothing for a while. */
const PATIENCE_MS = 120_000;
/** Where the model is not that of suggestions, whose room it would change: its memory grows with it. */
const OLLAMA_TOKENS = 16_384;
/** For what a server says of its model. */
const TELL_MS = 3_000;
