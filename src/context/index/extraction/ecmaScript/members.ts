/** The members of classes, interfaces and types. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "../collector.ts";
import { startBehind } from "../signature.ts";
import { childOfType, isLong, namedChildren, textOf } from "../nodes.ts";
import { bare, bodyOf, decoratorsOf, isFunction, objectTypesIn, unwrapped } from "./shapes.ts";

export function readMembers(body: Node | null | undefined, into: Collector, parent: number, depth = 0): void {
  for (const member of namedChildren(body)) {
    switch (member.type) {
      case "public_field_definition":
      case "field_definition":
      case "property_signature":
        readField(member, into, parent, depth);
        break;
      case "method_definition":
      case "method_signature":
      case "abstract_method_signature":
        readMethod(member, into, parent);
        break;
      default:
    }
  }
}

/** What all of `types` have: alternatives have the same members mostly, with other types. */
export function readMembersOfAll(types: readonly Node[], into: Collector, parent: number, depth = 0): void {
  for (const type of types.slice(0, MOST_TYPES)) readMembers(type, into, parent, depth);
}

function readMethod(node: Node, into: Collector, parent: number): void {
  const body = node.childForFieldName("body");
  const name = bare(node.childForFieldName("name"));
  const overload = body ? "implementation" : "signature";
  const leftOut = decoratorsOf(node, body, into.text);
  const exported = isVisible(name, node, into.text);
  into.define({ name, kind: "method", node, before: body, leftOut, exported, parent, overload });
  if (name === "constructor") readConstructor(node, body, into, parent);
}

function readField(node: Node, into: Collector, parent: number, depth: number): void {
  const name = bare(node.childForFieldName("name") ?? node.childForFieldName("property"));
  const value = unwrapped(node.childForFieldName("value"));
  const types = objectTypesIn(childOfType(node, "type_annotation")?.namedChild(0));
  const method = isFunction(value);
  const hidden = value && isLong(value) ? value : undefined;
  const before = method ? bodyOf(value) : (types[0] ?? hidden);
  const kind = method ? "method" : "property";
  const leftOut = decoratorsOf(node, before, into.text);
  const exported = isVisible(name, node, into.text);
  const self = into.define({ name, kind, node, before, leftOut, exported, parent });
  if (self !== -1 && depth < DEEPEST) readMembersOfAll(types, into, self, depth + 1);
}

/** Parameters that are fields, and what is assigned to `this`. */
function readConstructor(constructor: Node, body: Node | null, into: Collector, parent: number): void {
  for (const parameter of namedChildren(constructor.childForFieldName("parameters"))) {
    const leftOut = decoratorsOf(parameter, null, into.text);
    const start = startBehind(into.text, parameter.startIndex, leftOut);
    const code = into.text.slice(start, start + LONGEST_MODIFIER);
    if (!FIELD_MODIFIER.test(code)) continue;
    const name = textOf(parameter.childForFieldName("pattern"));
    into.define({ name, kind: "property", node: parameter, leftOut, exported: !PRIVATE.test(code), parent });
  }
  for (const statement of namedChildren(body)) {
    const assignment = statement.type === "expression_statement" ? statement.namedChild(0) : null;
    const left = assignment?.type === "assignment_expression" ? assignment.childForFieldName("left") : null;
    if (!assignment || left?.type !== "member_expression" || left.childForFieldName("object")?.type !== "this")
      continue;
    const name = textOf(left.childForFieldName("property"));
    const value = assignment.childForFieldName("right");
    const before = isFunction(value) ? bodyOf(value) : value && isLong(value) ? value : undefined;
    into.define({ name, kind: "property", node: assignment, before, exported: !name.startsWith("#"), parent });
  }
}

function isVisible(name: string, member: Node, text: string): boolean {
  if (name.startsWith("#")) return false;
  if (text.charAt(member.startIndex) === "@") return childOfType(member, "accessibility_modifier")?.text !== "private";
  return !PRIVATE.test(text.slice(member.startIndex, member.startIndex + LONGEST_MODIFIER));
}

const FIELD_MODIFIER = /^(?:public|protected|private|readonly|override)\b/;
const PRIVATE = /^private\b/;
const LONGEST_MODIFIER = 12;
const MOST_TYPES = 8;
const DEEPEST = 2;
