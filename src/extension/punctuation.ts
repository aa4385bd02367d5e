/** What stands between sentences and words, which is not the same in every language. */

import * as vscode from "vscode";

/** Between sentences: Chinese has none. */
export function sentenceGap(): string {
  return isChinese() ? "" : " ";
}

/** With a full stop. */
export function ended(words: string): string {
  return `${words}${isChinese() ? "。" : "."}`;
}

/** One after the other; those that are empty are none. */
export function sentences(...all: readonly string[]): string {
  return all.filter(Boolean).join(sentenceGap());
}

/** Of one sentence, one after the other; those that are empty are none. */
export function clauses(...all: readonly string[]): string {
  return all.filter(Boolean).join(isChinese() ? "，" : ", ");
}

export function listed(words: readonly string[]): string {
  return words.join(isChinese() ? "、" : ", ");
}

function isChinese(): boolean {
  return vscode.env.language.startsWith("zh");
}
