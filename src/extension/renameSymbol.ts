/** Better names by a model, for what stands at the caret or in the selection; the language's own service renames it everywhere. */

import * as vscode from "vscode";
import { unlinked } from "../text/unlinked.ts";
import { actionNamed, answerLanguage, instructionOf } from "../edit/catalogue.ts";
import { bareWord, namesUsed } from "../refactor/identifiers.ts";
import { type Rename, renameable, renamePrompt, type RenameQuestion, renamesOf } from "../refactor/renames.ts";
import { nameOf, pathOf } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { fileOf } from "./notebookCells.ts";
import { applyOwnEdit } from "./ownWrites.ts";
import type { CodePlace } from "./refactorPlaces.ts";
import { type RefactorModel, withProgress } from "./refactorModel.ts";
import { noNamesWords, pickName } from "./renameWords.ts";
import { applyWorkspaceChange } from "./workspaceChange.ts";

export interface RenameNeeds {
  readonly model: Pick<RefactorModel, "ask" | "facts">;
  readonly ignored: Pick<IgnoredFiles, "look">;
}

interface Target {
  readonly document: vscode.TextDocument;
  /** Of the name, or the selection. */
  readonly range: vscode.Range;
  /** `undefined` where a selection may have several. */
  readonly symbol: string | undefined;
}

/** Never rejects. */
export async function suggestNames(
  needs: RenameNeeds,
  place: Pick<CodePlace, "document" | "range"> | undefined,
): Promise<void> {
  const { l10n } = vscode;
  const target = place && targetIn(place);
  if (!target) return tell(l10n.t("Put the caret on a name, or select the code whose names are to be better."));
  const { document } = target;
  if (await needs.ignored.look({ uri: fileOf(document) }))
    return tell(l10n.t("{0} is ignored or secret: nothing of it is sent.", nameOf(document)));
  const suggested = await withProgress(l10n.t("Looking for better names"), async (signal) => {
    // Before a request is paid for.
    if (target.symbol !== undefined && !(await canRename(target))) return "no-service";
    return suggestions(needs, target, signal);
  });
  if (suggested === undefined) return;
  if (suggested === "no-service") return tell(noServiceWords(document, target.symbol ?? ""));
  if (suggested === "too-long") return tell(l10n.t("The code is too long for the model. Select less of it."));
  if (suggested.renames.length === 0) return tell(noNamesWords(suggested.refused));
  const chosen = await pickName(suggested.renames);
  if (chosen) await rename(target, chosen);
}

function targetIn({ document, range }: Pick<CodePlace, "document" | "range">): Target | undefined {
  const word = document.getWordRangeAtPosition(range.start);
  if (word?.contains(range))
    return { document, range: word, symbol: bareWord(document.getText(word), document.languageId) };
  if (range.isEmpty) return undefined;
  return { document, range, symbol: undefined };
}

async function suggestions({ model }: RenameNeeds, { document, range, symbol }: Target, signal: AbortSignal) {
  const { languageId } = document;
  const action = actionNamed("rename");
  const selected = symbol === undefined ? document.getText(range) : undefined;
  const { contextTokens, answerTokens, count } = model.facts();
  const question = {
    path: pathOf(fileOf(document)),
    languageId,
    symbol,
    instruction: action ? instructionOf(action, "", answerLanguage("", vscode.env.language)) : "",
  };
  const lines = document.getText().split(/\r?\n/);
  for (const around of LINES_AROUND) {
    const line = Math.max(0, range.start.line - around);
    const code = lines.slice(line, range.end.line + 1 + around).join("\n");
    const shown: RenameQuestion = { ...question, code, line, selected: selected === code ? undefined : selected };
    const prompt = renamePrompt(shown);
    const tokens = prompt.messages.reduce((sum, { content }) => sum + count(content), PER_PROMPT);
    if (tokens > contextTokens - answerTokens) continue;
    const { text } = await model.ask({ ...prompt, askedFor: "names" }, signal);
    const olds = symbol === undefined ? renameable(selected ?? "", languageId) : new Set([symbol]);
    return renamesOf(text, { languageId, olds, taken: namesUsed(document.getText(), languageId) });
  }
  return "too-long" as const;
}

async function rename({ document, range, symbol }: Target, { old, name }: Rename): Promise<void> {
  const { l10n, window } = vscode;
  const places = symbol === undefined ? placesOf(document, range, old) : [range];
  const [first] = places;
  if (!first || bareWord(document.getText(first), document.languageId) !== old) return tell(changedWords(document.uri));
  const looked = await withProgress(l10n.t("Renaming {0} to {1}", old, name), async (signal, report) => {
    const versions = new Map(vscode.workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
    const edit = await editOf(document, places, name);
    signal.throwIfAborted();
    if (!edit) return "no-service";
    const taken = await fileWith(name, edit, signal, report);
    return { edit, taken, changed: changedSince(versions, edit) };
  });
  if (looked === undefined) return;
  if (looked === "no-service") return tell(noServiceWords(document, old));
  const { edit, taken, changed } = looked;
  if (taken) return tell(l10n.t("Nothing was renamed: {0} is a name in {1} already.", name, pathOf(taken)));
  if (changed) return tell(changedWords(changed));
  const files = edit.entries();
  const label = l10n.t("Rename {0} to {1}", old, name);
  const changes = files.map(([uri, edits]) => ({ uri, edits }));
  // VS Code's interface does not tell which files an edit moves: what is in one file alone is passed on as it is.
  const isDone = await (files.length > 1 ? applyWorkspaceChange(label, changes) : applyOwnEdit(edit));
  if (!isDone) return tell(l10n.t("Nothing was renamed."));
  const count = files.reduce((sum, [, edits]) => sum + edits.length, 0);
  window.setStatusBarMessage(
    l10n.t("{0} is {1} now (places: {2}, files: {3})", old, name, count, files.length),
    SHOWN_MS,
  );
}

/** In a comment or a string a name is none: the first place counts at which the service renames. */
async function editOf(
  document: vscode.TextDocument,
  places: readonly vscode.Range[],
  name: string,
): Promise<vscode.WorkspaceEdit | undefined> {
  for (const place of places.slice(0, MOST_TRIED)) {
    const edit = await renameEdit(document.uri, place.start, name);
    if (edit) return edit;
  }
  return undefined;
}

async function canRename({ document, range, symbol = "" }: Target): Promise<boolean> {
  return (await renameEdit(document.uri, range.start, `${symbol}Renamed`)) !== undefined;
}

/** What the language's service would change; nothing is changed. `undefined` where it can't rename there, or there is none. */
async function renameEdit(
  uri: vscode.Uri,
  position: vscode.Position,
  name: string,
): Promise<vscode.WorkspaceEdit | undefined> {
  try {
    const command = "vscode.executeDocumentRenameProvider";
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(command, uri, position, name);
    return edit && edit.entries().some(([, edits]) => edits.length > 0) ? edit : undefined;
  } catch {
    return undefined;
  }
}

/** As a word of its own. */
function placesOf(document: vscode.TextDocument, range: vscode.Range, name: string): readonly vscode.Range[] {
  const text = document.getText(range);
  const start = document.offsetAt(range.start);
  const places: vscode.Range[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (WORD.test(text[at - 1] ?? "") || WORD.test(text[at + name.length] ?? "")) continue;
    places.push(new vscode.Range(document.positionAt(start + at), document.positionAt(start + at + name.length)));
  }
  return places;
}

/** The first one of those that are to be changed in which the name is a word. */
async function fileWith(
  name: string,
  edit: vscode.WorkspaceEdit,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<vscode.Uri | undefined> {
  const files = edit.entries();
  for (const [index, [uri]] of files.entries()) {
    if (files.length > 1) report(vscode.l10n.t("{0} of {1} files", index + 1, files.length));
    const document = await vscode.workspace.openTextDocument(uri);
    signal.throwIfAborted();
    if (namesUsed(document.getText(), document.languageId).has(name)) return uri;
  }
  return undefined;
}

/** The first one that was written in since: the edit is of the text before, and would change what stands there now. */
function changedSince(versions: ReadonlyMap<string, number>, edit: vscode.WorkspaceEdit): vscode.Uri | undefined {
  const changed = vscode.workspace.textDocuments.filter(
    ({ uri, version }) => version !== (versions.get(uri.toString()) ?? FIRST_VERSION),
  );
  return changed.find(({ uri }) => edit.has(uri))?.uri;
}

function changedWords(uri: vscode.Uri): string {
  const document = vscode.workspace.textDocuments.find((other) => other.uri.toString() === uri.toString());
  const name = document ? nameOf(document) : pathOf(uri);
  return vscode.l10n.t("{0} has changed meanwhile. Ask again for names.", name);
}

function noServiceWords(document: vscode.TextDocument, name: string): string {
  return vscode.l10n.t(
    "{0} can't be renamed here: no language service for {1} renames it. It may still be starting, or an extension for the language is missing.",
    name,
    document.languageId,
  );
}

function tell(words: string): void {
  void vscode.window.showInformationMessage(unlinked(words));
}

const WORD = /[\p{L}\p{N}_$]/u;
/** Above and below, the most first: all of a usual file, then ever less of it. */
const LINES_AROUND = [2_000, 400, 150, 60, 20, 5, 0];
const PER_PROMPT = 24;
const MOST_TRIED = 20;
/** Of a document that is opened. */
const FIRST_VERSION = 1;
const SHOWN_MS = 8_000;
