import type { CursorSnapshot } from "../../context/snapshot.ts";
import { bracketBalance, isOnlyClosers } from "../../text/brackets.ts";
import { indentationOf, isBlank, lineBefore, nextFilledLines, restOfLine } from "../../text/lines.ts";
import { takesPlaceOf } from "../placement.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/** Removes the tail of a text that the rest of the line or the next lines already contain. */
export function dropRepeatedSuffix(text: string, { prefix, suffix }: CursorSnapshot): Suggestion {
  const line = lineBefore(prefix);
  let kept = text.trimEnd();
  for (;;) {
    const shorter = withoutNextLines(withoutOverlap(kept, line, suffix), line, suffix);
    if (shorter === kept) break;
    kept = shorter;
  }
  if (isBlank(kept) && !isBlank(text)) return dropped("repeats-suffix");
  return offered(kept === text.trimEnd() ? text : kept);
}

/** Compares characters: the text's last ones with the first after the caret, with and without the blanks in front of these. */
function withoutOverlap(text: string, line: string, suffix: string): string {
  const after = suffix.trimEnd();
  const rest = restOfLine(suffix).trim();
  const kept = withoutStartOf(after, rest, text, line);
  if (kept !== text || rest === "" || !/^\s/.test(after)) return kept;
  const shorter = withoutStartOf(after.trimStart(), rest, text, line);
  return WORD_END.test(shorter) && WORD_START.test(text.slice(shorter.length)) ? text : shorter;
}

function withoutStartOf(after: string, rest: string, text: string, line: string): string {
  for (let count = Math.min(text.length, after.length, LONGEST_OVERLAP_CHARS); count > 0; count -= 1) {
    if (!text.endsWith(after.slice(0, count))) continue;
    const overlap = after.slice(0, count);
    // Within a line, or a blank: letters that are the same by chance.
    const whole = (count >= rest.length && /^\s*$/.test(after.charAt(count))) || isOnlyClosers(overlap);
    const kept = text.slice(0, -count);
    if (whole && !isBlank(overlap) && isDouble(kept, overlap, line) && !isNeeded(kept, text, rest, line)) {
      return kept.trimEnd();
    }
  }
  return text;
}

/** True where the text closes what the rest of the line does, no more, and without its end would close that too early. */
function isNeeded(kept: string, text: string, rest: string, line: string): boolean {
  if (!takesPlaceOf(text, rest, line) || bracketBalance(line + kept, line.length).unopened === "") return false;
  return bracketBalance(line + text).unopened === bracketBalance(line).unopened;
}

/** Compares lines, without the blank ones: from one of the text's lines on, all are those that follow in the file. */
function withoutNextLines(text: string, caretLine: string, suffix: string): string {
  const lines = text.split("\n");
  const [first = "", ...later] = lines;
  const inFile = [isBlank(caretLine) ? caretLine + first : indentationOf(caretLine) + first.trimStart(), ...later];
  const following = nextFilledLines(suffix, lines.length);
  for (let from = 0; from < lines.length; from += 1) {
    const tail = inFile.slice(from).filter((line) => !isBlank(line));
    const same =
      tail.length > 0 &&
      tail.every((line, index) => {
        const next = following[index];
        if (next === undefined) return false;
        return isSameLine(line, next) || (from > 0 && index === tail.length - 1 && isCutOff(line, next));
      });
    const kept = lines.slice(0, from).join("\n");
    if (same && isDouble(kept, tail.join("\n"), caretLine)) return kept.trimEnd();
  }
  return text;
}

/** A line that only closes is another one at another column. */
function isSameLine(line: string, following: string): boolean {
  return isOnlyClosers(line) ? line.trimEnd() === following.trimEnd() : line.trim() === following.trim();
}

/** The answer ended in the middle of the line. */
function isCutOff(line: string, following: string): boolean {
  return line.trim().length >= SHORTEST_CUT_CHARS && following.trim().startsWith(line.trim());
}

/** False where the tail closes what the kept part has opened: it then belongs to the text, and the file has its own. */
function isDouble(kept: string, tail: string, caretLine: string): boolean {
  const before = caretLine + kept;
  const { unclosed } = bracketBalance(before, caretLine.length);
  return unclosed === "" || bracketBalance(before + tail, before.length).unopened === "";
}

const WORD_END = /[\p{L}\p{N}_$]$/u;
const WORD_START = /^[\p{L}\p{N}_$]/u;
const LONGEST_OVERLAP_CHARS = 400;
const SHORTEST_CUT_CHARS = 8;
