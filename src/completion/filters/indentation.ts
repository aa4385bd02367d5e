import type { CursorSnapshot } from "../../context/snapshot.ts";
import { indentationOf, isBlank, lineBefore, previousFilledLines } from "../../text/lines.ts";
import { offered, type Suggestion } from "../suggestion.ts";

/** Keeps the first line at the caret's column, and writes the indentation of later lines in the file's own unit. */
export function fixIndentation(text: string, cursor: CursorSnapshot): Suggestion {
  const [first = "", ...later] = text.split("\n");
  const caretLine = lineBefore(cursor.prefix);
  const own = isBlank(caretLine) && caretLine !== "" && /^ \S/.test(first) ? withoutOddSpace(later) : later;
  const fixed = inUnit(first, own, caretLine, cursor.indentUnit);
  // In a mixture of tabs and spaces the model's unit may show only when all of it is spaces.
  const again = inUnit(first, fixed, caretLine, cursor.indentUnit);
  return offered([atCaret(first, caretLine, cursor), ...again].join("\n"));
}

function atCaret(first: string, caretLine: string, { prefix, indentUnit }: CursorSnapshot): string {
  if (!isBlank(caretLine)) return /[ \t]$/.test(caretLine) ? first.replace(/^[ \t]+/, "") : first;
  if (caretLine === "") return first;
  // An editor that did not indent after an opening leaves that to the writer, and so to the model: one level.
  const above = previousFilledLines(prefix, 1)[0] ?? "";
  const deeper = OPENING.test(above) && indentationOf(above) === caretLine && /^[ \t]/.test(first);
  return `${deeper ? indentUnit : ""}${first.trimStart()}`;
}

/** A model whose tokens begin with a space writes one too many, and then in every line. */
function withoutOddSpace(later: readonly string[]): readonly string[] {
  const filled = later.filter((line) => !isBlank(line));
  const odd = filled.every((line) => /^(\t* |(  )* )[^\s*]/.test(line));
  return odd ? later.map((line) => (isBlank(line) ? line : line.replace(/ (?=\S)/, ""))) : later;
}

/** What later lines have beyond the caret line's indentation is what the model chose. */
function inUnit(first: string, later: readonly string[], caretLine: string, unit: string): string[] {
  const base = indentationOf(caretLine);
  // At a column that is no level of the unit, something is lined up, or the unit is not the file's.
  if (base.replaceAll(unit, "") !== "") return later.map((one) => (isBlank(one) ? "" : one));
  const line = isBlank(caretLine) ? base + first.trimStart() : caretLine + first;
  const step = spacesPerLevel([line, ...later]) ?? spacesPerTab(base, later) ?? (unit === "\t" ? 4 : unit.length);
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
    if (/^\t+$/.test(outer) && /^ +$/.test(inner)) return usualStep(inner.length / (outer.length + 1));
    const beyond = inner.startsWith(outer) ? inner.slice(outer.length) : "";
    return /^ +$/.test(beyond) ? usualStep(beyond.length) : [];
  });
  return steps.length > 0 ? Math.min(...steps) : undefined;
}

/** Where the caret's line is indented with tabs and the text with spaces: its least indented line is as deep as the caret's. */
function spacesPerTab(base: string, later: readonly string[]): number | undefined {
  const spaces = later.filter((line) => !isBlank(line)).map(indentationOf);
  if (!/^\t+$/.test(base) || spaces.length === 0 || !spaces.every((one) => /^ +$/.test(one))) return undefined;
  return usualStep(Math.min(...spaces.map(({ length }) => length)) / base.length)[0];
}

function usualStep(spaces: number): readonly number[] {
  return [2, 4, 8].includes(spaces) ? [spaces] : [];
}

const OPENING = /[{([:]\s*$|=>\s*$|\b(then|do)\s*$/;
