/** What a file in Ruby defines and requires. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import { childOfType, isLong, namedChildren, textOf } from "./nodes.ts";

export function readRuby(root: Node, into: Collector): void {
  readBody(root, into, -1, true);
}

function readBody(body: Node | null | undefined, into: Collector, parent: number, startsOpen: boolean): void {
  let isOpen = startsOpen;
  for (const node of namedChildren(body)) {
    // `private` alone is for all that follows.
    if (node.type === "identifier" && VISIBILITY.test(node.text)) isOpen = node.text !== "private";
    else readStatement(node, into, parent, isOpen);
  }
}

function readStatement(node: Node, into: Collector, parent: number, isOpen: boolean): void {
  const nameNode = node.childForFieldName("name");
  const name = textOf(nameNode).replace(/^.*::/, "");
  switch (node.type) {
    case "module":
    case "class": {
      const kind = node.type === "module" ? "module" : "class";
      const before = endOf(node.childForFieldName("superclass") ?? nameNode);
      const self = into.define({ name, kind, node, before, exported: true, parent });
      if (self !== -1) readBody(node.childForFieldName("body"), into, self, true);
      return;
    }
    case "singleton_class":
      return readBody(node.childForFieldName("body"), into, parent, true);
    case "method":
    case "singleton_method": {
      const kind = parent === -1 ? "function" : "method";
      const before = endOf(node.childForFieldName("parameters") ?? nameNode);
      into.define({ name, kind, node, before, exported: isOpen, parent });
      return;
    }
    case "assignment":
      return readAssignment(node, into, parent);
    case "call":
      return readCall(node, into, parent, isOpen);
    default:
  }
}

/** Constants; `Point = Struct.new(:x, :y)` is a class. */
function readAssignment(node: Node, into: Collector, parent: number): void {
  const left = node.childForFieldName("left");
  const value = node.childForFieldName("right");
  if (left?.type !== "constant") return;
  const isClass = value?.type === "call" && STRUCT.test(value.text);
  const block = childOfType(value, "do_block", "block");
  const before = block ?? (value && isLong(value) ? value : undefined);
  const self = into.define({
    name: left.text,
    kind: isClass ? "class" : "variable",
    node,
    before,
    exported: true,
    parent,
  });
  if (!isClass || self === -1) return;
  for (const symbol of symbolsOf(value))
    into.define({ name: symbol.text.slice(1), kind: "property", node: symbol, exported: true, parent: self });
  readBody(block?.childForFieldName("body"), into, self, true);
}

function readCall(node: Node, into: Collector, parent: number, isOpen: boolean): void {
  const method = textOf(node.childForFieldName("method"));
  if (REQUIRES.test(method)) {
    const path = /["']([^"'#]+)["']/.exec(textOf(node.childForFieldName("arguments")))?.[1];
    return into.import(path ?? "", ["*"]);
  }
  if (parent === -1) return;
  // `private def total`
  if (VISIBILITY.test(method)) {
    const defined = childOfType(node.childForFieldName("arguments"), "method", "singleton_method");
    if (defined) readStatement(defined, into, parent, method !== "private");
  } else if (GIVES_MANY.test(method) || GIVES_ONE.test(method)) {
    // Forty names at once say nothing of any of them.
    const symbols = isLong(node) && GIVES_MANY.test(method) ? [] : symbolsOf(node);
    const before = childOfType(node, "do_block", "block");
    for (const symbol of GIVES_ONE.test(method) ? symbols.slice(0, 1) : symbols)
      into.define({ name: symbol.text.slice(1), kind: "property", node, before, exported: isOpen, parent });
  }
}

function symbolsOf(call: Node): readonly Node[] {
  return namedChildren(call.childForFieldName("arguments")).filter(({ type }) => type === "simple_symbol");
}

/** A signature ends with it: `end` may stand on the same line. */
function endOf(node: Node | null): { readonly startIndex: number; readonly endIndex: number } | undefined {
  return node ? { startIndex: node.endIndex, endIndex: node.endIndex } : undefined;
}

const VISIBILITY = /^(?:private|protected|public)$/;
const STRUCT = /^(?:Struct|Data|Class|OpenStruct)\.(?:new|define)\b/;
const REQUIRES = /^(?:require|require_relative|load|autoload)$/;
/** Ruby's own, and those of Rails that most classes of an application use. */
const GIVES_MANY =
  /^(?:attr_(?:accessor|reader|writer)|attribute|delegate|class_attribute|mattr_accessor|cattr_accessor)$/;
const GIVES_ONE = /^(?:alias_method|define_method|belongs_to|has_many|has_one|has_and_belongs_to_many|scope|enum)$/;
