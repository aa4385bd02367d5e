/** Outlines of whole files and of parts of them, read at once by a parser that is bounded in memory and time. */

import { BoundedParser } from "../index/extraction/boundedParser.ts";
import { languageOf } from "./languages.ts";
import { type Outline, outlineOfTree } from "./outline.ts";
import type { ReadWasm } from "./syntaxTrees.ts";
import type { Language } from "web-tree-sitter";

/** `undefined`: there is no grammar, or the text is too much for it. Line breaks have to be `\n`. */
export type ReadOutline = (text: string, languageId: string) => Outline | undefined;

/**
 * Loads the grammars of these languages; what can't be loaded has no outlines. Uses the thread's one runtime of
 * tree-sitter (see boundedParser.ts), so it belongs in a thread of its own.
 */
export async function outlineReader(
  readWasm: ReadWasm,
  languageIds: readonly string[],
  now: () => number,
): Promise<ReadOutline> {
  const languages = new Map<string, Language>();
  const parser = await BoundedParser.ofThread(readWasm);
  for (const id of languageIds) {
    const grammar = languageOf(id)?.grammar;
    const language = grammar === undefined ? undefined : await parser.load(grammar).catch(() => undefined);
    if (language) languages.set(id, language);
  }
  /** The last ones: a file is looked at before its change, and again when the change is judged. */
  const known = new Map<string, Outline | undefined>();
  return (text, languageId) => {
    const key = `${languageId}\n${text}`;
    if (known.has(key)) return known.get(key);
    const outline = read(text, languageId);
    for (const oldest of known.keys()) if (known.size >= MOST_KNOWN) known.delete(oldest);
    known.set(key, outline);
    return outline;
  };

  function read(text: string, languageId: string): Outline | undefined {
    const language = languages.get(languageId);
    if (!language || text.length > MOST_CHARS) return undefined;
    const end = now() + MOST_MS;
    let outline: Outline | undefined;
    const isRead = parser.read(
      text,
      language,
      () => now() > end,
      (root) => {
        outline = outlineOfTree(root, text);
      },
    );
    return isRead ? outline : undefined;
  }
}

const MOST_KNOWN = 3;
const MOST_CHARS = 1_000_000;
const MOST_MS = 1_000;
