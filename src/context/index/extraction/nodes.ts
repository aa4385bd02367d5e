/** What all readers need of a tree's nodes. */

import type { Node } from "web-tree-sitter";

export function textOf(node: Node | null | undefined): string {
  return node?.text ?? "";
}

export function namedChildren(node: Node | null | undefined): readonly Node[] {
  return node?.namedChildren.filter((child) => child !== null) ?? [];
}

export function childOfType(node: Node | null | undefined, ...types: readonly string[]): Node | undefined {
  return namedChildren(node).find((child) => types.includes(child.type));
}

export function childrenOfType(node: Node | null | undefined, ...types: readonly string[]): readonly Node[] {
  return namedChildren(node).filter((child) => types.includes(child.type));
}

/** Whether the text of a definition, up to what its signature leaves out, has `sign`: a quick look before a thorough one. */
export function hasInHead(sign: string, node: Node, before: Node | null | undefined, text: string): boolean {
  return text.slice(node.startIndex, before?.startIndex ?? node.endIndex).includes(sign);
}

/** A value that says more by its name than by its text. */
export function isLong(value: Node): boolean {
  return value.endIndex - value.startIndex > LONG_VALUE_CHARS;
}

const LONG_VALUE_CHARS = 120;
