/** Finds in a syntax tree where what was written at a caret ends. Offsets are in the parsed text. */

import type { Node } from "web-tree-sitter";
import { indentationOf, isBlank, restOfLine } from "../../text/lines.ts";
import type { Language } from "./languages.ts";
import type { OpenBracket } from "./scan.ts";
import { closerFor, isClosedAfter, lineOf, type Surroundings } from "./surroundings.ts";
import {
  closerOf,
  endsWithItsBrace,
  isAnnotation,
  isBodyOfStatement,
  isCase,
  isComment,
  isCompound,
  isElement,
  isWhole,
  itemFrom,
  leafAt,
  mayHaveElse,
  statementOf,
} from "./tree.ts";

export interface Place extends Surroundings {
  readonly language: Language;
}

/** Where something ends, as an offset in the parsed text, and what still could make it go on. */
export interface End {
  readonly at: number;
  readonly until: "now" | "next-token" | "dedent" | "dedent-without-else";
  /** The column that a dedent comes back to, at most. */
  readonly indentation: number;
}

/** The end of what stands in brackets that are open at the caret, and of the statement where they are a part of one. */
export function endOfBracket(
  root: Node,
  code: string,
  bracket: OpenBracket,
  closedAfter: boolean,
  place: Place,
): End | undefined {
  const caret = place.text.length;
  const opener = leafAt(root, bracket.at);
  const closer = opener && closerOf(opener, closerFor(bracket));
  if (!opener || !closer || closer.startIndex < caret || opener.parent?.hasError) return undefined;
  if (closedAfter) {
    const at = code.slice(0, closer.startIndex).trimEnd().length;
    return at > caret ? { at, until: "now", indentation: 0 } : undefined;
  }
  if (!isBodyOfStatement(opener)) return endOfStatement(statementOf(opener), code, place);
  return { at: closer.endIndex + trailingClosers(code.slice(closer.endIndex), place), until: "now", indentation: 0 };
}

/** The length of what closes the brackets around, and of a separator. */
function trailingClosers(after: string, { scan, cursor }: Place): number {
  const isClosed = /^\s*[)\]}]/.test(restOfLine(cursor.suffix));
  const outer = isClosed ? [] : scan.brackets.slice(0, -1).map(closerFor);
  let length = 0;
  while (after[length] !== undefined && outer.at(-1) === after[length]) {
    outer.pop();
    length += 1;
  }
  return /[;,]/.test(after[length] ?? "") ? length + 1 : length;
}

/** The end of the block after a colon of Python. */
export function endOfSuite(root: Node, code: string, colon: number): End | undefined {
  const leaf = leafAt(root, colon);
  const owner = leaf?.parent;
  if (!leaf || !owner || owner.isError || owner.hasError || code.endsWith(":")) return undefined;
  const block = owner.children.find((child) => child?.type === "block" && child.startIndex > colon);
  if (!block || !/^[ \t]*(?:#[^\n]*)?$/.test(code.slice(block.endIndex))) return undefined;
  const header = indentationOf(lineOf(code, owner.startIndex)).length;
  const isOneLine = !code.slice(colon, block.endIndex).includes("\n");
  return { at: code.length, until: isOneLine ? "now" : "dedent", indentation: header };
}

/** The end of the first statement or member after the caret, with the comments and annotations before it. */
export function endOfItem(root: Node, code: string, list: OpenBracket | undefined, place: Place): End | undefined {
  let at = nextCode(code, place.text.length);
  for (;;) {
    const leaf = leafAt(root, at);
    if (!leaf || at >= code.length) return undefined;
    const item = itemFrom(leaf);
    if (item.startIndex < place.text.length) return undefined;
    if (!isComment(item) && !isAnnotation(item)) {
      if (list && (isElement(item) || /^\s*,/.test(code.slice(item.endIndex)))) {
        return endOfBracket(root, code, list, isClosedAfter(list, place), place);
      }
      return isWhole(item) ? endOfStatement(item, code, place) : endOfContinued(leaf, code, place);
    }
    at = nextCode(code, Math.max(item.endIndex, at + 1));
  }
}

/** What the answer begins with may go on with the statement before the caret. */
function endOfContinued(leaf: Node, code: string, place: Place): End | undefined {
  // What it closes began before the caret, and the file may close it, too.
  if (/^[)\]}]$/.test(leaf.type)) return undefined;
  const statement = statementOf(leaf);
  return statement.startIndex < place.text.length ? endOfStatement(statement, code, place) : undefined;
}

/** The end of a statement, if it is whole and ends after the caret, with its separator and the comment behind it. */
export function endOfStatement(statement: Node, code: string, { text, language }: Place): End | undefined {
  if (!statement.isNamed || statement.isError || statement.hasError || statement.endIndex <= text.length)
    return undefined;
  const stated = code.slice(statement.startIndex, statement.endIndex).trimEnd();
  const after = statement.startIndex + stated.length;
  const separator = /^[ \t]*[;,]/.exec(code.slice(after))?.[0].length ?? 0;
  const end = after + separator;
  const last = code[end - 1];
  const rest = code.slice(end);
  const comment = /^[ \t]*(?:\/\/[^\n]*|\/\*(?:[^*\n]|\*(?!\/))*\*\/|#[^\n]*)$/.exec(rest)?.[0].trimEnd().length ?? 0;
  const at = end + (comment > 0 && isLineComment(rest, language) ? comment : 0);
  const indentation = indentationOf(lineOf(code, statement.startIndex)).length;
  const isIndented = language.blocks === "indentation" ? isCompound(statement) : isCase(statement);
  if (last === ";" && !isIndented) return { at, until: mayHaveElse(statement) ? "next-token" : "now", indentation };
  // Half of something: the parser took the start of it for a whole.
  if (at < code.length || last === ":") return undefined;
  if (isIndented) return { at, until: "dedent-without-else", indentation };
  if (last === "," || language.blocks === "indentation") return { at, until: "now", indentation };
  const isSure = language.linesEndStatements || (last === "}" && endsWithItsBrace(statement));
  return { at, until: isSure ? "now" : "next-token", indentation };
}

function isLineComment(rest: string, { blocks }: Language): boolean {
  return rest.trimStart().startsWith("#") === (blocks === "indentation");
}

function nextCode(code: string, offset: number): number {
  let at = offset;
  while (at < code.length && isBlank(code[at] ?? "")) at += 1;
  return at;
}
