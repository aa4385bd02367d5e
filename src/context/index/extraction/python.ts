/** What a file in Python defines and imports. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";

export function readPython(root: Node, into: Collector): void {
  readBlock(root, into, -1);
}

function readBlock(block: Node, into: Collector, parent: number): void {
  for (const statement of block.namedChildren) if (statement) readStatement(statement, into, parent);
}

function readStatement(node: Node, into: Collector, parent: number): void {
  switch (node.type) {
    case "decorated_definition": {
      const definition = node.childForFieldName("definition");
      if (definition) readStatement(definition, into, parent);
      return;
    }
    case "function_definition": {
      const name = textOf(node.childForFieldName("name"));
      const body = node.childForFieldName("body");
      const kind = parent === -1 ? "function" : "method";
      into.define({ name, kind, node, before: body, exported: isPublic(name), parent });
      if (parent !== -1 && body && ATTRIBUTES_ARE_MADE_IN.test(name)) readAttributes(body, into, parent, new Set());
      return;
    }
    case "class_definition": {
      const name = textOf(node.childForFieldName("name"));
      const body = node.childForFieldName("body");
      const self = into.define({ name, kind: "class", node, before: body, exported: isPublic(name), parent });
      if (self !== -1 && body) readBlock(body, into, self);
      return;
    }
    case "type_alias_statement": {
      const name = textOf(node.namedChild(0));
      into.define({ name, kind: "type", node, exported: isPublic(name), parent });
      return;
    }
    case "expression_statement": {
      const assignment = node.namedChild(0);
      if (assignment?.type === "assignment") readAssignment(assignment, into, parent);
      return;
    }
    case "import_statement": {
      for (const each of node.namedChildren) into.import(moduleName(each), ["*"]);
      return;
    }
    case "import_from_statement": {
      const module = node.childForFieldName("module_name");
      const names = node.namedChildren.filter((each) => each && each.id !== module?.id).map(importedName);
      into.import(textOf(module), names.filter(Boolean), false);
      return;
    }
    case "if_statement":
    case "try_statement":
    case "with_statement":
    case "else_clause":
    case "elif_clause":
    case "except_clause":
    case "finally_clause":
    case "block":
      return readBlock(node, into, parent);
    default:
  }
}

function readAssignment(assignment: Node, into: Collector, parent: number): void {
  const left = assignment.childForFieldName("left");
  const right = assignment.childForFieldName("right");
  if (left?.type !== "identifier") return;
  const name = left.text;
  if (name === "__all__") {
    for (const item of right?.namedChildren ?? [])
      if (item?.type === "string") into.export(item.text.replace(/^['"]|['"]$/g, ""));
    return;
  }
  const kind = parent === -1 ? "variable" : "property";
  const object = right?.type === "dictionary" || right?.type === "list" || right?.type === "set" ? right : undefined;
  const isLong = object !== undefined && object.endIndex - object.startIndex > LONG_LITERAL_CHARS;
  into.define({ name, kind, node: assignment, before: isLong ? object : undefined, exported: isPublic(name), parent });
}

/** `self.x = …` where an object is made, also below `if` and the like. */
function readAttributes(block: Node, into: Collector, parent: number, known: Set<string>): void {
  for (const statement of block.namedChildren) {
    if (statement && HAS_BLOCKS.test(statement.type)) readAttributes(statement, into, parent, known);
    const assignment = statement?.type === "expression_statement" ? statement.namedChild(0) : null;
    if (assignment?.type !== "assignment") continue;
    const left = assignment.childForFieldName("left");
    if (left?.type !== "attribute" || left.childForFieldName("object")?.text !== "self") continue;
    const name = textOf(left.childForFieldName("attribute"));
    if (known.has(name)) continue;
    known.add(name);
    into.define({ name, kind: "property", node: assignment, exported: isPublic(name), parent });
  }
}

function moduleName(node: Node | null): string {
  return textOf(node?.type === "aliased_import" ? node.childForFieldName("name") : node);
}

function importedName(node: Node | null): string {
  if (node?.type === "wildcard_import") return "*";
  return node?.type === "dotted_name" || node?.type === "aliased_import" ? moduleName(node) : "";
}

/** A name with an underscore is its module's own; one with two around it is part of the language. */
function isPublic(name: string): boolean {
  return !name.startsWith("_") || /^__\w+__$/.test(name);
}

function textOf(node: Node | null | undefined): string {
  return node?.text ?? "";
}

const ATTRIBUTES_ARE_MADE_IN = /^(?:__init__|__new__|__post_init__|setUp|setup|initialize)$/;
const HAS_BLOCKS = /^(?:if_statement|else_clause|elif_clause|try_statement|except_clause|with_statement|block)$/;
const LONG_LITERAL_CHARS = 120;
