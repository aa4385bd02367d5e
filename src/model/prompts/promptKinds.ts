/** The prompts that a file can replace, by their names. */

import { parsePromptFile, type PromptKind, type PromptTemplate } from "./promptFile.ts";
import { chatPrompt } from "./chatPrompt.ts";
import { suggestionPrompt } from "./suggestionPrompt.ts";

export const promptNames = ["suggestion", "chat"] as const;

export type PromptName = (typeof promptNames)[number];

export const promptKinds: Readonly<Record<PromptName, PromptKind>> = {
  suggestion: suggestionPrompt,
  chat: chatPrompt,
};

/** The prompt that comes with the product, read at its first use. */
export function builtInPrompt(name: PromptName): PromptTemplate {
  const known = builtIn.get(name);
  if (known) return known;
  const { prompt } = parsePromptFile(promptKinds[name].builtIn, promptKinds[name]);
  if (!prompt) throw new Error(`The built-in prompt ${name} is not whole.`);
  builtIn.set(name, prompt);
  return prompt;
}

/** Relative to a workspace folder. */
export function repositoryPromptPath(name: PromptName): string {
  return `.pairwise/prompts/${name}.md`;
}

/** What such a file is called as a source of a prompt. */
export const PROMPT_FILE = "prompt-file";

const builtIn = new Map<PromptName, PromptTemplate>();
