/** Whether an answer indents in another way than the file, with tabs or with more spaces. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { type Units, unitOf } from "./indentation.ts";
import type { LineIndex } from "./placing.ts";

/** The same for both, unless it is clear that they differ: a few lines may well have one step of 8 and mean two of 4. */
export function unitsOf(lines: readonly string[], outline: Outline | undefined, index: LineIndex): Units {
  const file = unitOf(index.lines);
  const block = unitOf(lines);
  const common = file ?? block ?? "  ";
  const same = { block: common, file: common };
  if (file === undefined || block === undefined || !isOther(block, file)) return same;
  const { asItIs, converted } = agreement(lines, index, { block, file });
  if (asItIs > 0 || converted > 0) return converted > asItIs ? { block, file } : same;
  if (isMixed(index.lines)) return same;
  const filled = lines.filter((line) => !isBlank(line)).map(indentationOf);
  const isRegular = filled.every((own) => own.replaceAll(block, "") === "");
  // One step may be of either kind, where both are spaces, unless it is that of a body.
  const steps = outline?.units.flatMap((unit) => bodyStep(unit, lines, outline.stringRows) ?? []) ?? [];
  const isBody = steps.includes(block);
  // What its texts are indented by is no code's.
  if (steps.length > 0 && !isBody) return same;
  const isClear = block === "\t" || file === "\t" || isBody || new Set(filled).size > 2;
  return isRegular && isClear ? { block, file } : same;
}

/** How much further in than its header the code of a definition stands. */
function bodyStep(
  { kind, head, last }: Unit,
  lines: readonly string[],
  stringRows: ReadonlySet<number>,
): string | undefined {
  if (kind !== "definition") return undefined;
  const outer = indentationOf(lines[head] ?? "");
  const steps = lines.slice(head + 1, last + 1).flatMap((line, at) => {
    const own = indentationOf(line);
    const isInside = !isBlank(line) && own.length > outer.length && !stringRows.has(head + 1 + at);
    return isInside && own.startsWith(outer) ? [own.slice(outer.length)] : [];
  });
  return steps.toSorted((a, b) => a.length - b.length)[0];
}

/** How many steps between lines that follow each other in both are the same, as they are and converted. */
function agreement(
  lines: readonly string[],
  index: LineIndex,
  { block, file }: Units,
): { readonly asItIs: number; readonly converted: number } {
  let asItIs = 0;
  let converted = 0;
  for (let row = 1; row < Math.min(lines.length, MOST_LINES); row += 1) {
    const [above = "", line = ""] = [lines[row - 1], lines[row]];
    const step = stepBetween(above, line);
    if (step === undefined) continue;
    const steps = stepsThere(above, line, index);
    const changed = step.replaceAll(block, file);
    if (steps.includes(step)) asItIs += 1;
    else if (changed !== step && steps.includes(changed)) converted += 1;
  }
  return { asItIs, converted };
}

/** The steps between these lines where they follow each other in the file. */
function stepsThere(above: string, line: string, index: LineIndex): readonly (string | undefined)[] {
  const rows = index.rowsOf(line);
  const rowsAbove = index.rowsOf(above);
  const candidates = rows.length <= rowsAbove.length ? rows : rowsAbove.map((row) => row + 1);
  return candidates.slice(0, MOST_ROWS).flatMap((at) => {
    const [aboveThere = "", there = ""] = [index.lines[at - 1], index.lines[at]];
    return aboveThere.trim() === above.trim() && there.trim() === line.trim() ? [stepBetween(aboveThere, there)] : [];
  });
}

/** The blanks that one of two lines has more, with the sign of the direction; none where neither has. */
function stepBetween(above: string, line: string): string | undefined {
  if (isBlank(above) || isBlank(line)) return undefined;
  const [from, to] = [indentationOf(above), indentationOf(line)];
  if (from === to) return undefined;
  if (to.startsWith(from)) return `+${to.slice(from.length)}`;
  return from.startsWith(to) ? `-${from.slice(to.length)}` : undefined;
}

/** Some lines begin with tabs and some with spaces: its parts differ. */
function isMixed(lines: readonly string[]): boolean {
  const tabs = lines.filter((line) => line.startsWith("\t")).length;
  const spaces = lines.filter((line) => line.startsWith("  ")).length;
  return Math.min(tabs, spaces) * 20 > tabs + spaces;
}

function isOther(block: string, file: string): boolean {
  if (block === file) return false;
  if ((block === "\t") !== (file === "\t")) return true;
  return block !== "\t" && (block.length === 2 * file.length || 2 * block.length === file.length) && block.length < 8;
}

const MOST_LINES = 2_000;
const MOST_ROWS = 20;
