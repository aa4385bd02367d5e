/** What a file in C# declares and imports. */

import type { Node } from "web-tree-sitter";
import type { DefinitionKind } from "../facts.ts";
import type { Collector, Found } from "./collector.ts";
import { childOfType, childrenOfType, hasInHead, isLong, namedChildren, textOf } from "./nodes.ts";

export function readCSharp(root: Node, into: Collector): void {
  readMembers(root, into, -1, true);
}

/** `isOpen`: what has no modifier can be named from outside, as in namespaces and interfaces. */
function readMembers(list: Node | null | undefined, into: Collector, parent: number, isOpen: boolean): void {
  for (const member of namedChildren(list)) readMember(member, into, parent, isOpen);
}

function readMember(node: Node, into: Collector, parent: number, isOpen: boolean): void {
  if (node.type === "comment") return;
  const kind = Object.hasOwn(types, node.type) ? types[node.type] : undefined;
  const name = textOf(node.childForFieldName("name"));
  const body = node.childForFieldName("body");
  const exported = isVisible(node, isOpen);
  const common: Omit<Found, "kind"> = { name, node, leftOut: attributesOf(node, body, into.text), exported, parent };
  if (kind) return readType(node, { ...common, kind, before: body }, into);
  switch (node.type) {
    case "using_directive":
      return into.import(textOf(namedChildren(node).at(-1)), ["*"]);
    case "file_scoped_namespace_declaration":
      // Its members may stand inside of it or after it.
      return readMembers(node, into, parent, true);
    case "namespace_declaration": {
      const self = into.define({ ...common, kind: "module", before: body, exported: true });
      if (self !== -1) readMembers(body, into, self, true);
      return;
    }
    case "constructor_declaration":
      into.define({ ...common, kind: "method", before: childOfType(node, "constructor_initializer") ?? body });
      return;
    case "method_declaration":
      into.define({ ...common, kind: "method", before: body });
      return;
    case "property_declaration":
    case "event_declaration":
      into.define({
        ...common,
        kind: "property",
        before: node.childForFieldName("accessors") ?? node.childForFieldName("value"),
      });
      return;
    case "field_declaration":
    case "event_field_declaration":
      for (const declarator of childrenOfType(childOfType(node, "variable_declaration"), "variable_declarator")) {
        const value = namedChildren(declarator).at(-1);
        const before = value && isLong(value) ? value : undefined;
        const name = textOf(declarator.childForFieldName("name") ?? declarator.namedChild(0));
        into.define({ ...common, name, kind: "property", before });
      }
      return;
    case "enum_member_declaration":
      into.define({ ...common, kind: "enum-member", exported: true });
      return;
    case "delegate_declaration":
      into.define({ ...common, kind: "type" });
      return;
    default:
  }
}

function readType(node: Node, found: Found, into: Collector): void {
  const self = into.define(found);
  if (self === -1) return;
  // The parameters of a record are properties of it.
  if (node.type === "record_declaration") {
    for (const parameter of childrenOfType(childOfType(node, "parameter_list"), "parameter")) {
      const name = textOf(parameter.childForFieldName("name"));
      const leftOut = attributesOf(parameter, null, into.text);
      into.define({ name, kind: "property", node: parameter, leftOut, exported: true, parent: self });
    }
  }
  readMembers(node.childForFieldName("body"), into, self, found.kind === "interface");
}

function attributesOf(node: Node, before: Node | null, text: string): readonly Node[] {
  if (!hasInHead("[", node, before, text)) return [];
  const parameters = node.childForFieldName("parameters") ?? childOfType(node, "parameter_list");
  const ofParameters = namedChildren(parameters).flatMap((parameter) => attributesOf(parameter, null, text));
  return [...childrenOfType(node, "attribute_list"), ...ofParameters];
}

function isVisible(node: Node, isOpen: boolean): boolean {
  const modifiers = childrenOfType(node, "modifier").map(({ text }) => text);
  if (modifiers.includes("private")) return false;
  return isOpen || modifiers.some((modifier) => /^(?:public|internal|protected)$/.test(modifier));
}

const types: Readonly<Record<string, DefinitionKind>> = {
  class_declaration: "class",
  struct_declaration: "class",
  record_declaration: "class",
  interface_declaration: "interface",
  enum_declaration: "enum",
};
