/** What the editor has found wrong near the caret, each finding in a comment behind the line of code that it is about. */

import { isBlank } from "../../text/lines.ts";
import { headOf } from "../../text/offsets.ts";
import type { Piece } from "../pieces.ts";
import { tellableMessage } from "./diagnosticWords.ts";

export interface Diagnostic {
  /** From 0. */
  readonly line: number;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** Such as `2304`. */
  readonly code: string | undefined;
  /** Who found it, such as `ts`. */
  readonly source: string | undefined;
}

export interface DiagnosticQuery {
  readonly path: string;
  readonly languageId: string;
  /** From 0. */
  readonly caretLine: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Of this file: of what a message names, only what stands there is told. */
  readonly seen: string;
  /** `undefined` for a line that is not there any more. */
  readonly lineAt: (line: number) => string | undefined;
}

/** Errors first, the nearest first. The caret's own line is being written: what is wrong with it is that it is not done. */
export function nearbyDiagnostics(query: DiagnosticQuery): readonly Piece[] {
  const { caretLine, diagnostics } = query;
  const distanceOf = ({ line }: Diagnostic): number => Math.abs(line - caretLine);
  const near = diagnostics.filter((each) => distanceOf(each) > 0 && distanceOf(each) <= MOST_LINES_AWAY);
  near.sort((one, other) => rank(one) - rank(other) || distanceOf(one) - distanceOf(other) || one.line - other.line);
  const pieces = new Map<number, Piece>();
  for (const diagnostic of near) {
    if (pieces.size === MOST_PIECES) break;
    const piece = pieces.has(diagnostic.line) ? undefined : pieceOf(diagnostic, query);
    if (piece) pieces.set(diagnostic.line, piece);
  }
  return Array.from(pieces.values());
}

function pieceOf(
  diagnostic: Diagnostic,
  { path, languageId, caretLine, seen, lineAt }: DiagnosticQuery,
): Piece | undefined {
  const { line, severity } = diagnostic;
  const code = lineAt(line)?.trim();
  if (code === undefined || isBlank(code) || code.length > MOST_CODE_CHARS) return undefined;
  const text = `${code} ${inComment(wordsOf(diagnostic, seen), languageId)}`;
  return {
    id: `diagnostics ${path} ${text}`,
    source: "diagnostics",
    path,
    line,
    text,
    value: values[severity] * (1 - Math.abs(line - caretLine) / (2 * MOST_LINES_AWAY)),
    reason: { kind: "diagnostic" },
  };
}

/** On one line, such as `error ts 2304: Cannot find name 'total'.` */
function wordsOf({ severity, message, code, source }: Diagnostic, seen: string): string {
  const head = [severity, source, code].filter((part) => part !== undefined && part !== "").join(" ");
  const told = tellableMessage(message, seen);
  const words = told === undefined ? head : `${head}: ${told}`;
  return words.length > MOST_MESSAGE_CHARS ? `${headOf(words, MOST_MESSAGE_CHARS - 1)}…` : words;
}

function inComment(words: string, languageId: string): string {
  if (WITH_HASHES.has(languageId)) return `# ${words}`;
  if (WITH_DASHES.has(languageId)) return `-- ${words}`;
  if (WITH_TAGS.has(languageId)) return `<!-- ${words.replaceAll("--", "- -")} -->`;
  if (WITH_STARS.has(languageId)) return `/* ${words.replaceAll("*/", "* /")} */`;
  return `// ${words}`;
}

function rank({ severity }: Diagnostic): number {
  return severity === "error" ? 0 : 1;
}

const WITH_HASHES: ReadonlySet<string> = new Set(
  "python ruby shellscript powershell yaml perl r julia elixir coffeescript dockerfile makefile toml".split(" "),
);
const WITH_DASHES: ReadonlySet<string> = new Set("lua sql haskell ada".split(" "));
const WITH_TAGS: ReadonlySet<string> = new Set("html xml markdown vue svelte".split(" "));
const WITH_STARS: ReadonlySet<string> = new Set("css scss less".split(" "));

const MOST_LINES_AWAY = 20;
const MOST_PIECES = 4;
const MOST_CODE_CHARS = 300;
const MOST_MESSAGE_CHARS = 200;
const values = { error: 0.5, warning: 0.2 } as const;
