import type { CursorSnapshot } from "../../context/snapshot.ts";
import { isOnlyClosers } from "../../text/brackets.ts";
import { isBlank } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/** Ends a text before it starts to repeat itself, and drops one that does so within a line. */
export function cutRepetition(text: string, _cursor: CursorSnapshot): Suggestion {
  const lines = text.split("\n");
  const end = repeatedFrom(lines);
  const kept = end === undefined ? text : lines.slice(0, end).join("\n");
  return loops(kept) ? dropped("repetition") : offered(kept);
}

/** The index of the first line that says again what stood just before it: the same line, or the same pair of lines. */
export function repeatedFrom(lines: readonly string[]): number | undefined {
  for (let index = 1; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (isBlank(line) || isOnlyClosers(line)) continue;
    if (line === lines[index - 1]) return index;
    if (index >= 3 && line === lines[index - 2] && lines[index - 1] === lines[index - 3]) return index - 1;
  }
  return undefined;
}

function loops(text: string): boolean {
  const unit = LOOP.exec(text)?.[1];
  // A ruled line is one character many times.
  return unit !== undefined && new Set(unit).size > 1;
}

/** 2 to 30 characters, six times in a row near the end of a line. */
const LOOP = /([^\n]{2,30}?)\1{5,}[^\n]{0,30}$/m;
