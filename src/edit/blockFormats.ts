/** How an answer writes a change: as code, as a diff, or as pairs of what to look for and what to put there. */

import { isBlank } from "../text/lines.ts";
import { isElision } from "./elisions.ts";

export interface Replacement {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** The same, where its context has been written without the blank in front. */
  readonly bare?: Replacement;
}

export type Shape =
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | {
      readonly kind: "replacements";
      readonly format: "diff" | "search-replace";
      readonly parts: readonly Replacement[];
    }
  | { readonly kind: "malformed"; readonly text: string };

/** @param lines without line breaks */
export function shapeOf(lines: readonly string[], blockLanguage: string, languageId: string): Shape {
  const inner = withoutFence(lines);
  if (inner.some((line) => SEARCH.test(line))) return searchAndReplace(inner);
  const plain = withoutNumbers(inner, languageId);
  if (isDiff(plain, blockLanguage, languageId)) return diff(plain);
  return { kind: "code", lines: plain };
}

export function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  let from = 0;
  let to = lines.length;
  while (from < to && isBlank(lines[from] ?? "")) from += 1;
  while (to > from && isBlank(lines[to - 1] ?? "")) to -= 1;
  return lines.slice(from, to);
}

function withoutFence(lines: readonly string[]): readonly string[] {
  const bare = withoutBlankEnds(lines);
  const fence = /^\s*(`{3,}|~{3,})/.exec(bare[0] ?? "")?.[1];
  return fence !== undefined && bare.length > 1 && bare.at(-1)?.trim() === fence ? bare.slice(1, -1) : bare;
}

function searchAndReplace(lines: readonly string[]): Shape {
  const parts: Replacement[] = [];
  let search: string[] | undefined;
  let replace: string[] | undefined;
  for (const line of lines) {
    if (SEARCH.test(line)) {
      if (search) return { kind: "malformed", text: line };
      search = [];
    } else if (search && !replace && /^={5,}\s*$/.test(line)) replace = [];
    else if (search && REPLACED.test(line)) {
      if (!replace) return { kind: "malformed", text: line };
      parts.push({ search, replace });
      search = replace = undefined;
    } else (replace ?? search)?.push(line);
  }
  if (search) return { kind: "malformed", text: SEARCH_MARK };
  return { kind: "replacements", format: "search-replace", parts };
}

/** What people get shown a file with: `12 | code`, `12: code`, `12  code`. */
function withoutNumbers(lines: readonly string[], languageId: string): readonly string[] {
  // A list.
  if (languageId === "markdown" && lines.some((line) => /^\s*\d+\)/.test(line))) return lines;
  const counted = lines.filter((line) => !isBlank(line) && !isElision(line, languageId));
  if (counted.length < 2) return lines;
  let before: number | undefined;
  for (const line of counted) {
    const number = Number(NUMBERED.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(number) || (before !== undefined && number <= before)) return lines;
    before = number;
  }
  const first = Number(NUMBERED.exec(counted[0] ?? "")?.[1]);
  // With gaps, as data have them, only marked ones count.
  const isMarked = counted.every((line) => /^\s*L?\d+\s*[|│:)]/.test(line));
  if (!isMarked && (before ?? 0) - first > lines.length + 1) return lines;
  const rests = lines.map((line) => {
    const found = NUMBERED.exec(line);
    return found ? line.slice(found[0].length) : line;
  });
  const hasSpace = rests.every((rest, row) => !NUMBERED.test(lines[row] ?? "") || rest === "" || rest.startsWith(" "));
  return hasSpace ? rests.map((rest, row) => (NUMBERED.test(lines[row] ?? "") ? rest.slice(1) : rest)) : rests;
}

function isDiff(lines: readonly string[], blockLanguage: string, languageId: string): boolean {
  const changed = lines.filter((line) => /^[+-]/.test(line)).length;
  if (changed === 0) return false;
  if (lines.some((line) => HUNK.test(line))) return true;
  if (lines.some((line, row) => /^--- \S/.test(line) && /^\+\+\+ \S/.test(lines[row + 1] ?? ""))) return true;
  if (/^(?:diff|patch|udiff)$/i.test(blockLanguage)) return true;
  return !LISTS.has(languageId) && lines.every((line) => /^(?:[ +-]|\s*$)/.test(line));
}

function diff(lines: readonly string[]): Shape {
  const parts: Replacement[] = [];
  let rows: string[] = [];
  let files = 0;
  const close = (): void => {
    const bare = rows.some((row) => !/^[+-]/.test(row)) ? { bare: replacementOf(rows, "") } : {};
    if (rows.length > 0) parts.push({ ...replacementOf(rows, " "), ...bare });
    rows = [];
  };
  for (const [row, line] of lines.entries()) {
    if (line.startsWith("--- ") && lines[row + 1]?.startsWith("+++ ")) {
      files += 1;
      close();
    } else if (line.startsWith("+++ ") && lines[row - 1]?.startsWith("--- ")) continue;
    else if (HEADER.test(line) && rows.length === 0) continue;
    else if (HUNK.test(line) || /^\s*(?:\.{3,}|…)\s*$/.test(line)) close();
    else if (line.startsWith("\\ ")) continue;
    else rows.push(line);
  }
  close();
  if (files > 1) return { kind: "malformed", text: "+++" };
  return { kind: "replacements", format: "diff", parts: parts.filter(isChange) };
}

/** @param prefix what stands in front of a line of context */
function replacementOf(rows: readonly string[], prefix: string): Replacement {
  const search: string[] = [];
  const replace: string[] = [];
  for (const row of rows) {
    const isContext = !/^[+-]/.test(row);
    const line = isContext ? (row.startsWith(prefix) ? row.slice(prefix.length) : row) : row.slice(1);
    if (!row.startsWith("+")) search.push(line);
    if (!row.startsWith("-")) replace.push(line);
  }
  return { search, replace };
}

function isChange({ search, replace }: Replacement): boolean {
  return search.join("\n") !== replace.join("\n");
}

const SEARCH_MARK = "<<<<<<< SEARCH";
const SEARCH = /^\s{0,3}(?:<{5,}\s*(?:SEARCH|ORIGINAL|HEAD)?|-{5,}\s*SEARCH)\s*:?\s*$/;
const REPLACED = /^\s{0,3}(?:>{5,}\s*(?:REPLACE|UPDATED|[\w./-]+)?|\+{5,}\s*REPLACE)\s*$/;
const NUMBERED = /^\s*L?(\d{1,6})(?:\s?[|│:)](?=\s|$)|\t|\s(?=\s|\S)|$)/;
const HUNK = /^@@(?:\s|$)/;
const HEADER =
  /^(?:diff --git |index [0-9a-f]+\.\.|new file mode|deleted file mode|similarity index|rename (?:from|to) )/;
/** Lines begin with `-` and `+` in these for other reasons. */
const LISTS = new Set(["markdown", "yaml", "plaintext", "dockercompose"]);
