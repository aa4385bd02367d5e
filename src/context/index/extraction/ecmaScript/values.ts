/** What has a name because a value was given one: functions, classes, objects with their keys. */

import type { Node } from "web-tree-sitter";
import type { Collector } from "../collector.ts";
import { childOfType, isLong, namedChildren } from "../nodes.ts";
import { readMembers } from "./members.ts";
import { bare, bodyOf, isFunction, unwrapped } from "./shapes.ts";

export interface Place {
  readonly exported: boolean;
  readonly parent: number;
  /** Where the signature begins: at `export`, `const` or the like. */
  readonly from: number;
}

export function readValue(name: string, value: Node | null, node: Node, into: Collector, place: Place): void {
  const inner = unwrapped(value);
  if (isFunction(inner)) {
    const before = bodyOf(inner);
    const self = into.define({ name, kind: "function", node, before, ...place });
    if (self !== -1) readReturned(before, into, self);
  } else if (inner?.type === "class") {
    const before = inner.childForFieldName("body");
    const self = into.define({ name, kind: "class", node, before, ...place });
    if (self !== -1) readMembers(before, into, self);
  } else {
    const { object, body } = contentOf(inner);
    const before = firstObject(inner) ?? object ?? body ?? (inner && isLong(inner) ? literalIn(inner) : undefined);
    const self = into.define({ name, kind: "variable", node, before, ...place });
    if (self === -1) return;
    if (object) readKeys(object, into, self);
    else readReturned(body, into, self);
  }
}

interface Content {
  readonly object?: Node;
  readonly body?: Node | null;
}

/** `create({ … })`, `define(() => ({ … }))`: what is made has the keys, or what resembles them. */
function contentOf(value: Node | null, depth = 0): Content {
  if (value?.type === "object") return { object: value };
  if ((value?.type !== "call_expression" && value?.type !== "new_expression") || depth > DEEPEST) return {};
  const callee = unwrapped(value.childForFieldName("function"));
  if (isFunction(callee)) return { body: bodyOf(callee) };
  const given = namedChildren(value.childForFieldName("arguments"));
  const object = given.find(({ type }) => type === "object");
  if (object) return { object };
  const callback = given.find((argument) => isFunction(argument));
  if (callback) return { body: bodyOf(callback) };
  const call = given.find(({ type }) => type === "call_expression");
  return call ? contentOf(call, depth + 1) : {};
}

/** `styled("div", { … })(() => …)`: what it is given first ends its signature. */
function firstObject(value: Node | null): Node | undefined {
  const callee = value?.type === "call_expression" ? value.childForFieldName("function") : null;
  if (callee?.type !== "call_expression") return undefined;
  return firstObject(callee) ?? childOfType(callee.childForFieldName("arguments"), "object");
}

/** A list or a text, which says less than its name; what a long call is of is worth knowing. */
function literalIn(value: Node): Node | undefined {
  return /^(?:array|string|template_string|binary_expression)$/.test(value.type) ? value : undefined;
}

export function readKeys(object: Node, into: Collector, parent: number, depth = 0): void {
  for (const entry of namedChildren(object).slice(0, MOST_KEYS)) {
    if (entry.type === "pair") readPair(entry, into, parent, depth);
    else if (entry.type === "method_definition") {
      const name = bare(entry.childForFieldName("name"));
      const before = entry.childForFieldName("body");
      into.define({ name, kind: "method", node: entry, before, exported: true, parent });
    } else if (entry.type === "shorthand_property_identifier" && parent !== -1) {
      into.define({ name: entry.text, kind: "property", node: entry, exported: true, parent });
    }
  }
}

function readPair(entry: Node, into: Collector, parent: number, depth: number): void {
  const name = bare(entry.childForFieldName("key"));
  const value = unwrapped(entry.childForFieldName("value"));
  if (isFunction(value)) {
    into.define({ name, kind: "method", node: entry, before: bodyOf(value), exported: true, parent });
    return;
  }
  const { object, body } = contentOf(value);
  const mayDescend = object && depth < DEEPEST;
  const hidden = value && isLong(value) ? (object ?? body ?? value) : undefined;
  const before = value?.type === "object" || mayDescend ? object : hidden;
  const self = into.define({ name, kind: "property", node: entry, before, exported: true, parent });
  if (self !== -1 && mayDescend) readKeys(object, into, self, depth + 1);
}

/** The keys of the object that a function returns: such functions stand for classes. */
export function readReturned(body: Node | null | undefined, into: Collector, parent: number): void {
  const object =
    body?.type === "statement_block"
      ? namedChildren(body)
          .findLast(({ type }) => type === "return_statement")
          ?.namedChild(0)
      : body;
  const returned = unwrapped(object);
  if (returned?.type === "object") readKeys(returned, into, parent, DEEPEST);
}

const MOST_KEYS = 120;
export const DEEPEST = 2;
