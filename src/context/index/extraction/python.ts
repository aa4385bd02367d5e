/** What a file in Python defines and imports. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import { isLong, namedChildren, textOf } from "./nodes.ts";

export function readPython(root: Node, into: Collector): void {
  readBlock(root, into, TOP);
  readImports(root, into);
}

interface Scope {
  readonly parent: number;
  /** Of a class: the names of its attributes so far. */
  readonly attributes: Set<string>;
  readonly isEnum: boolean;
}

const TOP: Scope = { parent: -1, attributes: new Set(), isEnum: false };

function readBlock(block: Node, into: Collector, scope: Scope): void {
  for (const statement of namedChildren(block)) readStatement(statement, into, scope, []);
}

function readStatement(node: Node, into: Collector, scope: Scope, decorators: readonly string[]): void {
  switch (node.type) {
    case "decorated_definition": {
      const definition = node.childForFieldName("definition");
      const names = namedChildren(node).flatMap((each) => (each.type === "decorator" ? each.text.slice(1) : []));
      if (definition) readStatement(definition, into, scope, names);
      return;
    }
    case "function_definition":
      return readFunction(node, into, scope, decorators);
    case "class_definition": {
      const name = textOf(node.childForFieldName("name"));
      const body = node.childForFieldName("body");
      const isEnum = ENUM.test(textOf(node.childForFieldName("superclasses")));
      const kind = isEnum ? "enum" : "class";
      const self = into.define({ name, kind, node, before: body, exported: isPublic(name), parent: scope.parent });
      if (self !== -1 && body) readBlock(body, into, { parent: self, attributes: new Set(), isEnum });
      return;
    }
    case "type_alias_statement": {
      const name = /\w+/.exec(textOf(node.childForFieldName("left") ?? node.namedChild(0)))?.[0] ?? "";
      into.define({ name, kind: "type", node, exported: isPublic(name), parent: scope.parent });
      return;
    }
    case "expression_statement": {
      const expression = node.namedChild(0);
      if (expression?.type === "assignment") readAssignment(expression, into, scope);
      else if (expression && ALL_CHANGES.test(expression.text.slice(0, 20))) exportAll(expression, into);
      return;
    }
    default:
      if (HAS_BLOCKS.test(node.type)) readBlock(node, into, scope);
  }
}

function readFunction(node: Node, into: Collector, scope: Scope, decorators: readonly string[]): void {
  // `@name.setter`: what is read and written is one attribute.
  if (decorators.some((decorator) => /\.(?:setter|deleter)$/.test(decorator))) return;
  const name = textOf(node.childForFieldName("name"));
  const body = node.childForFieldName("body");
  const { parent } = scope;
  const isProperty = decorators.some((decorator) => PROPERTY.test(decorator));
  const kind = parent === -1 ? "function" : isProperty ? "property" : "method";
  const overload = decorators.some((decorator) => OVERLOAD.test(decorator)) ? "signature" : "implementation";
  into.define({ name, kind, node, before: body, exported: isPublic(name), parent, overload });
  if (parent !== -1 && body) readAttributes(body, into, scope);
}

function readAssignment(assignment: Node, into: Collector, { parent, attributes, isEnum }: Scope): void {
  const { targets, value } = partsOf(assignment);
  for (const target of targets.flatMap((each) => (each.type === "pattern_list" ? namedChildren(each) : [each]))) {
    if (target.type !== "identifier") continue;
    const name = target.text;
    if (name === "__all__") return exportAll(assignment, into);
    const kind = parent === -1 ? "variable" : isEnum && value && !name.startsWith("_") ? "enum-member" : "property";
    if (parent !== -1) attributes.add(name);
    const before = value && isLong(value) && LITERAL.test(value.type) ? value : undefined;
    into.define({ name, kind, node: assignment, before, exported: isPublic(name), parent });
  }
}

/** `a = b = value` */
function partsOf(assignment: Node): { readonly targets: readonly Node[]; readonly value: Node | undefined } {
  const targets: Node[] = [];
  let value: Node | null = assignment;
  while (value?.type === "assignment") {
    const left = value.childForFieldName("left");
    if (left) targets.push(left);
    value = value.childForFieldName("right");
  }
  return { targets, value: value ?? undefined };
}

/** `self.x = …` in any method, where it stands first. */
function readAttributes(body: Node, into: Collector, { parent, attributes }: Scope): void {
  for (const { index, 1: name = "" } of into.text.slice(body.startIndex, body.endIndex).matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) continue;
    const at = body.startIndex + index;
    const attribute = body.namedDescendantForIndex(at, at + 1)?.parent;
    const left = attribute?.parent?.type === "pattern_list" ? attribute.parent : attribute;
    const assignment = outermostAssignment(left?.parent ?? null);
    // In a comment or a string it is something else.
    if (attribute?.type !== "attribute" || !assignment) continue;
    attributes.add(name);
    const { value } = partsOf(assignment);
    const before = value && isLong(value) && LITERAL.test(value.type) ? value : undefined;
    into.define({ name, kind: "property", node: assignment, before, exported: isPublic(name), parent });
  }
}

function outermostAssignment(node: Node | null): Node | undefined {
  if (node?.type !== "assignment") return undefined;
  return outermostAssignment(node.parent) ?? node;
}

/** `__all__ = […]`, `__all__ += […]`, `__all__.extend([…])`, and sums of lists. */
function exportAll(statement: Node, into: Collector): void {
  for (const [, name = ""] of statement.text.matchAll(/["'](\w+)["']/g)) into.export(name);
}

/** Wherever they stand: under conditions, and in functions, too. */
function readImports(root: Node, into: Collector): void {
  for (const { index, 0: found } of into.text.matchAll(IMPORT)) {
    const word = index + found.length - 1;
    const statement = root.descendantForIndex(word, word + 1)?.parent;
    if (statement?.type === "import_statement") {
      for (const each of namedChildren(statement)) into.import(moduleName(each), ["*"]);
    } else if (statement?.type === "import_from_statement") {
      const module = statement.childForFieldName("module_name");
      const names = namedChildren(statement).filter(({ id }) => id !== module?.id);
      into.import(textOf(module), names.map(importedName).filter(Boolean));
    }
  }
}

function moduleName(node: Node): string {
  return textOf(node.type === "aliased_import" ? node.childForFieldName("name") : node);
}

function importedName(node: Node): string {
  if (node.type === "wildcard_import") return "*";
  return node.type === "dotted_name" || node.type === "aliased_import" ? moduleName(node) : "";
}

/** A name with an underscore is its module's own; one with two around it is part of the language. */
function isPublic(name: string): boolean {
  return !name.startsWith("_") || /^__\w+__$/.test(name);
}

const IMPORT = /(?:^|[:;])[ \t]*(?:from|import)(?=[ \t(])/gm;
const ATTRIBUTE = /\bself\.(\w+)\s*(?=[=:,](?!=))/g;
const OVERLOAD = /(?:^|\.)overload$/;
const PROPERTY = /(?:^|\.)(?:cached_)?property$/;
const ENUM = /\b(?:Enum|IntEnum|StrEnum|Flag|IntFlag|TextChoices|IntegerChoices)\b/;
const ALL_CHANGES = /^__all__\s*(?:\+=|\.(?:extend|append)\b)/;
const LITERAL = /^(?:dictionary|list|set|tuple|string|concatenated_string|parenthesized_expression|binary_operator)$/;
const HAS_BLOCKS =
  /^(?:if_statement|else_clause|elif_clause|try_statement|except_clause|finally_clause|with_statement|for_statement|while_statement|match_statement|case_clause|block)$/;
