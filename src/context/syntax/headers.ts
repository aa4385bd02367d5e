/** Finds the lines that begin what encloses a line, by their indentation. */

import { bracketBalance } from "../../text/brackets.ts";
import type { Language } from "./languages.ts";

export interface LineStart {
  readonly at: number;
  /** In characters. */
  readonly indentation: number;
}

/** The lines above that begin what encloses a line, outermost first; each ends with a line break. */
export function headersOf(
  text: string,
  { at, indentation }: LineStart,
  language: Language,
  isInText: (offset: number) => boolean,
): string {
  const headers: string[] = [];
  let least = indentation;
  let end = at - 1;
  for (let lines = 0; end > 0 && least > 0 && lines < MOST_LINES_ABOVE; lines += 1) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    const width = startOf(text, start, language);
    if (width !== undefined && width < least && !isInText(start)) {
      headers.push(headerFrom(text, start, at));
      least = width;
    }
    end = start - 1;
  }
  return headers.toReversed().join("");
}

/** The indentation of a line that may begin a statement, in characters; `undefined` for another one. */
export function startOf(text: string, lineStart: number, { preprocessor }: Language): number | undefined {
  let at = lineStart;
  while (isIndentation(text.charCodeAt(at))) at += 1;
  const character = text.charAt(at);
  if (!STARTS.test(character) || (character === "#" && preprocessor)) return undefined;
  return at - lineStart;
}

/** The offset after the line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

export function isIndentation(code: number): boolean {
  return code === 32 || code === 9;
}

/** Up to the line that opens the body, since a header may go over several lines; else up to one that opens a list. */
function headerFrom(text: string, start: number, before: number): string {
  const first = lineEnd(text, start);
  let found = first;
  let end = first;
  for (let lines = 0; lines < MOST_HEADER_LINES && end <= before && end - start <= LONGEST_HEADER_CHARS; lines += 1) {
    const header = text.slice(start, end);
    if (OPENS_BODY.test(header) || (OPENS_SUITE.test(header) && bracketBalance(header).unclosed === "")) return header;
    if (found === first && OPENS_LIST.test(header)) found = end;
    end = lineEnd(text, end);
  }
  return found - start > LONGEST_HEADER_CHARS ? "" : text.slice(start, found);
}

const MOST_LINES_ABOVE = 400;
const MOST_HEADER_LINES = 12;
const LONGEST_HEADER_CHARS = 600;
const STARTS = /[A-Za-z_$@#/"'<~![\\]|[^\0-\x7F]/;
const OPENS_BODY = /(?:\{|=>)\s*$/;
const OPENS_SUITE = /:\s*$/;
const OPENS_LIST = /[([]\s*$/;
