/** The lines that a model was asked to change, where nothing in its answer says otherwise. */

import type { Outline } from "../context/syntax/outline.ts";
import { indentationOf, isBlank } from "../text/lines.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { indenter } from "./indentation.ts";
import { withMembers } from "./matching.ts";
import type { Placed } from "./placing.ts";
import { likeness } from "./similarity.ts";
import type { Place } from "./verdict.ts";

/** @returns whether the block was put in the place of what was asked about */
export function putWhereAsked(draft: Draft, found: Placed): boolean {
  const { asked, block, index } = draft;
  if (!asked) return false;
  const there = index.lines.slice(asked.from, asked.to);
  switch (found.kind) {
    case "placed": {
      const { from, to } = found.fit;
      const isWithin = from >= asked.from && to <= asked.to;
      if (!isWithin || !(sharesLine(block.lines, there, 0) || sharesLine(block.lines, there, -1))) return false;
      break;
    }
    case "ambiguous":
      if (!found.candidates.some(({ from, to }) => from === asked.from && to === asked.to)) return false;
      break;
    case "none":
      // With what stands around it, it is more than what was asked about.
      if (has(block.lines, lastWords(index.lines.slice(0, asked.from)))) return false;
      if (has(block.lines, firstWords(index.lines.slice(asked.to)))) return false;
      if (block.lines.length > MOST_GROWTH * there.length + MORE_LINES) return false;
  }
  put(asked, draft);
  return true;
}

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
  put(asked, draft);
  return true;
}

function put(asked: Place, draft: Draft): void {
  const { index, block, units } = draft;
  const outer = index.lines
    .slice(asked.from, asked.to)
    .filter((line) => !isBlank(line))
    .map(indentationOf)
    .reduce((least, own) => (own.length < least.length ? own : least));
  draft.replace(asked.from, asked.to, draft.placed(0, block.lines.length, indenter("", outer, units)));
}

/** Brackets alone say nothing. */
function sharesLine(block: readonly string[], there: readonly string[], at: 0 | -1): boolean {
  const line = there.at(at)?.trim() ?? "";
  return WORDS.test(line) && block.at(at)?.trim() === line;
}

function has(block: readonly string[], line: string | undefined): boolean {
  return line !== undefined && block.some((own) => own.trim() === line.trim());
}

function firstWords(lines: readonly string[]): string | undefined {
  return lines.find((line) => WORDS.test(line));
}

function lastWords(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => WORDS.test(line));
}

const WORDS = /[\p{L}\p{N}]/u;
const ALIKE = 0.7;
const MOST_GROWTH = 4;
const MORE_LINES = 40;
