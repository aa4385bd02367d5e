/** What a file in Go declares and imports. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "./collector.ts";
import { childOfType, childrenOfType, isLong, namedChildren, textOf } from "./nodes.ts";

export function readGo(root: Node, into: Collector): void {
  /** The types of this file, for their methods. */
  const types = new Map<string, number>();
  for (const node of namedChildren(root)) {
    switch (node.type) {
      case "import_declaration":
        for (const spec of specsOf(node, "import_spec"))
          into.import(textOf(spec.childForFieldName("path")).replace(/^["`]|["`]$/g, ""), ["*"]);
        break;
      case "function_declaration":
        readFunction(node, "function", into, -1);
        break;
      case "method_declaration": {
        const receiver = /[*\s(]([\p{L}_][\p{L}\p{N}_]*)(?:\[[^\]]*\])?\s*\)$/u.exec(
          textOf(node.childForFieldName("receiver")),
        )?.[1];
        readFunction(node, "method", into, types.get(receiver ?? "") ?? -1);
        break;
      }
      case "type_declaration":
        readTypes(node, into, types);
        break;
      case "const_declaration":
      case "var_declaration":
        readVariables(node, into);
        break;
      default:
    }
  }
}

function readFunction(node: Node, kind: "function" | "method", into: Collector, parent: number): void {
  const name = textOf(node.childForFieldName("name"));
  into.define({ name, kind, node, before: node.childForFieldName("body"), exported: isCapital(name), parent });
}

function readTypes(node: Node, into: Collector, types: Map<string, number>): void {
  const specs = specsOf(node, "type_spec", "type_alias");
  for (const spec of specs) {
    const name = textOf(spec.childForFieldName("name"));
    const type = spec.childForFieldName("type");
    const kind = type?.type === "struct_type" ? "class" : type?.type === "interface_type" ? "interface" : "type";
    const before = kind === "type" ? undefined : bodyOf(type);
    const from = fromOf(node, specs);
    const self = into.define({ name, kind, node: spec, before, from, exported: isCapital(name) });
    if (self === -1) continue;
    types.set(name, self);
    if (kind === "interface") readMethods(type, into, self);
    else readFields(type, into, self, 0);
  }
}

/** An interface has no node for what is between its braces. */
function bodyOf(type: Node | null): Node | undefined {
  return (
    childOfType(type, "field_declaration_list") ?? type?.children.find((child) => child?.type === "{") ?? undefined
  );
}

function readMethods(type: Node | null, into: Collector, parent: number): void {
  for (const method of childrenOfType(type, "method_elem", "method_spec")) {
    const name = textOf(method.childForFieldName("name"));
    into.define({ name, kind: "method", node: method, exported: isCapital(name), parent });
  }
}

function readFields(type: Node | null, into: Collector, parent: number, depth: number): void {
  for (const field of childrenOfType(childOfType(type, "field_declaration_list"), "field_declaration")) {
    const fieldType = field.childForFieldName("type");
    const tag = field.childForFieldName("tag");
    const leftOut = tag ? [tag] : [];
    const nested = fieldType?.type === "struct_type" && depth < DEEPEST ? fieldType : null;
    const names = namesOf(field);
    // What is embedded has its type's name.
    const own = names.length > 0 ? names : [/[\p{L}_][\p{L}\p{N}_]*(?=\[|$)/u.exec(textOf(fieldType))?.[0] ?? ""];
    for (const name of own) {
      const before = nested && bodyOf(nested);
      const exported = isCapital(name);
      const self = into.define({ name, kind: "property", node: field, before, leftOut, exported, parent });
      if (self !== -1) readFields(nested, into, self, depth + 1);
    }
  }
}

function readVariables(node: Node, into: Collector): void {
  const specs = specsOf(node, "const_spec", "var_spec");
  for (const spec of specs) {
    const before = hiddenOf(spec.childForFieldName("value")?.namedChild(0));
    for (const name of namesOf(spec))
      into.define({ name, kind: "variable", node: spec, before, from: fromOf(node, specs), exported: isCapital(name) });
  }
}

/** The body of a function, and what is long; the type of what is made says something. */
function hiddenOf(value: Node | null | undefined): Node | null | undefined {
  if (!value || (value.type !== "func_literal" && !isLong(value))) return undefined;
  // `&T{ … }`
  const made = value.childForFieldName("operand") ?? value;
  return made.childForFieldName("body") ?? made.childForFieldName("arguments") ?? value;
}

/** In brackets or not. */
function specsOf(node: Node, ...types: readonly string[]): readonly Node[] {
  const list = childOfType(node, "import_spec_list", "var_spec_list");
  return childrenOfType(list ?? node, ...types);
}

/** With `type`, `const` or `var`, where it stands before this one alone. */
function fromOf(declaration: Node, specs: readonly Node[]): number | undefined {
  return specs.length === 1 && declaration.startPosition.row === specs[0]?.startPosition.row
    ? declaration.startIndex
    : undefined;
}

function namesOf(node: Node): readonly string[] {
  return node.childrenForFieldName("name").flatMap((each) => (each?.isNamed ? each.text : []));
}

function isCapital(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

const DEEPEST = 2;
