/** From the text of a file to what the index keeps of it. */

import type { Language, Node, Parser } from "web-tree-sitter";
import type { ReadWasm } from "../../syntax/syntaxTrees.ts";
import { grammarFile, languageOf } from "../../syntax/languages.ts";
import { type FileFacts, noFacts } from "../facts.ts";
import { Collector } from "./collector.ts";
import { declarationRules, readDeclarations } from "./declarations.ts";
import { readEcmaScript } from "./ecmaScript.ts";
import { hasHashComments, namesIn } from "./names.ts";
import { readPython } from "./python.ts";

type Runtime = typeof import("web-tree-sitter");

export class FactExtractor {
  readonly #readWasm: ReadWasm;
  readonly #grammars = new Map<string, Promise<Language | undefined>>();
  #runtime: Promise<Runtime> | undefined;
  #parser: Parser | undefined;

  constructor(readWasm: ReadWasm) {
    this.#readWasm = readWasm;
  }

  /**
   * Loads the language's grammar if need be. A file without one, with lines or a size that nobody writes by hand, or
   * that takes too long to parse, has names and no definitions. Never rejects.
   */
  async extract(text: string, languageId: string): Promise<FileFacts> {
    if (text.length > LARGEST_CHARS) return noFacts(languageId);
    const names = namesIn(text, languageId);
    const grammar = languageOf(languageId)?.grammar;
    if (grammar === undefined || !isReadable(grammar) || isGenerated(text))
      return { ...noFacts(languageId), identifiers: names };
    const language = await this.#load(grammar);
    const collector = new Collector(text, hasHashComments(languageId));
    if (language) await this.#read(text, language, grammar, collector);
    return collector.facts(languageId, names);
  }

  dispose(): void {
    this.#parser?.delete();
    this.#parser = undefined;
  }

  #load(grammar: string): Promise<Language | undefined> {
    const known = this.#grammars.get(grammar);
    if (known) return known;
    const loading = this.#loadLanguage(grammar).catch(() => undefined);
    this.#grammars.set(grammar, loading);
    return loading;
  }

  async #loadLanguage(grammar: string): Promise<Language> {
    this.#runtime ??= loadRuntime(this.#readWasm);
    const { Language } = await this.#runtime;
    return Language.load(await this.#readWasm(grammarFile(grammar)));
  }

  async #read(text: string, language: Language, grammar: string, collector: Collector): Promise<void> {
    try {
      const runtime = await this.#runtime;
      if (!runtime) return;
      this.#parser ??= new runtime.Parser();
      let steps = 0;
      const progressCallback = (): boolean => (steps += 1) > MOST_STEPS;
      const tree = this.#parser.setLanguage(language).parse(text, null, { progressCallback });
      if (!tree) {
        this.#parser.reset();
        return;
      }
      try {
        readerOf(grammar)?.(tree.rootNode, collector);
      } finally {
        tree.delete();
      }
    } catch {
      // A parser that broke must not take the next file with it.
      this.#parser = undefined;
    }
  }
}

type Reader = (root: Node, into: Collector) => void;

function readerOf(grammar: string): Reader | undefined {
  if (ECMASCRIPT.has(grammar)) return readEcmaScript;
  if (grammar === "python") return readPython;
  const rules = declarationRules[grammar];
  return rules && ((root, into) => readDeclarations(root, rules, into));
}

function isReadable(grammar: string): boolean {
  return readerOf(grammar) !== undefined;
}

/** Minified, or data: no line that somebody reads is so long on average. */
function isGenerated(text: string): boolean {
  if (text.length < SMALL_CHARS) return false;
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return text.length / lines > LONGEST_AVERAGE_LINE;
}

async function loadRuntime(readWasm: ReadWasm): Promise<Runtime> {
  const runtime = await import("web-tree-sitter");
  await runtime.Parser.init({ wasmBinary: await readWasm("web-tree-sitter.wasm") });
  return runtime;
}

const ECMASCRIPT = new Set(["typescript", "tsx", "javascript"]);
const LARGEST_CHARS = 2_000_000;
const SMALL_CHARS = 20_000;
const LONGEST_AVERAGE_LINE = 300;
/** The parser reports every 100 operations or so; this is far more than any file of a megabyte takes. */
const MOST_STEPS = 200_000;
