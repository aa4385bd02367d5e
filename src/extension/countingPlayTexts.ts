/** The texts of a sample that is played: what is suggested where, where the carets are, and what the formatter makes of it. */

import * as vscode from "vscode";
import type { Offered } from "../completion/suggestion.ts";
import { formatted, type Sample } from "../productivity/selfTest/sample.ts";

/** What is suggested, from when on. */
export interface Given {
  /** The document's text up to the caret, as it was then. */
  readonly before: string;
  readonly choices: readonly string[];
}

/**
 * What is left of the choices whose start is there already.
 *
 * @param text of the document, with its own line breaks, as is `offset` in it
 * @param name what the suggestions' numbers begin with
 */
export function offeredAt({ before, choices }: Given, text: string, offset: number, name: string): readonly Offered[] {
  if (!text.startsWith(before)) return [];
  const done = text.slice(before.length, offset).replaceAll("\r\n", "\n");
  return choices.flatMap((choice, index): readonly Offered[] => {
    if (!choice.startsWith(done) || choice === done) return [];
    const insertText = choice.slice(done.length);
    const replaceAfter = closersIn(text.slice(offset), insertText);
    return [{ id: `${name}-${index}`, insertText, replaceBefore: 0, replaceAfter }];
  });
}

/** A bracket that the editor has closed, and that the suggestion closes, too, is replaced. */
function closersIn(after: string, insertText: string): number {
  const closer = /^[)\]}"'`]/.exec(after)?.[0];
  return closer !== undefined && insertText.includes(closer) ? 1 : 0;
}

/** As a formatter's edits. */
export function formatting(document: vscode.TextDocument): vscode.TextEdit[] {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return [vscode.TextEdit.replace(new vscode.Range(new vscode.Position(0, 0), end), formatted(document.getText()))];
}

/** The document as it is before the first step, and where its carets are, with its own line breaks. */
export function withoutCarets({ document, lineBreak }: Sample): {
  readonly text: string;
  readonly carets: readonly number[];
} {
  const parts = document.replaceAll("\n", lineBreak).split("║");
  const carets = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join("").length);
  return { text: parts.join(""), carets };
}
