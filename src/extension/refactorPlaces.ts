/** Where code may be changed, and what is meant there. */

import * as vscode from "vscode";
import { nameOf } from "./convert.ts";
import type { IgnoredFiles } from "./ignoredFiles.ts";
import { fileOf } from "./notebookCells.ts";
import { isReadOnly, readOnlySentence } from "./readOnly.ts";

export type RefactorObstacle = "no-code" | "read-only" | "ignored";

/** Why nothing is offered in a document. Asks for the file's state, and reads ignore files the first time. */
export async function obstacleTo(
  document: vscode.TextDocument,
  ignored: Pick<IgnoredFiles, "look">,
): Promise<RefactorObstacle | undefined> {
  return (await obstacleToChange(document)) ?? obstacleToReading(document, ignored);
}

/** The same for what leaves the document as it is. */
export async function obstacleToReading(
  document: vscode.TextDocument,
  ignored: Pick<IgnoredFiles, "look">,
): Promise<RefactorObstacle | undefined> {
  return (await ignored.look({ uri: fileOf(document) })) ? "ignored" : undefined;
}

async function obstacleToChange(document: vscode.TextDocument): Promise<RefactorObstacle | undefined> {
  const { scheme } = fileOf(document);
  // `undefined` for output, versions of a file, and what else is in no file system.
  const writable = vscode.workspace.fs.isWritableFileSystem(scheme);
  if (writable === false) return "read-only";
  if ((writable === undefined && scheme !== "untitled") || NO_CODE.has(document.languageId)) return "no-code";
  return (await isReadOnly(document)) ? "read-only" : undefined;
}

export function obstacleSentence(obstacle: RefactorObstacle, document: vscode.TextDocument): string {
  const { l10n } = vscode;
  switch (obstacle) {
    case "no-code":
      return noCodeSentence();
    case "read-only":
      return readOnlySentence(document);
    case "ignored":
      return l10n.t("{0} is ignored or secret: nothing of it is sent.", nameOf(document));
  }
}

export function noCodeSentence(): string {
  return vscode.l10n.t("Open a file with code first.");
}

export interface CodePlace {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  /** Of the light bulb that was chosen from. */
  readonly problems: readonly vscode.Diagnostic[];
}

/** A code action says which code it is about; else it is what is selected in the editor in front. */
export async function placeOf(given: readonly unknown[]): Promise<CodePlace | undefined> {
  const [uri, range, problems] = given;
  if (uri instanceof vscode.Uri && range instanceof vscode.Range) {
    const document = await vscode.workspace.openTextDocument(uri);
    return { document, range, problems: Array.isArray(problems) ? problems.filter(isProblem) : [] };
  }
  const editor = vscode.window.activeTextEditor;
  return editor && { document: editor.document, range: editor.selection, problems: [] };
}

function isProblem(value: unknown): value is vscode.Diagnostic {
  return value instanceof vscode.Diagnostic;
}

const NO_CODE: ReadonlySet<string> = new Set(["log", "scminput", "search-result", "pairwise-map"]);
