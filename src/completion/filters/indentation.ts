import type { CursorSnapshot } from "../../context/snapshot.ts";
import { indentationOf, isBlank, lineBefore, previousFilledLines } from "../../text/lines.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/** Keeps the first line at the caret's column, and writes the indentation of later lines in the file's own unit. */
export function fixIndentation(text: string, cursor: CursorSnapshot): Suggestion {
  const [first = "", ...later] = text.split("\n");
  const caretLine = lineBefore(cursor.prefix);
  return offered([atCaret(first, caretLine, cursor), ...inUnit(first, later, caretLine, cursor.indentUnit)].join("\n"));
}

function atCaret(first: string, caretLine: string, { prefix, indentUnit }: CursorSnapshot): string {
  if (!isBlank(caretLine)) return /[ \t]$/.test(caretLine) ? first.replace(/^[ \t]+/, "") : first;
  if (caretLine === "") return first;
  // An editor that did not indent after an opening leaves that to the writer, and so to the model: one level.
  const above = previousFilledLines(prefix, 1)[0] ?? "";
  const deeper = OPENING.test(above) && indentationOf(above) === caretLine && /^[ \t]/.test(first);
  return `${deeper ? indentUnit : ""}${first.trimStart()}`;
}

/** What later lines have beyond the caret line's indentation is what the model chose. */
function inUnit(first: string, later: readonly string[], caretLine: string, unit: string): string[] {
  const base = indentationOf(caretLine);
  const step = spacesPerLevel([base + first, ...later]) ?? (unit === "\t" ? 4 : unit.length);
  return later.map((line) => {
    const own = indentationOf(line);
    const kept = own.startsWith(base) ? base : "";
    return isBlank(line) ? "" : kept + converted(own.slice(kept.length), step, unit) + line.slice(own.length);
  });
}

function converted(indentation: string, step: number, unit: string): string {
  const spaces = indentation.replaceAll("\t", " ".repeat(step));
  const levels = Math.floor(spaces.length / step);
  // A rest smaller than a level lines something up: it stays, in spaces.
  return unit.repeat(levels) + " ".repeat(spaces.length - levels * step);
}

/** How far the text itself goes in after an opening; `undefined` where nothing shows it. */
function spacesPerLevel(lines: readonly string[]): number | undefined {
  const filled = lines.filter((line) => !isBlank(line));
  const steps = filled.flatMap((line, index) => {
    const above = filled[index - 1];
    if (above === undefined || !OPENING.test(above)) return [];
    const [outer, inner] = [indentationOf(above), indentationOf(line)];
    const beyond = inner.startsWith(outer) ? inner.slice(outer.length) : "";
    return /^ {2,8}$/.test(beyond) ? [beyond.length] : [];
  });
  return steps.length > 0 ? Math.min(...steps) : undefined;
}

const OPENING = /[{([:]\s*$|=>\s*$|\b(then|do)\s*$/;
