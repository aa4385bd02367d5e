/** `module.exports = …`, `exports.x = …`, `A.prototype.f = …`, `a.f = function …`. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "../collector.ts";
import { namedChildren, textOf } from "../nodes.ts";
import { isFunction } from "./shapes.ts";
import { DEEPEST, readKeys, readValue } from "./values.ts";

export function readAssignment(assignment: Node, into: Collector): void {
  const left = assignment.childForFieldName("left");
  const right = assignment.childForFieldName("right");
  if (left?.type !== "member_expression" || !right) return;
  const target = left.text;
  if (target === "module.exports") {
    if (right.type === "object") return readExportedKeys(right, into);
    if (right.type === "identifier") return into.export(right.text);
    // `module.exports = exports = …` and the like
    if (right.type === "assignment_expression") return readAssignment(right, into);
  }
  if (target.length > LONGEST_TARGET || !(GIVES.test(target) || isFunction(right))) return;
  const property = textOf(left.childForFieldName("property"));
  const name = target === "module.exports" || property === "default" ? "default" : property;
  // `exports.a = void 0`, as compilers write it, and `exports.a = a` define nothing.
  if (/^(?:unary_expression|undefined|assignment_expression)$/.test(right.type)) return;
  if (right.type === "identifier") return into.export(right.text);
  readValue(name, right, assignment, into, { exported: true, parent: -1, from: assignment.startIndex });
}

/** `module.exports = { a, b: c }`: what is defined elsewhere is exported, what is defined here is defined. */
function readExportedKeys(object: Node, into: Collector): void {
  for (const entry of namedChildren(object)) {
    const value = entry.childForFieldName("value") ?? entry;
    if (/^(?:shorthand_property_identifier|identifier)$/.test(value.type)) into.export(value.text);
  }
  readKeys(object, into, -1, DEEPEST);
}

const GIVES = /^(?:module\.)?exports(?:\.|$)|\.prototype\./;
const LONGEST_TARGET = 100;
