/** Colours of code, of the languages that are asked about most. */

import { element } from "./dom.ts";
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

/** `undefined` where the language is not known, or the text too long. */
export function highlighted(text: string, name: string): DocumentFragment | undefined {
  const language = otherNames[name] ?? name;
  if (text.length > MOST_CHARS || !highlighter.getLanguage(language)) return undefined;
  if (text.split("\n").some(({ length }) => length > MOST_LINE_CHARS)) return undefined;
  return spans(highlighter.highlight(text, { language, ignoreIllegals: true }).value);
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
};

/** The library writes HTML of spans with a class and of text. It is read as that alone, and by no parser of HTML. */
function spans(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let target: Node = fragment;
  for (const part of html.split(/(<span class="[^"<>]*">|<\/span>)/)) {
    if (part === "</span>") target = target.parentNode ?? fragment;
    else if (part.startsWith("<span")) target = target.appendChild(element("span", { class: part.slice(13, -2) }));
    else if (part !== "")
      target.appendChild(
        document.createTextNode(part.replaceAll(/&(?:amp|lt|gt|quot|#x27);/g, (name) => entities[name] ?? name)),
      );
  }
  return fragment;
}
