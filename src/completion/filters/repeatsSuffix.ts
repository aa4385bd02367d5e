import type { CursorSnapshot } from "../../context/snapshot.ts";
import { bracketBalance, isOnlyClosers } from "../../text/brackets.ts";
import { isBlank, nextFilledLines, restOfLine } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/** Removes the tail of a text that the rest of the line or the next lines already contain. */
export function dropRepeatedSuffix(text: string, { suffix }: CursorSnapshot): Suggestion {
  const kept = withoutNextLines(withoutOverlap(text.trimEnd(), suffix), suffix);
  if (isBlank(kept) && !isBlank(text)) return dropped("repeats-suffix");
  return offered(kept === text.trimEnd() ? text : kept);
}

/** Compares characters: the text's last ones with the first after the caret. */
function withoutOverlap(text: string, suffix: string): string {
  const after = suffix.trimEnd();
  const rest = restOfLine(suffix).trim();
  for (let count = Math.min(text.length, after.length, LONGEST_OVERLAP_CHARS); count > 0; count -= 1) {
    const overlap = after.slice(0, count);
    // Within a word or a number, or a blank: letters that are the same by chance.
    const whole = count >= rest.length || isOnlyClosers(overlap);
    if (whole && !isBlank(overlap) && text.endsWith(overlap) && isDouble(text.slice(0, -count), overlap)) {
      return text.slice(0, -count).trimEnd();
    }
  }
  return text;
}

/** Compares lines, without the blank ones: from one of the text's lines on, all are those that follow in the file. */
function withoutNextLines(text: string, suffix: string): string {
  const lines = text.split("\n");
  const following = nextFilledLines(suffix, lines.length);
  for (let from = 0; from < lines.length; from += 1) {
    const tail = lines.slice(from).filter((line) => !isBlank(line));
    const same = tail.length > 0 && tail.every((line, index) => isSameLine(line, following[index], from + index === 0));
    const kept = lines.slice(0, from).join("\n");
    if (same && isDouble(kept, tail.join("\n"))) return kept.trimEnd();
  }
  return text;
}

/** The first line begins at the caret and carries no indentation. */
function isSameLine(line: string, following: string | undefined, first: boolean): boolean {
  if (following === undefined) return false;
  return first ? line.trim() === following.trim() : line.trimEnd() === following.trimEnd();
}

/** False where the tail closes what the kept part has opened: it then belongs to the text, and the file has its own. */
function isDouble(kept: string, tail: string): boolean {
  const { unclosed } = bracketBalance(kept);
  const { unopened } = bracketBalance(tail);
  return unclosed === "" || unopened === "";
}

const LONGEST_OVERLAP_CHARS = 400;
