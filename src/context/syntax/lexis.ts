/** How comments, strings and brackets are written in each family of languages, as the scanner needs it. */

import type { Scope } from "../caretSyntax.ts";

/** One way in which text that is not code begins and ends. All strings are sources of regular expressions. */
export interface Form {
  readonly scope: Scope;
  readonly open: string;
  /** What ends it, given what opened it. Without one the opening is the whole of it, or the line's end ends it. */
  readonly close?: string | ((opening: string) => string);
  /** What is skipped inside, such as an escaped quote. */
  readonly skip?: string;
  /** What opens code inside of it; ends with the bracket that is closed again. */
  readonly code?: string;
  /** Ends at the end of its line, closed or not. */
  readonly inLine?: boolean;
  /** At the start of a line it documents what it stands in, and is a comment. */
  readonly documents?: boolean;
}

export interface Lexis {
  readonly forms: readonly Form[];
  /** `/` may open a regular expression. */
  readonly regularExpressions?: boolean;
}

const ESCAPED = "\\\\(?:\\r\\n|[^])";
const doubleQuoted: Form = { scope: "string", open: '"', close: '"', skip: ESCAPED, inLine: true };
const singleQuoted: Form = { scope: "string", open: "'", close: "'", skip: ESCAPED, inLine: true };
const slashes: Form = { scope: "comment", open: "//", inLine: true };
const slashStar: Form = { scope: "comment", open: "/\\*", close: "\\*/" };
const hash: Form = { scope: "comment", open: "#", inLine: true };
const cComments: readonly Form[] = [slashes, slashStar];

/** A document in the text, up to a line that is its word. */
function hereDocument(open: string): Form {
  return {
    scope: "string",
    open: `${open}["'\`]?[A-Za-z_]\\w*["'\`]?`,
    close: (opening) => `(?<=\\n[ \\t]*)${/\w+/.exec(opening)?.[0] ?? ""}(?!\\w)`,
  };
}

const template: Form = { scope: "string", open: "`", close: "`", skip: ESCAPED, code: "\\$\\{" };
// The apostrophe of a word in the text of JSX opens nothing, unless the word is a keyword.
const afterNoWord = "(?<!\\w)'|(?<=\\b(?:case|return|typeof|from|import|of|in))'";

export const ecmaScript: Lexis = {
  forms: [...cComments, doubleQuoted, { ...singleQuoted, open: afterNoWord }, template],
  regularExpressions: true,
};

const quotes3 = "\"\"\"|'''";
const PYTHON_SKIP = "\\\\(?:\\r\\n|[^])";
const sameQuotes = (opening: string): string => opening.replace(/^\w+/, "");

export const python: Lexis = {
  forms: [
    hash,
    {
      scope: "string",
      open: `(?<!\\w)[rRbB]?[fF][rRbB]?(?:${quotes3})`,
      close: sameQuotes,
      skip: `${PYTHON_SKIP}|\\{\\{`,
      code: "\\{",
    },
    {
      scope: "string",
      open: `(?<!\\w)[rRbBuU]{0,2}(?:${quotes3})|${quotes3}`,
      close: sameQuotes,
      skip: PYTHON_SKIP,
      documents: true,
    },
    {
      scope: "string",
      open: "(?<!\\w)[rRbB]?[fF][rRbB]?[\"']",
      close: sameQuotes,
      skip: `${PYTHON_SKIP}|\\{\\{`,
      code: "\\{",
      inLine: true,
    },
    { scope: "string", open: "[\"']", close: sameQuotes, skip: PYTHON_SKIP, inLine: true },
  ],
};

export const go: Lexis = {
  forms: [...cComments, doubleQuoted, singleQuoted, { scope: "string", open: "`", close: "`" }],
};

export const java: Lexis = {
  forms: [...cComments, { scope: "string", open: '"""', close: '"""', skip: ESCAPED }, doubleQuoted, singleQuoted],
};

export const rust: Lexis = {
  forms: [
    ...cComments,
    { scope: "string", open: '\\b(?:b|c)?r#*"', close: (opening) => `"${/#*(?="$)/.exec(opening)?.[0] ?? ""}` },
    { ...doubleQuoted, inLine: false },
    // A lone one is a lifetime.
    { scope: "code", open: "'(?:\\\\[^\\n][^'\\n]*|[^\\\\'\\n])'" },
  ],
};

export const c: Lexis = {
  forms: [
    ...cComments,
    { scope: "string", open: 'R"[^\\s()\\\\"]{0,16}\\(', close: (opening) => `\\)${literal(opening.slice(2, -1))}"` },
    doubleQuoted,
    // After a digit it groups digits.
    { ...singleQuoted, open: "(?<!\\d)'" },
  ],
};

export const cSharp: Lexis = {
  forms: [
    ...cComments,
    { scope: "string", open: '\\$*"{3,}', close: (opening) => opening.replaceAll("$", "") },
    { scope: "string", open: '\\$@"|@\\$"', close: '"', skip: '""|\\{\\{', code: "\\{" },
    { scope: "string", open: '@"', close: '"', skip: '""' },
    { scope: "string", open: '\\$"', close: '"', skip: `${ESCAPED}|\\{\\{`, code: "\\{", inLine: true },
    doubleQuoted,
    singleQuoted,
  ],
};

export const php: Lexis = {
  forms: [
    ...cComments,
    { ...hash, open: "#(?!\\[)" },
    { scope: "code", open: "\\?>", close: "<\\?(?:php|=)?" },
    hereDocument("<<<[ \\t]*"),
    { ...doubleQuoted, inLine: false },
    { ...singleQuoted, inLine: false },
  ],
};

export const ruby: Lexis = {
  forms: [
    hash,
    { scope: "comment", open: "(?<![^\\n])=begin\\b", close: "(?<=\\n)=end\\b" },
    hereDocument("<<[~-]"),
    { ...doubleQuoted, code: "#\\{" },
    singleQuoted,
  ],
};

export const css: Lexis = { forms: [slashStar, doubleQuoted, singleQuoted] };

export const shell: Lexis = {
  forms: [
    { ...hash, open: "(?<![^\\s;&|()])#" },
    hereDocument("(?<!<)<<-?[ \\t]*"),
    { scope: "string", open: "\\$'", close: "'", skip: ESCAPED },
    { scope: "string", open: '"', close: '"', skip: ESCAPED, code: "\\$\\(" },
    { scope: "string", open: "'", close: "'" },
    // An escaped quote outside of quotes opens nothing.
    { scope: "code", open: ESCAPED },
  ],
};

export const powerShell: Lexis = {
  forms: [
    { scope: "comment", open: "<#", close: "#>" },
    { ...hash, open: "(?<![^\\s;|(){}])#" },
    { scope: "string", open: '@"(?=[ \\t]*\\r?\\n)', close: '(?<=\\n)"@', code: "\\$\\(" },
    { scope: "string", open: "@'(?=[ \\t]*\\r?\\n)", close: "(?<=\\n)'@" },
    { scope: "string", open: '"', close: '"', skip: '`[^]|""', code: "\\$\\(" },
    { scope: "string", open: "'", close: "'", skip: "''" },
  ],
};

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
