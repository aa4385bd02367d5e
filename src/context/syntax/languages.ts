/** The languages whose grammar is known, by VS Code's identifiers. */

import * as lexis from "./lexis.ts";
import { type Scanner, scannerFor } from "./scan.ts";

/** How blocks are written. Without one it is not known where a statement ends. */
export type BlockStyle = "braces" | "indentation";

export interface Language {
  readonly grammar: string;
  readonly scan: Scanner;
  readonly blocks: BlockStyle | undefined;
  /** A statement ends where its line ends and nothing is open. */
  readonly linesEndStatements: boolean;
  /** The text of elements may stand between code. */
  readonly jsx: boolean;
  /** A line that begins with `#` may stand at the margin, however deep the code around it is. */
  readonly preprocessor: boolean;
  /** What a piece from the middle of something else would be read wrongly without. */
  readonly wrapper: string | undefined;
}

const plain = { blocks: undefined, linesEndStatements: false, jsx: false, preprocessor: false, wrapper: undefined };
const ecmaScript = { ...plain, scan: scannerFor(lexis.ecmaScript), blocks: "braces", wrapper: "class A {\n" } as const;
const c = { ...plain, grammar: "cpp", scan: scannerFor(lexis.c), blocks: "braces", preprocessor: true } as const;
const java = { ...plain, blocks: "braces", wrapper: "class A {\n" } as const;

const languages: Readonly<Record<string, Language>> = {
  typescript: { ...ecmaScript, grammar: "typescript" },
  typescriptreact: { ...ecmaScript, grammar: "tsx", jsx: true },
  javascript: { ...ecmaScript, grammar: "javascript", jsx: true },
  javascriptreact: { ...ecmaScript, grammar: "javascript", jsx: true },
  python: {
    ...plain,
    grammar: "python",
    scan: scannerFor(lexis.python),
    blocks: "indentation",
    linesEndStatements: true,
    wrapper: "if 1:\n",
  },
  go: { ...plain, grammar: "go", scan: scannerFor(lexis.go), blocks: "braces", linesEndStatements: true },
  java: { ...java, grammar: "java", scan: scannerFor(lexis.java) },
  rust: { ...plain, grammar: "rust", scan: scannerFor(lexis.rust), blocks: "braces" },
  c,
  cpp: c,
  csharp: { ...java, grammar: "c-sharp", scan: scannerFor(lexis.cSharp), preprocessor: true },
  php: { ...plain, grammar: "php", scan: scannerFor(lexis.php), wrapper: "<?php\n" },
  ruby: { ...plain, grammar: "ruby", scan: scannerFor(lexis.ruby) },
  css: { ...plain, grammar: "css", scan: scannerFor(lexis.css) },
  shellscript: { ...plain, grammar: "bash", scan: scannerFor(lexis.shell) },
  powershell: { ...plain, grammar: "powershell", scan: scannerFor(lexis.powerShell) },
};

/** The files of the grammars, each once. */
export const grammarFiles: readonly string[] = Array.from(
  new Set(Object.values(languages).map(({ grammar }) => grammarFile(grammar))),
);

export function grammarFile(grammar: string): string {
  return `tree-sitter-${grammar}.wasm`;
}

export function languageOf(languageId: string): Language | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}
