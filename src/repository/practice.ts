/**
 * Questions that nobody asked, at places of the folder's own files. Without them the first real ones take three times as
 * long as the later ones: V8 has yet to compile what answers them, and words of names are found when they are first compared.
 */

import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import type { CaretQuery } from "../context/index/query.ts";
import { decode, readBytes } from "./fileText.ts";
import type { Indexer } from "./indexer.ts";
import { packed } from "./packedPieces.ts";

type Practised = Pick<Indexer, "query" | "paths"> & { readonly graph: Pick<Indexer["graph"], "prepareWords"> };

export class Practice {
  readonly #folder: { readonly root: string; readonly mostBytes: number };
  readonly #indexer: Practised;
  #heldUntil = 0;
  /** So many questions are enough for a process. */
  #left = QUESTIONS;

  constructor(folder: { readonly root: string; readonly mostBytes: number }, indexer: Practised) {
    this.#folder = folder;
    this.#indexer = indexer;
  }

  /** Something real is asked, and more of it may follow. */
  hold(): void {
    this.#heldUntil = performance.now() + QUIET_MS;
  }

  /** In steps of a few milliseconds, and none while it is held. Resolves when all is done, or at an abort. */
  async run(signal: AbortSignal): Promise<void> {
    const paths = this.#indexer.paths();
    const step = Math.max(1, Math.floor(paths.length / QUESTIONS));
    for (let at = 0; at < paths.length && this.#left > 0 && (await this.#mayGoOn(signal)); at += step) {
      this.#left -= 1;
      await this.#ask(paths[at] ?? "");
    }
    while ((await this.#mayGoOn(signal)) && this.#indexer.graph.prepareWords(NAMES_AT_ONCE));
  }

  async #mayGoOn(signal: AbortSignal): Promise<boolean> {
    await setImmediate();
    for (;;) {
      if (signal.aborted) return false;
      const held = this.#heldUntil - performance.now();
      if (held <= 0) return true;
      await setTimeout(held);
    }
  }

  async #ask(path: string): Promise<void> {
    const bytes = await readBytes(join(this.#folder.root, path), this.#folder.mostBytes);
    const decoded = bytes && decode(bytes);
    if (!decoded || !("text" in decoded)) return;
    const { text } = decoded;
    const at = Math.floor(text.length / 2);
    const before = text.slice(Math.max(0, at - BEFORE_CHARS), at);
    const after = text.slice(at, at + AFTER_CHARS);
    const place = { path, languageId: languageIdOfPath(path) ?? "", before, after, shown: SHOWN };
    const ask: CaretQuery = { ...place, recent: [], keep: [], mostChars: MOST_CHARS };
    // As it comes from the other process: what V8 compiles is for objects and texts of that making.
    packed(this.#indexer.query(deserialize(serialize(ask)) as CaretQuery));
  }
}

const QUESTIONS = 200;
/** Some 3 ms. */
const NAMES_AT_ONCE = 2_000;
const QUIET_MS = 300;
/** As the extension asks. */
const BEFORE_CHARS = 16_000;
const AFTER_CHARS = 8_000;
const SHOWN = { before: 3_000, after: 1_500 };
const MOST_CHARS = 11_000;
