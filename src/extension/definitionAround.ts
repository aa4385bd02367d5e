/** What an edit is about where nothing is selected. */

import * as vscode from "vscode";
import { documentSymbols } from "./chatContextSymbol.ts";
import type { EditThread } from "./editThread.ts";

/**
 * The innermost definition around the caret that has lines of its own: from the language's service, else by the grammar or
 * by indentation. All of a short file where there is none; `undefined` in a long one, and where it is too long itself.
 */
export async function definitionAround(
  document: vscode.TextDocument,
  caret: vscode.Position,
  thread: Pick<EditThread, "definitionAt">,
): Promise<vscode.Range | undefined> {
  const told = await definitionFromService(document, caret);
  if (told) return told.end.line - told.start.line < MOST_LINES ? document.validateRange(told) : undefined;
  const { languageId } = document;
  const found = await thread.definitionAt(document.getText(), languageId, caret.line).catch(() => undefined);
  if (found && found.to - found.from <= MOST_LINES)
    return document.validateRange(new vscode.Range(found.from, 0, found.to - 1, Number.MAX_SAFE_INTEGER));
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  return document.lineCount <= SHORT_LINES ? document.validateRange(whole) : undefined;
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
const MOST_LINES = 400;
/** A file that may be meant as a whole. */
const SHORT_LINES = 200;
/** A language server that is still starting is not waited for. */
const SYMBOLS_MS = 1_500;
