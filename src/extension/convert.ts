import * as vscode from "vscode";
import type { CursorSnapshot } from "../context/snapshot.ts";
import {
  SNAPSHOT_PREFIX_CHARS,
  SNAPSHOT_SUFFIX_CHARS,
  snapshotPrefix,
  snapshotSuffix,
} from "../context/snapshotLimits.ts";
import { cellIndexOf, fileOf, textAbove } from "./notebookCells.ts";
import { folderIdOf } from "./workspacePlaces.ts";

/** What `snapshotPrefix` wants. */
const MOST_BEFORE_CHARS = SNAPSHOT_PREFIX_CHARS + 1;

/**
 * The caret as data. Costs the same in a document of any length: only text near the caret is read. In a notebook's cell
 * the prefix goes on in the cells above.
 */
export function cursorSnapshot(
  document: vscode.TextDocument,
  position: vscode.Position,
  selected: vscode.SelectedCompletionInfo | undefined,
): CursorSnapshot {
  const offset = document.offsetAt(position);
  const start = document.positionAt(Math.max(0, offset - MOST_BEFORE_CHARS));
  const end = document.positionAt(offset + SNAPSHOT_SUFFIX_CHARS);
  const before = document.getText(new vscode.Range(start, position));
  const above = textAbove(document, MOST_BEFORE_CHARS - before.length);
  return {
    uri: document.uri.toString(),
    path: pathOf(fileOf(document)),
    folder: folderIdOf(fileOf(document)),
    languageId: document.languageId,
    version: document.version,
    // In a notebook it counts from the first cell, or where not all above is read from a fixed distance above the cell.
    offset: offset + (above.isAll ? above.text.length : MOST_BEFORE_CHARS),
    prefix: snapshotPrefix(above.text + before),
    suffix: snapshotSuffix(document.getText(new vscode.Range(position, end))),
    indentUnit: indentUnit(document),
    selectedCompletion: selected && {
      text: selected.text,
      replaces: Math.max(0, offset - document.offsetAt(selected.range.start)),
    },
  };
}

/** Outside of a workspace folder only the file's name: the folders above it are nobody's business. */
export function pathOf(uri: vscode.Uri): string {
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return inWorkspace ? vscode.workspace.asRelativePath(uri, false) : (uri.path.split("/").at(-1) ?? "");
}

/** For people: a cell of a notebook by its number. */
export function nameOf(document: vscode.TextDocument): string {
  const path = pathOf(fileOf(document));
  const index = cellIndexOf(document);
  return index === undefined ? path : vscode.l10n.t("{0}, cell {1}", path, index + 1);
}

/** Indentation as the editor shows it for this document, which is what it detected in the file. */
function indentUnit(document: vscode.TextDocument): string {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const { insertSpaces, tabSize } = editor?.options ?? {};
  if (insertSpaces === false) return "\t";
  return " ".repeat(typeof tabSize === "number" ? tabSize : 4);
}

/** A selection that ends before the first character of a line has none of it. */
export function lastLineOf({ start, end }: vscode.Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}
