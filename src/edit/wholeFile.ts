/** Whether a block is a whole new version of a file, or only shows what of it changes. */

import type { Unit } from "../context/syntax/outline.ts";
import { hasWords, isBlank } from "../text/lines.ts";
import type { BlockCode } from "./draft.ts";
import { isCommented, isText, leftOutMembers, textOf } from "./matching.ts";

export type Extent =
  | "whole"
  | "parts"
  /** It begins and ends as the file does, and these definitions of it are missing. */
  | { readonly lost: readonly string[] };

/** @param lossOf those of the names that are missing that nobody wants to be rid of */
export function extentOf(
  block: BlockCode,
  blockUnits: readonly Unit[],
  units: readonly Unit[],
  lines: readonly string[],
  lossOf: (names: readonly string[]) => readonly string[],
): Extent {
  const defined = units.filter(({ kind }) => kind === "definition");
  const own = blockUnits.filter(({ kind }) => kind === "definition");
  const lost = lossOf(missing(defined, own));
  const others = units.filter(({ kind }) => kind !== "definition" && kind !== "import");
  const ownTexts = new Set(blockUnits.flatMap((unit) => [textOf(unit, block.lines), headLine(unit, block.lines)]));
  const hasOthers = others.every(
    (unit) => ownTexts.has(textOf(unit, lines)) || (unit.last > unit.head && ownTexts.has(headLine(unit, lines))),
  );
  const isPartly = own.some((unit) =>
    defined.some((there) => there.name === unit.name && leftOutMembers(unit, there).length > 0),
  );
  const hasImports = !leavesOutImports({ units: blockUnits, lines: block.lines }, { units, lines });
  // What an answer does not say of a definition is kept with it, one by one.
  const isBare = [isCommented, isText].some(
    (is) => hasAny({ units, lines }, is) && !hasAny({ units: blockUnits, lines: block.lines }, is),
  );
  if (lost.length === 0 && hasOthers && hasImports && !isBare && !isPartly && defined.length + others.length > 0)
    return "whole";
  const first = units[0];
  const last = units.at(-1);
  const ownLast = blockUnits.at(-1);
  if (!first || !last || !ownLast || first === last) return "parts";
  // The mark of a comment alone says nothing.
  const beginsAlike = firstLine(block.lines.filter(hasWords)) === firstLine(lines.filter(hasWords));
  const endsAlike =
    last.kind === ownLast.kind &&
    (last.name === "" ? headLine(last, lines) === headLine(ownLast, block.lines) : last.name === ownLast.name);
  if (!beginsAlike || !endsAlike || lost.length === 0) return "parts";
  return { lost };
}

/** Names of the first that the second has less often. */
function missing(units: readonly Unit[], own: readonly Unit[]): readonly string[] {
  const left = new Map<string, number>();
  for (const { name } of own) left.set(name, (left.get(name) ?? 0) + 1);
  return units.flatMap(({ name }) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count > 0 ? [] : [name];
  });
}

function hasAny({ units, lines }: Code, is: (unit: Unit, lines: readonly string[]) => boolean): boolean {
  return units.some((unit) => is(unit, lines) || hasAny({ units: unit.members?.units ?? [], lines }, is));
}

interface Code {
  readonly units: readonly Unit[];
  readonly lines: readonly string[];
}

/** What is still used of them, or may be needed for what it does, a whole file would have. */
export function leavesOutImports(block: Code, file: Code): boolean {
  const own = importsOf(block);
  const there = importsOf(file);
  if (own.length === 0) return there.length > 0;
  const known = new Set(own.flatMap(({ text, names }) => [text, ...names]));
  const rest = block.units.filter(({ kind }) => kind !== "import");
  const used = new Set(rest.flatMap(({ first, last }) => wordsIn(block.lines.slice(first, last + 1).join("\n"))));
  return there.some(({ text, names }) =>
    names.length === 0 ? !known.has(text) : names.some((name) => !known.has(name) && used.has(name)),
  );
}

/** `names` are what it brings into the file, and of some languages also where from. */
function importsOf({ units, lines }: Code): readonly { readonly text: string; readonly names: readonly string[] }[] {
  return units
    .filter(({ kind }) => kind === "import")
    .map((unit) => {
      const text = textOf(unit, lines);
      // Go names a package by its path's last part.
      const bare = text
        .replace(/^from\s+\S+/, "")
        .replace(/(["'])(?:[^"'\n]*\/)?([^"'\n]*)\1/g, (_, __, last: string) => (GO_GROUP.test(text) ? last : ""));
      return { text, names: wordsIn(bare).filter((word) => !IMPORT_WORDS.has(word)) };
    });
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
}

/** Of a file whose grammar is not known: its first and last lines, and most of what is between. */
export function looksWhole(block: readonly string[], lines: readonly string[]): boolean {
  if (firstLine(block) !== firstLine(lines) || lastLine(block) !== lastLine(lines)) return false;
  const own = new Set(block.map((line) => line.trim()));
  const filled = lines.filter((line) => !isBlank(line));
  const kept = filled.filter((line) => own.has(line.trim())).length;
  return kept >= filled.length * MOST_KEPT;
}

function headLine(unit: Unit, lines: readonly string[]): string {
  return `${unit.kind} ${lines[unit.head]?.trim() ?? ""}`;
}

function firstLine(lines: readonly string[]): string | undefined {
  return lines.find((line) => !isBlank(line))?.trim();
}

function lastLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => !isBlank(line))?.trim();
}

const MOST_KEPT = 0.6;
const GO_GROUP = /^import\s*(?:\(|")/;
const IMPORT_WORDS = new Set("import from as type typeof const let var require export use using pub static".split(" "));
