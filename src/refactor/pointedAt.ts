/** What of the code that a model is shown the user points at, in words for the model. */

import { fenced } from "./fenced.ts";
import type { Stretch } from "./partialReply.ts";

/**
 * @param asked whole lines of the text
 * @param pointed the selection, or the caret, inside of them
 * @returns nothing where that is all of it
 */
export function pointedAt(
  { text, languageId }: { readonly text: string; readonly languageId: string },
  asked: Stretch,
  pointed: Stretch,
): string | undefined {
  const code = text.slice(asked.from, asked.to);
  const selected = text.slice(pointed.from, pointed.to);
  if (pointed.to > pointed.from) {
    if (selected.trim() === code.trim()) return undefined;
    return `The instruction is about this part of it, which is selected:\n${fenced(selected, languageId)}`;
  }
  const rows = code.replace(/\r?\n$/, "").split("\n");
  if (rows.length === 1) return undefined;
  const row = text.slice(asked.from, pointed.from).split("\n").length - 1;
  const line = rows[row]?.trim() ?? "";
  return line === ""
    ? `The caret is in line ${row + 1} of it, which is empty.`
    : `The caret is in line ${row + 1} of it: ${line.slice(0, LONGEST_LINE)}`;
}

const LONGEST_LINE = 200;
