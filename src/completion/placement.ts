/** Where a text goes when there is more on the caret's line: an editor shows only what extends the line as grey text. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import { bracketBalance, isOnlyClosers } from "../text/brackets.ts";
import { firstLine, isBlank, restOfLine } from "../text/lines.ts";

export interface Placement {
  readonly text: string;
  /** Characters after the caret that `text` replaces and contains. */
  readonly replaceAfter: number;
}

/** `undefined` when nothing of the text fits before the rest of the line. */
export function placeOnLine(text: string, { suffix }: CursorSnapshot): Placement | undefined {
  const rest = restOfLine(suffix).trimEnd();
  if (rest === "") return { text, replaceAfter: 0 };
  const line = firstLine(text);
  if (isOnlyClosers(rest) && closesItself(text, rest)) return { text, replaceAfter: rest.length };
  const kept = line.slice(0, unopenedIndex(line)).trimEnd();
  if (isBlank(kept)) return undefined;
  return { text: kept === line.trimEnd() ? line : kept, replaceAfter: 0 };
}

/** True where a text contains the closing brackets and quotes of the rest, and has not opened them itself. */
function closesItself(text: string, rest: string): boolean {
  if (!isSubsequence(rest, text)) return false;
  const brackets = rest.replaceAll(/[^)\]}]/g, "");
  if (!bracketBalance(text).unopened.startsWith(brackets)) return false;
  return ['"', "'", "`"].every((quote) => !rest.includes(quote) || (text.split(quote).length - 1) % 2 === 1);
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

/** The offset of the first closing bracket whose opening one is not in the text; the text's length without one. */
function unopenedIndex(text: string): number {
  for (let length = 1; length <= text.length; length += 1) {
    if (/[)\]}]/.test(text.charAt(length - 1)) && bracketBalance(text.slice(0, length)).unopened !== "") {
      return length - 1;
    }
  }
  return text.length;
}
