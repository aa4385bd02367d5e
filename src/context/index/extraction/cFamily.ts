/** What a file in C or C++ declares and includes. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import { childOfType, isLong, namedChildren, textOf } from "./nodes.ts";

export function readCFamily(root: Node, into: Collector): void {
  // Headers of Objective-C have the same ending, and no grammar here.
  if (/^@(?:interface|protocol|class|import)\b/m.test(into.text)) return;
  readAll(root, into, { parent: -1, inClass: false, exported: true });
}

interface Scope {
  readonly parent: number;
  readonly inClass: boolean;
  readonly exported: boolean;
  /** The `template <…>` around it. */
  readonly from?: number | undefined;
}

function readAll(list: Node | null | undefined, into: Collector, scope: Scope): void {
  let { exported } = scope;
  for (const node of namedChildren(list)) {
    if (node.type === "access_specifier") exported = !node.text.startsWith("private");
    else readNode(node, into, { ...scope, exported });
  }
}

function readNode(node: Node, into: Collector, scope: Scope): void {
  const { parent, exported, from } = scope;
  switch (node.type) {
    case "preproc_include":
      return into.import(textOf(node.childForFieldName("path")).replace(/^["<]|[">]$/g, ""), ["*"]);
    case "preproc_def":
    case "preproc_function_def":
      return readMacro(node, into);
    case "namespace_definition": {
      const name = textOf(node.childForFieldName("name"));
      const body = node.childForFieldName("body");
      const self = into.define({ name, kind: "module", node, before: body, exported, parent });
      // What has no name is the file's own.
      return readAll(body, into, { parent: self === -1 ? parent : self, inClass: false, exported: self !== -1 });
    }
    case "template_declaration":
      for (const child of namedChildren(node)) readNode(child, into, { ...scope, from: node.startIndex });
      return;
    case "linkage_specification": {
      const body = node.childForFieldName("body");
      if (body?.type === "declaration_list") readAll(body, into, scope);
      else if (body) readNode(body, into, scope);
      return;
    }
    case "preproc_if":
    case "preproc_ifdef":
    case "preproc_else":
    case "preproc_elif":
    // A macro that the grammar does not understand makes one of whole files.
    case "ERROR":
      return readAll(node, into, scope);
    case "struct_specifier":
    case "class_specifier":
    case "union_specifier":
    case "enum_specifier":
      readSpecifier(node, into, scope);
      return;
    case "function_definition":
      return readFunction(node, into, scope);
    case "declaration":
    case "field_declaration":
      return readDeclaration(node, into, scope);
    case "type_definition":
      return readTypedef(node, into, scope);
    case "alias_declaration":
    case "concept_definition": {
      const name = textOf(node.childForFieldName("name"));
      into.define({ name, kind: "type", node, from, exported, parent });
      return;
    }
    default:
  }
}

/** One without a value is a switch, or keeps a header from being read twice. */
function readMacro(node: Node, into: Collector): void {
  const value = node.childForFieldName("value");
  if (!value) return;
  const name = textOf(node.childForFieldName("name"));
  const kind = node.type === "preproc_def" ? "variable" : "function";
  const before = isLong(value) || value.text.includes("\n") ? value : undefined;
  into.define({ name, kind, node, before, exported: true });
}

/** A type with its members; without them it is only announced. */
function readSpecifier(node: Node, into: Collector, { parent, exported, from }: Scope): number {
  const body = node.childForFieldName("body");
  if (!body) return -1;
  const named = node.childForFieldName("name");
  const name = textOf(named?.childForFieldName("name") ?? named);
  const kind = node.type === "enum_specifier" ? "enum" : "class";
  const self = into.define({ name, kind, node, before: body, from, exported, parent });
  if (self !== -1) readBody(node, into, self);
  return self;
}

function readBody(specifier: Node, into: Collector, parent: number): void {
  const body = specifier.childForFieldName("body");
  if (specifier.type !== "enum_specifier")
    return readAll(body, into, { parent, inClass: true, exported: specifier.type !== "class_specifier" });
  for (const member of namedChildren(body)) {
    const name = textOf(member.childForFieldName("name"));
    if (member.type === "enumerator") into.define({ name, kind: "enum-member", node: member, exported: true, parent });
  }
}

function readFunction(node: Node, into: Collector, { parent, inClass, exported, from }: Scope): void {
  const declarator = node.childForFieldName("declarator");
  const body = node.childForFieldName("body");
  const type = node.childForFieldName("type");
  if (declarator?.type === "identifier" && type && SPECIFIER.test(type.type)) {
    // `class EXPORTED Cart { … }` is a function to the grammar, which does not know the macro.
    const self = into.define({ name: declarator.text, kind: "class", node, before: body, exported, parent });
    if (self !== -1) readAll(body, into, { parent: self, inClass: true, exported });
    return;
  }
  const name = textOf(declarator && innermost(declarator));
  const kind = inClass || declarator?.text.includes("::") ? "method" : "function";
  const before = childOfType(node, "field_initializer_list") ?? body;
  if (!OPERATOR.test(name)) into.define({ name, kind, node, before, from, exported, parent });
}

function readDeclaration(node: Node, into: Collector, scope: Scope): void {
  const { parent, inClass, exported, from } = scope;
  const type = node.childForFieldName("type");
  if (type && SPECIFIER.test(type.type)) readSpecifier(type, into, scope);
  const body = type?.childForFieldName("body");
  for (const declarator of declaratorsOf(node)) {
    const value = declarator.childForFieldName("value") ?? node.childForFieldName("default_value");
    const isCallable = isFunction(declarator);
    const kind = isCallable ? (inClass ? "method" : "function") : inClass ? "property" : "variable";
    const before = value && isLong(value) ? value : undefined;
    const leftOut = body ? [body] : [];
    const name = textOf(innermost(declarator));
    if (!OPERATOR.test(name)) into.define({ name, kind, node, before, from, leftOut, exported, parent });
  }
}

/** `typedef struct { … } Cart` has members. */
function readTypedef(node: Node, into: Collector, { parent, exported }: Scope): void {
  const type = node.childForFieldName("type");
  const body = type?.childForFieldName("body");
  const kind = type && body ? (type.type === "enum_specifier" ? "enum" : "class") : "type";
  let isFirst = true;
  for (const declarator of declaratorsOf(node)) {
    const name = textOf(innermost(declarator));
    const self = into.define({ name, kind, node, leftOut: body ? [body] : [], exported, parent });
    if (self !== -1 && type && body && isFirst) readBody(type, into, self);
    isFirst = false;
  }
}

function declaratorsOf(node: Node): readonly Node[] {
  return node.childrenForFieldName("declarator").filter((each) => each?.isNamed ?? false);
}

/** `*f(int)` is one, `(*f)(int)` and `f = g(int)` are not. */
function isFunction(declarator: Node): boolean {
  if (declarator.type === "function_declarator")
    return declarator.childForFieldName("declarator")?.type !== "parenthesized_declarator";
  const inner = /^(?:pointer|reference)_declarator$/.test(declarator.type) ? declaratorIn(declarator) : null;
  return inner !== null && isFunction(inner);
}

/** The name inside of `(*name[3])(…)` and `Outer::name`. */
function innermost(node: Node): Node {
  let inner = node;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next = declaratorIn(inner);
    if (!next) break;
    inner = next;
  }
  return inner;
}

function declaratorIn(node: Node): Node | null {
  return (
    node.childForFieldName("declarator") ??
    node.childForFieldName("name") ??
    (/^(?:reference|parenthesized|pointer)_declarator$/.test(node.type) ? namedChildren(node).at(-1) : undefined) ??
    null
  );
}

const OPERATOR = /^operator\b/;
const SPECIFIER = /^(?:struct|class|union|enum)_specifier$/;
const DEEPEST = 8;
