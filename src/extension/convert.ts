import * as vscode from "vscode";
import type { CursorSnapshot } from "../context/snapshot.ts";

/** What a snapshot carries at most on each side of the caret, in UTF-16 code units: several times what any prompt takes. */
const PREFIX_CHARS = 16_000;
const SUFFIX_CHARS = 8_000;

/** The caret as data. Costs the same in a document of any length: only text near the caret is read. */
export function cursorSnapshot(
  document: vscode.TextDocument,
  position: vscode.Position,
  selected: vscode.SelectedCompletionInfo | undefined,
): CursorSnapshot {
  const offset = document.offsetAt(position);
  const start = windowStart(document, position, offset);
  const end = document.positionAt(offset + SUFFIX_CHARS);
  return {
    uri: document.uri.toString(),
    path: pathOf(document.uri),
    languageId: document.languageId,
    version: document.version,
    offset,
    prefix: document.getText(new vscode.Range(start, position)),
    suffix: document.getText(new vscode.Range(position, end)),
    indentUnit: indentUnit(document),
    selectedCompletion: selected && {
      text: selected.text,
      replaces: Math.max(0, offset - document.offsetAt(selected.range.start)),
    },
  };
}

/** Outside of a workspace folder only the file's name: the folders above it are nobody's business. */
function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return inWorkspace ? vscode.workspace.asRelativePath(uri, false) : (uri.path.split("/").at(-1) ?? "");
}

/** The start of a line, except where one line alone fills the window (minified files). */
function windowStart(document: vscode.TextDocument, position: vscode.Position, offset: number): vscode.Position {
  const start = document.positionAt(Math.max(0, offset - PREFIX_CHARS));
  if (start.character === 0 || start.line === position.line) return start;
  return new vscode.Position(start.line + 1, 0);
}

/** Indentation as the editor shows it for this document, which is what it detected in the file. */
function indentUnit(document: vscode.TextDocument): string {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  if (insertSpaces === false) return "\t";
  return " ".repeat(typeof tabSize === "number" ? tabSize : 4);
}
