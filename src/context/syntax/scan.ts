/**
 * Reads code up to a caret for what is open there: a comment, a string, brackets. The grammar can't tell it: to a
 * parser a string that is not closed yet, the common case while somebody types, is an error like any other.
 */

import type { Scope } from "../caretSyntax.ts";
import type { Form, Lexis } from "./lexis.ts";

export interface OpenBracket {
  readonly character: string;
  readonly at: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Scan {
  readonly scope: Scope;
  /** Where the comment or string began that the text ends in. */
  readonly openedAt: number | undefined;
  /** Where the outermost of those began: a string may be in the code in a string. */
  readonly outermost: number | undefined;
  /** The comments and strings that are closed, without those in code in strings. In order. */
  readonly closed: readonly Span[];
  /** Outermost first. */
  readonly brackets: readonly OpenBracket[];
  /** The offset of the last character that is neither white space nor in a comment; -1 without one. */
  readonly last: number;
}

/** A comment, a string or other text that is not code. */
interface Region {
  readonly scope: Scope;
  readonly at: number;
  readonly next: RegExp;
}

export type Scanner = (text: string) => Scan;

/** The expressions are made with the first text. */
export function scannerFor(lexis: Lexis): Scanner {
  let patterns: Patterns | undefined;
  return (text) => scan(text, lexis.forms, (patterns ??= patternsFor(lexis)));
}

interface Patterns {
  /** Finds what begins something; the group tells which form, then a bracket, then a slash. */
  readonly code: RegExp;
  /** What finds the end of each form; `undefined` where it depends on what opened it. */
  readonly ends: readonly (RegExp | undefined)[];
}

function patternsFor({ forms, regularExpressions }: Lexis): Patterns {
  const sources = [...forms.map(({ open }) => `(${open})`), "([()[\\]{}])", regularExpressions ? "(/)" : "(?!)"];
  return {
    code: new RegExp(sources.join("|"), "g"),
    ends: forms.map((form) => (typeof form.close === "function" ? undefined : regionEnd(form, form.close))),
  };
}

function scan(text: string, forms: readonly Form[], { code, ends }: Patterns): Scan {
  const stack: (OpenBracket | Region)[] = [];
  const comments: Span[] = [];
  const closed: Span[] = [];
  let offset = 0;
  while (offset < text.length) {
    const top = stack.at(-1);
    const pattern = isRegion(top) ? top.next : code;
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (!match) break;
    offset = Math.max(match.index + match[0].length, offset);
    if (isRegion(top)) {
      if (match[2] !== undefined) stack.push({ character: match[0].at(-1) ?? "{", at: offset - 1 });
      else if (match[1] !== undefined || match[3] !== undefined) {
        stack.pop();
        const span = { from: top.at, to: match[3] === undefined ? offset : match.index };
        if (top.scope === "comment") comments.push(span);
        if (!stack.some(isRegion)) closed.push(span);
      }
      continue;
    }
    const which = match.findIndex((group, index) => index > 0 && group !== undefined) - 1;
    const form = forms[which];
    if (form) {
      if (form.close === undefined && !form.inLine) continue;
      const next = ends[which] ?? regionEnd(form, closing(form, match[0]));
      stack.push({ scope: scopeOf(form, text, match.index, stack), at: match.index, next });
    } else if (which === forms.length) bracket(match[0], match.index, stack);
    else offset = afterRegularExpression(text, match.index) ?? offset;
  }
  const top = stack.at(-1);
  return {
    scope: isRegion(top) ? top.scope : "code",
    openedAt: isRegion(top) ? top.at : undefined,
    outermost: stack.find(isRegion)?.at,
    closed,
    brackets: stack.filter((entry): entry is OpenBracket => !isRegion(entry)),
    last: lastCode(text, comments),
  };
}

/** Groups: 1 closes, 2 opens code, 3 is the end of the line. What is skipped is in no group. */
function regionEnd({ skip, code, inLine }: Form, close: string | undefined): RegExp {
  const nothing = "(?!)";
  return new RegExp(
    `(?:${skip ?? nothing})|(${close ?? nothing})|(${code ?? nothing})|(${inLine ? "\\n" : nothing})`,
    "g",
  );
}

function closing({ close }: Form, opening: string): string | undefined {
  return typeof close === "function" ? close(opening) : close;
}

function scopeOf(form: Form, text: string, at: number, stack: readonly (OpenBracket | Region)[]): Scope {
  if (!form.documents || stack.length > 0) return form.scope;
  return /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - LONGEST_INDENTATION), at)) ? "comment" : form.scope;
}

/** A closing bracket that fits an outer one closes what is open inside of that, too. */
function bracket(character: string, at: number, stack: (OpenBracket | Region)[]): void {
  const opener = openerOf[character];
  if (opener === undefined) {
    stack.push({ character, at });
    return;
  }
  for (let index = stack.length - 1; index >= 0; index -= 1) {
    const entry = stack[index];
    if (isRegion(entry)) return;
    if (entry?.character === opener) {
      stack.length = index;
      return;
    }
  }
}

/** The offset after the regular expression that begins here; `undefined` where the slash divides. */
function afterRegularExpression(text: string, at: number): number | undefined {
  if (!BEFORE_EXPRESSION.test(text.slice(Math.max(0, at - 20), at))) return undefined;
  REGULAR_EXPRESSION.lastIndex = at;
  const match = REGULAR_EXPRESSION.exec(text);
  return match ? at + match[0].length : undefined;
}

function lastCode(text: string, comments: readonly Span[]): number {
  let end = text.length;
  for (let index = comments.length - 1; ; index -= 1) {
    while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
    const comment = comments[index];
    // The end of a line comment may be white space, too.
    if (!comment || end > comment.to || end <= comment.from) return end - 1;
    end = comment.from;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xfeff || code === 0xa0;
}

function isRegion(entry: OpenBracket | Region | undefined): entry is Region {
  return entry !== undefined && "next" in entry;
}

const openerOf: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
const BEFORE_EXPRESSION =
  /(?:^|[(,=:[!&|?{};+\-*%~^>\n]|\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield))\s*$/;
const REGULAR_EXPRESSION = /\/(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
const LONGEST_INDENTATION = 200;
