/** Collects the definitions of one file, in its order. */

import type { Node } from "web-tree-sitter";
import type { Definition, DefinitionKind, FileFacts, Import } from "../facts.ts";
import { type Range, signatureOf, startBehind } from "./signature.ts";

/** What a language's reader tells of a definition. */
export interface Found {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly node: Node;
  /** The signature ends before it: the body, or whatever is left out. */
  readonly before?: Range | null | undefined;
  /** The signature's first character, where it is not the node's. */
  readonly from?: number | undefined;
  /** Decorators, annotations: no part of the signature. In the order of the text. */
  readonly leftOut?: readonly Range[];
  readonly exported: boolean;
  readonly parent?: number;
  /** One of several signatures of a function, or what stands behind them and is not what is called. */
  readonly overload?: "signature" | "implementation" | undefined;
}

export class Collector {
  readonly #text: string;
  readonly #comments: RegExp;
  readonly #definitions: Definition[] = [];
  readonly #imports: Import[] = [];
  /** Names that are exported apart from where they are defined. */
  readonly #exported = new Set<string>();
  readonly #overloaded = new Set<string>();

  constructor(text: string, hashComments: boolean) {
    this.#text = text;
    this.#comments = hashComments ? HASH_COMMENTS : SLASH_COMMENTS;
  }

  get text(): string {
    return this.#text;
  }

  /** The place of the definition, for its members; -1 where it was not taken. */
  define({ name, kind, node, before, from, leftOut = [], exported, parent = -1, overload }: Found): number {
    if (name === "" || name.length > LONGEST_NAME || this.isFull) return -1;
    if (kind !== "module" && !A_NAME.test(name)) return -1;
    const key = `${parent}.${name}`;
    if (overload === "implementation" && this.#overloaded.has(key)) return -1;
    const start = startBehind(this.#text, from ?? node.startIndex, leftOut);
    const signature = signatureOf(this.#text, start, before?.startIndex ?? node.endIndex, leftOut, this.#comments);
    if (signature === "") return -1;
    if (overload === "signature") this.#overloaded.add(key);
    const line = node.startPosition.row + this.#linesBetween(node.startIndex, start);
    const endLine = Math.max(line, node.endPosition.row);
    this.#definitions.push({ name, kind, line, endLine, signature, parent, exported });
    return this.#definitions.length - 1;
  }

  import(specifier: string, names: readonly string[], reexports = false): void {
    if (specifier !== "" && this.#imports.length < MOST_IMPORTS) this.#imports.push({ specifier, names, reexports });
  }

  export(name: string): void {
    this.#exported.add(name);
  }

  /** A file with more definitions is generated. */
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

  /** Negative where `to` is above. */
  #linesBetween(from: number, to: number): number {
    const lines = this.#text.slice(Math.min(from, to), Math.max(from, to)).split("\n").length - 1;
    return to < from ? -lines : lines;
  }
}

const SLASH_COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|[\s,;({])\/\/[^\n]*/gm;
const HASH_COMMENTS = /(?<=^|\s)#[^\n]*/gm;
/** Operators, destructors, computed keys and numbers are not found by a name. */
const A_NAME = /^[\p{L}_$#][\p{L}\p{N}_$-]*[?!=]?$/u;
const LONGEST_NAME = 80;
const MOST_DEFINITIONS = 2_000;
const MOST_IMPORTS = 300;
