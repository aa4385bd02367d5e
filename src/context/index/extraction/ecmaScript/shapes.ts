/** Parts of TypeScript's and JavaScript's trees that several readers look for. */

import type { Node } from "web-tree-sitter";
import { childrenOfType, hasInHead, namedChildren, textOf } from "../nodes.ts";

/** Without quotes. */
export function bare(node: Node | null | undefined): string {
  return textOf(node).replace(/^["'`]|["'`]$/g, "");
}

export function isFunction(value: Node | null | undefined): boolean {
  return FUNCTION.test(value?.type ?? "");
}

/** The body of a function; of `(a) => (b) => c` that of the innermost one. */
export function bodyOf(callable: Node | null | undefined): Node | null {
  const body = callable?.childForFieldName("body") ?? null;
  return body?.type === "arrow_function" ? bodyOf(body) : body;
}

/** Without `as const`, `satisfies T`, brackets and `await`; of `(exports.a = b)` it is `b`. */
export function unwrapped(value: Node | null | undefined): Node | null {
  let node = value ?? null;
  for (;;) {
    if (node?.type === "assignment_expression") node = node.childForFieldName("right");
    else if (node && WRAPPER.test(node.type)) node = node.namedChild(0);
    else return node;
  }
}

/** Of a declaration, whose signature ends at `before`, and its parameters, in the order of the text. */
export function decoratorsOf(node: Node, before: Node | null | undefined, text: string): readonly Node[] {
  if (!hasInHead("@", node, before, text)) return [];
  const parameters = node.childForFieldName("parameters");
  const ofParameters = parameters?.text.includes("@")
    ? namedChildren(parameters).flatMap((parameter) => childrenOfType(parameter, "decorator"))
    : [];
  return [...childrenOfType(node, "decorator"), ...ofParameters];
}

/** The literal types with members that a type is, or has among its parts. */
export function objectTypesIn(type: Node | null | undefined, depth = 0): readonly Node[] {
  if (!type) return [];
  if (type.type === "object_type") return [type];
  if (depth > DEEPEST_TYPE || !HOLDS_TYPES.test(type.type)) return [];
  return namedChildren(type).flatMap((part) => objectTypesIn(part, depth + 1));
}

const FUNCTION = /^(?:arrow_function|function_expression|function|generator_function)$/;
const WRAPPER =
  /^(?:as_expression|satisfies_expression|parenthesized_expression|await_expression|non_null_expression)$/;
const HOLDS_TYPES =
  /^(?:union_type|intersection_type|parenthesized_type|array_type|readonly_type|generic_type|type_arguments)$/;
/** A union of many types is as many levels deep. */
const DEEPEST_TYPE = 12;
