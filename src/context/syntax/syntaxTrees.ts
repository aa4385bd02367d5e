/** Loads grammars when they are first needed, and says of a caret what its grammar tells. */

import type { Node } from "web-tree-sitter";
import type { CaretSyntax, SyntaxSource } from "../caretSyntax.ts";
import type { CursorSnapshot } from "../snapshot.ts";
import { completenessReader } from "./completeness.ts";
import { IncrementalParser } from "./incrementalParser.ts";
import { grammarFile, type Language, languageOf } from "./languages.ts";
import { PieceCutter } from "./piece.ts";
import type { Scan } from "./scan.ts";
import { shapeAt } from "./shape.ts";
import { leafAt } from "./tree.ts";

/** Reads a file of WebAssembly: `web-tree-sitter.wasm`, or a grammar such as `tree-sitter-python.wasm`. */
export type ReadWasm = (file: string) => Promise<Uint8Array>;

export class SyntaxTrees implements SyntaxSource {
  readonly #readWasm: ReadWasm;
  readonly #loading = new Map<string, Promise<boolean>>();
  readonly #parsers = new Map<string, IncrementalParser>();
  readonly #pieces = new PieceCutter();
  #runtime: Promise<typeof import("web-tree-sitter")> | undefined;
  #disposed = false;

  constructor(readWasm: ReadWasm) {
    this.#readWasm = readWasm;
  }

  at(cursor: CursorSnapshot): CaretSyntax | undefined {
    const language = languageOf(cursor.languageId);
    if (!language || this.#disposed) return undefined;
    if (!this.#parsers.has(language.grammar)) {
      void this.#load(language);
      return undefined;
    }
    return this.#read(cursor, language);
  }

  /** Loads the language's grammar; false where there is none or it can't be loaded. */
  async ready(languageId: string): Promise<boolean> {
    const language = languageOf(languageId);
    return language !== undefined && (await this.#load(language));
  }

  dispose(): void {
    this.#disposed = true;
    for (const parser of this.#parsers.values()) parser.dispose();
    this.#parsers.clear();
  }

  /** A load that failed is not tried again: what it lacks does not come by typing. */
  #load({ grammar }: Language): Promise<boolean> {
    const known = this.#loading.get(grammar);
    if (known) return known;
    const loading = this.#loadGrammar(grammar).then(
      () => true,
      () => false,
    );
    this.#loading.set(grammar, loading);
    return loading;
  }

  async #loadGrammar(grammar: string): Promise<void> {
    this.#runtime ??= loadRuntime(this.#readWasm);
    const { Parser, Language, Edit } = await this.#runtime;
    const language = await Language.load(await this.#readWasm(grammarFile(grammar)));
    const parser = new IncrementalParser(new Parser().setLanguage(language), Edit);
    if (this.#disposed) parser.dispose();
    else this.#parsers.set(grammar, parser);
  }

  #read(cursor: CursorSnapshot, language: Language): CaretSyntax {
    const text = this.#pieces.before(cursor, language);
    const parse = (text: string): Node | undefined => this.#parse(language, text);
    const scan = language.jsx ? scanWithElements(text, language, parse) : language.scan(text);
    const shape = shapeAt(cursor, text, scan);
    return {
      scope: scan.scope,
      shape,
      completeAt: completenessReader({ cursor, language, shape, text, scan, parse }),
    };
  }

  /** A parser that broke is given up: a keystroke must not fail with it, and the next would. */
  #parse({ grammar }: Language, text: string): Node | undefined {
    try {
      return this.#parsers.get(grammar)?.parse(text)?.rootNode;
    } catch {
      this.#parsers.delete(grammar);
      this.#loading.set(grammar, Promise.resolve(false));
      return undefined;
    }
  }
}

async function loadRuntime(readWasm: ReadWasm): Promise<typeof import("web-tree-sitter")> {
  const runtime = await import("web-tree-sitter");
  await runtime.Parser.init({ wasmBinary: await readWasm("web-tree-sitter.wasm") });
  return runtime;
}

/** What looks like a string or a comment may be the text of an element, and only the grammar knows elements. */
function scanWithElements(text: string, language: Language, parse: (text: string) => Node | undefined): Scan {
  let code = text;
  for (;;) {
    const scan = language.scan(code);
    if (scan.openedAt === undefined || !mayBeElement(text, scan.openedAt)) return scan;
    const root = parse(text);
    const leaf = root && leafAt(root, scan.openedAt);
    if (leaf?.type !== "jsx_text") return scan;
    const { startIndex, endIndex } = leaf;
    code = code.slice(0, startIndex) + " ".repeat(endIndex - startIndex) + code.slice(endIndex);
  }
}

/** Nothing but words stands between it and a tag or the end of an expression. */
function mayBeElement(text: string, at: number): boolean {
  return /(?:[^=]>|\})[\w\s.,!?:-]*$/.test(text.slice(Math.max(0, at - LONGEST_TEXT_CHARS), at));
}

const LONGEST_TEXT_CHARS = 500;
