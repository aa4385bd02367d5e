/** Which unit of a block stands for which one of the file. */

import type { Unit } from "../context/syntax/outline.ts";
import { indentationOf } from "../text/lines.ts";
import { lineChanges } from "../text/diff.ts";
import { CannotApply, type Draft } from "./draft.ts";
import { likeness, weightOf } from "./similarity.ts";

/** A unit of the block, or a placeholder between units. */
export type Entry = { readonly kind: "elision" } | { readonly kind: "unit"; readonly unit: Unit };

/** Placeholders are comments to the grammar, which it may have given to the unit below. */
export function entriesOf(units: readonly Unit[], draft: Draft): readonly Entry[] {
  const { elisions } = draft.block;
  const entries: Entry[] = [];
  for (const unit of units) {
    let { first } = unit;
    for (let row = unit.first; row < unit.code; row += 1) {
      if (!elisions.has(row)) continue;
      entries.push({ kind: "elision" });
      first = row + 1;
    }
    const before = entries.at(-1);
    if (unit.first === unit.last && elisions.has(unit.first)) {
      const isInside =
        before?.kind === "unit" && draft.languageId === "python" && isDeeper(unit.first, before.unit, draft);
      if (isInside) entries[entries.length - 1] = { kind: "unit", unit: extended(before.unit, unit, draft) };
      else entries.push({ kind: "elision" });
    } else entries.push({ kind: "unit", unit: first === unit.first ? unit : { ...unit, first } });
  }
  return entries;
}

function isDeeper(row: number, unit: Unit, { block: { lines } }: Draft): boolean {
  return indentationOf(lines[row] ?? "").length > indentationOf(lines[unit.head] ?? "").length;
}

/** To Python's grammar a comment at the end of a body stands behind it. */
function extended(unit: Unit, comment: Unit, draft: Draft): Unit {
  const row = comment.last;
  if (!unit.members) return { ...unit, last: row };
  const { units } = unit.members;
  const last = units.at(-1);
  const inner =
    last && isDeeper(row, last, draft) ? [...units.slice(0, -1), extended(last, comment, draft)] : [...units, comment];
  return { ...unit, last: row, members: { ...unit.members, close: row + 1, units: inner } };
}

/** For each unit of the block the one of the file; none for what is new. Throws where several could be meant. */
export function matched(
  own: readonly Unit[],
  units: readonly Unit[],
  all: readonly Unit[],
  draft: Draft,
): ReadonlyMap<Unit, Unit> {
  const pairs = new Map<Unit, Unit>();
  const taken = new Set<Unit>();
  for (const unit of own) {
    const found = partnerOf(unit, own, units, all, taken, draft);
    if (!found) continue;
    pairs.set(unit, found);
    taken.add(found);
  }
  return pairs;
}

function partnerOf(
  unit: Unit,
  own: readonly Unit[],
  units: readonly Unit[],
  all: readonly Unit[],
  taken: ReadonlySet<Unit>,
  draft: Draft,
): Unit | undefined {
  if (unit.kind !== "definition") return statementLike(unit, units, taken, draft);
  const here = units.filter((other) => other.kind === "definition" && sameName(unit, other));
  const namesakes = own.filter((other) => other.kind === "definition" && sameName(unit, other));
  // As many in the block as in the file: one after the other.
  if (here.length > 1 && here.length === namesakes.length) return here[namesakes.indexOf(unit)];
  const inside = FUNCTION.test(unit.type) ? all.filter((other) => !units.includes(other)) : [];
  const members = inside.filter((other) => other.kind === "definition" && sameMember(unit, other));
  const free = [...here, ...members].filter((other) => !taken.has(other));
  const known = here.length + members.length;
  if (known > 0) return oneOf(unit, free, known, draft);
  const others = all.filter(
    (other) => other.kind === "definition" && !units.includes(other) && sameMember(unit, other),
  );
  return oneOf(unit, others, 0, draft);
}

/** The one of these; of several the one of the same kind, with the same header, or that the user points at. */
function oneOf(unit: Unit, others: readonly Unit[], known: number, draft: Draft): Unit | undefined {
  if (others.length <= 1 && known <= 1) return others[0];
  const header = headerOf(unit, draft.block.lines);
  const ways: readonly ((other: Unit) => boolean)[] = [
    (other) => other.type === unit.type,
    (other) => headerOf(other, draft.index.lines) === header,
  ];
  let left = others;
  for (const way of ways) {
    const rest = left.filter(way);
    if (rest.length === 1 && way !== ways[0]) return rest[0];
    if (rest.length > 0) left = rest;
  }
  const { hint } = draft;
  const hinted = hint ? left.filter((other) => other.first < hint.to && hint.from <= other.last) : [];
  if (hinted.length === 1) return hinted[0];
  if (left.length === 1 && others.length === known) return left[0];
  const isOverload = OVERLOADS.has(draft.languageId) && headerOf(left[0] ?? unit, draft.index.lines) !== header;
  const alike = isOverload ? undefined : mostAlike(unit, left, draft);
  if (alike) return alike;
  const candidates = left.map((other) => ({ from: other.first, to: other.last + 1 }));
  throw new CannotApply({ reason: "ambiguous", candidates: candidates.slice(0, MOST_CANDIDATES) });
}

/** The one whose lines the block has, where no other is half as much like it. */
function mostAlike(unit: Unit, others: readonly Unit[], { block, index }: Draft): Unit | undefined {
  const own = rowsOf(unit, block.lines);
  const rated = others
    .map((other) => ({ other, share: shareOf(own, rowsOf(other, index.lines)) }))
    .toSorted((a, b) => b.share - a.share);
  const [best, second] = rated;
  return best && best.share >= ALIKE && (second?.share ?? 0) < best.share / 2 ? best.other : undefined;
}

function rowsOf(unit: Unit, lines: readonly string[]): readonly string[] {
  return lines.slice(unit.head + 1, Math.min(unit.last + 1, unit.head + LONGEST_UNIT)).map((line) => line.trim());
}

/** How much of both is common: from 0 to 1. */
function shareOf(before: readonly string[], after: readonly string[]): number {
  const weigh = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + weightOf(line), 0);
  const all = weigh(before) + weigh(after);
  const changed = lineChanges(before, after).reduce(
    (sum, { from, to, newFrom, newTo }) => sum + weigh(before.slice(from, to)) + weigh(after.slice(newFrom, newTo)),
    0,
  );
  return all === 0 ? 0 : 1 - changed / all;
}

function sameName(a: Unit, b: Unit): boolean {
  if (a.name !== b.name) return false;
  const isDefault = a.name === "default" && a.exported && b.exported;
  return isDefault || a.type === b.type || (groupOf(a) !== undefined && groupOf(a) === groupOf(b));
}

/** One may become another one of its group; a constant of a script may become a function. */
function groupOf({ type }: Unit): string | undefined {
  if (/function|method|constructor|^lexical_declaration$/.test(type)) return "function";
  if (/class|interface|struct|enum|record|trait|type_alias|type_declaration/.test(type)) return "type";
  return /property|field|variable|const_|var_/.test(type) ? "value" : undefined;
}

/** A constructor or a method is named without its class in a block of its own. */
function sameMember(a: Unit, b: Unit): boolean {
  const isValue = VALUES.test(a.type) || VALUES.test(b.type);
  return sameName(a, b) && (!isValue || FIELD.test(b.type));
}

function statementLike(unit: Unit, units: readonly Unit[], taken: ReadonlySet<Unit>, draft: Draft): Unit | undefined {
  const same = units.filter((other) => !taken.has(other) && other.kind === unit.kind);
  const text = textOf(unit, draft.block.lines);
  const equal = same.find((other) => textOf(other, draft.index.lines) === text);
  if (equal || unit.kind === "comment") return equal;
  // A docstring.
  if (isText(unit, draft.block.lines))
    return same.find(
      (other) => isText(other, draft.index.lines) && likeness(textOf(other, draft.index.lines), text) >= ALIKE,
    );
  if (unit.last === unit.head) return undefined;
  const header = draft.block.lines[unit.head]?.trim();
  const alike = same.filter((other) => other.last > other.head && draft.index.lines[other.head]?.trim() === header);
  return alike.length > 0 ? oneOf(unit, alike, alike.length, draft) : undefined;
}

/** It is a comment, or has one right above. */
export function isCommented({ kind, first, code }: Unit): boolean {
  return kind === "comment" || first < code;
}

/** A text of several lines by itself, as what Python says of a class or a function. */
export function isText(unit: Unit, lines: readonly string[]): boolean {
  return unit.type === "expression_statement" && /^\s*(?:"""|''')/.test(lines[unit.head] ?? "");
}

/** Without outer indentation and comments above. */
export function textOf(unit: Unit, lines: readonly string[]): string {
  return lines
    .slice(unit.code, unit.last + 1)
    .map((line) => line.trim())
    .join("\n");
}

/** Up to what opens its body. */
export function headerOf(unit: Unit, lines: readonly string[]): string {
  const text = lines.slice(unit.head, Math.min(unit.last + 1, unit.head + LONGEST_HEADER)).join(" ");
  const end = /\{|=>|:\s*$|:\s{2,}/.exec(text)?.index ?? text.length;
  return text.slice(0, end).replace(/\s+/g, "");
}

/** Of all units, members too. */
export function namesIn(units: readonly Unit[]): ReadonlySet<string> {
  return new Set(withMembers(units).map(({ name }) => name));
}

/** All units, members too, in the order of the file. */
export function withMembers(units: readonly Unit[]): readonly Unit[] {
  return units.flatMap((unit) => [unit, ...withMembers(unit.members?.units ?? [])]);
}

const MOST_CANDIDATES = 10;
const LONGEST_HEADER = 12;
/** May stand outside of its class. */
const FUNCTION = /function|method/;
const LONGEST_UNIT = 1_000;
const ALIKE = 0.6;
/** Another header is another function. */
const OVERLOADS = new Set(["java", "csharp", "c", "cpp"]);
/** Outside of its class it is a variable to the grammar. */
const FIELD = /^field_declaration$/;
/** Variables are too many to be found by their names alone. */
const VALUES =
  /variable|lexical|assignment|expression_statement|^const_|^var_|^local_(?:declaration|variable)|^declaration$/;

/**
 * The names of the members that a class of the file has, and that of a block leaves out without a word, where it shows so
 * few of them that they can't be meant to go: at most half.
 */
export function leftOutMembers(own: Unit, there: Unit): readonly string[] {
  const shown = namesOfMembers(own);
  const all = namesOfMembers(there);
  const left = all.filter((name) => !shown.includes(name));
  const known = shown.filter((name) => all.includes(name));
  return known.length > 0 && left.length >= known.length ? left : [];
}

function namesOfMembers({ members }: Unit): readonly string[] {
  return (members?.units ?? []).flatMap(({ kind, name }) => (kind === "definition" && name !== "" ? [name] : []));
}
