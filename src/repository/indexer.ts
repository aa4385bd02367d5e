/** Keeps the index of one folder: reads what is new or changed, forgets what is gone, and answers queries between files. */

import { join } from "node:path";
import type { CaretQuery } from "../context/index/query.ts";
import { RepositoryGraph } from "../context/index/repositoryGraph.ts";
import { emptyMap, type MapQuery, type RepositoryMap } from "../context/index/repositoryMap.ts";
import type { FileOutline, FoundSymbol, SymbolQuery } from "../context/index/symbolSearch.ts";
import type { Piece } from "../context/pieces.ts";
import { type Extraction, nothingIn } from "./extractionThread.ts";
import { type Changes, changesOf } from "./changes.ts";
import { decode, readBytes } from "./fileText.ts";
import type { KeptStore } from "./keptStore.ts";
import type { FileToStore, StoredChunk } from "./store.ts";
import { FolderRules } from "./folderRules.ts";
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
  readonly extractor: { extract(text: string, languageId: string): Promise<Extraction> };
  readonly store: KeptStore;
  /** What was stored is lost: the next update reads every file. */
  readonly onLost: () => void;
  /** Lets messages in. */
  readonly pause: () => Promise<void>;
}

interface Known {
  /** Of the file on the disk. */
  readonly size: number;
  readonly mtimeMs: number;
  /** What is known is of a text that is not on the disk yet. */
  readonly typed: boolean;
}

/** Methods may be called while others are under way: what they do with one file is done one file after the other. */
export class Indexer {
  readonly graph = new RepositoryGraph();
  readonly #parts: IndexerParts;
  readonly #known = new Map<string, Known>();
  /** Of the look at the folder that is under way: the files that were there. */
  #seen = new Set<string>();
  /** Read and not yet stored. */
  #unsaved: FileToStore[] = [];
  /** So many times the ignore files are being read: what may be shown is not known. */
  #judging = 0;
  #turn = Promise.resolve();

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    parts.store.onLost(() => this.#lost());
  }

  get keeps(): boolean {
    return this.#parts.store.keeps;
  }

  /** Nothing of a file that was ignored when the rules were last looked at. */
  query(query: CaretQuery): readonly Piece[] {
    return this.#judging > 0 ? [] : this.graph.query(query);
  }

  /** As `query`. */
  symbols(query: SymbolQuery): readonly FoundSymbol[] {
    return this.#judging > 0 ? [] : this.graph.symbols(query);
  }

  outlines(paths: readonly string[]): readonly FileOutline[] {
    return this.#judging > 0 ? [] : this.graph.outlines(paths);
  }

  /** Of all files that are in the answers. */
  paths(): readonly string[] {
    return Array.from(this.#known.keys());
  }

  /** As `query`, and of what was there when it was asked for. Queries are answered meanwhile. */
  async map(query: MapQuery): Promise<RepositoryMap> {
    if (this.#judging > 0) return emptyMap;
    const map = await this.graph.map(query, this.#parts.pause);
    if (this.#judging > 0) return emptyMap;
    return { ...map, files: map.files.filter(({ path }) => this.#known.has(path)) };
  }

  /** Chunks that have some of the words, the best first; none of an ignored file, as above. */
  search(words: readonly string[], most: number): readonly StoredChunk[] {
    if (this.#judging > 0) return [];
    this.save();
    return this.#parts.store.search(words, most).filter(({ path }) => this.#known.has(path));
  }

  /** What was stored, as it was, but for what is ignored by now. Fast: of the folder only the ignore files are read. */
  load(signal: AbortSignal): Promise<void> {
    return this.#inTurn(() => this.#load(signal));
  }

  /**
   * Forgets what is ignored by now; until it has, there are no answers. Also while an update is under way, which is to be
   * aborted first: it reads by the rules from when it began.
   */
  async forgetIgnored(): Promise<void> {
    this.#judging += 1;
    try {
      await this.#inTurn(async () => {
        const rules = this.#rules();
        const ignored: string[] = [];
        for (const path of this.#known.keys()) if (await rules.ignores(path)) ignored.push(path);
        this.#forget(ignored);
      });
    } finally {
      this.#judging -= 1;
    }
  }

  /**
   * Brings the index up to what the folder holds, or what is below `path` in it. What was read by the time of an abort stays.
   */
  async update(onProgress: (progress: IndexProgress) => void, signal: AbortSignal, path = ""): Promise<IndexSummary> {
    const { root, bounds } = this.#parts;
    const skipped: Skipped = { ignored: 0, tooLarge: 0, unreadable: 0, bounded: false };
    const seen = (this.#seen = new Set());
    let read = 0;
    let unreadableText = 0;
    const rules = await this.#rules().above(path);
    const files = rules ? walk(root, { path, rules }, bounds, skipped, signal) : [];
    for await (const file of files) {
      const became = await this.#inTurn(async () => {
        // It may have been told as changed meanwhile, and is newer than it was when it was found.
        if (signal.aborted || seen.has(file.path) || (path !== "" && !this.#mayHave(file.path))) return "as-known";
        seen.add(file.path);
        return this.#isAsKnown(file) ? "as-known" : this.#read(file);
      });
      if (became === "read") read += 1;
      if (became === "no-text") unreadableText += 1;
      if (became === "gone") skipped.unreadable += 1;
      if (seen.size % PROGRESS_STEP === 0) {
        onProgress({ done: seen.size, total: Math.max(seen.size, this.#known.size) });
      }
      await this.#parts.pause();
    }
    if (!signal.aborted) this.#forget(this.#below(path).filter((each) => !seen.has(each)));
    this.save();
    return { ...skipped, files: this.graph.size, read, unreadableText };
  }

  /**
   * Files and folders that may have been written, made or removed: queries see them, and `save` stores them. What follows
   * from the rest of it, only an update finds.
   */
  async changed(paths: readonly string[]): Promise<Omit<Changes, "others">> {
    const { root, bounds } = this.#parts;
    const rules = this.#rules();
    const { others, ...more } = await changesOf(root, rules, paths);
    for (const path of others) {
      await this.#inTurn(async () => {
        const file = (await rules.ignores(path)) ? undefined : await findFile(root, path, bounds);
        if (!file) return this.#forget([path, ...this.#below(path)]);
        if (!this.#mayHave(path)) return undefined;
        this.#seen.add(path);
        if (this.#known.get(path)?.typed || !this.#isAsKnown(file)) await this.#read(file);
        return undefined;
      });
      await this.#parts.pause();
    }
    return more;
  }

  /** A text that is not on the disk yet. It counts until the file is written. */
  async edited(path: string, text: string): Promise<void> {
    const { root, bounds, extractor } = this.#parts;
    await this.#inTurn(async () => {
      const file = (await this.#rules().ignores(path)) ? undefined : await findFile(root, path, bounds);
      if (!file || !this.#mayHave(path) || text.length > bounds.mostBytes) return;
      this.#seen.add(path);
      const extraction = await extractor.extract(text, file.languageId);
      if (extraction === "ended") return;
      this.graph.add(path, extraction.facts);
      this.#known.set(path, { size: file.size, mtimeMs: file.mtimeMs, typed: true });
    });
  }

  /** Stores what was read since the last time; after a crash before that, it is read anew. */
  save(): void {
    if (this.#unsaved.length === 0) return;
    const files = this.#unsaved;
    this.#unsaved = [];
    this.#parts.store.put(files);
  }

  /** What is typed and not written stays: the next update could not find it. */
  clear(): void {
    for (const [path, { typed }] of this.#known) {
      if (typed) continue;
      this.graph.remove(path);
      this.#known.delete(path);
    }
    this.#unsaved = [];
    this.#parts.store.clear();
  }

  async #load(signal: AbortSignal): Promise<void> {
    const rules = this.#rules();
    const ignored: string[] = [];
    let count = 0;
    for (const { path, size, mtimeMs, facts } of this.#parts.store.all()) {
      if (await rules.ignores(path)) ignored.push(path);
      else {
        this.graph.add(path, facts);
        this.#known.set(path, { size, mtimeMs, typed: false });
      }
      if (signal.aborted) return;
      if ((count += 1) % FILES_AT_ONCE === 0) await this.#parts.pause();
    }
    if (ignored.length > 0) this.#parts.store.remove(ignored);
  }

  #isAsKnown({ path, size, mtimeMs }: FoundFile): boolean {
    const known = this.#known.get(path);
    return known?.size === size && known.mtimeMs === mtimeMs;
  }

  async #read({ path, languageId, size, mtimeMs }: FoundFile): Promise<"read" | "no-text" | "gone" | "ended"> {
    const bytes = await readBytes(join(this.#parts.root, path), this.#parts.bounds.mostBytes);
    if (!bytes) {
      this.#forget([path]);
      return "gone";
    }
    const decoded = decode(bytes);
    const isText = "text" in decoded;
    const extraction = isText ? await this.#parts.extractor.extract(decoded.text, languageId) : nothingIn(languageId);
    if (extraction === "ended") return "ended";
    const { facts, chunks } = extraction;
    this.graph.add(path, facts);
    this.#known.set(path, { size, mtimeMs, typed: false });
    this.#unsaved.push({ path, size, mtimeMs, facts, chunks });
    if (this.#unsaved.length >= FILES_AT_ONCE) this.save();
    return isText ? "read" : "no-text";
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#turn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = promise;
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }

  /** With what the ignore files say from now on. */
  #rules(): FolderRules {
    return new FolderRules(this.#parts.root, this.#parts.rules);
  }

  #below(folder: string): readonly string[] {
    return Array.from(this.#known.keys()).filter((path) => folder === "" || path.startsWith(`${folder}/`));
  }

  #mayHave(path: string): boolean {
    return this.#known.has(path) || this.#known.size < this.#parts.bounds.mostFiles;
  }

  #forget(paths: readonly string[]): void {
    const known = paths.filter((path) => this.#known.delete(path));
    if (known.length === 0) return;
    for (const path of known) this.graph.remove(path);
    const gone = new Set(known);
    this.#unsaved = this.#unsaved.filter(({ path }) => !gone.has(path));
    this.#parts.store.remove(known);
  }

  /** Queries go on with what is in memory. What is typed is no file's text yet. */
  #lost(): void {
    for (const [path, known] of this.#known) if (!known.typed) this.#known.set(path, { ...known, mtimeMs: Number.NaN });
    this.#parts.onLost();
  }
}

/** A transaction costs as much as some files; a crash costs at most so many. */
const FILES_AT_ONCE = 50;
const PROGRESS_STEP = 20;
