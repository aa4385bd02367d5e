/** What a file defines and imports in the languages whose grammars name declarations much alike. */

import type { Node } from "web-tree-sitter";
import type { DefinitionKind } from "../facts.ts";
import type { Collector } from "./collector.ts";

interface Declaration {
  readonly kind: DefinitionKind;
  /** What it has in its body are definitions, too. */
  readonly holds?: boolean;
}

/** By the types of a grammar's nodes. */
export interface DeclarationRules {
  readonly declarations: Readonly<Record<string, Declaration>>;
  /** Nodes that are passed through: what is in them stands where they do. */
  readonly through: RegExp;
  readonly imports: RegExp;
  readonly isExported: (name: string, node: Node) => boolean;
}

export function readDeclarations(root: Node, rules: DeclarationRules, into: Collector): void {
  readAll(root, rules, into, -1, 0);
}

function readAll(holder: Node, rules: DeclarationRules, into: Collector, parent: number, depth: number): void {
  if (depth > DEEPEST) return;
  for (const node of holder.namedChildren) {
    if (!node || into.isFull) continue;
    if (rules.imports.test(node.type)) readImport(node, into);
    const declaration = Object.hasOwn(rules.declarations, node.type) ? rules.declarations[node.type] : undefined;
    if (declaration) readDeclaration(node, declaration, rules, into, parent, depth);
    else if (rules.through.test(node.type)) readAll(node, rules, into, parent, depth + 1);
  }
}

function readDeclaration(
  node: Node,
  { kind, holds = false }: Declaration,
  rules: DeclarationRules,
  into: Collector,
  parent: number,
  depth: number,
): void {
  const body = bodyOf(node);
  // What an alternative of an enumeration carries is its signature.
  const before = kind === "enum-member" ? undefined : (opener(body) ?? body);
  let self = parent;
  for (const name of namesOf(node)) {
    const made = into.define({
      name: name.text.replace(/^\$/, ""),
      kind: kind === "function" && parent !== -1 ? "method" : kind,
      node,
      before,
      exported: rules.isExported(name.text, node),
      parent,
    });
    if (made !== -1) self = made;
  }
  if (holds) readAll(body ?? node, rules, into, self, depth + 1);
}

function bodyOf(node: Node): Node | null {
  const field = node.childForFieldName("body");
  if (field) return field;
  // `type T struct { … }` has it one level down.
  const found = node.namedChildren.find((child) => child && BODY.test(child.type));
  if (found) return found;
  const type = node.childForFieldName("type");
  if (type?.type === "interface_type") return type;
  return type?.namedChildren.find((child) => child && BODY.test(child.type)) ?? null;
}

/** Go's interfaces have no node for what is between their braces. */
function opener(body: Node | null): Node | undefined {
  if (body?.type !== "interface_type") return undefined;
  return body.children.find((child) => child?.type === "{") ?? undefined;
}

/** The nodes of its names: a declaration of fields may have several. */
function namesOf(node: Node): readonly Node[] {
  const direct = node.childrenForFieldName("name").filter((each) => each !== null);
  if (direct.length > 0) return direct.map(innermost);
  const declarators = node.childrenForFieldName("declarator").filter((each) => each !== null);
  if (declarators.length > 0) return declarators.map(innermost);
  const left = node.childForFieldName("left");
  if (left && /^(?:identifier|constant)$/.test(left.type)) return [left];
  return node.namedChildren.flatMap((child) => {
    if (!child) return [];
    if (/declarator|^variable_declaration$|^property_element$|^const_element$/.test(child.type))
      return namesOrSelf(child);
    return child.type === "type_identifier" && node.type === "impl_item" ? [child] : [];
  });
}

function namesOrSelf(node: Node): readonly Node[] {
  const found = namesOf(node);
  return found.length > 0 ? found : [innermost(node)];
}

/** The name inside of `*name[3](…)` and `Outer::name`. */
function innermost(node: Node): Node {
  let inner = node;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next =
      inner.childForFieldName("declarator") ??
      inner.childForFieldName("name") ??
      (NAMED_BY_FIRST.test(inner.type) ? inner.namedChild(0) : null);
    if (!next) break;
    inner = next;
  }
  return inner;
}

function readImport(node: Node, into: Collector): void {
  for (const [, quoted, plain] of node.text.slice(0, LONGEST_IMPORT).matchAll(SPECIFIER)) {
    const specifier = quoted ?? plain ?? "";
    if (!IMPORT_WORD.test(specifier)) into.import(specifier, [lastName(specifier)]);
  }
}

function lastName(specifier: string): string {
  return /[\p{L}\p{N}_]+$/u.exec(specifier)?.[0] ?? "*";
}

const always = (): boolean => true;
const isCapital = (name: string): boolean => /^\p{Lu}/u.test(name);
const isNotPrivate = (_name: string, node: Node): boolean => !/^\s*(?:@\w+\s+)*private\b/.test(node.text.slice(0, 80));
const isPub = (_name: string, node: Node): boolean =>
  node.text.startsWith("pub") || node.parent?.type === "enum_variant_list";

const cFamily: DeclarationRules = {
  declarations: {
    function_definition: { kind: "function" },
    declaration: { kind: "function" },
    struct_specifier: { kind: "class", holds: true },
    class_specifier: { kind: "class", holds: true },
    union_specifier: { kind: "class", holds: true },
    enum_specifier: { kind: "enum", holds: true },
    enumerator: { kind: "enum-member" },
    field_declaration: { kind: "property" },
    type_definition: { kind: "type", holds: true },
    alias_declaration: { kind: "type" },
    concept_definition: { kind: "type" },
    namespace_definition: { kind: "module", holds: true },
    preproc_def: { kind: "variable" },
    preproc_function_def: { kind: "function" },
  },
  through:
    /^(?:template_declaration|linkage_specification|declaration_list|field_declaration_list|enumerator_list|preproc_(?:if|ifdef|else|elif))$/,
  imports: /^preproc_include$/,
  isExported: always,
};

const go: DeclarationRules = {
  declarations: {
    function_declaration: { kind: "function" },
    method_declaration: { kind: "method" },
    type_spec: { kind: "type", holds: true },
    type_alias: { kind: "type" },
    field_declaration: { kind: "property" },
    method_elem: { kind: "method" },
    method_spec: { kind: "method" },
    const_spec: { kind: "variable" },
    var_spec: { kind: "variable" },
  },
  through:
    /^(?:type_declaration|const_declaration|var_declaration|var_spec_list|struct_type|interface_type|field_declaration_list)$/,
  imports: /^import_declaration$/,
  isExported: isCapital,
};

const rust: DeclarationRules = {
  declarations: {
    function_item: { kind: "function" },
    function_signature_item: { kind: "function" },
    struct_item: { kind: "class", holds: true },
    union_item: { kind: "class", holds: true },
    enum_item: { kind: "enum", holds: true },
    enum_variant: { kind: "enum-member" },
    field_declaration: { kind: "property" },
    trait_item: { kind: "interface", holds: true },
    impl_item: { kind: "class", holds: true },
    const_item: { kind: "variable" },
    static_item: { kind: "variable" },
    type_item: { kind: "type" },
    associated_type: { kind: "type" },
    mod_item: { kind: "module", holds: true },
    macro_definition: { kind: "function" },
  },
  through: /^(?:declaration_list|field_declaration_list|enum_variant_list|foreign_mod_item)$/,
  imports: /^use_declaration$/,
  isExported: isPub,
};

const java: DeclarationRules = {
  declarations: {
    class_declaration: { kind: "class", holds: true },
    record_declaration: { kind: "class", holds: true },
    interface_declaration: { kind: "interface", holds: true },
    annotation_type_declaration: { kind: "interface", holds: true },
    enum_declaration: { kind: "enum", holds: true },
    enum_constant: { kind: "enum-member" },
    method_declaration: { kind: "method" },
    constructor_declaration: { kind: "method" },
    field_declaration: { kind: "property" },
    constant_declaration: { kind: "property" },
  },
  through: /^(?:program|class_body|interface_body|enum_body|enum_body_declarations)$/,
  imports: /^import_declaration$/,
  isExported: isNotPrivate,
};

const cSharp: DeclarationRules = {
  declarations: {
    ...java.declarations,
    struct_declaration: { kind: "class", holds: true },
    property_declaration: { kind: "property" },
    event_declaration: { kind: "property" },
    event_field_declaration: { kind: "property" },
    delegate_declaration: { kind: "type" },
    enum_member_declaration: { kind: "enum-member" },
    namespace_declaration: { kind: "module", holds: true },
  },
  through: /^(?:declaration_list|enum_member_declaration_list|file_scoped_namespace_declaration)$/,
  imports: /^using_directive$/,
  isExported: isNotPrivate,
};

const php: DeclarationRules = {
  declarations: {
    class_declaration: { kind: "class", holds: true },
    interface_declaration: { kind: "interface", holds: true },
    trait_declaration: { kind: "class", holds: true },
    enum_declaration: { kind: "enum", holds: true },
    enum_case: { kind: "enum-member" },
    function_definition: { kind: "function" },
    method_declaration: { kind: "method" },
    property_declaration: { kind: "property" },
    const_declaration: { kind: "variable" },
  },
  through: /^(?:program|namespace_definition|compound_statement|declaration_list|enum_declaration_list)$/,
  imports: /^namespace_use_declaration$/,
  isExported: isNotPrivate,
};

const ruby: DeclarationRules = {
  declarations: {
    class: { kind: "class", holds: true },
    module: { kind: "module", holds: true },
    method: { kind: "function" },
    singleton_method: { kind: "function" },
    assignment: { kind: "variable" },
  },
  through: /^(?:program|body_statement)$/,
  imports: /^call$/,
  isExported: always,
};

/** By the names of the grammars. */
export const declarationRules: Readonly<Record<string, DeclarationRules>> = {
  cpp: cFamily,
  go,
  rust,
  java,
  "c-sharp": cSharp,
  php,
  ruby,
};

const BODY =
  /^(?:block|body_statement|compound_statement|(?:\w+_)?body|(?:(?:\w+_)?declaration|enumerator|enum_variant|accessor)_list)$/;
const NAMED_BY_FIRST =
  /^(?:pointer_declarator|reference_declarator|property_element|const_element|variable_declaration)$/;
const SPECIFIER = /["'<]([^"'<>\n]+)["'>]|([\p{L}_][\p{L}\p{N}_]*(?:(?:\.|::|\\)[\p{L}\p{N}_*]+)+)/gu;
const IMPORT_WORD = /^(?:import|use|using|static|require|require_relative)$/;
const LONGEST_IMPORT = 4_000;
const DEEPEST = 8;
