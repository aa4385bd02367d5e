/** Whether a reply without any fence is code all the same, as small models often answer: prose must never get into a file. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { isBlank, unixNewlines } from "../text/lines.ts";
import { blockCode } from "./blockCode.ts";
import { keysOf } from "./json.ts";
import { LineIndex } from "./placing.ts";
import { likeness } from "./similarity.ts";
import { withoutThoughts } from "./thoughts.ts";

export interface BareFile {
  readonly text: string;
  readonly languageId: string;
  /** What the model was shown to change, in UTF-16 code units. */
  readonly selection: { readonly from: number; readonly to: number };
}

/** Grammars are lenient, and some read any words as calls: that it parses is needed, and is not enough. */
export function isBareCode(reply: string, file: BareFile, readOutline: ReadOutline): boolean {
  const lines = (withoutThoughts(unixNewlines(reply)) ?? "").split("\n");
  const filled = lines.filter((line) => !isBlank(line));
  if (filled.length === 0 || filled.length > MOST_LINES || filled.some((line) => /^\s*(?:`{3}|~{3})/.test(line)))
    return false;
  const { languageId } = file;
  const there = unixNewlines(file.text).split("\n");
  const { from, to } = PAGES.has(languageId) ? file.selection : { from: 0, to: file.text.length };
  const isLike = (): boolean => isLikeLines(filled, unixNewlines(file.text.slice(from, to)).split("\n"));
  if (PAGES.has(languageId)) return isLike();
  if (languageId === "json" || languageId === "jsonc")
    return /^[[{]/.test(lines.join("\n").trim()) ? keysOf(lines.join("\n")) !== undefined : isLike();
  // Some servers answer with code in an object.
  if (lines.join("\n").trim().startsWith("{") && keysOf(lines.join("\n"))) return false;
  const { outline, lines: rows } = blockCode(lines, new LineIndex(there), languageId, undefined, readOutline);
  if (!outline) return isLike();
  if (outline.errors > 0) return false;
  const isCode = rows.map((line, row) => outline.stringRows.has(row) || isComment(line));
  const code = rows.filter((line, row) => !isCode[row] && !isBlank(line));
  if (code.length === 0 || code.some(isSentence)) return false;
  // Names alone may be said of the code as well.
  const hasSigns = code.some((line) => CODE.test(line.trim()) || hasLike(there, line));
  if (!hasSigns) return false;
  const known = wordsOf(there.filter((line) => !isComment(line)));
  const looks = code.map((line) => isCodeLine(line, known));
  return looks.at(-1) === true && looks.filter(Boolean).length >= code.length * MOSTLY;
}

/** Where no grammar tells: it begins, ends and mostly goes as what is there does. */
function isLikeLines(lines: readonly string[], there: readonly string[]): boolean {
  const shown = there.filter((line) => !isBlank(line)).slice(0, MOST_LINES);
  const isLike = lines.map((line) => hasLike(shown, line));
  return isLike[0] === true && isLike.at(-1) === true && isLike.filter(Boolean).length >= lines.length * MOSTLY;
}

function hasLike(there: readonly string[], line: string): boolean {
  return there.some((other) => likeness(line.trim(), other.trim()) >= ALIKE);
}

/** It has the signs of code, or is made of what the file is made of. */
function isCodeLine(line: string, known: ReadonlySet<string>): boolean {
  const text = line.trim();
  if (CODE.test(text)) return true;
  const words = Array.from(wordsOf([text]));
  return words.filter((word) => known.has(word)).length * 2 >= words.length;
}

/** Not in quotes. */
function isSentence(line: string): boolean {
  const text = line.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '""').trim();
  return SENTENCE.test(text) || /[。！？]|\p{Script=Han}{2}[，：；]/u.test(text);
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/?\*|#|--|<!--|%|;)/.test(line);
}

function wordsOf(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
}

/** Their text is prose: what is said of them looks as they do. */
const PAGES = new Set(["markdown", "plaintext", "html", "xml", "latex", "restructuredtext", "vue", "svelte"]);
const CODE =
  /[;{}]$|^[)\]}]|^[\w$.[\]]+ *(?:[-+*/|&?]|:)?= *\S|=>|->|::|^@\w|^(?:import|from|return|def|class|const|let|var) \S/;
/** What stands between two words is no part of either: else a list would be read in ever more ways. */
const SENTENCE =
  /^(?:[-*+]\s+|\d+[.)]\s+|\*\*|#+\s)*\p{Lu}[\p{L}'’-]*(?:[,:;]? [^\s(){}[\]=;<>]*[^\s(){}[\]=;<>,:]){2,}[,:]*[.!?:;…]?(?:\*\*)?$/u;
const MOSTLY = 0.6;
const ALIKE = 0.6;
/** More is looked at line by line for too long. */
const MOST_LINES = 600;
