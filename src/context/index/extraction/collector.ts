/** Collects the definitions of one file, in its order, with their signatures. */

import type { Node } from "web-tree-sitter";
import { type Definition, type DefinitionKind, type FileFacts, type Import, MOST_SIGNATURE_CHARS } from "../facts.ts";

/** What a language's reader tells of a definition. */
export interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly node: Node;
  /** The signature ends before it: the body, or whatever is left out. */
  readonly before?: Node | null | undefined;
  /** The signature's first character, where it is not the node's. */
  readonly from?: number;
  readonly exported: boolean;
  readonly parent?: number;
}

export class Collector {
  readonly #text: string;
  readonly #comments: RegExp;
  readonly #definitions: Definition[] = [];
  readonly #imports: Import[] = [];
  /** Names that are exported apart from where they are defined. */
  readonly #exported = new Set<string>();

  constructor(text: string, hashComments: boolean) {
    this.#text = text;
    this.#comments = hashComments ? HASH_COMMENTS : SLASH_COMMENTS;
  }

  /** The place of the definition, for its members; -1 where it was not taken. */
  define({ name, kind, node, before, from, exported, parent = -1 }: Found): number {
    if (name === "" || name.length > LONGEST_NAME || this.isFull) return -1;
    const start = from ?? node.startIndex;
    const signature = signatureOf(this.#text.slice(start, before?.startIndex ?? node.endIndex), this.#comments);
    if (signature === "") return -1;
    const line = node.startPosition.row + (start === node.startIndex ? 0 : linesBetween(this.#text, node, start));
    this.#definitions.push({
      name,
      kind,
      line,
      endLine: Math.max(line, node.endPosition.row),
      signature,
      parent,
      exported,
    });
    return this.#definitions.length - 1;
  }

  import(specifier: string, names: readonly string[], reexports = false): void {
    if (specifier !== "" && this.#imports.length < MOST_IMPORTS) this.#imports.push({ specifier, names, reexports });
  }

  export(name: string): void {
    this.#exported.add(name);
  }

  get isFull(): boolean {
    return this.#definitions.length >= MOST_DEFINITIONS;
  }

  facts(languageId: string, identifiers: FileFacts["identifiers"]): FileFacts {
    const definitions = this.#definitions.map((definition) =>
      definition.parent === -1 && !definition.exported && this.#exported.has(definition.name)
        ? { ...definition, exported: true }
        : definition,
    );
    return { languageId, definitions, imports: this.#imports, identifiers };
  }
}

function linesBetween(text: string, node: Node, start: number): number {
  return text.slice(node.startIndex, start).split("\n").length - 1;
}

/** The code on one line, without comments, and without the sign that opens the body. */
function signatureOf(all: string, comments: RegExp): string {
  // Far more than is kept, so that comments and line breaks may go.
  const code = all.slice(0, 4 * MOST_SIGNATURE_CHARS);
  const line = code
    .replace(comments, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\s*(?:=> ?|[{:;,=])$/, "")
    .trimEnd();
  if (line.length <= MOST_SIGNATURE_CHARS) return line;
  const cut = line.slice(0, MOST_SIGNATURE_CHARS);
  // A cut inside a word would name something that there is not.
  return cut.replace(/[\p{L}\p{N}_$]*$/u, "").trimEnd();
}

const SLASH_COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|[\s,;({])\/\/[^\n]*/gm;
const HASH_COMMENTS = /(?<=^|\s)#[^\n]*/gm;
const LONGEST_NAME = 80;
/** A file with more of them is generated. */
const MOST_DEFINITIONS = 2_000;
const MOST_IMPORTS = 300;
