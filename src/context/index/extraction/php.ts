/** What a file in PHP declares and imports. */

import type { Node } from "web-tree-sitter";
import type { DefinitionKind } from "../facts.ts";
import type { Collector, Found } from "./collector.ts";
import { childOfType, childrenOfType, hasInHead, isLong, namedChildren, textOf } from "./nodes.ts";

export function readPhp(root: Node, into: Collector): void {
  readAll(root, into, -1);
}

function readAll(list: Node | null | undefined, into: Collector, parent: number): void {
  for (const node of namedChildren(list)) readStatement(node, into, parent);
}

function readStatement(node: Node, into: Collector, parent: number): void {
  if (node.type === "comment") return;
  const kind = Object.hasOwn(types, node.type) ? types[node.type] : undefined;
  const name = textOf(node.childForFieldName("name"));
  const before = node.childForFieldName("body");
  const leftOut = attributesOf(node, before, into.text);
  const common: Omit<Found, "kind"> = { name, node, leftOut, exported: !isPrivate(node), parent };
  if (kind) {
    const self = into.define({ ...common, kind, before });
    if (self !== -1) readAll(before, into, self);
    return;
  }
  switch (node.type) {
    case "function_definition":
      into.define({ ...common, kind: "function", before });
      return;
    case "method_declaration":
      into.define({ ...common, kind: "method", before });
      return readPromoted(node, into, parent);
    case "enum_case":
      into.define({ ...common, kind: "enum-member" });
      return;
    case "property_declaration":
    case "const_declaration":
      for (const element of childrenOfType(node, "property_element", "const_element")) {
        const name = textOf(element.namedChild(0)).replace(/^\$/, "");
        const value = element.namedChild(1);
        const before = value && isLong(value) ? value : undefined;
        const kind = node.type === "const_declaration" && parent === -1 ? "variable" : "property";
        into.define({ ...common, name, kind, before });
      }
      return;
    case "namespace_use_declaration":
      return readUse(node, into);
    case "expression_statement":
      return readExpression(node.namedChild(0), into, parent);
    case "namespace_definition":
    case "compound_statement":
    case "if_statement":
    case "else_clause":
      return readAll(node, into, parent);
    default:
  }
}

/** Parameters of a constructor that are properties. */
function readPromoted(method: Node, into: Collector, parent: number): void {
  for (const parameter of childrenOfType(method.childForFieldName("parameters"), "property_promotion_parameter")) {
    const name = textOf(parameter.childForFieldName("name")).replace(/^\$/, "");
    const exported = !isPrivate(parameter);
    const leftOut = attributesOf(parameter, null, into.text);
    into.define({ name, kind: "property", node: parameter, leftOut, exported, parent });
  }
}

/** `define('LIMIT', 2)` and `require 'other.php'`. */
function readExpression(expression: Node | null, into: Collector, parent: number): void {
  if (/^(?:require|include)(?:_once)?_expression$/.test(expression?.type ?? "")) {
    const path = /['"]\/?([^'"]+)['"]/.exec(textOf(expression))?.[1];
    if (path !== undefined) into.import(path, ["*"]);
  } else if (expression?.type === "function_call_expression") {
    const name = /^define\s*\(\s*['"](\w+)['"]/.exec(expression.text)?.[1] ?? "";
    into.define({ name, kind: "variable", node: expression, exported: true, parent });
  }
}

/** `use A\{B, C as D}` names two classes. */
function readUse(node: Node, into: Collector): void {
  const group = childOfType(node, "namespace_use_group");
  const prefix = group ? `${textOf(childOfType(node, "namespace_name"))}\\` : "";
  for (const clause of childrenOfType(group ?? node, "namespace_use_clause")) {
    const path = prefix + textOf(childOfType(clause, "qualified_name", "namespace_name", "name"));
    into.import(path, [path.slice(path.lastIndexOf("\\") + 1)]);
  }
}

function attributesOf(node: Node, before: Node | null, text: string): readonly Node[] {
  if (!hasInHead("#[", node, before, text)) return [];
  const own = node.childForFieldName("attributes");
  const parameters = node.childForFieldName("parameters");
  const ofParameters = namedChildren(parameters).flatMap((parameter) => attributesOf(parameter, null, text));
  return [...(own ? [own] : []), ...ofParameters];
}

function isPrivate(node: Node): boolean {
  return childrenOfType(node, "visibility_modifier").some(({ text }) => text === "private");
}

const types: Readonly<Record<string, DefinitionKind>> = {
  class_declaration: "class",
  trait_declaration: "class",
  interface_declaration: "interface",
  enum_declaration: "enum",
};
