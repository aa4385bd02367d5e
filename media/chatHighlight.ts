/** Colours of code, of the languages that are asked about most. */

import highlighter from "highlight.js/lib/common";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import powershell from "highlight.js/lib/languages/powershell";

highlighter.registerLanguage("dockerfile", dockerfile);
highlighter.registerLanguage("powershell", powershell);

/** What models say, and the library calls otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  vue: "xml",
  svelte: "xml",
  jsonc: "json",
  json5: "json",
  shellscript: "bash",
  console: "shell",
  typescriptreact: "tsx",
  javascriptreact: "jsx",
};

/** Beyond this it would hold up the page for what few would read. */
const MOST_CHARS = 20_000;
const MOST_LINE_CHARS = 1_000;

/** HTML; `undefined` where the language is not known, or the text too long. */
export function highlighted(text: string, name: string): string | undefined {
  const language = otherNames[name] ?? name;
  if (text.length > MOST_CHARS || !highlighter.getLanguage(language)) return undefined;
  if (text.split("\n").some(({ length }) => length > MOST_LINE_CHARS)) return undefined;
  return highlighter.highlight(text, { language, ignoreIllegals: true }).value;
}
