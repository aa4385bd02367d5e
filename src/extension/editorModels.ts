import * as vscode from "vscode";
import type { CompletionBackend } from "../completion/engine.ts";
import { createEditorModel, type EditorChat } from "../model/editorModel.ts";
import { guardedModel } from "../model/guarded.ts";
import { ModelError, type ToolCall } from "../model/model.ts";
import type { ChosenEditor } from "../model/chosenModel.ts";
import { recordedModel } from "../model/recorded.ts";
import type { EndPoint, Recorder } from "../model/requestLog.ts";
import { withToken } from "./cancellation.ts";
import { editorMessages, pictureParts, toEditorTool } from "./editorMessages.ts";
import type { OpenGate } from "./secretGate.ts";

/** @throws {ModelError} `editor-model-missing` */
export async function editorChatModel({ vendor, model }: ChosenEditor): Promise<vscode.LanguageModelChat> {
  const ways: readonly vscode.LanguageModelChatSelector[] =
    vendor === undefined
      ? [{ id: model }]
      : [{ vendor, family: model }, { vendor, id: model }, { id: `${vendor}/${model}` }];
  for (const way of ways) {
    const [found] = await vscode.lm.selectChatModels(way);
    if (found) return found;
  }
  throw new ModelError({ kind: "editor-model-missing", model });
}

export interface EditorBackend extends vscode.Disposable {
  readonly backend: CompletionBackend;
}

/**
 * For suggestions, which mostly come by themselves: nothing is sent, and VS Code asks nothing, before the user has
 * allowed it by hand (`allowEditorModel.ts`).
 * @throws {ModelError} `editor-model-missing`
 */
export async function editorBackend(
  context: vscode.ExtensionContext,
  chosen: ChosenEditor,
  log: Recorder,
  gate: OpenGate,
): Promise<EditorBackend> {
  let known: vscode.LanguageModelChat | undefined = await editorChatModel(chosen);
  const { name, vendor, maxInputTokens } = known;
  const consent = new EditorConsent(context);
  const find = async (): Promise<EditorChat> => {
    known ??= await editorChatModel(chosen);
    if (!consent.covers(known)) throw new ModelError({ kind: "editor-consent-missing", model: known.name });
    return editorChat(known, () => consent.forget(vendor));
  };
  const listener = vscode.lm.onDidChangeChatModels(() => {
    known = undefined;
  });
  const model = createEditorModel(name, find);
  return {
    backend: {
      model: guardedModel(recordedModel(model, log, editorEndPoint(known)), gate),
      format: "chat-hole",
      host: name,
      ...(maxInputTokens > 0 && { contextTokens: maxInputTokens }),
    },
    dispose: () => listener.dispose(),
  };
}

export function editorEndPoint({ vendor, name }: vscode.LanguageModelChat): EndPoint {
  return { kind: "editor", vendor, name };
}

/** `onDenied` hears that the user has not let this extension use the model. */
export function editorChat(
  chat: vscode.LanguageModelChat,
  onDenied: () => void,
  justification = vscode.l10n.t("Pairwise asks this model for code suggestions while you type."),
): EditorChat {
  return {
    maxInputTokens: chat.maxInputTokens,
    takesPictures: pictureParts() !== undefined,
    countTokens: (text, signal) => withToken(signal, (token) => chat.countTokens(text, token)),
    send(messages, tools, signal) {
      const options = { justification, ...(tools.length > 0 && { tools: tools.map(toEditorTool) }) };
      const answer = withToken(signal, (token) => chat.sendRequest(editorMessages(messages), options, token));
      return heeding(answer, onDenied);
    },
  };
}

/** An answer may be denied when it is asked for, and while it comes. */
async function* heeding(
  asked: Thenable<vscode.LanguageModelChatResponse>,
  onDenied: () => void,
): AsyncGenerator<string | ToolCall> {
  try {
    for await (const part of (await asked).stream) {
      if (part instanceof vscode.LanguageModelTextPart) yield part.value;
      if (part instanceof vscode.LanguageModelToolCallPart)
        yield { id: part.callId, name: part.name, arguments: JSON.stringify(part.input) };
    }
  } catch (error) {
    if (error instanceof vscode.LanguageModelError && error.code === vscode.LanguageModelError.NoPermissions.name)
      onDenied();
    throw error;
  }
}

/**
 * Whose models the user has let Pairwise use. VS Code shows its question with the first request, which an automatic
 * one must not cause, and versions such as 1.139 don't tell whether they would: `canSendRequest` always says yes there.
 * So Pairwise remembers what was allowed by hand, and forgets it when VS Code says no.
 */
export class EditorConsent {
  readonly #context: vscode.ExtensionContext;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  covers(chat: vscode.LanguageModelChat): boolean {
    if (this.#context.languageModelAccessInformation.canSendRequest(chat) !== true) return false;
    return this.remembers(chat.vendor);
  }

  remembers(vendor: string): boolean {
    return this.#vendors.includes(vendor);
  }

  async remember(vendor: string): Promise<void> {
    await this.#context.globalState.update(ALLOWED, [...this.#vendors.filter((each) => each !== vendor), vendor]);
  }

  forget(vendor: string): void {
    const rest = this.#vendors.filter((each) => each !== vendor);
    void this.#context.globalState.update(ALLOWED, rest);
  }

  get #vendors(): readonly string[] {
    return this.#context.globalState.get<readonly string[]>(ALLOWED, []);
  }
}

const ALLOWED = "editorModels.allowed";
