/** The sections of a Markdown text, each from its heading up to the next heading of any level. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { isBlank } from "../text/lines.ts";
import { rowsOutsideFences } from "../text/markdownCode.ts";

export function markdownOutline(lines: readonly string[]): Outline {
  const starts = rowsOutsideFences(lines).filter((row) => /^#{1,6}\s/.test(lines[row] ?? ""));
  const units: Unit[] = [];
  const first = lines.findIndex((line) => !isBlank(line));
  if (first !== -1 && first < (starts[0] ?? lines.length))
    units.push(section("", first, starts[0] ?? lines.length, lines));
  for (const [at, row] of starts.entries())
    units.push(section((lines[row] ?? "").trim(), row, starts[at + 1] ?? lines.length, lines));
  return { errors: 0, units, stringRows: new Set() };
}

function section(name: string, row: number, end: number, lines: readonly string[]): Unit {
  let last = end - 1;
  while (last > row && isBlank(lines[last] ?? "")) last -= 1;
  const kind = name === "" ? "statement" : "definition";
  return {
    kind,
    type: "section",
    name,
    first: row,
    code: row,
    head: row,
    last,
    exported: false,
    alone: true,
    members: undefined,
  };
}
