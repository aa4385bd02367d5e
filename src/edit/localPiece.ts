/** A piece of a function that was asked about: local variables and functions, which are no definitions of the file. */

import { indentationOf, isBlank } from "../text/lines.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { indenter } from "./indentation.ts";
import { placeOf } from "./placing.ts";
import type { Place } from "./verdict.ts";

/**
 * Puts it where it stands in what was asked about; one line in the place of that which declares the same name. Throws where
 * it can't be told where it belongs: beside the function it would be something else.
 * @returns whether it is such a piece
 * @param defined names of the file's definitions
 */
export function putLocalPiece(draft: Draft, asked: Place, defined: ReadonlySet<string>): boolean {
  const { block, index, units, hint } = draft;
  const rows = localRows(draft, asked, defined);
  if (rows.length === 0) return false;
  const placed = placeOf(index, block.lines, asked, { start: "like", end: "like" }, units, hint);
  if (placed.kind === "placed") {
    draft.replace(placed.fit.from, placed.fit.to, draft.placed(0, block.lines.length, placed.fit.indenter));
    return true;
  }
  const [line = "", ...others] = block.lines.filter((each) => !isBlank(each));
  const [row = 0, ...rivals] = rows;
  const there = index.lines[row] ?? "";
  // What goes on in the next line does not end so.
  const isWhole = there.trimEnd().at(-1) === line.trimEnd().at(-1);
  if (others.length + rivals.length > 0 || !isWhole) throw new CannotApply({ reason: "no-place", text: line.trim() });
  draft.replace(row, row + 1, [indenter(indentationOf(line), indentationOf(there), units).indent(line)]);
  return true;
}

/** The rows among those asked about that declare what the block begins with; none where it has something of the file's. */
export function localRows({ block, index }: Draft, asked: Place, defined: ReadonlySet<string>): readonly number[] {
  const own = block.outline?.units ?? [];
  const [first] = own;
  if (first?.kind !== "definition") return [];
  if (own.some(({ kind, name }) => kind === "import" || (kind === "definition" && defined.has(name)))) return [];
  return declarations(index.lines, asked, declaredIn(block.lines[first.head] ?? "", first.name));
}

/** Up to its name: `const total`. */
function declaredIn(line: string, name: string): string {
  const at = line.indexOf(name);
  return at === -1 ? "" : line.slice(0, at + name.length).trim();
}

function declarations(lines: readonly string[], { from, to }: Place, declared: string): readonly number[] {
  if (declared === "") return [];
  const rows = Array.from({ length: to - from }, (_, at) => from + at);
  return rows.filter((row) => {
    const line = lines[row]?.trim() ?? "";
    return line.startsWith(declared) && !/^[\p{L}\p{N}_$]/u.test(line.slice(declared.length));
  });
}
