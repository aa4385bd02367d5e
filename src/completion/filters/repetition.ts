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

/** True where a line ends with the same few characters again and again. Looks at the last ones of each line only. */
function loops(text: string): boolean {
  return text.split("\n").some((line) => {
    const end = line.slice(-LOOKED_AT_CHARS);
    if (ENDLESS.test(end)) return true;
    for (let unit = 2; unit <= LONGEST_UNIT_CHARS; unit += 1) if (repeatsUnit(end, unit)) return true;
    return false;
  });
}

/** True where a run of `unit` characters comes often enough, one time after the other. */
function repeatsUnit(line: string, unit: number): boolean {
  const enough = unit * (FEWEST_TIMES - 1);
  let same = 0;
  for (let at = line.length - 1; at >= unit; at -= 1) {
    same = line.charAt(at) === line.charAt(at - unit) ? same + 1 : 0;
    // A ruled line is one character many times.
    if (same === enough && !isRuled(line.slice(at, at + unit))) return true;
    if (same === 0 && line.length - at > MOST_CHARS_AFTER) return false;
  }
  return false;
}

function isRuled(unit: string): boolean {
  return new Set(unit).size === 1;
}

/** One letter or digit, near the end of a line, far more often than any number or name has it. */
const ENDLESS = /([\p{L}\p{N}])\1{39}.{0,30}$/u;
const LONGEST_UNIT_CHARS = 30;
const FEWEST_TIMES = 6;
/** Between the last time and the end of the line. */
const MOST_CHARS_AFTER = 30;
const LOOKED_AT_CHARS = LONGEST_UNIT_CHARS * FEWEST_TIMES + MOST_CHARS_AFTER;
