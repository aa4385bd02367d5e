/** What stands around a caret that decides how far something new may go. */

import type { CursorSnapshot } from "../snapshot.ts";
import { indentationOf, isBlank, nextFilledLines, restOfLine } from "../../text/lines.ts";
import type { OpenBracket, Scan } from "./scan.ts";

export interface Surroundings {
  readonly cursor: CursorSnapshot;
  /** What was read of the file; ends at the caret. */
  readonly text: string;
  readonly scan: Scan;
}

/** The bracket's partner stands after the caret: on its line, or first on a line of its own at the fitting column. */
export function isClosedAfter(bracket: OpenBracket, { cursor, text, scan }: Surroundings): boolean {
  const closer = closerFor(bracket);
  const rest = restOfLine(cursor.suffix);
  if (!isBlank(rest)) return rest.trimStart().startsWith(closer);
  const next = nextFilledLines(cursor.suffix, 1)[0];
  if (next === undefined || !next.trimStart().startsWith(closer)) return false;
  const column = indentationOf(next).length;
  // What opens may begin on a line before, with less indentation; nothing else may be open from there on.
  let start = text.lastIndexOf("\n", bracket.at - 1) + 1;
  const indentation = (): number => indentationOf(lineOf(text, start)).length;
  for (let lines = 0; start > 0 && indentation() > column && lines < MOST_HEADER_LINES; lines += 1) {
    start = text.lastIndexOf("\n", start - 2) + 1;
  }
  const isFirst = scan.brackets.every(
    ({ character, at }) => at < start || at >= bracket.at || character !== bracket.character,
  );
  return isFirst && indentation() === column;
}

/** The next line is indented more than the one that opens. */
export function hasBodyAfter({ suffix }: CursorSnapshot, opening: string): boolean {
  const next = nextFilledLines(suffix, 1)[0];
  return next !== undefined && indentationOf(next).length > indentationOf(opening).length;
}

export function lineOf(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? undefined : end);
}

export function closerFor({ character }: OpenBracket): string {
  return closing[character] ?? "";
}

const MOST_HEADER_LINES = 10;
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
