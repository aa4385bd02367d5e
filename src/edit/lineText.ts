/** A file as lines, each of which knows how it ended, so that what is not changed stays as it was to the byte. */

import { lineChanges } from "../text/diff.ts";

export interface LineText {
  /** Without line breaks and without the byte order mark. An empty file has none. */
  readonly lines: readonly string[];
  /** With its line break, where there is one. */
  readonly raw: readonly string[];
  /** The byte order mark, or nothing. */
  readonly mark: string;
  /** What new lines end with. */
  readonly lineBreak: string;
  readonly endsWithBreak: boolean;
}

/** All characters of the text, in order. */
export function rawLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const next = end === -1 ? text.length : end + 1;
    lines.push(text.slice(from, next));
    from = next;
  }
  return lines;
}

export function lineText(text: string): LineText {
  const mark = text.startsWith(BOM) ? BOM : "";
  const raw = rawLines(text.slice(mark.length));
  const windows = raw.filter((line) => line.endsWith("\r\n")).length;
  const unix = raw.filter((line) => line.endsWith("\n")).length - windows;
  return {
    lines: raw.map((line) => line.replace(/\r?\n$/, "")),
    raw,
    mark,
    lineBreak: windows > unix ? "\r\n" : "\n",
    endsWithBreak: text.endsWith("\n") || raw.length === 0,
  };
}

/** The file's text with these lines instead; a line that only differs in blanks at its end stays as it was. */
export function withLines(file: LineText, lines: readonly string[]): string {
  const changes = lineChanges(file.lines.map(trimEnd), lines.map(trimEnd));
  let text = "";
  let at = 0;
  for (const { from, to, newFrom, newTo } of changes) {
    text += file.raw.slice(at, from).join("");
    // What was the last line has no line break yet.
    if (newTo > newFrom && text !== "" && !text.endsWith("\n")) text += file.lineBreak;
    for (const line of lines.slice(newFrom, newTo)) text += line + file.lineBreak;
    at = to;
  }
  text += file.raw.slice(at).join("");
  return file.mark + (file.endsWithBreak ? text : text.replace(/\r?\n$/, ""));
}

function trimEnd(line: string): string {
  return line.trimEnd();
}

const BOM = "\uFEFF";
