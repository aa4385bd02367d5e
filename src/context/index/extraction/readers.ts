/** Which reader looks at the trees of which grammar. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import { declarationRules, readDeclarations } from "./declarations.ts";
import { readEcmaScript } from "./ecmaScript.ts";
import { readPython } from "./python.ts";

export type Reader = (root: Node, into: Collector) => void;

export function readerOf(grammar: string): Reader | undefined {
  if (grammar === "typescript" || grammar === "tsx" || grammar === "javascript") return readEcmaScript;
  if (grammar === "python") return readPython;
  const rules = declarationRules[grammar];
  return rules && ((root, into) => readDeclarations(root, rules, into));
}
