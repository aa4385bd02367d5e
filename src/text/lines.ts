/** Lines around a caret. A line break is `\n` or `\r\n`; no line returned here contains one. */

/** `\r\n` becomes `\n`. Models are taught with `\n`, and suggestions are written with it. */
export function unixNewlines(text: string): string {
  return text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
}

export function lineBreaksIn(text: string): number {
  return text.split("\n").length - 1;
}

/** The part of the caret's line before the caret. */
export function lineBefore(prefix: string): string {
  return prefix.slice(prefix.lastIndexOf("\n") + 1);
}

/** The part of the caret's line after the caret. */
export function restOfLine(suffix: string): string {
  return firstLine(suffix);
}

export function firstLine(text: string): string {
  const end = text.indexOf("\n");
  if (end === -1) return text;
  return text.slice(0, text[end - 1] === "\r" ? end - 1 : end);
}

/** Spaces and tabs at the start of a line. */
export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

export function isBlank(text: string): boolean {
  return text.trim() === "";
}

export function isFilled(text: string): boolean {
  return !isBlank(text);
}

/** A letter or a digit: brackets and marks alone say nothing of where a line belongs. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The first lines after the caret's own that are not blank, at most `count`. */
export function nextFilledLines(suffix: string, count: number): string[] {
  const found: string[] = [];
  let from = suffix.indexOf("\n");
  while (from !== -1 && found.length < count) {
    const line = firstLine(suffix.slice(from + 1, from + 1 + LONGEST_LINE_CHARS));
    if (!isBlank(line)) found.push(line);
    from = suffix.indexOf("\n", from + 1);
  }
  return found;
}

/** The last lines before the caret's own that are not blank, in the order of the file, at most `count`. */
export function previousFilledLines(prefix: string, count: number): string[] {
  const found: string[] = [];
  let end = prefix.lastIndexOf("\n");
  while (end !== -1 && found.length < count) {
    // With -1 as its start, lastIndexOf would still look at the first character.
    const start = end === 0 ? -1 : prefix.lastIndexOf("\n", end - 1);
    const line = prefix.slice(start + 1, end).replace(/\r$/, "");
    if (!isBlank(line)) found.push(line);
    end = start;
  }
  return found.toReversed();
}

/** The first line after the caret's own that is not blank and whose indentation is at most `mostChars` long. */
export function nextFilledLineNoDeeper(suffix: string, mostChars: number): string | undefined {
  let from = suffix.indexOf("\n");
  while (from !== -1) {
    const line = firstLine(suffix.slice(from + 1, from + 1 + LONGEST_LINE_CHARS));
    if (!isBlank(line) && indentationOf(line).length <= mostChars) return line;
    from = suffix.indexOf("\n", from + 1);
  }
  return undefined;
}

/** The line that the character at `offset` is in. */
export function lineAt(text: string, offset: number): string {
  return firstLine(text.slice(text.lastIndexOf("\n", offset - 1) + 1));
}

/** Lines are compared up to here, so that a file that is one long line costs no more than others. */
const LONGEST_LINE_CHARS = 1_000;
