/** What was copied last, where it is code: it is often about to be used, or taken as a pattern. */

import { isBlank, unixNewlines } from "../../text/lines.ts";
import type { Piece } from "../pieces.ts";
import { withoutOuterIndentation } from "./outerIndentation.ts";

/** `undefined` for what does not look like code, and for what stands in `shown`, the text that the model sees anyway. */
export function clipboardPiece(copied: string, shown: string): Piece | undefined {
  if (copied.length > MOST_CHARS) return undefined;
  const lines = unixNewlines(copied).split("\n");
  const first = lines.findIndex((line) => !isBlank(line));
  const last = lines.findLastIndex((line) => !isBlank(line));
  const filled = lines.slice(first, last + 1);
  if (filled.length === 0 || filled.length > MOST_LINES || !looksLikeCode(filled)) return undefined;
  if (unixNewlines(shown).includes(filled.join("\n").trim())) return undefined;
  const text = withoutOuterIndentation(filled).join("\n");
  return {
    id: `clipboard ${text}`,
    source: "clipboard",
    path: undefined,
    line: undefined,
    text,
    value: VALUE,
    reason: { kind: "copied" },
  };
}

/** Most lines have the marks of code. A word without a space in it may be a password or an address. */
function looksLikeCode(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => !isBlank(line));
  if (filled.some((line) => line.length > MOST_LINE_CHARS)) return false;
  if (filled.length === 1 && !/\S\s+\S/.test(filled[0] ?? "")) return false;
  const marked = filled.filter((line) => isMarked(line)).length;
  return marked * 2 > filled.length;
}

function isMarked(line: string): boolean {
  const code = line.trim();
  const endsAsCode = /[;{}()[\],:=>]$/.test(code);
  const isProse = /^[\p{Lu}\p{Lo}][^{}=;]*[.!?:,]$/u.test(code) && !/\w\(/.test(code);
  const signs = code.match(/[(){}[\]=<>;]|=>|->|::|\w\.\w/g)?.length ?? 0;
  return !isProse && (signs >= 2 || (signs >= 1 && endsAsCode) || KEYWORD.test(code));
}

const KEYWORD =
  /^(?:export |import |from \S+ import |const |let |var |def |class |fn |func |function |return\b.*[;()]|if .*[:{]$|for .*[:{]$|while .*[:{]$|else\b.*[:{]$|public |private |#include|using |package |@\w+$)/;
const MOST_CHARS = 3_000;
const MOST_LINES = 60;
const MOST_LINE_CHARS = 300;
const VALUE = 0.3;
