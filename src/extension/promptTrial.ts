import * as vscode from "vscode";
import type { PieceSource } from "../completion/surroundingPieces.ts";
import { trialRequests } from "../completion/trial.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { type Model, ModelError, type ModelRequest } from "../model/model.ts";
import { parsePromptFile, type PromptTemplate } from "../model/prompts/promptFile.ts";
import type { PromptOverride } from "../model/prompts/promptInUse.ts";
import { promptKinds } from "../model/prompts/promptKinds.ts";
import { completionOptions } from "./completionOptions.ts";
import { commands } from "./contributions.ts";
import { cursorSnapshot } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import type { ModelSource } from "./modelSource.ts";
import { fileOf } from "./notebookCells.ts";
import { describeFailure } from "./notices.ts";
import type { PromptFiles } from "./promptFiles.ts";
import { type PromptPlace, promptPlaceOf } from "./promptPlaces.ts";
import { faultWords } from "./promptWords.ts";
import { type Trial, TRIAL_SCHEME, type TrialView } from "./promptTrialView.ts";
import { folderIdOf } from "./workspacePlaces.ts";

interface Needs {
  readonly files: PromptFiles;
  readonly view: TrialView;
  readonly models: ModelSource;
  readonly pieces: PieceSource;
  readonly ignored: IgnoredFiles;
}

/**
 * Asks the model twice about the caret, or about what is selected as if it were missing: by the prompt that is edited, as
 * it stands in its editor, and by the one before it, which is what is saved of it or else the built-in one.
 */
export async function tryPrompt(needs: Needs): Promise<void> {
  const { l10n } = vscode;
  const editor = codeEditor(needs.files.storage);
  if (!editor) {
    return tell(
      l10n.t(
        "Show the code to try the prompt on beside the prompt file, with the caret where a suggestion should come.",
      ),
    );
  }
  const { document } = editor;
  if (await needs.ignored.look({ uri: fileOf(document) })) {
    return tell(l10n.t("This file is ignored: nothing of it is sent to a model."));
  }
  const compared = await comparedPrompts(needs.files, document);
  if (!compared) {
    const edit = l10n.t("Edit a prompt");
    const chosen = await vscode.window.showInformationMessage(l10n.t("There is no prompt file to try."), edit);
    if (chosen === edit) await vscode.commands.executeCommand(commands.editPrompt);
    return;
  }
  if (typeof compared === "string") return tell(compared);
  try {
    const backend = await needs.models.backend();
    const { name } = backend.model;
    if (backend.format !== "chat-hole") {
      return tell(l10n.t("{0} is not asked with this prompt: it fills holes in a form of its own.", name));
    }
    const title = l10n.t("Pairwise: trying the prompt, with two requests to {0} …", name);
    const trials = await withCancel(title, async (signal) => {
      const cursor = cursorOf(editor);
      const options = { mostPieceTokens: completionOptions(document).mostPieceTokens ?? 0 };
      const prompts = compared.map(({ prompt }) => prompt);
      const requests = await trialRequests(cursor, backend, needs.pieces, options, prompts, Date.now, signal);
      const done: Trial[] = [];
      // One after the other: each would make the other one slower.
      for (const [index, request] of requests.entries()) {
        done.push({ ...(await answerOf(backend.model, request, signal)), title: compared[index]?.title ?? "" });
      }
      return done;
    });
    if (trials?.[0] && trials[1]) await needs.view.show(trials[0], trials[1], document.getText(editor.selection));
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    void vscode.window.showWarningMessage(describeFailure(error.failure).text);
  }
}

/** The active one; where that is a prompt file, another one that is visible. */
function codeEditor(storage: vscode.Uri): vscode.TextEditor | undefined {
  const isCode = ({ document: { uri } }: vscode.TextEditor): boolean =>
    uri.scheme !== TRIAL_SCHEME && uri.scheme !== "output" && promptPlaceOf(storage, uri) === undefined;
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors].find(isCode);
}

interface Compared {
  readonly title: string;
  /** `undefined` is the built-in one. */
  readonly prompt: PromptOverride | undefined;
}

/** The one before and the edited one; a sentence where that can't be tried; `undefined` where there is none. */
async function comparedPrompts(
  files: PromptFiles,
  code: vscode.TextDocument,
): Promise<readonly [Compared, Compared] | string | undefined> {
  const { l10n } = vscode;
  const builtIn = { title: l10n.t("Built-in prompt"), prompt: undefined };
  const edited = editedPrompt(files.storage);
  if (!edited) {
    await files.load();
    const prompt = files.at("suggestion", folderIdOf(fileOf(code)));
    return prompt && [builtIn, { title: l10n.t("Prompt file"), prompt }];
  }
  const { place, document } = edited;
  if (place.owner !== "user" && !vscode.workspace.isTrusted) {
    return l10n.t("A repository's prompt is not used until you trust this workspace.");
  }
  const owner = place.owner === "user" ? "user" : "repository";
  const { prompt, faults } = parsePromptFile(document.getText(), promptKinds[place.name]);
  const [fault] = faults;
  if (fault) return l10n.t("The prompt can't be tried. Line {0}: {1}", fault.line + 1, faultWords(fault));
  const saved = document.isDirty ? await savedPrompt(place) : undefined;
  const before = saved ? { title: l10n.t("Prompt as saved"), prompt: { owner, prompt: saved } as const } : builtIn;
  return prompt && [before, { title: l10n.t("Prompt as edited"), prompt: { owner, prompt } }];
}

/** In the active editor, or in another one that is visible. */
function editedPrompt(storage: vscode.Uri) {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  for (const { document } of [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors]) {
    const place = promptPlaceOf(storage, document.uri);
    if (place?.name === "suggestion") return { place, document };
  }
  return undefined;
}

async function savedPrompt({ uri, name }: PromptPlace): Promise<PromptTemplate | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return parsePromptFile(text, promptKinds[name]).prompt;
  } catch {
    return undefined;
  }
}

/** What is selected is to be written anew. */
function cursorOf({ document, selection }: vscode.TextEditor): CursorSnapshot {
  const { suffix } = cursorSnapshot(document, selection.end, undefined);
  return { ...cursorSnapshot(document, selection.start, undefined), suffix };
}

async function answerOf(model: Model, request: ModelRequest, signal: AbortSignal): Promise<Omit<Trial, "title">> {
  const startedAt = performance.now();
  const stream = model.stream(request, signal);
  let answer = "";
  for await (const text of stream) answer += text;
  return { answer, usage: stream.usage, totalMs: performance.now() - startedAt };
}

/** `undefined` where the user has cancelled it. */
async function withCancel<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (_, token) => {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort());
    try {
      return await work(controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}

function tell(words: string): void {
  void vscode.window.showInformationMessage(words);
}
