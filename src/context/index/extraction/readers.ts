/** Which reader looks at the trees of which grammar. */

import type { Node } from "web-tree-sitter";
import { readCFamily } from "./cFamily.ts";
import type { Collector } from "./collector.ts";
import { readCSharp } from "./cSharp.ts";
import { readEcmaScript } from "./ecmaScript/statements.ts";
import { readGo } from "./go.ts";
import { readJava } from "./java.ts";
import { readPhp } from "./php.ts";
import { readPython } from "./python.ts";
import { readRuby } from "./ruby.ts";
import { readRust } from "./rust.ts";

export type Reader = (root: Node, into: Collector) => void;

/** `undefined` for grammars, such as that of CSS, whose files define nothing that code elsewhere names. */
export function readerOf(grammar: string): Reader | undefined {
  return Object.hasOwn(readers, grammar) ? readers[grammar] : undefined;
}

const readers: Readonly<Record<string, Reader>> = {
  typescript: readEcmaScript,
  tsx: readEcmaScript,
  javascript: readEcmaScript,
  python: readPython,
  go: readGo,
  rust: readRust,
  java: readJava,
  "c-sharp": readCSharp,
  cpp: readCFamily,
  php: readPhp,
  ruby: readRuby,
};
