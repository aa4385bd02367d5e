/** Where a text goes when there is more on the caret's line: an editor shows only what extends the line as grey text. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { bracketBalance, bracketsIn, isOnlyClosers } from "../text/brackets.ts";
import { firstLine, lineBefore, restOfLine } from "../text/lines.ts";
import { SHORTEST_CHARS } from "./filters/tooShort.ts";

export interface Placement {
  readonly text: string;
  /** Characters after the caret that `text` replaces and contains. */
  readonly replaceAfter: number;
}

/**
 * `undefined` when nothing of the text fits before the rest of the line, or less than `shortestChars`, not counting white
 * space around it.
 */
export function placeOnLine(
  text: string,
  { prefix, suffix }: CursorSnapshot,
  shortestChars = SHORTEST_CHARS,
): Placement | undefined {
  const rest = restOfLine(suffix).trimEnd();
  if (rest === "") return { text, replaceAfter: 0 };
  const before = lineBefore(prefix);
  if (takesPlaceOf(text, rest, before)) return { text, replaceAfter: rest.length };
  const line = firstLine(text);
  const kept = line.slice(0, Math.min(unopenedIndex(line, before), quoteIndex(line, rest))).trimEnd();
  if (kept.trim().length < shortestChars) return undefined;
  return { text: kept === line.trimEnd() ? line : kept, replaceAfter: 0 };
}

/**
 * True where the rest of the line is closing brackets and quotes, and a text contains them and has not opened them itself.
 * `before` is the line before the caret.
 */
export function takesPlaceOf(text: string, rest: string, before: string): boolean {
  if (!isOnlyClosers(rest) || !isSubsequence(rest, text)) return false;
  const brackets = rest.replaceAll(/[^)\]}]/g, "");
  if (!bracketBalance(before + text, before.length).unopened.startsWith(brackets)) return false;
  return quotes.every((quote) => !rest.includes(quote) || isOdd(text, quote));
}

function isSubsequence(part: string, whole: string): boolean {
  let from = 0;
  for (const character of part) {
    const at = whole.indexOf(character, from);
    if (at === -1) return false;
    from = at + character.length;
  }
  return true;
}

/** The offset of the first closing bracket whose opening one is not in the line; the line's length without one. */
function unopenedIndex(line: string, before: string): number {
  const open: string[] = [];
  for (const { offset, closer, opens } of bracketsIn(before + line)) {
    if (offset < before.length) continue;
    if (opens) open.push(closer);
    else if (open.at(-1) === closer) open.pop();
    else return offset - before.length;
  }
  return line.length;
}

/** The offset of the quote that closes a string for which the rest has one, too; the line's length without one. */
function quoteIndex(line: string, rest: string): number {
  const quote = quotes.find((one) => rest.startsWith(one));
  return quote !== undefined && isOdd(line, quote) ? line.indexOf(quote) : line.length;
}

function isOdd(text: string, quote: string): boolean {
  return (text.split(quote).length - 1) % 2 === 1;
}

const quotes = ['"', "'", "`"];
