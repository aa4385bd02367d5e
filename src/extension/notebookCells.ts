import * as vscode from "vscode";

/** Where a cell's document stands in its notebook. */
interface CellPlace {
  readonly notebook: vscode.NotebookDocument;
  readonly index: number;
}

/** Found once: to look through a notebook at every keystroke would cost more the longer it is. */
const places = new WeakMap<vscode.TextDocument, CellPlace>();

/** The file that a document is in: for a notebook's cell that is the notebook. */
export function fileOf(document: vscode.TextDocument): vscode.Uri {
  return placeOf(document)?.notebook.uri ?? document.uri;
}

/** Of a cell in its notebook, from 0. */
export function cellIndexOf(document: vscode.TextDocument): number | undefined {
  return placeOf(document)?.index;
}

/**
 * The end of what stands above a notebook's cell, in the cells of the same language, at most `mostChars` of it; empty for
 * other documents. `isAll` says that nothing was left out.
 */
export function textAbove(document: vscode.TextDocument, mostChars: number): { text: string; isAll: boolean } {
  const place = placeOf(document);
  let text = "";
  if (!place) return { text, isAll: true };
  const last = Math.max(0, place.index - MOST_CELLS);
  for (let index = place.index - 1; index >= last; index -= 1) {
    const room = mostChars - text.length - BETWEEN_CELLS.length;
    if (room <= 0) return { text, isAll: false };
    const { document: cell } = place.notebook.cellAt(index);
    if (cell.languageId !== document.languageId) continue;
    const end = cell.lineAt(cell.lineCount - 1).range.end;
    const length = cell.offsetAt(end);
    const start = cell.positionAt(Math.max(0, length - room));
    text = cell.getText(new vscode.Range(start, end)) + BETWEEN_CELLS + text;
    if (length > room) return { text, isAll: false };
  }
  return { text, isAll: last === 0 };
}

function placeOf(document: vscode.TextDocument): CellPlace | undefined {
  if (document.uri.scheme !== "vscode-notebook-cell") return undefined;
  const known = places.get(document);
  if (known && isAt(document, known)) return known;
  for (const notebook of vscode.workspace.notebookDocuments) {
    const index = notebook.getCells().findIndex((cell) => cell.document === document);
    if (index === -1) continue;
    const place = { notebook, index };
    places.set(document, place);
    return place;
  }
  return undefined;
}

function isAt(document: vscode.TextDocument, { notebook, index }: CellPlace): boolean {
  return index < notebook.cellCount && notebook.cellAt(index).document === document;
}

/** As an export to a script has it. */
const BETWEEN_CELLS = "\n\n";
/** Cells of other languages cost a look each and fill nothing. */
const MOST_CELLS = 200;
