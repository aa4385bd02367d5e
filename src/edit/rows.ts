/** A block in the place of whole rows, indented as they are. */

import type { Outline } from "../context/syntax/outline.ts";
import { indentationOf, isBlank, isFilled } from "../text/lines.ts";
import type { Draft } from "./draft.ts";
import { indenter } from "./indentation.ts";
import type { Place } from "./verdict.ts";

/** @param from the block's row that is the first of what is put there */
export function putInRows(draft: Draft, asked: Place, outline: Outline | undefined, from: number): void {
  const { index, block, units } = draft;
  const outer = outerOf(index.lines, asked, outline) ?? outerNear(index.lines, asked.from);
  const own = outerOf(block.lines, { from, to: block.lines.length }, block.outline) ?? "";
  const first = from + Math.max(0, block.lines.slice(from).findIndex(isFilled));
  const lines = draft.placed(first, block.lines.length, indenter(own, outer, units));
  if (index.lines.slice(asked.from, asked.to).some(isFilled)) draft.replace(asked.from, asked.to, lines);
  else draft.replace(asked.from, asked.to, apart(lines, index.lines, asked));
}

/** What all rows are indented by that do not begin inside of a string. */
function outerOf(lines: readonly string[], { from, to }: Place, outline: Outline | undefined): string | undefined {
  let outer: string | undefined;
  for (let row = from; row < to; row += 1) {
    const line = lines[row] ?? "";
    if (isBlank(line) || outline?.stringRows.has(row)) continue;
    const own = indentationOf(line);
    if (outer === undefined || own.length < outer.length) outer = own;
  }
  return outer;
}

/** That of a line without anything: as the line below, or above, whichever is deeper in. */
function outerNear(lines: readonly string[], row: number): string {
  const above = indentationOf(lines.slice(0, row).findLast(isFilled) ?? "");
  const below = indentationOf(lines.slice(row).find(isFilled) ?? "");
  return above.length > below.length ? above : below;
}

/** New code of several lines has a blank line above and below, as the lines around it have. */
function apart(added: readonly string[], lines: readonly string[], { from, to }: Place): readonly string[] {
  if (added.length < 2) return added;
  const above = isFilled(lines[from - 1] ?? "") ? [""] : [];
  const below = isFilled(lines[to] ?? "") ? [""] : [];
  return [...above, ...added, ...below];
}
