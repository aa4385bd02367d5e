/** Questions to a syntax tree. Offsets are in UTF-16 code units of the text that was parsed. */

import type { Node } from "web-tree-sitter";

export function leafAt(root: Node, offset: number): Node | undefined {
  return root.descendantForIndex(offset, offset + 1) ?? undefined;
}

/** The largest node that begins where this leaf does and is one of several in a body or a list. */
export function itemFrom(leaf: Node): Node {
  let node = leaf;
  for (let parent = node.parent; parent && parent.startIndex === leaf.startIndex; parent = node.parent) {
    if (isPlainHolder(parent)) break;
    node = parent;
  }
  return node;
}

/** The item stands by itself; otherwise it is a part of what began before it. */
export function isWhole(item: Node): boolean {
  return item.isNamed && (item.parent === null || isPlainHolder(item.parent) || CASE.test(item.parent.type));
}

/** The statement, or the member of a class, that the leaf is in; for a bracket of a body, the one with the body. */
export function statementOf(leaf: Node): Node {
  let node = leaf.parent && /^[{}]$/.test(leaf.type) ? leaf.parent : leaf;
  for (let parent = node.parent; parent && !holdsStatements(parent); parent = node.parent) node = parent;
  return node;
}

/** The closing bracket of a node that begins with this opening one, or has its header before it. */
export function closerOf(opener: Node, closer: string): Node | undefined {
  const parent = opener.parent;
  if (!parent || parent.isError) return undefined;
  const last = parent.lastChild;
  return last && last.type === closer && !last.isMissing && last.startIndex > opener.startIndex ? last : undefined;
}

/** The brackets are those of a statement's body, which is complete when they close, and not of a part of an expression. */
export function isBodyOfStatement(opener: Node): boolean {
  const body = opener.parent;
  const owner = body?.parent;
  return body && owner ? !VALUE.test(body.type) && OWNER.test(owner.type) && !VALUE_OWNER.test(owner.type) : false;
}

/** Nothing that could follow such a statement belongs to it. */
export function endsWithItsBrace(statement: Node): boolean {
  let node = statement;
  while (WRAPPER.test(node.type) && node.lastNamedChild) node = node.lastNamedChild;
  return ENDS_WITH_BRACE.test(node.type);
}

export function isComment(node: Node): boolean {
  return node.type.includes("comment");
}

/** What stands before a statement and belongs to it. */
export function isAnnotation(node: Node): boolean {
  return /^(?:decorator|attribute_item|attribute_list|annotation|marker_annotation)$/.test(node.type);
}

/** A part of a list in brackets, which is not complete by itself. */
export function isElement(node: Node): boolean {
  return ELEMENT.test(node.type);
}

/** A case ends where the next one begins, and says nothing of it. */
export function isCase(statement: Node): boolean {
  return CASE.test(statement.type);
}

/** A statement of Python with a block. */
export function isCompound(statement: Node): boolean {
  return /^(?:if|for|while|try|with|match|function|class|decorated)_(?:statement|definition)$/.test(statement.type);
}

/** Its last statement is one that `else` may follow. */
export function mayHaveElse(statement: Node): boolean {
  const { endIndex } = statement;
  for (let node: Node | null = statement; node?.endIndex === endIndex; node = node.lastNamedChild) {
    if (/^(?:if|else)_/.test(node.type)) return true;
  }
  return false;
}

function holdsStatements(node: Node): boolean {
  return node.isError || node.parent === null || BODY.test(node.type) || CASE.test(node.type);
}

/** Not a case, which is itself one of several. */
function isPlainHolder(node: Node): boolean {
  return node.isError || node.parent === null || BODY.test(node.type) || LIST.test(node.type);
}

const BODY =
  /^(?:block|statement_block|compound_statement|statement_list|(?:field_|enum_member_)?declaration_list|enumerator_list|enum_variant_list|accessor_list|(?:\w+_)?body|enum_body_declarations|(?:switch|match)_block|preproc_(?:if|ifdef|else|elif|elifdef))$/;
const CASE =
  /^(?:switch_(?:case|default|section|block_statement_group)|(?:expression|type|communication|default)_case|case_(?:statement|clause)|match_arm)$/;
const LIST =
  /^(?:object|array|arguments|argument_list|literal_value|initializer_list|dictionary|list|tuple|parameters|formal_parameters|field_initializer_list|object_type|token_tree|jsx_element|jsx_expression)$/;
const VALUE =
  /^(?:object|object_type|array|arguments|argument_list|literal_value|initializer_list|parenthesized_expression|field_initializer_list|dictionary|list|tuple|set|token_tree|jsx_expression)$/;
const OWNER =
  /^(?:if|else|for|while|do|loop|switch|try|catch|finally|with|using|lock|unsafe|match)_|_(?:declaration|definition|item|specifier|clause|statement)$|^(?:class|interface|namespace|internal_module|module)$|^(?:enhanced_for|synchronized|foreach)_/;
const VALUE_OWNER =
  /^(?:lexical|variable|type_alias|var|const|short_var|local)_declaration|^(?:return|expression)_statement$|^match_expression$/;
const WRAPPER =
  /^(?:export_statement|template_declaration|decorated_definition|expression_statement|global_statement)$/;
const ENDS_WITH_BRACE =
  /^(?:for|while|switch|foreach|enhanced_for|loop|match|with|using|lock|unsafe|synchronized|class|abstract_class|function|generator_function|method|constructor|interface|enum|struct|union|trait|impl|mod|namespace|internal_module|module|record|local_function)(?:_\w+)?$/;
const ELEMENT =
  /^(?:pair|pair_pattern|shorthand_property_identifier(?:_pattern)?|shorthand_field_initializer|spread_element|keyed_element|literal_element|field_initializer|initializer_pair|enumerator|enum_variant|enum_assignment|argument)$/;
