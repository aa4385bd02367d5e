/** The block of code around a row by indentation alone: for languages without a grammar. */

import { indentationOf, isBlank } from "../text/lines.ts";
import type { Place } from "./verdict.ts";

/** What a row says of blocks. */
interface Row {
  /** Characters that it is indented by; inside of a comment those of its beginning. */
  readonly indent: number;
  readonly kind: "blank" | "comment" | "closer" | "code";
}

/**
 * From the nearest line above with deeper ones below it to the last of those or what closes it, with the comments and
 * annotations right above. The outermost one that is short; where none is, the innermost one around the row.
 * `undefined` where the row stands between blocks.
 */
export function blockAt(lines: readonly string[], row: number): Place | undefined {
  const rows = rowsOf(lines);
  let found: Place | undefined;
  let within: Place = { from: 0, to: lines.length };
  for (let outer = -1; ;) {
    const indents = rows
      .slice(within.from, within.to)
      .flatMap(({ indent, kind }) => (kind !== "blank" && indent > outer ? [indent] : []));
    if (indents.length === 0) return found;
    const edge = indents.reduce((least, indent) => Math.min(least, indent));
    const inner = blockBetween(rows, row, within, edge);
    if (!inner) return found;
    found = inner.place;
    if (found.to - found.from <= SHORT_LINES) return found;
    within = { from: inner.head + 1, to: found.to };
    outer = edge;
  }
}

/** The one whose head is indented by `edge`. */
function blockBetween(
  rows: readonly Row[],
  row: number,
  within: Place,
  edge: number,
): { readonly place: Place; readonly head: number } | undefined {
  const at = (index: number): Row | undefined => (index >= within.from && index < within.to ? rows[index] : undefined);
  const isInside = (each: Row | undefined): boolean =>
    each !== undefined && (each.kind === "blank" || each.indent > edge || each.kind === "closer");
  let head = row;
  // What is said above a block belongs to it.
  while (at(head)?.kind === "comment" && at(head)?.indent === edge) head += 1;
  while (isInside(at(head))) head -= 1;
  if (at(head)?.indent !== edge || at(head)?.kind === "comment") return undefined;
  let last = head;
  for (let next = head + 1; ; next += 1) {
    const each = at(next);
    if (!each || !isInside(each) || each.indent < edge) break;
    if (each.kind !== "blank") last = next;
  }
  if (last === head || last < row) return undefined;
  let from = head;
  while (at(from - 1)?.kind === "comment" && at(from - 1)?.indent === edge) from -= 1;
  return { place: { from, to: last + 1 }, head };
}

function rowsOf(lines: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  /** Of the comment that goes on. */
  let comment: number | undefined;
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    const indent = comment ?? indentationOf(line).length;
    if (comment !== undefined || COMMENT.test(text)) {
      const begins = comment !== undefined || text.startsWith("/*");
      comment = begins && !text.includes("*/") ? indent : undefined;
      rows.push({ indent, kind: "comment" });
    } else if (text === "") rows.push({ indent, kind: "blank" });
    // A bracket that stands alone opens what the line above it begins.
    else if (CLOSER.test(text) || (OPENER.test(text) && !isBlank(lines[index - 1] ?? "")))
      rows.push({ indent, kind: "closer" });
    else rows.push({ indent, kind: "code" });
  }
  return rows;
}

const COMMENT = /^(?:\/\/|\/\*|#|--|;|%|"""|@)/;
const CLOSER = /^(?:[)\]}]|<\/|end\b|fi\b|done\b|esac\b)/i;
const OPENER = /^(?:\{|begin)$/i;
/** What is longer is rather a class or a module than what is meant. */
const SHORT_LINES = 100;
