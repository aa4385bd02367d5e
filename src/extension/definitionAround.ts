/** What an edit is about where nothing is selected. */

import * as vscode from "vscode";
import { documentSymbols } from "./chatContextSymbol.ts";
import type { EditThread } from "./editThread.ts";

/**
 * The innermost definition around the caret, with the comments and annotations above it: by the grammar where that can read
 * the file, else from the language's service, else by what the grammar could read or by indentation. All of a short file
 * where there is none; `undefined` in a long one, and where the definition is too long itself.
 */
export async function definitionAround(
  document: vscode.TextDocument,
  caret: vscode.Position,
  thread: Pick<EditThread, "definitionAt">,
): Promise<vscode.Range | undefined> {
  const text = document.getText();
  const found = await thread.definitionAt(text, document.languageId, caret.line).catch(() => undefined);
  // A service tells neither comments nor decorators; in a file that has errors it knows more than the grammar.
  const told = found?.isSure ? undefined : await definitionFromService(document, caret);
  const place = found?.place;
  const range = told ?? (place && new vscode.Range(place.from, 0, place.to - 1, Number.MAX_SAFE_INTEGER));
  if (range && range.end.line - range.start.line < MOST_LINES) return document.validateRange(range);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  return document.lineCount <= SHORT_LINES && text.length <= SHORT_CHARS ? document.validateRange(whole) : undefined;
}

async function definitionFromService(
  document: vscode.TextDocument,
  caret: vscode.Position,
): Promise<vscode.Range | undefined> {
  const all = await Promise.race([
    documentSymbols(document.uri),
    new Promise<[]>((r) => setTimeout(r, SYMBOLS_MS, [])),
  ]);
  let found: vscode.Range | undefined;
  const look = (symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): void => {
    for (const symbol of symbols) {
      const range = "range" in symbol ? symbol.range : symbol.location.range;
      if (range.start.line > caret.line || range.end.line < caret.line) continue;
      if (isDefinition(symbol.kind) && !range.isSingleLine) found = range;
      if ("children" in symbol) look(symbol.children);
    }
  };
  look(all);
  return found;
}

function isDefinition(kind: vscode.SymbolKind): boolean {
  const { Function, Method, Constructor, Class, Interface, Enum, Struct } = vscode.SymbolKind;
  return [Function, Method, Constructor, Class, Interface, Enum, Struct].includes(kind);
}

/** More is no one thing to be changed. */
export const MOST_LINES = 400;
/** A file that may be meant as a whole. */
const SHORT_LINES = 200;
const SHORT_CHARS = 20_000;
/** A language server that is still starting is not waited for. */
const SYMBOLS_MS = 1_500;
