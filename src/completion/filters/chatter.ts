/** Telling code from what a chat model says around it. */

import { firstLine } from "../../text/lines.ts";

/** In these languages sentences and fences are the text itself. */
export function isProseLanguage(languageId: string): boolean {
  return /^(markdown|mdx|quarto|rmd|asciidoc|prompt|instructions|plaintext)$/.test(languageId);
}

/** True for a text that opens as an assistant opens a conversation, or with a whole sentence that no code is. */
export function isTalk(text: string): boolean {
  const line = firstLine(text.trimStart()).replaceAll(/`[^`]*`/g, "it");
  if (CODE.test(line)) return false;
  return OPENING.test(line) || SENTENCE.test(line);
}

/**
 * Where the code begins in a text that opens with a fence, or with talk and then a fence. `undefined` without one;
 * the text's length while the line of the fence has not ended.
 */
export function fencedFrom(text: string): number | undefined {
  const fence = /^[ \t]*```[^\n`]*(\n|$)/m.exec(text);
  if (fence === null) return undefined;
  const before = text.slice(0, fence.index);
  if (before.trim() !== "" && !isTalk(before)) return undefined;
  return fence.index + fence[0].length;
}

/** The offset of the line break before a fence that closes `code`; `undefined` without one. */
export function fenceEnd(code: string): number | undefined {
  return /\n?^[ \t]*```/m.exec(code)?.index;
}

/** Signs that prose does not use in this way. */
const CODE = /[;{}=<>]|\w\(|\)\s*$|^\s*(\/\/|\/\*|\*|#|--|"|'|<)|\w\.\w/;
const OPENING =
  /^(sure|certainly|of course|okay|ok|great|here('s|’s| is| are)|as an ai|i('m|’m|'ll|’ll| am| will| can| have|'ve)|let me|let's|let’s|you (can|need|should|could)|to (complete|fill|fix|implement)|the (following|completed?|missing|code|above|given|function|answer)|this (code|function|will|is|should)|note that|explanation)\b[\s,!:.]/i;
/** A capital letter, at least five words, and a full stop or a colon. */
const SENTENCE = /^[A-Z][\w’'-]*,?(\s+[\w’'`"-]+,?){4,}\s*[.:!]\s*$/;
