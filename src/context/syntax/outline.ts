/**
 * What a file is made of, from its whole tree: imports, definitions with their members, statements and comments, by the
 * rows that they take. Unlike the index's definitions, every row that is not blank belongs to a unit.
 */

import type { Node } from "web-tree-sitter";
import { defaultName, headRow, isContainer, isHeader, isImport, isOuter, nameOf, unwrapped } from "./outlineNames.ts";
import { isAnnotation, isComment } from "./tree.ts";

type UnitKind = "import" | "definition" | "statement" | "comment" | "header";

/** Rows are from 0; the last one belongs to it. */
export interface Unit {
  readonly kind: UnitKind;
  /** The grammar's word for it, without what wraps it. */
  readonly type: string;
  /** Empty for a statement and for a comment. Of a list of names, all of them. */
  readonly name: string;
  /** With the comments that stand right above. */
  readonly first: number;
  /** With decorators and attributes. */
  readonly code: number;
  /** Where its own words begin. */
  readonly head: number;
  readonly last: number;
  readonly exported: boolean;
  /** Nothing else stands on its rows. */
  readonly alone: boolean;
  readonly members: Members | undefined;
}

interface Members {
  /** The last row of the header, and the first one behind the members: that of the closing bracket, if there is one. */
  readonly open: number;
  readonly close: number;
  readonly units: readonly Unit[];
}

export interface Outline {
  /** Nodes that the grammar could not read, or misses. */
  readonly errors: number;
  readonly units: readonly Unit[];
  /** Rows that begin inside of a string, in order. */
  readonly stringRows: ReadonlySet<number>;
}

/** Line breaks of `text` have to be `\n`. */
export function outlineOfTree(root: Node, text: string): Outline {
  const lines = text.split("\n");
  return {
    errors: errorsIn(root) + unevenBlocks(root),
    units: unitsOf(root.children, lines, 0),
    stringRows: stringRowsOf(root),
  };
}

function unitsOf(nodes: readonly (Node | null)[], lines: readonly string[], depth: number): readonly Unit[] {
  const units: Unit[] = [];
  /** Annotations that are nodes of their own. */
  let annotated: number | undefined;
  const children = nodes.filter(
    (node) => node !== null && (node.isNamed || node.isError || !PUNCTUATION.test(node.type)),
  );
  for (const [index, node] of children.entries()) {
    if (!node) continue;
    const first = node.startPosition.row;
    const before = units.at(-1);
    // A comment behind something, on its row.
    if (isComment(node) && before && before.last === first && !startsRow(node, lines)) {
      if (lastRowOf(node) > before.last) units[units.length - 1] = { ...before, last: lastRowOf(node), alone: false };
      continue;
    }
    if (isAnnotation(node) && index < children.length - 1) {
      annotated ??= first;
      continue;
    }
    units.push(withComments(unitOf(node, annotated ?? first, lines, depth), units));
    annotated = undefined;
  }
  return units.map((unit, index) => ({
    ...unit,
    alone: unit.alone && units[index - 1]?.last !== unit.first && units[index + 1]?.first !== unit.last,
  }));
}

function unitOf(node: Node, code: number, lines: readonly string[], depth: number): Unit {
  const inner = unwrapped(node);
  const name = isComment(node) ? "" : nameOf(inner) || defaultName(node);
  const kind = isComment(node)
    ? "comment"
    : isImport(node, inner)
      ? "import"
      : isHeader(node)
        ? "header"
        : name === "" || node.isError
          ? "statement"
          : "definition";
  const last = lastRowOf(node);
  return {
    kind,
    type: inner.type,
    name,
    first: code,
    code,
    head: Math.max(code, headRow(node, inner)),
    last,
    exported: isOuter(node),
    alone: startsRow(node, lines) && endsRow(node, lines, last),
    members: kind === "definition" && depth < DEEPEST ? membersOf(inner, last, lines, depth) : undefined,
  };
}

/** Comments right above, on rows of their own, become part of the unit. */
function withComments(unit: Unit, units: Unit[]): Unit {
  if (unit.kind === "comment" || unit.kind === "header") return unit;
  let { first } = unit;
  for (
    let above = units.at(-1);
    above?.kind === "comment" && above.last === first - 1 && above.alone;
    above = units.at(-1)
  ) {
    first = above.first;
    units.pop();
  }
  return { ...unit, first };
}

function membersOf(node: Node, last: number, lines: readonly string[], depth: number): Members | undefined {
  const body = isContainer(node) ? (node.childForFieldName("body") ?? bodyChild(node)) : undefined;
  if (!body) return undefined;
  const braces = body.firstChild?.type === "{";
  const open = braces ? body.startPosition.row : openRowOf(node, body);
  const close = braces ? lastRowOf(body) : /^end\b/.test((lines[last] ?? "").trim()) ? last : last + 1;
  const inside = braces ? body.children : [...commentsBefore(node, body), ...body.children];
  const units = unitsOf(inside, lines, depth + 1);
  if (open >= close || units.some((unit) => unit.first <= open || unit.last >= close)) return undefined;
  return { open, close, units };
}

function bodyChild(node: Node): Node | undefined {
  return node.children.find((child) => child !== null && BODY.test(child.type)) ?? undefined;
}

/** Comments between a header and what is indented below it belong to no block in some grammars. */
function commentsBefore(node: Node, body: Node): readonly Node[] {
  return node.children.filter((child) => child !== null && isComment(child) && child.startIndex < body.startIndex);
}

function openRowOf(node: Node, body: Node): number {
  const before = node.children.filter(
    (child) =>
      child !== null && child.endIndex <= body.startIndex && !isComment(child) && child.startIndex < body.startIndex,
  );
  return before.at(-1)?.endPosition.row ?? node.startPosition.row;
}

function lastRowOf(node: Node): number {
  const { row, column } = node.endPosition;
  return column === 0 && row > node.startPosition.row ? row - 1 : row;
}

function startsRow(node: Node, lines: readonly string[]): boolean {
  const { row, column } = node.startPosition;
  return (lines[row] ?? "").slice(0, column).trim() === "";
}

function endsRow(node: Node, lines: readonly string[], last: number): boolean {
  if (last !== node.endPosition.row) return true;
  return /^[\s;,]*(?:$|\/\/|\/\*|#)/.test((lines[last] ?? "").slice(node.endPosition.column));
}

function errorsIn(node: Node): number {
  if (!node.hasError) return 0;
  let errors = node.isError || node.isMissing ? 1 : 0;
  for (const child of node.children) if (child) errors += errorsIn(child);
  return errors;
}

/** Blocks of Python without a statement, or whose statements begin in different columns; its grammar lets that pass. */
function unevenBlocks(root: Node): number {
  if (root.type !== "module") return 0;
  let uneven = 0;
  for (const block of [root, ...root.descendantsOfType("block")]) {
    let column = block === root ? 0 : undefined;
    let row = -1;
    if (block !== root && (block?.namedChildCount ?? 0) === 0) uneven += 1;
    for (const child of block?.namedChildren ?? []) {
      if (!child || isComment(child)) continue;
      const { startPosition, endPosition } = child;
      // Behind a semicolon, or behind the colon of its header.
      const isFirst =
        startPosition.row > row && (row !== -1 || startPosition.row > (block?.parent?.startPosition.row ?? -1));
      row = endPosition.row;
      if (!isFirst) continue;
      column ??= startPosition.column;
      if (startPosition.column !== column) uneven += 1;
    }
  }
  return uneven;
}

function stringRowsOf(root: Node): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const node of root.descendantsOfType(STRINGS)) {
    if (!node) continue;
    const { row: start, column } = node.startPosition;
    // What a shell is given begins on a row of its own.
    for (
      let row = node.type === "heredoc_body" && column === 0 ? start : start + 1;
      row <= node.endPosition.row;
      row += 1
    )
      rows.add(row);
  }
  return rows;
}

const PUNCTUATION = /^[^\w"'`]*$/;
const BODY = /^(?:block|declaration_list|keyframe_block_list|field_declaration_list|body_statement)$/;
const DEEPEST = 6;
/** What a text of several lines may be, by any grammar's word. */
const STRINGS = [
  "string",
  "template_string",
  "raw_string_literal",
  "string_literal",
  "verbatim_string_literal",
  "interpolated_string_expression",
  "text_block",
  "encapsed_string",
  "heredoc",
  "heredoc_body",
];
