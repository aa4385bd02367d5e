/** What a file in TypeScript or JavaScript defines, imports and exports. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import type { DefinitionKind } from "../facts.ts";

export function readEcmaScript(root: Node, into: Collector): void {
  for (const statement of root.namedChildren) if (statement) readStatement(statement, into, false, -1);
}

function readStatement(node: Node, into: Collector, exported: boolean, parent: number, from?: number): void {
  const start = from === undefined ? {} : { from };
  switch (node.type) {
    case "export_statement":
      return readExport(node, into, parent);
    case "import_statement":
      return readImport(node, into);
    case "ambient_declaration": {
      for (const child of node.namedChildren) if (child) readStatement(child, into, true, parent, node.startIndex);
      return;
    }
    case "function_declaration":
    case "generator_function_declaration":
    case "function_signature": {
      const body = node.childForFieldName("body");
      const name = textOf(node.childForFieldName("name"));
      const self = into.define({ name, kind: "function", node, before: body, exported, parent, ...start });
      if (self !== -1) readReturned(body, into, self);
      return;
    }
    case "class_declaration":
    case "abstract_class_declaration":
    case "interface_declaration": {
      const body = node.childForFieldName("body");
      const kind = node.type === "interface_declaration" ? "interface" : "class";
      const name = textOf(node.childForFieldName("name"));
      const self = into.define({ name, kind, node, before: body, exported, parent, ...start });
      if (self !== -1) readMembers(body, into, self, 0);
      return;
    }
    case "type_alias_declaration": {
      const value = node.childForFieldName("value");
      const object = objectTypeIn(value, 0);
      const name = textOf(node.childForFieldName("name"));
      const before = object?.startIndex === value?.startIndex ? object : undefined;
      const self = into.define({ name, kind: "type", node, before, exported, parent, ...start });
      if (self !== -1) readMembers(object, into, self, 0);
      return;
    }
    case "enum_declaration": {
      const body = node.childForFieldName("body");
      const self = into.define({
        name: textOf(node.childForFieldName("name")),
        kind: "enum",
        node,
        before: body,
        exported,
        parent,
        ...start,
      });
      for (const member of body?.namedChildren ?? []) {
        if (self === -1 || !member || member.type === "comment") continue;
        const name = bare(member.childForFieldName("name") ?? member);
        into.define({ name, kind: "enum-member", node: member, exported: true, parent: self });
      }
      return;
    }
    case "lexical_declaration":
    case "variable_declaration": {
      const declarators = node.namedChildren.filter((child) => child?.type === "variable_declarator");
      for (const declarator of declarators) {
        if (!declarator) continue;
        const alone = declarators.length === 1 ? (from ?? node.startIndex) : declarator.startIndex;
        readDeclarator(declarator, into, exported, parent, alone);
      }
      return;
    }
    case "internal_module":
    case "module": {
      const body = node.childForFieldName("body");
      const name = bare(node.childForFieldName("name"));
      const self = into.define({ name, kind: "module", node, before: body, exported, parent, ...start });
      if (self === -1) return;
      for (const child of body?.namedChildren ?? []) if (child) readStatement(child, into, true, self);
      return;
    }
    case "expression_statement": {
      const expression = node.namedChild(0);
      if (expression?.type === "internal_module") readStatement(expression, into, exported, parent, from);
      else if (expression?.type === "assignment_expression") readAssignment(expression, into);
      else if (expression?.type === "call_expression") readRequire(expression, into, []);
      return;
    }
    default:
  }
}

function readExport(node: Node, into: Collector, parent: number): void {
  const declaration = node.childForFieldName("declaration");
  if (declaration) return readStatement(declaration, into, true, parent, node.startIndex);
  const source = node.childForFieldName("source");
  const clause = node.namedChildren.find((child) => child?.type === "export_clause");
  const names = (clause?.namedChildren ?? []).map((each) => textOf(each?.childForFieldName("name")));
  if (source) into.import(bare(source), clause ? names : ["*"], true);
  else for (const name of names) into.export(name);
  const value = node.childForFieldName("value");
  if (value?.type === "identifier") into.export(value.text);
  else if (value) readValue("default", value, node, into, { exported: true, parent, from: node.startIndex });
}

function readImport(node: Node, into: Collector): void {
  const source = node.childForFieldName("source");
  const names: string[] = [];
  for (const part of node.namedChildren.find((child) => child?.type === "import_clause")?.namedChildren ?? []) {
    if (part?.type === "identifier") names.push("default");
    else if (part?.type === "namespace_import") names.push("*");
    else if (part?.type === "named_imports") {
      for (const each of part.namedChildren) if (each) names.push(textOf(each.childForFieldName("name")));
    }
  }
  if (source) into.import(bare(source), names.filter(Boolean));
}

/** `require("x")` and `import("x")`. */
function readRequire(call: Node, into: Collector, names: readonly string[]): boolean {
  const callee = call.childForFieldName("function");
  if (callee?.type !== "import" && callee?.text !== "require") return false;
  const argument = call.childForFieldName("arguments")?.namedChild(0);
  if (argument?.type !== "string") return false;
  into.import(bare(argument), names.length > 0 ? names : ["*"]);
  return true;
}

function readDeclarator(node: Node, into: Collector, exported: boolean, parent: number, from: number): void {
  const name = node.childForFieldName("name");
  const value = node.childForFieldName("value");
  const names =
    name?.type === "object_pattern"
      ? name.namedChildren.map((each) => bare(each?.childForFieldName("key") ?? each))
      : [];
  const called = value?.type === "await_expression" ? value.namedChild(0) : value;
  if (called?.type === "call_expression" && readRequire(called, into, names)) return;
  if (name?.type === "identifier") readValue(name.text, value, node, into, { exported, parent, from });
}

interface Place {
  readonly exported: boolean;
  readonly parent: number;
  readonly from: number;
}

/** Something that has a name because a value was given one. */
function readValue(name: string, value: Node | null, node: Node, into: Collector, place: Place): void {
  const inner = unwrapped(value);
  const body = inner?.childForFieldName("body");
  const isFunction = inner !== null && FUNCTION.test(inner.type);
  const isClass = inner?.type === "class";
  const object = inner?.type === "object" ? inner : firstObjectArgument(inner);
  const kind: DefinitionKind = isFunction ? "function" : isClass ? "class" : "variable";
  const before = isFunction || isClass ? body : object;
  const self = into.define({ name, kind, node, before, ...place });
  if (self === -1) return;
  if (isClass) readMembers(body ?? null, into, self, 0);
  else if (isFunction) readReturned(body ?? null, into, self);
  else readKeys(object, into, self, 0);
}

/** Without `as const`, `satisfies T`, brackets and `await`. */
function unwrapped(value: Node | null): Node | null {
  let node = value;
  while (node && WRAPPER.test(node.type)) node = node.namedChild(0);
  return node;
}

/** `create({ … })`: what is made has the keys, or what resembles them. */
function firstObjectArgument(call: Node | null): Node | null {
  if (call?.type !== "call_expression" && call?.type !== "new_expression") return null;
  const found = call.childForFieldName("arguments")?.namedChildren.find((argument) => argument?.type === "object");
  return found ?? null;
}

function readKeys(object: Node | null, into: Collector, parent: number, depth: number): void {
  for (const entry of object?.namedChildren.slice(0, MOST_KEYS) ?? []) {
    if (!entry) continue;
    if (entry.type === "pair") {
      const value = unwrapped(entry.childForFieldName("value"));
      const before =
        value && FUNCTION.test(value.type)
          ? value.childForFieldName("body")
          : value?.type === "object"
            ? value
            : undefined;
      const kind = before && value?.type !== "object" ? "method" : "property";
      const name = bare(entry.childForFieldName("key"));
      const self = into.define({ name, kind, node: entry, before, exported: true, parent });
      if (self !== -1 && value?.type === "object" && depth < DEEPEST) readKeys(value, into, self, depth + 1);
    } else if (entry.type === "method_definition") {
      const name = bare(entry.childForFieldName("name"));
      into.define({
        name,
        kind: "method",
        node: entry,
        before: entry.childForFieldName("body"),
        exported: true,
        parent,
      });
    } else if (entry.type === "shorthand_property_identifier" && parent !== -1) {
      into.define({ name: entry.text, kind: "property", node: entry, exported: true, parent });
    }
  }
}

/** The keys of the object that a function returns: such functions stand for classes. */
function readReturned(body: Node | null, into: Collector, parent: number): void {
  const object =
    body?.type === "statement_block"
      ? body.namedChildren.findLast((statement) => statement?.type === "return_statement")?.namedChild(0)
      : body;
  const returned = unwrapped(object ?? null);
  if (returned?.type === "object") readKeys(returned, into, parent, DEEPEST);
}

function readMembers(body: Node | null, into: Collector, parent: number, depth: number): void {
  for (const member of body?.namedChildren ?? []) {
    if (!member) continue;
    switch (member.type) {
      case "public_field_definition":
      case "field_definition":
      case "property_signature":
        readField(member, into, parent, depth);
        break;
      case "method_definition":
      case "method_signature":
      case "abstract_method_signature": {
        const block = member.childForFieldName("body");
        const name = bare(member.childForFieldName("name"));
        const exported = !name.startsWith("#") && !PRIVATE.test(member.text.slice(0, 20));
        into.define({ name, kind: "method", node: member, before: block, exported, parent });
        if (name === "constructor") readConstructor(member, block, into, parent);
        break;
      }
      case "object_type":
        readMembers(member, into, parent, depth);
        break;
      default:
    }
  }
}

function readField(member: Node, into: Collector, parent: number, depth: number): void {
  const name = bare(member.childForFieldName("name") ?? member.childForFieldName("property"));
  const value = unwrapped(member.childForFieldName("value"));
  const isMethod = value !== null && FUNCTION.test(value.type);
  const nested = objectTypeIn(member.childForFieldName("type")?.namedChild(0) ?? null, 0);
  const before = isMethod ? value.childForFieldName("body") : nested;
  const exported = !name.startsWith("#") && !PRIVATE.test(member.text.slice(0, 20));
  const self = into.define({ name, kind: isMethod ? "method" : "property", node: member, before, exported, parent });
  if (self !== -1 && nested && depth < DEEPEST) readMembers(nested, into, self, depth + 1);
}

function readConstructor(constructor: Node, body: Node | null, into: Collector, parent: number): void {
  for (const parameter of constructor.childForFieldName("parameters")?.namedChildren ?? []) {
    const isField =
      parameter?.namedChildren.some((part) => part?.type === "accessibility_modifier") ||
      /^readonly\b/.test(parameter?.text ?? "");
    const name = textOf(parameter?.childForFieldName("pattern"));
    if (parameter && isField) into.define({ name, kind: "property", node: parameter, exported: true, parent });
  }
  for (const statement of body?.namedChildren ?? []) {
    const assignment = statement?.type === "expression_statement" ? statement.namedChild(0) : null;
    const left = assignment?.type === "assignment_expression" ? assignment.childForFieldName("left") : null;
    if (left?.type !== "member_expression" || left.childForFieldName("object")?.type !== "this" || !assignment)
      continue;
    const name = textOf(left.childForFieldName("property"));
    const value = assignment.childForFieldName("right");
    const before = value && FUNCTION.test(value.type) ? value.childForFieldName("body") : undefined;
    into.define({ name, kind: "property", node: assignment, before, exported: true, parent });
  }
}

/** `module.exports = …`, `exports.x = …`, `A.prototype.f = …`. */
function readAssignment(assignment: Node, into: Collector): void {
  const left = assignment.childForFieldName("left");
  const right = assignment.childForFieldName("right");
  if (left?.type !== "member_expression" || !right) return;
  const target = left.text;
  if (target === "module.exports") {
    if (right.type === "object") return readExportedKeys(right, into);
    if (right.type === "identifier") into.export(right.text);
  }
  if (target.length > 100 || (target !== "module.exports" && !/^(?:module\.)?exports\.|\.prototype\./.test(target)))
    return;
  const name = target === "module.exports" ? "default" : textOf(left.childForFieldName("property"));
  readValue(name, right, assignment, into, { exported: true, parent: -1, from: assignment.startIndex });
}

/** `module.exports = { a, b: c }`: what is defined elsewhere is exported, what is defined here is defined. */
function readExportedKeys(object: Node, into: Collector): void {
  for (const entry of object.namedChildren) {
    const value = entry?.childForFieldName("value") ?? entry;
    if (value && /^(?:shorthand_property_identifier|identifier)$/.test(value.type)) into.export(value.text);
  }
  readKeys(object, into, -1, DEEPEST);
}

/** The literal type with members that a type is, or has among its parts. */
function objectTypeIn(type: Node | null, depth: number): Node | null {
  if (type === null || type.type === "object_type") return type;
  if (depth > DEEPEST || !HOLDS_TYPES.test(type.type)) return null;
  for (const part of type.namedChildren) {
    const found = objectTypeIn(part, depth + 1);
    if (found) return found;
  }
  return null;
}

function textOf(node: Node | null | undefined): string {
  return node?.text ?? "";
}

/** Without quotes. */
function bare(node: Node | null | undefined): string {
  return textOf(node).replace(/^["'`]|["'`]$/g, "");
}

const FUNCTION = /^(?:arrow_function|function_expression|function|generator_function)$/;
const WRAPPER =
  /^(?:as_expression|satisfies_expression|parenthesized_expression|await_expression|non_null_expression)$/;
const HOLDS_TYPES =
  /^(?:union_type|intersection_type|parenthesized_type|array_type|readonly_type|generic_type|type_arguments)$/;
const PRIVATE = /^private\b/;
const MOST_KEYS = 120;
const DEEPEST = 2;
