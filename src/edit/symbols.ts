/** The definitions of a file before and after a change. */

import type { Unit } from "../context/syntax/outline.ts";
import { headerOf } from "./matching.ts";
import { likeness } from "./similarity.ts";

interface Symbol {
  /** With what it is a member of: `Cart.add`. */
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly header: string;
  readonly body: string;
  /** All of it, in words and signs, without its own name. */
  readonly shape: string;
}

export interface Renamed {
  readonly from: string;
  readonly to: string;
}

export function symbolsOf(units: readonly Unit[], lines: readonly string[], outer = ""): readonly Symbol[] {
  return units.flatMap((unit) => {
    if (unit.kind !== "definition") return [];
    const path = outer + unit.name;
    const body = lines.slice(unit.head + 1, Math.min(unit.last + 1, unit.head + LONGEST_BODY));
    const symbol: Symbol = {
      path,
      name: unit.name,
      type: unit.type,
      header: headerOf(unit, lines),
      body: body.map((line) => line.trim()).join(" "),
      shape: shapeOf(unit, lines),
    };
    return [symbol, ...symbolsOf(unit.members?.units ?? [], lines, `${path}.`)];
  });
}

export interface Lost {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  /** Gone under one name and there under another, with most of its text; members of what is renamed, too. */
  readonly renamed: readonly Renamed[];
}

interface NamesAfter {
  /** It is still there anywhere. */
  readonly isUsed: (name: string) => boolean;
  /** It is given a value as often as before: a variable that stands inside of something else now. */
  readonly isAssigned: (name: string) => boolean;
}

export function lostSymbols(
  before: readonly Symbol[],
  after: readonly Symbol[],
  { isUsed, isAssigned }: NamesAfter,
): Lost {
  const gone = without(before, after).filter(({ name, type }) => !(VARIABLE.test(type) && isAssigned(name)));
  const come = [...without(after, before)];
  const lost: string[] = [];
  const renamed: Renamed[] = [];
  const inShape = sameShapes(gone, come);
  for (const symbol of gone) {
    // With its class, under the class's new name.
    const outer = renamed.find(({ from }) => symbol.path.startsWith(`${from}.`));
    const path = outer ? outer.to + symbol.path.slice(outer.from.length) : undefined;
    const isIt = (other: Symbol): boolean =>
      other.path === path || isSame(symbol, other) || (inShape.get(symbol) === other && !isUsed(symbol.name));
    const at = come.findIndex(isIt);
    const other = come[at];
    if (!other) lost.push(symbol.path);
    else {
      renamed.push({ from: symbol.path, to: other.path });
      come.splice(at, 1);
    }
  }
  return { lost, gained: come.map(({ path }) => path), renamed };
}

/** Without those that go by another name only since what they are members of does. */
export function renamedThemselves(renamed: readonly Renamed[]): readonly Renamed[] {
  const newNames = new Map(renamed.map(({ from, to }) => [from, to]));
  return renamed.filter(({ from, to }) => {
    const dot = from.lastIndexOf(".");
    const outer = dot === -1 ? undefined : newNames.get(from.slice(0, dot));
    return outer === undefined || to !== outer + from.slice(dot);
  });
}

/** Too short to be known by their bodies: the only one that is gone, and the only one that is new, with all else alike. */
function sameShapes(gone: readonly Symbol[], come: readonly Symbol[]): ReadonlyMap<Symbol, Symbol> {
  const keyOf = ({ path, name, type, shape }: Symbol): string =>
    `${path.slice(0, path.length - name.length)} ${type} ${shape}`;
  const young = Map.groupBy(come, keyOf);
  const pairs = new Map<Symbol, Symbol>();
  for (const [key, [symbol, ...others]] of Map.groupBy(gone, keyOf)) {
    const [other, ...rivals] = young.get(key) ?? [];
    if (symbol && other && others.length === 0 && rivals.length === 0) pairs.set(symbol, other);
  }
  return pairs;
}

function shapeOf({ name, head, last }: Unit, lines: readonly string[]): string {
  const text = lines.slice(head, Math.min(last + 1, head + LONGEST_BODY)).join(" ");
  const tokens = text.match(TOKENS) ?? [];
  return tokens.map((token) => (token === name ? "" : token)).join(" ");
}

/** Names with the same header, more often than before and than once: two functions with one name. */
export function repeatedSymbols(before: readonly Symbol[], after: readonly Symbol[]): readonly string[] {
  const counts = new Map<string, number>();
  const keyOf = ({ path, type, header }: Symbol): string => `${path} ${type} ${header}`;
  for (const symbol of before) counts.set(keyOf(symbol), (counts.get(keyOf(symbol)) ?? 0) + 1);
  const seen = new Map<string, number>();
  const repeated = new Set<string>();
  for (const symbol of after) {
    const key = keyOf(symbol);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > 1 && count > (counts.get(key) ?? 0) && !MAY_REPEAT.test(symbol.type)) repeated.add(symbol.path);
  }
  return Array.from(repeated);
}

function isSame(a: Symbol, b: Symbol): boolean {
  if (a.type !== b.type || a.body.length < LEAST_BODY) return false;
  return likeness(a.body, b.body) >= RENAMED;
}

/** By path, as often as it is there more often. */
function without(symbols: readonly Symbol[], others: readonly Symbol[]): readonly Symbol[] {
  const left = new Map<string, number>();
  for (const { path } of others) left.set(path, (left.get(path) ?? 0) + 1);
  return symbols.filter(({ path }) => {
    const count = left.get(path) ?? 0;
    left.set(path, count - 1);
    return count <= 0;
  });
}

const VARIABLE = /variable|lexical|assignment|expression_statement|^const_|^var_|^short_var/;
/** With the mark of a private name. */
const TOKENS = /[#@]?[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]/gu;
const LONGEST_BODY = 60;
const LEAST_BODY = 8;
const RENAMED = 0.7;
/** Assigned anew, or a rule of CSS that is given twice. */
const MAY_REPEAT = /^(?:expression_statement|rule_set|section|declaration|block_sequence_item|.*_statement)$/;
