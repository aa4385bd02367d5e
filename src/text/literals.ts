/**
 * Strings, comments and regular expressions in code of any language, told by their marks alone: quotes, `"""`, `//`, `/*`,
 * `/` and `#`.
 *
 * What else these marks mean somewhere is told by what stands around them: apostrophes in prose, lifetimes in Rust, floor
 * division in Python, addresses, globs, and a `#` with no blank behind it. Where that fails, a string counts as code, in
 * which brackets nearly always are in pairs.
 */

/** The offset after the string or comment that opens at `at`; `undefined` where none does. */
export function literalEnd(text: string, at: number): number | undefined {
  switch (text.charAt(at)) {
    case '"':
      return stringEnd(text, at, DOUBLE_QUOTED);
    case "'":
      return isApostrophe(text, at) || isLifetime(text, at) ? undefined : stringEnd(text, at, SINGLE_QUOTED);
    case "`":
      return templateEnd(text, at);
    case "/":
      return slashEnd(text, at);
    case "#":
      return /^\s?$/.test(text.charAt(at - 1)) && /^[\s!]?$/.test(text.charAt(at + 1)) ? lineEnd(text, at) : undefined;
    default:
      return undefined;
  }
}

/** True for a text that ends within a comment, or within a string of several lines. */
export function endsInLiteral(text: string): boolean {
  // One that is still open takes in whatever is added.
  const longer = `${text} `;
  const next = /["'`/#]/g;
  for (let match = next.exec(longer); match !== null; match = next.exec(longer)) {
    const end = literalEnd(longer, match.index);
    if (end === longer.length) return true;
    next.lastIndex = end ?? match.index + 1;
  }
  return false;
}

/** A quote without another on its line is none that opens: the text may have begun inside of a string. */
function stringEnd(text: string, at: number, pattern: RegExp): number | undefined {
  const long = text.charAt(at).repeat(3);
  if (!text.startsWith(long, at)) return matchEnd(pattern, text, at);
  const end = text.indexOf(long, at + 3);
  return end === -1 ? text.length : end + 3;
}

/** One that goes over several lines and has a word right behind it would end where another one begins. */
function templateEnd(text: string, at: number): number | undefined {
  const end = matchEnd(BACKTICKED, text, at);
  if (end === undefined || !/[\w$<]/.test(text.charAt(end))) return end;
  return text.slice(at, end).includes("\n") ? undefined : end;
}

/** Within a word, unless the word is one that marks a kind of string, such as Python's `rb`. */
function isApostrophe(text: string, at: number): boolean {
  return (
    /[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, at - 2), at)) && !MARKED.test(text.slice(Math.max(0, at - 3), at))
  );
}

function isLifetime(text: string, at: number): boolean {
  const name = /^'(\w+)(?!['\w])/.exec(text.slice(at, at + LONGEST_LIFETIME_CHARS))?.[1];
  if (name === undefined) return false;
  return (
    /[<&]/.test(text.charAt(at - 1)) ||
    (/^([a-z]|de|static|_)$/.test(name) && /[,+:(] ?$/.test(text.slice(Math.max(0, at - 2), at)))
  );
}

function slashEnd(text: string, at: number): number | undefined {
  const before = text.charAt(at - 1);
  switch (text.charAt(at + 1)) {
    case "/":
      return before === ":" || isDivision(text, at) ? at + 2 : lineEnd(text, at);
    case "*": {
      if (/[\w*"'`]/.test(before)) return undefined;
      const end = text.indexOf("*/", at + 2);
      return end === -1 ? text.length : end + 2;
    }
    default:
      return BEFORE_REGEX.test(text.slice(Math.max(0, at - 8), at)) ? matchEnd(REGEX, text, at) : undefined;
  }
}

/** Floor division is followed by brackets that close what its line has opened. */
function isDivision(text: string, at: number): boolean {
  const before = text.slice(text.lastIndexOf("\n", at) + 1, at);
  if (before.trim() === "") return false;
  const after = text.slice(at + 2, lineEnd(text, at));
  return surplus(before, /[([{]/g, /[)\]}]/g) > 0 && surplus(after, /[)\]}]/g, /[([{]/g) > 0;
}

function surplus(text: string, more: RegExp, fewer: RegExp): number {
  return (text.match(more)?.length ?? 0) - (text.match(fewer)?.length ?? 0);
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

/** `pattern` is a sticky one. */
function matchEnd(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

const DOUBLE_QUOTED = /"(?:[^"\\\n]|\\.)*"/y;
const SINGLE_QUOTED = /'(?:[^'\\\n]|\\.)*'/y;
/** Bounded, since without its end the search would be made again from each of many marks. */
const BACKTICKED = /`(?:[^`\\]|\\[^]){0,2000}`/y;
const REGEX = /\/(?![ *])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
/** What stands before a regular expression, and never before a division. */
const BEFORE_REGEX = /(?:[(,=:[!&|?{};]|\breturn|^)\s*$/;
const MARKED = /(?:^|[^\p{L}\p{N}_])(?:[rRbBuUfF]{1,2}|L)$/u;
const LONGEST_LIFETIME_CHARS = 30;
