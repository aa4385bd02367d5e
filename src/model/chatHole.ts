/** The hole-filling conversation for models that only chat: a rule, examples, and the file with a marker at the caret. */

import type { Hole } from "./hole.ts";
import type { ChatMessage } from "./model.ts";
import { messagesOf, type PromptTemplate } from "./prompts/promptFile.ts";
import { builtInPrompt } from "./prompts/promptKinds.ts";

/** Messages whose answer is the text that belongs between `prefix` and `suffix`, and nothing else. */
export function chatHole(hole: Hole, prompt: PromptTemplate = builtInPrompt("suggestion")): readonly ChatMessage[] {
  const { path, languageId, prefix, suffix, neighbours = [] } = hole;
  return messagesOf(prompt, {
    hole: freeMarker(hole),
    path,
    language: languageId,
    before: prefix,
    after: suffix,
    context: neighbours.map((other) => (other.path === "" ? other.text : `${other.path}\n${other.text}`)).join("\n\n"),
  });
}

/** The mark must not occur in the file itself. */
function freeMarker(hole: Hole): string {
  for (let number = 1; ; number++) {
    const marker = `<HOLE${number === 1 ? "" : number}>`;
    const texts = [hole.prefix, hole.suffix, ...(hole.neighbours ?? []).map(({ text }) => text)];
    if (!texts.some((text) => text.includes(marker))) return marker;
  }
}
