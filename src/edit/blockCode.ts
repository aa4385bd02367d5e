/** The code of a block, made ready to be compared: placeholders found, outer indentation and path taken off, parsed. */

import type { ReadOutline } from "../context/syntax/fileOutlines.ts";
import { languageOf } from "../context/syntax/languages.ts";
import type { Outline, Unit } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { withoutBlankEnds } from "./blockFormats.ts";
import type { BlockCode } from "./draft.ts";
import { inlineElision, isElision } from "./elisions.ts";
import { dedented } from "./indentation.ts";
import { markdownOutline } from "./markdownOutline.ts";
import type { LineIndex } from "./placing.ts";

export function blockCode(
  lines: readonly string[],
  index: LineIndex,
  languageId: string,
  path: string | undefined,
  readOutline: ReadOutline,
): BlockCode {
  const trimmed = languageId === "markdown" ? lines : withoutTrailing(lines);
  const bare = withoutBlankEnds(dedented(withoutPath(trimmed, index, path)));
  const { rows, elisions } = withElisions(bare, index, languageId);
  return { lines: rows, elisions, outline: outlineOfBlock(rows, elisions, languageId, readOutline) };
}

export function outlineOf(lines: readonly string[], languageId: string, readOutline: ReadOutline): Outline | undefined {
  return languageId === "markdown" ? markdownOutline(lines) : readOutline(lines.join("\n"), languageId);
}

/** Blanks at the end of each line are none that somebody has written there. */
function withoutTrailing(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => !isBlank(line));
  return filled.length > 1 && filled.every((line) => /\s$/.test(line)) ? lines.map((line) => line.trimEnd()) : lines;
}

/** Many answers begin with the name of the file. */
function withoutPath(lines: readonly string[], index: LineIndex, path: string | undefined): readonly string[] {
  const first = lines[0]?.trim() ?? "";
  const named = /^(?:\/\/|#|--|\/\*|<!--)\s*(?:file(?:name)?:\s*|path:\s*)?([\w@./\\-]+\.\w+)\s*(?:\*\/|-->)?$/i.exec(
    first,
  )?.[1];
  if (named === undefined || index.rowsOf(first).length > 0) return lines;
  const isPath = /[/\\]/.test(named) || path === undefined || path.endsWith(named);
  return isPath ? lines.slice(1) : lines;
}

/** A line that the file has as well is itself. `{ ... }` becomes three lines. */
function withElisions(
  lines: readonly string[],
  index: LineIndex,
  languageId: string,
): { readonly rows: readonly string[]; readonly elisions: ReadonlySet<number> } {
  const rows: string[] = [];
  const elisions = new Set<number>();
  for (const [row, line] of lines.entries()) {
    const inline = line.includes("{") && index.rowsOf(line).length === 0 ? inlineElision(line, languageId) : undefined;
    if (inline) {
      const outer = indentationOf(line);
      elisions.add(rows.length + 1);
      rows.push(inline.head, `${outer}  ${inline.mark}`, outer + inline.tail);
      continue;
    }
    if (isElision(line, languageId) && !isOwn(lines, row, index, languageId)) elisions.add(rows.length);
    rows.push(line);
  }
  return { rows, elisions };
}

function isOwn(lines: readonly string[], row: number, index: LineIndex, languageId: string): boolean {
  const line = lines[row] ?? "";
  const there = index.rowsOf(line);
  if (languageId !== "python" || !/^\.{3}$/.test(line.trim())) return there.length > 0;
  // In Python a body of dots is code: of a stub that the file has, or of a new one.
  const above = lines.slice(0, row).findLast((other) => !isBlank(other)) ?? "";
  if (!/:\s*$/.test(above)) return false;
  const heads = index.rowsOf(above);
  return heads.length === 0 || heads.some((head) => index.lines[head + 1]?.trim() === "...");
}

function outlineOfBlock(
  rows: readonly string[],
  elisions: ReadonlySet<number>,
  languageId: string,
  readOutline: ReadOutline,
): Outline | undefined {
  const parsed = rows.map((line, row) => (elisions.has(row) ? asComment(rows, row, languageId) : line));
  const plain = outlineOf(parsed, languageId, readOutline);
  const wrapper = languageOf(languageId)?.wrapper;
  if (!plain || plain.errors === 0 || wrapper === undefined || languageId === "python") return plain;
  const end = wrapper.includes("{") ? ["}"] : [];
  const imports = importsAtTop(plain.units);
  const row = (imports.at(-1)?.last ?? -1) + 1;
  const inClass = [...parsed.slice(0, row), wrapper.trimEnd(), ...parsed.slice(row), ...end];
  const wrapped = outlineOf(inClass, languageId, readOutline);
  if (!wrapped || wrapped.errors >= plain.errors) return plain;
  const rest = wrapped.units.filter(({ last }) => last >= row);
  const inner = wrapper.includes("{") ? rest[0]?.members?.units : rest.filter(({ first }) => first > row);
  if (!inner) return plain;
  const below = moved({ ...wrapped, units: inner });
  return { ...below, units: [...imports, ...below.units] };
}

/** They stand outside of the class that a method is without in an answer. */
function importsAtTop(units: readonly Unit[]): readonly Unit[] {
  const end = units.findIndex(({ kind }) => kind !== "import");
  return end === -1 ? [] : units.slice(0, end);
}

/** In the language's own way, so that what stands around it can be parsed. */
function asComment(rows: readonly string[], row: number, languageId: string): string {
  const line = rows[row] ?? "";
  const outer = indentationOf(line);
  if (languageId === "css") return `${outer}/* */`;
  if (languageId !== "python")
    return languageOf(languageId)?.grammar === "ruby" || /^(?:shellscript|powershell)$/.test(languageId)
      ? `${outer}#`
      : `${outer}//`;
  // A block of Python needs a statement.
  const above = rows.slice(0, row).findLast((other) => !isBlank(other)) ?? "";
  const below = rows.slice(row + 1).find((other) => !isBlank(other)) ?? "";
  const header = indentationOf(above);
  const isBody = /:\s*(?:#.*)?$/.test(above) && !(indentationOf(below).length > header.length);
  return isBody ? `${outer.length > header.length ? outer : `${header}    `}...` : `${outer}#`;
}

/** One row up. */
function moved(outline: Outline): Outline {
  const up = (unit: Unit): Unit => ({
    ...unit,
    first: unit.first - 1,
    code: unit.code - 1,
    head: unit.head - 1,
    last: unit.last - 1,
    members: unit.members && {
      open: unit.members.open - 1,
      close: unit.members.close - 1,
      units: unit.members.units.map(up),
    },
  });
  return {
    errors: outline.errors,
    units: outline.units.map(up),
    stringRows: new Set(Array.from(outline.stringRows, (row) => row - 1)),
  };
}
