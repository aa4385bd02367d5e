/** `import … from`, `require(…)` and `import(…)`. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "../collector.ts";
import { childOfType, namedChildren, textOf } from "../nodes.ts";
import { bare } from "./shapes.ts";

export function readImport(node: Node, into: Collector): void {
  const required = childOfType(node, "import_require_clause");
  if (required) return into.import(bare(required.childForFieldName("source")), ["*"]);
  const names: string[] = [];
  for (const part of namedChildren(childOfType(node, "import_clause"))) {
    if (part.type === "identifier") names.push("default");
    else if (part.type === "namespace_import") names.push("*");
    else for (const each of namedChildren(part)) names.push(bare(each.childForFieldName("name")));
  }
  into.import(bare(node.childForFieldName("source")), names.filter(Boolean));
}

/** Wherever they stand: what is loaded when it is needed is named deep inside of functions. */
export function readCalledImports(root: Node, into: Collector): void {
  for (const { index, 0: found } of into.text.matchAll(CALLED_IMPORT)) {
    const callee = root.namedDescendantForIndex(index, index + 1);
    const call = callee?.parent;
    // In a comment or a string it is something else.
    if (call?.type !== "call_expression" || !/^(?:import|identifier)$/.test(callee?.type ?? "")) continue;
    into.import(found.replace(/^[^"'`]*["'`]|["'`]$/g, ""), namesTakenOf(call));
  }
}

/** `const { a, b: c } = await import("x")` takes `a` and `b`. */
function namesTakenOf(call: Node): readonly string[] {
  const taker = call.parent?.type === "await_expression" ? call.parent.parent : call.parent;
  const pattern = taker?.type === "variable_declarator" ? taker.childForFieldName("name") : null;
  if (pattern?.type !== "object_pattern") return ["*"];
  return namedChildren(pattern).map((each) => keyOf(each));
}

/** What the other side calls the part of a pattern. */
function keyOf(part: Node): string {
  return bare(part.childForFieldName("key") ?? part.childForFieldName("left") ?? part);
}

/** The names that the parts of a pattern have here. */
export function boundNames(pattern: Node): readonly string[] {
  return namedChildren(pattern).flatMap((part) => {
    const bound = part.childForFieldName("value") ?? part.childForFieldName("left") ?? part;
    if (/^(?:identifier|shorthand_property_identifier_pattern)$/.test(bound.type)) return [textOf(bound)];
    if (bound.type === "assignment_pattern") return [textOf(bound.childForFieldName("left"))];
    return [];
  });
}

const CALLED_IMPORT = /\b(?:require|import)\s*\(\s*(?:"[^"\n]+"|'[^'\n]+'|`[^`$\n]+`)/g;
