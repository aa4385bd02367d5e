/** From the text of a file to what the index keeps of it. */

import type { ReadWasm } from "../../syntax/syntaxTrees.ts";
import { languageOf } from "../../syntax/languages.ts";
import { type FileFacts, noFacts } from "../facts.ts";
import { BoundedParser } from "./boundedParser.ts";
import { Collector } from "./collector.ts";
import { hasHashComments, namesIn } from "./names.ts";
import { type Reader, readerOf } from "./readers.ts";

export class FactExtractor {
  readonly #readWasm: ReadWasm;
  readonly #now: () => number;

  /** `now` is a clock that counts milliseconds, such as `performance.now`. */
  constructor(readWasm: ReadWasm, now: () => number) {
    this.#readWasm = readWasm;
    this.#now = now;
  }

  /**
   * Loads the language's grammar if need be. A file without one, with lines or a size that nobody writes by hand, or
   * whose parser takes too long or too much memory, has names and no definitions. Never rejects.
   */
  async extract(text: string, languageId: string): Promise<FileFacts> {
    if (text.length > MOST_CHARS) return noFacts(languageId);
    const identifiers = namesIn(text, languageId);
    const namesAlone = { ...noFacts(languageId), identifiers };
    const grammar = languageOf(languageId)?.grammar;
    const reader = grammar === undefined ? undefined : readerOf(grammar);
    if (grammar === undefined || !reader || text.length > MOST_PARSED_CHARS || isGenerated(text)) return namesAlone;
    const collector = new Collector(text, hasHashComments(languageId));
    const isRead = await this.#read(text, grammar, reader, collector).catch(() => false);
    return isRead ? collector.facts(languageId, identifiers) : namesAlone;
  }

  async #read(text: string, grammar: string, reader: Reader, collector: Collector): Promise<boolean> {
    const parser = await BoundedParser.ofThread(this.#readWasm);
    const language = await parser.load(grammar);
    const end = this.#now() + MOST_MS;
    const isOver = (): boolean => this.#now() > end;
    return parser.read(text, language, isOver, (root) => reader(root, collector));
  }
}

/** Minified, or data: most of it stands in lines that nobody reads, or no line is short. */
function isGenerated(text: string): boolean {
  if (text.length < SMALL_CHARS) return false;
  let lines = 0;
  let charsInLong = 0;
  for (let start = 0; start < text.length; lines += 1) {
    const end = text.indexOf("\n", start);
    const length = (end === -1 ? text.length : end) - start;
    if (length > LONGEST_LINE) charsInLong += length;
    start += length + 1;
  }
  return charsInLong > text.length / 2 || text.length / lines > LONGEST_AVERAGE_LINE;
}

const MOST_CHARS = 2_000_000;
/** What is longer is generated, as parsers are; some five such files in ten thousand of open packages. */
const MOST_PARSED_CHARS = 1_000_000;
const SMALL_CHARS = 5_000;
const LONGEST_LINE = 1_000;
const LONGEST_AVERAGE_LINE = 300;
/** A hundred times what a file takes; most that take so long are in another language than their names say. */
const MOST_MS = 1_000;
