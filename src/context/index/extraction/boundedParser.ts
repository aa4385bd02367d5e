/**
 * tree-sitter with a bound on its memory and its time. Unclosed brackets or type arguments (`A<A<A<…`, 60,000 characters
 * of it) make a grammar ask for 2 GB within one of its steps, and memory of WebAssembly never shrinks.
 *
 * So the memory has a maximum. Where the parser wants more, it breaks off in the middle of its work, and all of the memory
 * is put back to what it was before: that is a fresh runtime without loading the grammars again.
 *
 * web-tree-sitter has one runtime a thread. Here it is ours alone: other parsers and trees would not survive that.
 */

import type { Language, Node, Parser } from "web-tree-sitter";
import type { ReadWasm } from "../../syntax/syntaxTrees.ts";
import { grammarFile } from "../../syntax/languages.ts";

/**
 * Of 64 KiB. web-tree-sitter starts with 512 of them, which are enough for nearly all that people write; of 25,000 files of
 * open packages, up to 2 million characters each, none took more than 750.
 */
const MOST_PAGES = 1_024;

export class BoundedParser {
  readonly #runtime: typeof import("web-tree-sitter");
  readonly #readWasm: ReadWasm;
  readonly #memory: WebAssembly.Memory;
  readonly #stack: Stack;
  /** The same one for all time: the finalizer of another one would free what has long been something else. */
  readonly #parser: Parser;
  /** The memory with the grammars and no text, up to its last byte that is not 0. */
  #clean: Uint8Array<ArrayBuffer>;
  readonly #grammars = new Map<string, Promise<Language>>();
  #loading: Promise<unknown> = Promise.resolve();

  private constructor(runtime: typeof import("web-tree-sitter"), readWasm: ReadWasm, started: Started) {
    this.#runtime = runtime;
    this.#readWasm = readWasm;
    this.#memory = started.memory;
    this.#stack = started.stack;
    this.#parser = new runtime.Parser();
    this.#clean = used(this.#memory);
  }

  /** The thread's only one. Rejects where the runtime can't be read, or is in use otherwise. */
  static async ofThread(readWasm: ReadWasm): Promise<BoundedParser> {
    ofThread ??= BoundedParser.#start(readWasm);
    try {
      return await ofThread;
    } catch (error) {
      ofThread = undefined;
      throw error;
    }
  }

  static async #start(readWasm: ReadWasm): Promise<BoundedParser> {
    const [runtime, binary] = await Promise.all([import("web-tree-sitter"), readWasm("web-tree-sitter.wasm")]);
    const started = await startRuntime(runtime, await WebAssembly.compile(Uint8Array.from(binary)));
    return new BoundedParser(runtime, readWasm, started);
  }

  /** Rejects where the grammar can't be loaded, then and later. */
  load(grammar: string): Promise<Language> {
    const known = this.#grammars.get(grammar);
    if (known) return known;
    // One after the other: what is kept as clean has all grammars in it that are loaded.
    const loading = this.#loading.then(() => this.#load(grammar));
    this.#loading = loading.catch(() => undefined);
    this.#grammars.set(grammar, loading);
    return loading;
  }

  async #load(grammar: string): Promise<Language> {
    const binary = await this.#readWasm(grammarFile(grammar));
    this.#restore();
    const language = await this.#runtime.Language.load(binary);
    this.#clean = used(this.#memory);
    return language;
  }

  /**
   * Has `read` look at the tree of `text`. False where there is none, or not all of it was read: it needs more memory
   * than there is, `isOver` (asked every 50 µs or so) said so, or `read` threw.
   */
  read(text: string, language: Language, isOver: () => boolean, read: (root: Node) => void): boolean {
    try {
      const tree = this.#parser.setLanguage(language).parse(text, null, { progressCallback: isOver });
      if (!tree) {
        this.#parser.reset();
        return false;
      }
      try {
        read(tree.rootNode);
      } finally {
        tree.delete();
      }
      return true;
    } catch {
      this.#restore();
      return false;
    }
  }

  #restore(): void {
    const bytes = new Uint8Array(this.#memory.buffer);
    bytes.set(this.#clean);
    bytes.fill(0, this.#clean.length);
    this.#stack.restore();
  }
}

let ofThread: Promise<BoundedParser> | undefined;

/** Of the C code; what broke off left it where it was. */
interface Stack {
  readonly restore: () => void;
}

interface Started {
  readonly memory: WebAssembly.Memory;
  readonly stack: Stack;
}

async function startRuntime(
  { Parser }: typeof import("web-tree-sitter"),
  module: WebAssembly.Module,
): Promise<Started> {
  const memory = new WebAssembly.Memory({ initial: 512, maximum: MOST_PAGES });
  let stack: Stack | undefined;
  // Options of Emscripten, which web-tree-sitter hands on to it.
  await Parser.init({
    wasmMemory: memory,
    instantiateWasm: (imports: WebAssembly.Imports, receive: Receive): void => {
      const instance = new WebAssembly.Instance(module, imports);
      stack = stackOf(instance.exports);
      receive(instance, module);
    },
    // It would write on the console that it broke off.
    printErr: (): void => undefined,
  });
  if (!stack) throw new Error("web-tree-sitter is in use in this thread");
  return { memory, stack };
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

function stackOf({ emscripten_stack_get_current, _emscripten_stack_restore }: WebAssembly.Exports): Stack {
  if (typeof emscripten_stack_get_current !== "function" || typeof _emscripten_stack_restore !== "function")
    throw new Error("web-tree-sitter has another runtime than is known");
  const start: unknown = emscripten_stack_get_current();
  return { restore: () => void _emscripten_stack_restore(start) };
}

function used(memory: WebAssembly.Memory): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(memory.buffer);
  let end = words.length;
  while (end > 0 && words[end - 1] === 0) end -= 1;
  return new Uint8Array(memory.buffer).slice(0, end * Uint32Array.BYTES_PER_ELEMENT);
}
