/** The definition that a row belongs to: what is meant where nothing is selected. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import type { Place } from "./verdict.ts";

/**
 * The innermost definition, with the comments and annotations above it, by the grammar, or without one by indentation.
 * `undefined` where the row stands between definitions.
 */
export function definitionAt(
  lines: readonly string[],
  row: number,
  outline: Pick<Outline, "units"> | undefined,
): Place | undefined {
  const unit = outline && unitAt(outline.units, row);
  if (unit) return { from: unit.first, to: unit.last + 1 };
  return outline ? undefined : blockAt(lines, row);
}

function unitAt(units: readonly Unit[], row: number): Unit | undefined {
  const around = units.find(({ first, last }) => first <= row && row <= last);
  if (!around) return undefined;
  const inside = around.members && unitAt(around.members.units, row);
  if (inside) return inside;
  // A loop, or the call that a whole test is, can be changed as well.
  const isMeant = around.kind === "definition" || (around.kind === "statement" && around.last > around.head);
  return isMeant ? around : undefined;
}

/** From the nearest line that stands all to the left, and has deeper ones below it, to the last of those or what closes it. */
function blockAt(lines: readonly string[], row: number): Place | undefined {
  let head = row;
  while (head >= 0 && (isBlank(lines[head] ?? "") || isDeep(lines[head] ?? "") || isCloser(lines[head] ?? "")))
    head -= 1;
  if (head < 0) return undefined;
  let last = head;
  for (let next = head + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (isBlank(line)) continue;
    if (!isDeep(line) && !isCloser(line)) break;
    last = next;
    if (!isDeep(line) && !OPENER.test(line)) break;
  }
  if (last === head || last < row) return undefined;
  let from = head;
  while (from > 0 && COMMENT.test(lines[from - 1] ?? "")) from -= 1;
  return { from, to: last + 1 };
}

function isDeep(line: string): boolean {
  return indentationOf(line) !== "";
}

function isCloser(line: string): boolean {
  return /^(?:[)\]}]|end\b|fi\b|done\b|esac\b)/i.test(line);
}

/** `} else {` */
const OPENER = /[{([:]\s*$|\b(?:then|do|begin)\s*$/i;
const COMMENT = /^(?:\/\/|\/\*|\*|#|--|;|%|""")/;
