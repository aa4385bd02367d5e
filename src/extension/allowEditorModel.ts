import * as vscode from "vscode";
import { createEditorModel } from "../model/editorModel.ts";
import type { ChosenEditor } from "../model/chosenModel.ts";
import type { ModelFailure } from "../model/failure.ts";
import { ModelError } from "../model/model.ts";
import { EDITOR } from "../model/modelReference.ts";
import { asChecks, recordedModel } from "../model/recorded.ts";
import { allForSuggestions } from "./chosenModel.ts";
import { editorChat, editorChatModel, EditorConsent, editorEndPoint } from "./editorModels.ts";
import { describeFailure } from "./notices.ts";
import type { OpenRecorder } from "./spending.ts";

/**
 * Asks the editor's model that the settings name, or that is picked of several, for a word, with nothing of the user's
 * in it: VS Code then asks the user, where it has not. Resolves to whether it answered.
 */
export async function allowEditorModel(context: vscode.ExtensionContext, recorderFor: OpenRecorder): Promise<boolean> {
  const consent = new EditorConsent(context);
  const named = allForSuggestions().filter((each) => each.kind === "editor");
  if (named.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("The settings name no model of VS Code. Such a name is editor/VENDOR/FAMILY."),
    );
    return false;
  }
  const unallowed = named.filter(({ vendor }) => vendor === undefined || !consent.remembers(vendor));
  const chosen = await oneOf(unallowed.length > 0 ? unallowed : named);
  if (!chosen) return false;
  try {
    const chat = await editorChatModel(chosen);
    const { name, vendor } = chat;
    const find = async () => editorChat(chat, () => consent.forget(vendor));
    const log = asChecks(await recorderFor(referenceOf(chosen)));
    await hear(recordedModel(createEditorModel(name, find), log, editorEndPoint(chat)));
    await consent.remember(vendor);
    void vscode.window.showInformationMessage(vscode.l10n.t("{0} answers. Suggestions come from it now.", name));
    return true;
  } catch (error) {
    const failure = error instanceof ModelError ? error.failure : lateness(error, chosen.model);
    if (failure === undefined) throw error;
    void vscode.window.showWarningMessage(describeFailure(failure).text);
    return false;
  }
}

async function oneOf(models: readonly ChosenEditor[]): Promise<ChosenEditor | undefined> {
  if (models.length === 1) return models[0];
  const items = models.map((chosen) => ({ label: chosen.model, description: chosen.vendor ?? "", chosen }));
  const item = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Allow VS Code's model") });
  return item?.chosen;
}

/** As in the settings, which prices go by. */
function referenceOf({ vendor, model }: ChosenEditor): string {
  return [EDITOR, vendor, model].filter((part) => part !== undefined).join("/");
}

async function hear(model: ReturnType<typeof recordedModel>): Promise<void> {
  const messages = [{ role: "user", content: "Answer with the word OK." }] as const;
  const request = {
    prompt: { kind: "chat", messages },
    purpose: "chat",
    maxTokens: 4,
    temperature: 0,
    stop: [],
  } as const;
  for await (const _ of model.stream(request, AbortSignal.timeout(PATIENCE_MS))) break;
}

function lateness(error: unknown, host: string): ModelFailure | undefined {
  const isLate = error instanceof Error && error.name === "TimeoutError";
  return isLate ? { kind: "timed-out", host, limitMs: PATIENCE_MS } : undefined;
}

/** Somebody may have to read a question of VS Code's and sign in. */
const PATIENCE_MS = 120_000;
