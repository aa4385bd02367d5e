/** What a file in Rust declares and imports. */

import type { Node } from "web-tree-sitter";
import type { DefinitionKind } from "../facts.ts";
import type { Collector } from "./collector.ts";
import { childOfType, isLong, namedChildren, textOf } from "./nodes.ts";

export function readRust(root: Node, into: Collector): void {
  readItems(root, into, { parent: -1, owner: "module" });
}

interface Scope {
  readonly parent: number;
  /** What is in a trait, or makes a type fulfil one, is as visible as the trait. */
  readonly owner: "module" | "type" | "trait";
}

function readItems(list: Node | null | undefined, into: Collector, scope: Scope): void {
  let isTest = false;
  for (const node of namedChildren(list)) {
    if (!isTest) readItem(node, into, scope);
    isTest = node.type === "attribute_item" && /^#\[cfg\(test\)\]$/.test(node.text);
  }
}

function readItem(node: Node, into: Collector, scope: Scope): void {
  if (node.type.endsWith("comment")) return;
  const body = node.childForFieldName("body");
  const { parent, owner } = scope;
  const name = textOf(node.childForFieldName("name"));
  const exported = owner === "trait" || node.text.startsWith("pub");
  const define = (kind: DefinitionKind, before: Node | null | undefined): number =>
    into.define({ name, kind, node, before, exported, parent });
  switch (node.type) {
    case "function_item":
    case "function_signature_item":
      define(owner === "module" ? "function" : "method", body);
      return;
    case "struct_item":
    case "union_item": {
      // The types in brackets of a tuple are its signature.
      const fields = body?.type === "field_declaration_list" ? body : null;
      const self = define("class", fields);
      for (const field of self === -1 ? [] : namedChildren(fields)) {
        if (field.type !== "field_declaration") continue;
        const isPub = field.text.startsWith("pub");
        const fieldName = textOf(field.childForFieldName("name"));
        into.define({ name: fieldName, kind: "property", node: field, exported: isPub, parent: self });
      }
      return;
    }
    case "enum_item": {
      const self = define("enum", body);
      for (const variant of self === -1 ? [] : namedChildren(body)) {
        const variantName = textOf(variant.childForFieldName("name"));
        if (variant.type === "enum_variant")
          into.define({ name: variantName, kind: "enum-member", node: variant, exported: true, parent: self });
      }
      return;
    }
    case "trait_item": {
      const self = define("interface", body);
      if (self !== -1) readItems(body, into, { parent: self, owner: "trait" });
      return;
    }
    case "impl_item": {
      const type = nameOfType(node.childForFieldName("type"));
      const self = into.define({ name: type, kind: "class", node, before: body, exported: false, parent });
      const isOfTrait = node.childForFieldName("trait") !== null;
      if (self !== -1) readItems(body, into, { parent: self, owner: isOfTrait ? "trait" : "type" });
      return;
    }
    case "mod_item": {
      const self = define("module", body);
      if (self !== -1) readItems(body, into, { parent: self, owner: "module" });
      return;
    }
    case "foreign_mod_item":
      return readItems(body, into, scope);
    case "const_item":
    case "static_item": {
      const value = node.childForFieldName("value");
      define("variable", value && isLong(value) ? value : null);
      return;
    }
    case "type_item":
    case "associated_type":
      define("type", null);
      return;
    case "macro_definition": {
      const before = childOfType(node, "macro_rule")?.childForFieldName("right");
      into.define({ name, kind: "function", node, before, exported: true, parent });
      return;
    }
    case "macro_invocation":
      return readInvocation(node, into, parent);
    case "expression_statement": {
      const invocation = childOfType(node, "macro_invocation");
      return invocation && readInvocation(invocation, into, parent);
    }
    case "use_declaration":
      return readUse(node.childForFieldName("argument"), "", into, exported);
    case "extern_crate_declaration":
      return into.import(name, ["*"]);
    default:
  }
}

/** `cfg_io! { pub struct A; }`, `lazy_static! { pub static ref B: C = …; }`: items that the grammar does not look into. */
function readInvocation(node: Node, into: Collector, parent: number): void {
  for (const { index, 0: found, 1: word = "", 2: name = "" } of node.text.matchAll(ITEM)) {
    const from = node.startIndex + index + (found.length - found.trimStart().length);
    const startIndex = node.startIndex + index + found.length;
    const before = { startIndex, endIndex: startIndex };
    into.define({ name, kind: itemKinds[word] ?? "variable", node, before, from, exported: true, parent });
  }
}

/** `Cart` of `Cart<'a, T>`, `shop::Cart` and `&mut Cart`. */
function nameOfType(type: Node | null): string {
  return /(?:^|::|&|\bmut |\bdyn |\s)([\p{L}_][\p{L}\p{N}_]*)\s*(?:<|$)/u.exec(textOf(type))?.[1] ?? "";
}

/** A tree of names becomes a path for each. */
function readUse(node: Node | null, prefix: string, into: Collector, reexports: boolean): void {
  if (!node) return;
  const joined = (path: string): string => (prefix === "" ? path : path === "" ? prefix : `${prefix}::${path}`);
  switch (node.type) {
    case "scoped_use_list": {
      const path = joined(textOf(node.childForFieldName("path")));
      return readUse(node.childForFieldName("list"), path, into, reexports);
    }
    case "use_list":
      for (const each of namedChildren(node)) readUse(each, prefix, into, reexports);
      return;
    case "use_as_clause":
      return readUse(node.childForFieldName("path"), prefix, into, reexports);
    case "use_wildcard":
      return into.import(joined(node.text), ["*"], reexports);
    case "self":
      return into.import(prefix, [lastOf(prefix)], reexports);
    default:
      return into.import(joined(node.text), [lastOf(node.text)], reexports);
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(":") + 1);
}

const ITEM =
  /^[ \t]*pub(?:\([^)]*\))? (?:(?:async|unsafe|const) )*(fn|struct|enum|trait|type|static(?: ref| mut)?|const|mod) (\w+)[^{;=]*/gm;
const itemKinds: Readonly<Record<string, DefinitionKind>> = {
  fn: "function",
  struct: "class",
  enum: "enum",
  trait: "interface",
  type: "type",
  mod: "module",
};
