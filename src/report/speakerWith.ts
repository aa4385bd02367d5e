import type { Speaker } from "../productivity/report/words/speaker.ts";

/** As in `vscode.l10n.t`, a sentence without a translation stays as it is. */
export function speakerWith(language: string, bundle: Readonly<Record<string, string>>): Speaker {
  return { language, t: (sentence, ...values) => filled(bundle[sentence] ?? sentence, values) };
}

function filled(sentence: string, values: readonly string[]): string {
  return sentence.replace(/\{(\d+)\}/g, (placeholder, index: string) => values[Number(index)] ?? placeholder);
}
