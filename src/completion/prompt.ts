/** How a caret becomes a request: how much of the file each format gets to see, and how the answer is tied to the caret. */

import type { CursorSnapshot } from "../context/snapshot.ts";
import type { FileWindow, WindowBudget } from "../context/window.ts";
import type { ModelRequest } from "../model/model.ts";
import { formatHole, type FormatName } from "../model/templates.ts";
import { tailOf } from "../text/offsets.ts";
import { isBlank, lineBefore, restOfLine, unixNewlines } from "../text/lines.ts";
import { shapeAt } from "./stream.ts";

export interface Question {
  readonly request: ModelRequest;
  /** See `StopRules`. */
  readonly mustStartWith: string;
  /** Characters of the file in the prompt. */
  readonly chars: number;
}

/**
 * The small local model was taught with prefixes of 300 to 1,600 characters and suffixes of 0 to 600, and reads some
 * 900 characters a second on two cores: what it has not read before has to be short.
 */
const smallWindow: WindowBudget = { freshPrefixChars: 700, mostPrefixChars: 1_500, suffixChars: 300 };
const largeWindow: WindowBudget = { freshPrefixChars: 3_000, mostPrefixChars: 6_000, suffixChars: 1_500 };

/** What a format is shown where its back-end has no better figure. */
export function budgetOf(format: FormatName): WindowBudget {
  return format === "smollm2-fim" || format === "continuation" || format === "dolly" ? smallWindow : largeWindow;
}

export function askAbout(cursor: CursorSnapshot, window: FileWindow, format: FormatName): Question {
  const prefix = unixNewlines(window.prefix);
  const suffix = unixNewlines(window.suffix);
  // A prompt that ends in white space ends where tokens do not. The adapter was taught with such cuts, and fill-in-the-middle
  // models are; one that only continues writes nonsense there (0 of 30 lines right, and 4 with the indentation left out).
  const shown = format === "continuation" ? prefix.replace(/[ \t]+$/, "") : prefix;
  const { prompt, stop } = formatHole(format, {
    path: cursor.path,
    languageId: cursor.languageId,
    prefix: shown,
    suffix,
  });
  const maxTokens = shapeAt(cursor) === "line" ? LINE_TOKENS : BLOCK_TOKENS;
  return {
    request: { prompt, purpose: "suggestion", maxTokens, temperature: 0, stop },
    mustStartWith: prefix.slice(shown.length),
    chars: shown.length + (format === "continuation" ? 0 : suffix.length),
  };
}

/**
 * The format to ask in once more after an empty answer. The adapter of the small model often writes nothing where a
 * whole body is missing, at the start of an empty line; plainly continued, the same model writes something there.
 */
export function secondFormat(format: FormatName, cursor: CursorSnapshot, answer: string): FormatName | undefined {
  const onEmptyLine = isBlank(lineBefore(cursor.prefix)) && isBlank(restOfLine(cursor.suffix));
  return format === "smollm2-fim" && onEmptyLine && isBlank(answer) ? "continuation" : undefined;
}

/** The window for that second question, of which nothing has been read yet. */
export function secondWindow(window: FileWindow): FileWindow {
  const tail = tailOf(window.prefix, SECOND_PREFIX_CHARS);
  const lineStart = tail.length === window.prefix.length ? 0 : tail.indexOf("\n") + 1;
  const prefix = tail.slice(lineStart);
  return { ...window, start: window.start + window.prefix.length - prefix.length, prefix };
}

const SECOND_PREFIX_CHARS = 500;
const LINE_TOKENS = 64;
const BLOCK_TOKENS = 192;
