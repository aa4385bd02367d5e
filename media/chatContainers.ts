/** The lists and quotations around a code block: what stands in front of its lines, and which line is no longer in them. */

import type { Token } from "markdown-it";

/** A quotation, or the columns by which the lines of an item of a list are indented. */
type Container = "quotation" | number;

const ITEM = /^( {0,3}(?:[-+*]|\d{1,9}[.)]))( *)(.?)/;
const QUOTATION = /^ {0,3}> ?/;

/** Those around the token at that index. `lines` are what was parsed. */
export function containersAround(tokens: readonly Token[], index: number, lines: readonly string[]) {
  const open: Token[] = [];
  for (const token of tokens.slice(0, index))
    if (token.nesting > 0) open.push(token);
    else if (token.nesting < 0) open.pop();
  const containers: Container[] = [];
  for (const { type, map } of open) {
    if (type === "blockquote_open") containers.push("quotation");
    if (type !== "list_item_open") continue;
    const [, mark = "", space = "", next = ""] = ITEM.exec(opened(lines[map?.[0] ?? 0] ?? "", containers)) ?? [];
    // An item that begins with more is one of indented code; one that is empty has its text a column behind its mark.
    containers.push(mark.length + (next === "" || space.length > 4 ? 1 : space.length));
  }
  return containers;
}

/** Of a line at which some of them may begin: what stands in the innermost one. */
export function opened(line: string, containers: readonly Container[]): string {
  return containers.reduce<string>(
    (rest, container) => (container === "quotation" ? rest.replace(QUOTATION, "") : unindented(rest, container, /./)),
    line,
  );
}

/** Of a line further down; `undefined` where it is in one of them no longer. */
export function continued(line: string, containers: readonly Container[]): string | undefined {
  let rest = line;
  for (const container of containers)
    if (container === "quotation") {
      if (!QUOTATION.test(rest)) return undefined;
      rest = rest.replace(QUOTATION, "");
    } else if (/^[ \t]*\n?$/.test(rest)) rest = unindented(rest, container);
    else {
      if (columnsOf(/^[ \t]*/.exec(rest)?.[0] ?? "") < container) return undefined;
      rest = unindented(rest, container);
    }
  return rest;
}

/** Without so many columns of white space in front, or of what `taken` says. */
export function unindented(line: string, columns: number, taken = /[ \t]/): string {
  let at = 0;
  let column = 0;
  for (; column < columns && taken.test(line[at] ?? "\n"); at += 1) column = after(column, line[at]);
  return " ".repeat(Math.max(0, column - columns)) + line.slice(at);
}

function columnsOf(space: string): number {
  let column = 0;
  for (const char of space) column = after(column, char);
  return column;
}

function after(column: number, char: string | undefined): number {
  return char === "\t" ? column + 4 - (column % 4) : column + 1;
}
