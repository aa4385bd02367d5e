/** Which block of a model's reply is meant for a file; or why none is. */

import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import { unixNewlines } from "../text/lines.ts";
import type { AnswerBlock } from "./applyBlock.ts";
import { fencesIn, type Fenced } from "./fences.ts";
import { pathAbove } from "./pathAbove.ts";
import { withoutThoughts } from "./thoughts.ts";

interface ReplyBlock extends AnswerBlock {
  /** The file that the reply names for it. */
  readonly path: string | undefined;
}

export type Reply =
  | { readonly kind: "block"; readonly block: ReplyBlock }
  /** No code in it. */
  | { readonly kind: "none" }
  /** Several that could each be meant. */
  | { readonly kind: "several"; readonly blocks: readonly ReplyBlock[] }
  /** It ends in the middle of its code. */
  | { readonly kind: "cut" }
  /** All its code is in another language. */
  | { readonly kind: "wrong-language"; readonly language: string };

export interface Wanted {
  readonly languageId: string;
  /** With `/`. */
  readonly path?: string;
  /** What the file has: a block that only shows code of it, as it was before, is not meant. */
  readonly text?: string;
  /** A reply without fences is code: see bareCode.ts. */
  readonly isCodeAlone?: boolean;
  /** A block of nothing says that what was asked about is to go. */
  readonly mayBeNothing?: boolean;
  /** The answer reached the limit of its length. */
  readonly isCut?: boolean;
}

export function blockOfReply(reply: string, wanted: Wanted): Reply {
  const text = withoutThoughts(unixNewlines(reply));
  if (wanted.isCut || text === undefined) return { kind: "cut" };
  const fenced = fencesIn(text, wanted.languageId);
  if (fenced.some(({ isClosed }) => !isClosed)) return { kind: "cut" };
  if (fenced.length === 0) return unfenced(text, wanted);
  const [only, ...others] = fenced;
  if (wanted.mayBeNothing && only && others.length === 0 && only.text.trim() === "")
    return { kind: "block", block: { language: "", text: "", path: undefined } };
  const filled = fenced.filter((block) => block.text.trim() !== "").map((block) => asBlock(block, wanted));
  const fitting = filled.filter((block) => fits(block, wanted));
  const [other] = filled;
  if (!other) return { kind: "none" };
  if (fitting.length === 0) {
    if (wanted.languageId === "plaintext") return oneOf(filled, wanted);
    const isOutput = filled.every(({ language }) => OUTPUT.test(language));
    return isOutput ? { kind: "none" } : { kind: "wrong-language", language: languageIdOf(other.language) };
  }
  return oneOf(fitting, wanted);
}

/** The files but the wanted one that the reply names for blocks of code, each once, as it writes them. */
export function otherFilesIn(reply: string, wanted: Wanted): readonly string[] {
  const text = withoutThoughts(unixNewlines(reply)) ?? "";
  const paths = fencesIn(text, wanted.languageId).flatMap((fenced) => asBlock(fenced, wanted).path ?? []);
  return Array.from(new Set(paths)).filter((path) => !samePath(path, wanted.path ?? ""));
}

function oneOf(blocks: readonly ReplyBlock[], { path, text: file, languageId }: Wanted): Reply {
  const named =
    path === undefined ? [] : blocks.filter((block) => block.path !== undefined && samePath(block.path, path));
  const left = named.length > 0 ? named : blocks.filter((block) => block.path === undefined || path === undefined);
  const known = file === undefined ? [] : left.filter(({ text }) => hasRows(file, text));
  if (known.length > 0 && known.length < left.length)
    return oneOf(
      left.filter((block) => !known.includes(block)),
      { languageId },
    );
  const [first] = left;
  if (!first) return { kind: "several", blocks };
  if (left.every(({ text }) => text.trim() === first.text.trim())) return { kind: "block", block: first };
  // Search and replace, and hunks, may come one by one.
  const all = left.map(({ text }) => text.replace(/\n?$/, "\n")).join("");
  if (left.every(({ text }) => SEARCH.test(text)) || left.every(({ text }) => HUNKS.test(text)))
    return { kind: "block", block: { ...first, text: all } };
  return { kind: "several", blocks: left };
}

function unfenced(text: string, { isCodeAlone }: Wanted): Reply {
  const start = /^<{5,}\s*SEARCH|^@@ |^--- \S.*\n\+\+\+ /m.exec(text);
  if (start) {
    const end = text.lastIndexOf(">>>>>>>");
    const isSearch = start[0].startsWith("<");
    if (isSearch && end < start.index) return { kind: "cut" };
    const stop = isSearch ? text.indexOf("\n", end) : -1;
    const block = text.slice(start.index, stop === -1 ? text.length : stop);
    return { kind: "block", block: { language: isSearch ? "" : "diff", text: block, path: undefined } };
  }
  if (!isCodeAlone || text.trim() === "") return { kind: "none" };
  return { kind: "block", block: { language: "", text, path: undefined } };
}

function fits({ language, text }: ReplyBlock, { languageId }: Wanted): boolean {
  if (language === "" || /^(?:diff|patch|udiff)$/.test(language)) return true;
  const id = languageIdOf(language);
  if (id === languageId || familyOf(id) === familyOf(languageId)) return true;
  // A new document has no language yet, or one that nobody has installed.
  if (languageId === "plaintext") return !OUTPUT.test(language);
  return SEARCH.test(text) && !OUTPUT.test(language);
}

/** Whatever their indentation. */
function hasRows(file: string, text: string): boolean {
  const bare = (rows: string): string => `\n${unixNewlines(rows).replace(/^[ \t]+|[ \t]+$/gm, "")}\n`;
  return bare(file).includes(bare(text.replace(/^\s*\n|\s+$/g, "")));
}

function asBlock({ info, text: inner, above }: Fenced, { languageId }: Wanted): ReplyBlock {
  const text = info === "" ? withoutLanguage(inner, languageId) : inner;
  const [word = "", ...rest] = info.trim().split(/[\s{]+/);
  const [language = "", behind] = word.split(":");
  const named =
    behind ??
    rest
      .map(
        (part) =>
          /^(?:file(?:name)?|path|title)=["']?([^"'}]+)["']?\}?$/.exec(part)?.[1] ??
          (/[\w-]\.\w+$/.test(part) ? part : undefined),
      )
      .find(Boolean);
  const isPath = /[/\\]|\.\w+$/.test(language) && behind === undefined;
  const path = named ?? (isPath ? language : undefined) ?? pathAbove(above);
  const languageOfName = isPath ? (languageIdOfPath(language) ?? "") : language;
  return { language: languageOfName.toLowerCase(), text, path };
}

/** The language may stand on the first line instead of behind the fence. */
function withoutLanguage(text: string, languageId: string): string {
  const [, word = "", rest = ""] = /^\s*([a-z]+)[ \t]*\n([^]*)$/i.exec(text) ?? [];
  const isCode = languageId !== "markdown" && languageId !== "yaml";
  return isCode && languageIdOf(word.toLowerCase()) === languageId ? rest : text;
}

function samePath(a: string, b: string): boolean {
  const one = a.replaceAll("\\", "/").replace(/^(?:\.\/|[ab]\/)/, "");
  return one === b || b.endsWith(`/${one}`) || one.endsWith(`/${b}`);
}

/** VS Code's identifier for what people write behind a fence. */
function languageIdOf(language: string): string {
  return aliases[language] ?? languageIdOfPath(`a.${language}`) ?? language;
}

function familyOf(languageId: string): string {
  if (/^(?:javascript|typescript)(?:react)?$/.test(languageId)) return "ecmascript";
  if (languageId === "json" || languageId === "jsonc" || languageId === "json5") return "json";
  return languageId === "c" ? "cpp" : languageId;
}

const SEARCH = /^\s*(?:<{5,}\s*SEARCH|-{5,}\s*SEARCH)/m;
const HUNKS = /^@@(?:\s|$)/m;
/** What is run, or was written by what was run. */
const OUTPUT = /^(?:text|txt|plaintext|console|output|bash|sh|shell|zsh|shellscript|powershell|ps1|log|mermaid)$/;
const aliases: Readonly<Record<string, string>> = {
  golang: "go",
  csharp: "csharp",
  "c#": "csharp",
  "c++": "cpp",
  python3: "python",
  md: "markdown",
  node: "javascript",
  json: "json",
  jsonc: "jsonc",
  yml: "yaml",
  bash: "shellscript",
  shell: "shellscript",
  zsh: "shellscript",
};
