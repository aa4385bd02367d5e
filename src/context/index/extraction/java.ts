/** What a file in Java declares and imports. */

import type { Node } from "web-tree-sitter";
import type { DefinitionKind } from "../facts.ts";
import type { Collector, Found } from "./collector.ts";
import { childOfType, childrenOfType, hasInHead, isLong, namedChildren, textOf } from "./nodes.ts";

export function readJava(root: Node, into: Collector): void {
  for (const node of namedChildren(root)) {
    if (node.type === "import_declaration") readImport(node, into);
    else readMember(node, into, -1);
  }
}

function readMember(node: Node, into: Collector, parent: number): void {
  if (node.type.endsWith("comment")) return;
  const kind = Object.hasOwn(types, node.type) ? types[node.type] : undefined;
  if (kind) return readType(node, kind, into, parent);
  const name = textOf(node.childForFieldName("name"));
  const body = node.childForFieldName("body");
  const common = { node, ...modifiersOf(node, body, into.text), parent };
  switch (node.type) {
    case "method_declaration":
    case "constructor_declaration":
    case "annotation_type_element_declaration":
      into.define({ ...common, name, kind: "method", before: body });
      return;
    case "enum_constant":
      into.define({ ...common, name, kind: "enum-member", before: body, exported: true });
      return;
    case "field_declaration":
    case "constant_declaration":
      for (const declarator of childrenOfType(node, "variable_declarator")) {
        const before = hiddenOf(declarator.childForFieldName("value"));
        into.define({ ...common, name: textOf(declarator.childForFieldName("name")), kind: "property", before });
      }
      return;
    case "enum_body_declarations":
      for (const member of namedChildren(node)) readMember(member, into, parent);
      return;
    default:
  }
}

function readType(node: Node, kind: DefinitionKind, into: Collector, parent: number): void {
  const name = textOf(node.childForFieldName("name"));
  const before = node.childForFieldName("body");
  const self = into.define({ name, kind, node, before, ...modifiersOf(node, before, into.text), parent });
  if (self === -1) return;
  if (node.type === "record_declaration") {
    for (const component of childrenOfType(node.childForFieldName("parameters"), "formal_parameter")) {
      const leftOut = annotationsOf(component);
      const name = textOf(component.childForFieldName("name"));
      into.define({ name, kind: "property", node: component, leftOut, exported: true, parent: self });
    }
  }
  for (const member of namedChildren(before)) readMember(member, into, self);
}

/** The body of a function or a class that a field is given, and what is long. */
function hiddenOf(value: Node | null): Node | null | undefined {
  if (value?.type === "lambda_expression") return value.childForFieldName("body");
  const body = value?.type === "object_creation_expression" ? childOfType(value, "class_body") : undefined;
  if (body || !value || !isLong(value)) return body;
  return value.childForFieldName("arguments") ?? value;
}

function modifiersOf(node: Node, before: Node | null, text: string): Pick<Found, "leftOut" | "exported"> {
  return {
    leftOut: hasInHead("@", node, before, text) ? annotationsOf(node) : [],
    exported: !hasInHead("private", node, before, text) || !isPrivate(node),
  };
}

function annotationsOf(node: Node): readonly Node[] {
  const parameters = node.childForFieldName("parameters");
  const ofParameters = parameters?.text.includes("@") ? namedChildren(parameters).flatMap(annotationsOf) : [];
  return [...childrenOfType(childOfType(node, "modifiers"), "annotation", "marker_annotation"), ...ofParameters];
}

function isPrivate(node: Node): boolean {
  return childOfType(node, "modifiers")?.children.some((modifier) => modifier?.type === "private") ?? false;
}

/** A static import names a member; what is to be found is the class. */
function readImport(node: Node, into: Collector): void {
  const path = textOf(childOfType(node, "scoped_identifier", "identifier"));
  const isStatic = node.children.some((child) => child?.type === "static");
  const isAll = childOfType(node, "asterisk") !== undefined;
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (!isStatic) into.import(isAll ? `${path}.*` : path, [isAll ? "*" : last]);
  else into.import(isAll ? path : path.slice(0, path.lastIndexOf(".")), [isAll ? "*" : last]);
}

const types: Readonly<Record<string, DefinitionKind>> = {
  class_declaration: "class",
  record_declaration: "class",
  interface_declaration: "interface",
  annotation_type_declaration: "interface",
  enum_declaration: "enum",
};
