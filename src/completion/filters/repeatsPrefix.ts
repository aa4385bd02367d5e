import type { CursorSnapshot } from "../../context/snapshot.ts";
import { isOnlyClosers } from "../../text/brackets.ts";
import { isBlank, lineBefore, previousFilledLines } from "../../text/lines.ts";
import { dropped, offered, type Suggestion } from "../suggestion.ts";

/**
 * Cuts the start of the caret's line where the answer begins with it again, and drops what stands above already: the line
 * or block just above, or a comment anywhere.
 */
export function dropRepeatedPrefix(text: string, { prefix }: CursorSnapshot): Suggestion {
  const line = lineBefore(prefix);
  const opening = line.trimStart();
  if (!isBlank(line)) return offered(opening.trimEnd().length < SHORTEST_OPENING_CHARS ? text : without(opening, text));
  const written = text
    .split("\n")
    .filter((one) => !isBlank(one))
    .map((one) => one.trim());
  const above = previousFilledLines(prefix, Math.max(written.length, 1)).map((one) => one.trim());
  // A line of code may be right twice; the same sentence about it is not.
  if (COMMENT.test(written[0] ?? "") && prefix.includes(`${written[0]}\n`)) return dropped("repeats-prefix");
  const telling = written.some((one) => !isOnlyClosers(one));
  const repeatsBlock = written.every((one, index) => one === above[index]) && written.length === above.length;
  const repeatsLine = written[0] !== undefined && !isOnlyClosers(written[0]) && written[0] === above.at(-1);
  return telling && (repeatsBlock || repeatsLine) ? dropped("repeats-prefix") : offered(text);
}

function without(opening: string, text: string): string {
  const start = text.trimStart();
  return start.startsWith(opening) ? without(opening, start.slice(opening.length)) : text;
}

/** Shorter ones, such as `if (`, may well follow on themselves. */
const SHORTEST_OPENING_CHARS = 4;
/** With a word of some length, so that a bare `/**` or a ruled line is none. */
const COMMENT = /^(\/\/|\/\*|#|--|"""|\*).*\w{3}/;
