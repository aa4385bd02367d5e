/** What a thread is called, from its first question. */

import { rowsOutsideFences } from "../text/markdownCode.ts";
import type { Question } from "./conversation.ts";

/** In characters as people count them. */
const MOST_CHARS = 50;
/** A first sentence that is shorter says too little. */
const FEWEST_CHARS = 12;
/** So much of a question is looked at. */
const LOOKED_AT = 2_000;

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** On one line. Empty only where the question says nothing at all. */
export function titleOf({ text, command, attachments }: Pick<Question, "text" | "command" | "attachments">): string {
  const said = firstWords(text.slice(0, LOOKED_AT)) || attachments.map(({ label }) => onOneLine(label)).join(", ");
  return shortened(command === undefined ? said : `/${onOneLine(command)} ${said}`.trim());
}

/** The first line that has words and is no code, up to the end of its sentence. Where all is code, its first line. */
function firstWords(text: string): string {
  const lines = text.split(/\r?\n/);
  const prose = rowsOutsideFences(lines)
    .map((row) => withoutMarks(lines[row] ?? ""))
    .find(hasWords);
  const line = prose ?? lines.map(onOneLine).find((line) => hasWords(line) && !/^(```|~~~)/.test(line)) ?? "";
  return firstSentence(line);
}

/** Without what makes a heading, a list, a quotation, or emphasis in Markdown. */
function withoutMarks(line: string): string {
  return onOneLine(line.replace(/^\s*(?:(?:#{1,6}|[-*+>]|\d+[.)])\s+)+/, "").replace(/`+|\*\*/g, ""));
}

/** Characters that do not show, or change the direction of what follows, are left out. */
function onOneLine(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function hasWords(line: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(line);
}

/** A full stop is not part of it, a question mark is. A stop within a name, such as `cart.ts`, ends nothing. */
function firstSentence(line: string): string {
  for (const { index, 0: end } of line.matchAll(/[.!?](?=\s|$)|[。！？]/g)) {
    if (index + 1 < FEWEST_CHARS && !/[。！？]/.test(end) && index + 1 < line.length) continue;
    return line.slice(0, end === "." || end === "。" ? index : index + end.length);
  }
  return line;
}

/** Between words, where there is a place for it. */
function shortened(text: string): string {
  const parts = Array.from(characters.segment(text), ({ segment }) => segment);
  if (parts.length <= MOST_CHARS) return text;
  const head = parts.slice(0, MOST_CHARS - 1).join("");
  const space = parts[MOST_CHARS - 1] === " " ? head.length : head.lastIndexOf(" ");
  return `${(space > head.length / 2 ? head.slice(0, space) : head).trimEnd()}…`;
}
