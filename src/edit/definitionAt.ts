/** The definition that a row belongs to: what is meant where nothing is selected. */

import type { Outline, Unit } from "../context/syntax/outline.ts";
import { blockAt } from "./blockAt.ts";
import type { Place } from "./verdict.ts";

export interface FoundDefinition {
  /** `undefined` where the row stands between definitions. */
  readonly place: Place | undefined;
  /** By a grammar that could read all of the file. */
  readonly isSure: boolean;
}

/** The innermost definition, with the comments and annotations above it, by the grammar, or without one by indentation. */
export function definitionAt(
  lines: readonly string[],
  row: number,
  outline: Pick<Outline, "units" | "errors"> | undefined,
): FoundDefinition {
  if (!outline) return { place: blockAt(lines, row), isSure: false };
  const unit = unitAt(outline.units, row);
  return { place: unit && { from: unit.first, to: unit.last + 1 }, isSure: outline.errors === 0 };
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
