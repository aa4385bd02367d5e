/** Keeps the index of one folder: reads what is new or changed, forgets what is gone, and answers queries between files. */

import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FactExtractor } from "../context/index/extraction/extractor.ts";
import { languageIdOfPath } from "../context/index/extraction/languageOfPath.ts";
import { type FileFacts, noFacts } from "../context/index/facts.ts";
import { RepositoryGraph } from "../context/index/repositoryGraph.ts";
import { decode } from "./fileText.ts";
import type { IndexStore, StoredFile } from "./store.ts";
import { findFile, type FoundFile, type IgnoreRules, type Skipped, walk, type WalkBounds } from "./walk.ts";

export interface IndexProgress {
  /** Files that were looked at in this run. */
  readonly done: number;
  /** As many as there were the last time, or as have been found; grows. */
  readonly total: number;
}

export interface IndexSummary extends Skipped {
  readonly files: number;
  /** Of these, read in this run; the others were as they had been. */
  readonly read: number;
  /** No text, by what their bytes are. */
  readonly unreadableText: number;
}

export interface IndexerParts {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly bounds: WalkBounds;
  readonly extractor: Pick<FactExtractor, "extract">;
  /** Without one nothing is kept. */
  readonly store: IndexStore | undefined;
  /** Lets messages in. */
  readonly pause: () => Promise<void>;
}

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
}

export class Indexer {
  readonly graph = new RepositoryGraph();
  readonly #parts: IndexerParts;
  readonly #known = new Map<string, Known>();
  /** Read and not yet stored. */
  #unsaved: StoredFile[] = [];
  /** The store can't be written to any more, such as on a full disk; the index goes on without. */
  #storeFailed = false;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  get keeps(): boolean {
    return this.#parts.store !== undefined && !this.#storeFailed;
  }

  /** What was stored, as it was. Fast: nothing of the folder is read. */
  async load(signal: AbortSignal): Promise<void> {
    let count = 0;
    for (const { path, size, mtimeMs, facts } of this.#parts.store?.all() ?? []) {
      if (signal.aborted) return;
      this.graph.add(path, facts);
      this.#known.set(path, { size, mtimeMs });
      if ((count += 1) % FILES_AT_ONCE === 0) await this.#parts.pause();
    }
  }

  /** Brings the index up to what the folder holds. What was read by the time of an abort stays. */
  async update(onProgress: (progress: IndexProgress) => void, signal: AbortSignal): Promise<IndexSummary> {
    const { root, rules, bounds } = this.#parts;
    const skipped: Skipped = { ignored: 0, tooLarge: 0, unreadable: 0, bounded: false };
    const seen = new Set<string>();
    let read = 0;
    let unreadableText = 0;
    for await (const file of walk(root, rules, bounds, skipped, signal)) {
      seen.add(file.path);
      if (!this.#isAsKnown(file)) {
        const took = await this.#read(file);
        if (took) read += 1;
        else unreadableText += 1;
      }
      if (seen.size % PROGRESS_STEP === 0) {
        onProgress({ done: seen.size, total: Math.max(seen.size, this.#known.size) });
      }
      await this.#parts.pause();
    }
    if (!signal.aborted) this.#forget(Array.from(this.#known.keys()).filter((path) => !seen.has(path)));
    this.#save(1);
    return { ...skipped, files: this.graph.size, read, unreadableText };
  }

  /**
   * Files and folders that may have been written, made or removed. True where a folder is among them: what is in it only
   * an update finds.
   */
  async changed(paths: readonly string[]): Promise<boolean> {
    const { root, rules, bounds } = this.#parts;
    let folders = false;
    for (const path of paths) {
      if ((await lstat(join(root, path)).catch(() => undefined))?.isDirectory()) {
        folders = true;
        continue;
      }
      const file = await findFile(root, path, rules, bounds);
      if (!file) this.#forget([path, ...this.#below(path)]);
      else if (!this.#isAsKnown(file) && this.#known.size < bounds.mostFiles) await this.#read(file);
      await this.#parts.pause();
    }
    this.#save(1);
    return folders;
  }

  /** A text that is not on the disk yet. It counts until the file is read. */
  async edited(path: string, text: string): Promise<void> {
    const languageId = languageIdOfPath(path);
    // What is ignored is not known, and stays so.
    if (languageId === undefined || !this.#known.has(path)) return;
    this.graph.add(path, await this.#parts.extractor.extract(text, languageId));
    this.#known.set(path, { size: -1, mtimeMs: -1 });
  }

  clear(): void {
    for (const path of this.#known.keys()) this.graph.remove(path);
    this.#known.clear();
    this.#unsaved = [];
    this.#store((store) => store.clear());
  }

  #isAsKnown({ path, size, mtimeMs }: FoundFile): boolean {
    const known = this.#known.get(path);
    return known?.size === size && known.mtimeMs === mtimeMs;
  }

  /** False where there was no text to read. */
  async #read({ path, languageId, size, mtimeMs }: FoundFile): Promise<boolean> {
    const bytes = await readFile(join(this.#parts.root, path)).catch(() => undefined);
    const decoded = bytes && decode(bytes);
    const isText = decoded !== undefined && "text" in decoded;
    const facts: FileFacts = isText
      ? await this.#parts.extractor.extract(decoded.text, languageId)
      : noFacts(languageId);
    this.graph.add(path, facts);
    this.#known.set(path, { size, mtimeMs });
    this.#unsaved.push({ path, size, mtimeMs, facts });
    this.#save(FILES_AT_ONCE);
    return isText;
  }

  #below(folder: string): readonly string[] {
    return Array.from(this.#known.keys()).filter((path) => path.startsWith(`${folder}/`));
  }

  #forget(paths: readonly string[]): void {
    const known = paths.filter((path) => this.#known.delete(path));
    for (const path of known) this.graph.remove(path);
    if (known.length > 0) this.#store((store) => store.remove(known));
  }

  #save(least: number): void {
    if (this.#unsaved.length < least) return;
    const files = this.#unsaved;
    this.#unsaved = [];
    this.#store((store) => store.put(files));
  }

  #store(work: (store: IndexStore) => void): void {
    const { store } = this.#parts;
    if (store === undefined || this.#storeFailed) return;
    try {
      work(store);
    } catch {
      this.#storeFailed = true;
    }
  }
}

/** A transaction costs as much as some files; a crash costs at most so many. */
const FILES_AT_ONCE = 50;
const PROGRESS_STEP = 20;
