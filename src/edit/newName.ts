/** A definition that was asked about, and that has another name in the answer. */

import type { Outline } from "../context/syntax/outline.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { withMembers } from "./matching.ts";
import { putInRows } from "./rows.ts";
import { likeness } from "./similarity.ts";

/**
 * All definitions of the block are new, and the first is like the one that was asked about: that has another name now.
 * Throws where the file still uses the old one.
 * @param mayGo whether the user is content to lose a name
 */
export function putUnderNewName(draft: Draft, outline: Outline, mayGo: (name: string) => boolean): boolean {
  const { asked, block, index } = draft;
  const own = block.outline?.units.filter(({ kind }) => kind === "definition") ?? [];
  const [first] = own;
  if (!asked || !first || block.elisions.size > 0) return false;
  const all = withMembers(outline.units).filter(({ kind }) => kind === "definition");
  const names = new Set(all.map(({ name }) => name));
  if (own.some(({ name }) => names.has(name)) || block.outline?.units.some(({ kind }) => kind === "import"))
    return false;
  const there = all.find(({ head, last }) => head >= asked.from && last < asked.to);
  if (!there) return false;
  const bodyOf = (lines: readonly string[]): string => lines.map((line) => line.trim()).join(" ");
  const before = bodyOf(index.lines.slice(there.head + 1, there.last + 1));
  if (likeness(before, bodyOf(block.lines.slice(first.head + 1, first.last + 1))) < ALIKE) return false;
  const others = [...index.lines.slice(0, asked.from), ...index.lines.slice(asked.to)].join("\n");
  const isUsed = others.match(/[\p{L}\p{N}_$]+/gu)?.includes(there.name) ?? false;
  if (isUsed && !mayGo(there.name)) throw new CannotApply({ reason: "symbols-lost", names: [there.name] });
  putInRows(draft, asked, outline, 0);
  return true;
}

const ALIKE = 0.7;
