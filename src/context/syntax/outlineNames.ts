/** What the nodes of a file's top level, and of its classes, are called. */

import type { Node } from "web-tree-sitter";

/** Without `export`, decorators and the like around it. */
export function unwrapped(node: Node): Node {
  let inner = node;
  for (let depth = 0; depth < 4; depth += 1) {
    const next = innerOf(inner);
    if (!next) break;
    inner = next;
  }
  return inner;
}

function innerOf(node: Node): Node | null | undefined {
  switch (node.type) {
    case "export_statement":
      return node.childForFieldName("declaration") ?? node.childForFieldName("value");
    case "decorated_definition":
      return node.childForFieldName("definition");
    case "expression_statement":
      return node.namedChild(0)?.type === "internal_module" ? node.namedChild(0) : null;
    case "ambient_declaration":
    case "template_declaration":
      return node.lastNamedChild;
    case "global_statement":
      return node.namedChild(0);
    default:
      return null;
  }
}

/** Other files see it by a word that stands outside of the definition. */
export function isOuter(node: Node): boolean {
  return node.type === "export_statement";
}

/** What other files see without a name of its own, of which there is one in a file. */
export function defaultName(node: Node): string {
  return isOuter(node) && node.children.some((child) => child?.type === "default") ? "default" : "";
}

export function isImport(node: Node, inner: Node): boolean {
  if (IMPORT.test(node.type)) return true;
  if (node.type === "call") return /^(?:require|require_relative)\b/.test(node.text.slice(0, 20));
  return (
    /^(?:lexical|variable)_declaration$/.test(inner.type) &&
    inner === node &&
    /^(?:const|let|var)\s[^=]{1,200}=\s*require\s*\([^()]*\)(?:\.\w+)?\s*;?$/.test(node.text.slice(0, LONGEST_NAME))
  );
}

/** There is one of it in a file, and an answer does not mean to change it. */
export function isHeader(node: Node): boolean {
  if (node.type === "namespace_definition") return node.childForFieldName("body") === null;
  if (node.type === "expression_statement") return /^["']use \w+["'];?$/.test(node.text.slice(0, 20));
  return HEADER.test(node.type);
}

export function isContainer(node: Node): boolean {
  return CONTAINER.test(node.type);
}

/** The row where its own words begin, behind decorators. */
export function headRow(node: Node, inner: Node): number {
  for (const holder of inner.id === node.id ? [node] : [node, inner]) {
    for (const child of holder.children) {
      if (!child || DECORATOR.test(child.type) || child.type.includes("comment")) continue;
      if (child.type === "modifiers") return modifiersRow(child, holder);
      if (child.id === inner.id) break;
      return child.startPosition.row;
    }
  }
  return inner.startPosition.row;
}

/** In Java annotations are among the modifiers. */
function modifiersRow(modifiers: Node, holder: Node): number {
  const own = modifiers.children.find((child) => child !== null && !DECORATOR.test(child.type));
  if (own) return own.startPosition.row;
  const next = holder.children.find((child) => child !== null && child.startIndex >= modifiers.endIndex);
  return next?.startPosition.row ?? holder.startPosition.row;
}

/** Empty where it has none. */
export function nameOf(node: Node): string {
  return rawName(node).replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);
}

function rawName(node: Node): string {
  switch (node.type) {
    case "impl_item": {
      const trait = node.childForFieldName("trait")?.text;
      return `impl ${trait === undefined ? "" : `${trait} for `}${node.childForFieldName("type")?.text ?? ""}`;
    }
    case "method_declaration": {
      const receiver = /[*\s(]([\p{L}_][\p{L}\p{N}_]*)(?:\[[^\]]*\])?\s*\)$/u.exec(
        node.childForFieldName("receiver")?.text ?? "",
      )?.[1];
      return (receiver === undefined ? "" : `${receiver}.`) + (node.childForFieldName("name")?.text ?? "");
    }
    case "constructor_declaration":
      return `constructor ${node.childForFieldName("name")?.text ?? ""}`;
    case "expression_statement":
      return assignedName(node.namedChild(0));
    case "rule_set":
      return node.namedChild(0)?.text ?? "";
    case "declaration":
      return node.namedChild(0)?.type === "property_name" ? (node.namedChild(0)?.text ?? "") : declared(node);
    default:
      if (AT_RULE.test(node.type)) return headOf(node);
      if (STATEMENT.test(node.type)) return "";
      return node.childForFieldName("name")?.text ?? declared(node);
  }
}

function assignedName(expression: Node | null): string {
  if (!expression || !/^assignment(?:_expression)?$/.test(expression.type)) return "";
  const left = expression.childForFieldName("left");
  return left && /^(?:identifier|member_expression|attribute)$/.test(left.type) ? left.text : "";
}

/** The names of what it declares; in C and C++ they are inside of declarators. */
function declared(node: Node): string {
  const names: string[] = [];
  for (const child of node.namedChildren) {
    if (!child) continue;
    if (/^(?:variable_declarator|\w+_spec|property_element|type_alias)$/.test(child.type))
      names.push((child.childForFieldName("name") ?? child.namedChild(0))?.text ?? "");
    else if (/^(?:variable_declaration|var_spec_list)$/.test(child.type)) names.push(declared(child));
  }
  if (names.length > 0) return names.filter(Boolean).join(", ");
  let declarator = node.childForFieldName("declarator");
  for (let depth = 0; declarator && depth < 6; depth += 1) {
    const inner: Node | null = declarator.childForFieldName("declarator");
    if (!inner) return declarator.text.split(/[\s(=]/)[0] ?? "";
    declarator = inner;
  }
  return node.type === "public_field_definition" || node.type === "field_definition"
    ? (node.childForFieldName("property")?.text ?? "")
    : "";
}

function headOf(node: Node): string {
  const text = node.text.slice(0, LONGEST_NAME);
  const brace = text.indexOf("{");
  return brace === -1 ? text : text.slice(0, brace);
}

const IMPORT =
  /^(?:import_statement|import_from_statement|future_import_statement|import_declaration|use_declaration|using_directive|namespace_use_declaration|preproc_include|extern_crate_declaration)$/;
const HEADER =
  /^(?:package_clause|package_declaration|file_scoped_namespace_declaration|php_tag|hash_bang_line|charset_statement)$/;
const CONTAINER =
  /^(?:class|class_declaration|abstract_class_declaration|interface_declaration|enum_declaration|struct_declaration|record_declaration|internal_module|module|namespace_declaration|namespace_definition|class_definition|class_specifier|struct_specifier|impl_item|trait_item|mod_item|trait_declaration|media_statement|supports_statement|keyframes_statement|at_rule)$/;
const DECORATOR = /^(?:decorator|attribute_item|attribute_list|annotation|marker_annotation)$/;
const AT_RULE =
  /^(?:media_statement|supports_statement|keyframes_statement|at_rule|keyframe_block|namespace_statement)$/;
const STATEMENT =
  /^(?:if|for|while|try|with|return|switch|match|do|throw|raise|assert|foreach)_|^(?:call|command|export_statement)$/;
const LONGEST_NAME = 300;
