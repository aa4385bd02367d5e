/** What a file in TypeScript or JavaScript declares and exports. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "../collector.ts";
import { childOfType, childrenOfType, namedChildren, textOf } from "../nodes.ts";
import { readAssignment } from "./commonJs.ts";
import { boundNames, readCalledImports, readImport } from "./imports.ts";
import { readMembers, readMembersOfAll } from "./members.ts";
import { bare, decoratorsOf, objectTypesIn } from "./shapes.ts";
import { readReturned, readValue } from "./values.ts";

export function readEcmaScript(root: Node, into: Collector): void {
  for (const statement of namedChildren(root)) readStatement(statement, into, { exported: false, parent: -1 });
  readCalledImports(root, into);
}

interface Outside {
  readonly exported: boolean;
  readonly parent: number;
  /** The `export` or `declare` around it, where its signature begins. */
  readonly around?: Node;
}

function readStatement(node: Node, into: Collector, outside: Outside): void {
  switch (node.type) {
    case "export_statement":
      return readExport(node, into, outside.parent);
    case "import_statement":
      return readImport(node, into);
    case "ambient_declaration": {
      const inner = { ...outside, exported: true };
      const around = outside.around ?? node;
      for (const child of namedChildren(node)) {
        // `declare global { … }`
        if (child.type === "statement_block") for (const each of namedChildren(child)) readStatement(each, into, inner);
        else readStatement(child, into, { ...inner, around });
      }
      return;
    }
    case "function_declaration":
    case "generator_function_declaration":
    case "function_signature": {
      const body = node.childForFieldName("body");
      const self = define(node, "function", body, into, outside);
      if (self !== -1) readReturned(body, into, self);
      return;
    }
    case "class_declaration":
    case "abstract_class_declaration":
    case "interface_declaration": {
      const body = node.childForFieldName("body");
      const self = define(node, node.type === "interface_declaration" ? "interface" : "class", body, into, outside);
      if (self !== -1) readMembers(body, into, self);
      return;
    }
    case "type_alias_declaration": {
      const value = node.childForFieldName("value");
      const objects = objectTypesIn(value);
      const [first] = objects;
      const isFirst = first && value && /^[\s|&]*$/.test(into.text.slice(value.startIndex, first.startIndex));
      const self = define(node, "type", isFirst ? value : null, into, outside);
      if (self !== -1) readMembersOfAll(objects, into, self);
      return;
    }
    case "enum_declaration": {
      const body = node.childForFieldName("body");
      const self = define(node, "enum", body, into, outside);
      if (self === -1) return;
      for (const member of namedChildren(body)) {
        if (member.type === "comment") continue;
        const name = bare(member.childForFieldName("name") ?? member);
        into.define({ name, kind: "enum-member", node: member, exported: true, parent: self });
      }
      return;
    }
    case "import_alias":
      define(node, "variable", null, into, outside, textOf(node.namedChild(0)));
      return;
    case "lexical_declaration":
    case "variable_declaration":
      return readVariables(node, into, outside);
    case "internal_module":
    case "module": {
      const body = node.childForFieldName("body");
      const self = define(node, "module", body, into, outside);
      if (self === -1) return;
      for (const child of namedChildren(body)) readStatement(child, into, { exported: true, parent: self });
      return;
    }
    case "expression_statement": {
      const expression = node.namedChild(0);
      if (expression?.type === "internal_module") readStatement(expression, into, outside);
      else if (expression?.type === "assignment_expression") readAssignment(expression, into);
      return;
    }
    default:
  }
}

function define(
  node: Node,
  kind: "function" | "class" | "interface" | "type" | "enum" | "module" | "variable",
  before: Node | null,
  into: Collector,
  { exported, parent, around }: Outside,
  name = bare(node.childForFieldName("name")),
): number {
  const overload = kind === "function" ? (before ? "implementation" : "signature") : undefined;
  const ofExport = around ? decoratorsOf(around, before, into.text) : [];
  const leftOut = [...ofExport, ...decoratorsOf(node, before, into.text)];
  return into.define({ name, kind, node, before, from: around?.startIndex, leftOut, exported, parent, overload });
}

function readExport(node: Node, into: Collector, parent: number): void {
  const outside: Outside = { exported: true, parent, around: node };
  const declaration = node.childForFieldName("declaration") ?? childOfType(node, "import_alias");
  if (declaration) return readStatement(declaration, into, outside);
  const source = node.childForFieldName("source");
  const clause = childOfType(node, "export_clause");
  const names = namedChildren(clause).map((each) => bare(each.childForFieldName("name")));
  if (source) into.import(bare(source), clause ? names : ["*"], true);
  else for (const name of names) into.export(name);
  const value = node.childForFieldName("value") ?? (clause || source ? undefined : childOfType(node, "identifier"));
  if (value?.type === "identifier") into.export(value.text);
  else if (value) readValue("default", value, node, into, { exported: true, parent, from: node.startIndex });
}

function readVariables(node: Node, into: Collector, { exported, parent, around }: Outside): void {
  const declarators = childrenOfType(node, "variable_declarator");
  for (const declarator of declarators) {
    const from = declarators.length === 1 ? (around ?? node).startIndex : declarator.startIndex;
    const name = declarator.childForFieldName("name");
    const value = declarator.childForFieldName("value");
    const types = value ? [] : objectTypesIn(childOfType(declarator, "type_annotation")?.namedChild(0));
    if (name?.type === "identifier" && types.length > 0) {
      // `declare const x: { … }`
      const [before] = types;
      const self = into.define({ name: name.text, kind: "variable", node: declarator, before, from, exported, parent });
      if (self !== -1) readMembersOfAll(types, into, self);
    } else if (name?.type === "identifier") readValue(name.text, value, declarator, into, { exported, parent, from });
    else if (name && exported) {
      for (const bound of boundNames(name))
        into.define({ name: bound, kind: "variable", node: declarator, from, exported, parent });
    }
  }
}
