/**
 * The fenced code blocks of an answer. They are found by the parser that also renders the answer, so that a block named
 * by its line is the same one on both sides.
 */

import MarkdownIt from "markdown-it";
import { pathAbove, pathInDiff } from "../edit/pathAbove.ts";

export interface CodeBlock {
  /** From 0, the line at which the fence opens. */
  readonly line: number;
  /** What stands behind the opening fence. */
  readonly info: string;
  /** In lower case, as the model calls it: `ts`, `c++`; empty where it says nothing. */
  readonly language: string;
  /** As the model writes it, in the info string, in a comment on the first line, in the head of a diff or on the line above. Nothing is known of whether there is such a file. */
  readonly path: string | undefined;
  /** Each of its lines ends with a line feed, but for one in which the answer was cut. */
  readonly text: string;
  /** An answer that was cut ends within it. */
  readonly isClosed: boolean;
}

const parser = new MarkdownIt({ html: false });
parser.core.ruler.enableOnly(["normalize", "block"]);

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  // As the parser counts them.
  const lines = markdown.split(/\r\n?|\n/);
  return parser.parse(markdown, {}).flatMap(({ type, map, info, content }) => {
    if (type !== "fence" || !map) return [];
    const [line, end] = map;
    const words = parser.utils.unescapeAll(info).trim();
    const stated = infoOf(words);
    const isClosed = isClosedFence([line, end], content);
    const path = stated.path ?? pathInComment(content) ?? pathInDiff(content) ?? pathOver(lines, line);
    return [{ line, info: words, ...stated, path, text: content, isClosed }];
  });
}

/** Those that say which file they change, where they change several; commands are none. */
export function changesOfFiles(blocks: readonly CodeBlock[]): readonly CodeBlock[] {
  const named = blocks.filter(({ info, text, path }) => path !== undefined && !isForTerminal(info, text));
  return new Set(named.map(({ path = "" }) => plainPath(path))).size > 1 ? named : [];
}

/** With `/`, from the workspace folder on. */
export function plainPath(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}

/** On the last line above the fence that is not blank, unless it ends a block of code. */
function pathOver(lines: readonly string[], line: number): string | undefined {
  const above = lines.slice(Math.max(0, line - 3), line).findLast((each) => each.trim() !== "");
  const path = above === undefined ? undefined : pathAbove(above);
  return path !== undefined && isPath(path) ? path : undefined;
}

/** @param map the lines from the opening fence on, as the parser tells them */
export function isClosedFence([line, end]: readonly [number, number], content: string): boolean {
  return end - line - 1 > (content.match(/\n|[^\n]$/g)?.length ?? 0);
}

/** A terminal takes it: it is run, and belongs into a file only where it says into which one, or is a script. */
export function isForTerminal(info: string, text: string): boolean {
  const { language, path } = infoOf(info);
  return SHELLS.has(language) && path === undefined && !text.startsWith("#!") && pathInComment(text) === undefined;
}

export const SHELLS: ReadonlySet<string> = new Set([
  "bash",
  "sh",
  "shell",
  "zsh",
  "fish",
  "console",
  "powershell",
  "ps1",
  "pwsh",
  "bat",
  "cmd",
]);

/** `ts`, `ts src/a.ts`, `ts:src/a.ts`, `ts title="src/a.ts"`, `src/a.ts`. */
export function infoOf(info: string): Pick<CodeBlock, "language" | "path"> {
  const [first = "", ...rest] = info.match(/[\w-]+=(?:"[^"]*"|'[^']*')|\S+/g) ?? [];
  const [language = "", afterColon] = first.split(/:(.+)/s);
  const named = [afterColon ?? "", ...rest]
    .map((word) => word.replace(/^\{?(?:title|file|filename|path|name)=/i, "").replaceAll(/^["'{]+|["'}]+$/g, ""))
    .find((word) => isPath(word));
  if (named !== undefined) return { language: language.toLowerCase(), path: named };
  if (afterColon === undefined && isPath(first) && !/^\.?\w+$/.test(first))
    return { language: (/\.(\w+)$/.exec(first)?.[1] ?? "").toLowerCase(), path: first };
  return { language: language.replace(/^[.{]+|[}]+$/g, "").toLowerCase(), path: undefined };
}

/** `// src/a.ts`, `# File: a.py`, `<!-- a.html -->`, with nothing else on the line. */
const FIRST_COMMENT =
  /^\s*(?:\/\/+|#+|--|;+|%+|\/\*+|<!--|\{\/\*|"""|')\s*(?:file(?:name)?|path)?\s*:?\s*`?([^\s`]+)`?\s*(?:\*+\/\}?|-->|""")?\s*$/i;
/** Of a line that could be such a comment. */
const MOST_CHARS = 300;

function pathInComment(text: string): string | undefined {
  const end = text.indexOf("\n");
  const line = text.slice(0, end < 0 ? text.length : end);
  const path = line.length > MOST_CHARS ? undefined : FIRST_COMMENT.exec(line)?.[1];
  return path !== undefined && isPath(path) ? path : undefined;
}

function isPath(word: string): boolean {
  if (word === "" || word.length > MOST_CHARS || /^[a-z][a-z+.-]+:\/\/|[<>"|?*=(){},;!]/i.test(word)) return false;
  return (
    /(?:^|[/\\])[\w@.[\]-]*\.[a-z]\w{0,9}$/i.test(word) ||
    /^(?:\.{0,2}[/\\])?(?:[\w@.[\]-]+[/\\])+[\w@.[\]-]+$/.test(word)
  );
}
