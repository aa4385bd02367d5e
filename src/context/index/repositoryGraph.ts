/** The index in memory: what the files of a repository define, name and import, and what of it may help at a caret. */

import { namesIn } from "./extraction/names.ts";
import type { Piece } from "../pieces.ts";
import { type CaretFile, findCandidates } from "./candidates.ts";
import { caretNames } from "./caretNames.ts";
import type { FileFacts } from "./facts.ts";
import { FileTable } from "./fileTable.ts";
import { folderOf } from "./modules.ts";
import { nearFiles } from "./nearFiles.ts";
import { ID_SEPARATOR, PieceMaking } from "./pieceMaking.ts";
import type { CaretQuery, QueryIndex } from "./query.ts";
import { type FileOutline, type FoundSymbol, outlinesOf, type SymbolQuery, symbolsNamed } from "./symbolSearch.ts";
import { type MapQuery, type RepositoryMap, repositoryMap } from "./repositoryMap.ts";

export class RepositoryGraph implements QueryIndex {
  readonly #table = new FileTable();
  /** So many maps are being made, which hold numbers of names. */
  #mapping = 0;

  /** In place of what was known of the file. */
  add(path: string, facts: FileFacts): void {
    this.#table.add(path, facts);
    if (this.#mapping === 0) this.#table.forgetNames();
  }

  remove(path: string): void {
    this.#table.remove(path);
  }

  get size(): number {
    return this.#table.size;
  }

  get counts(): { readonly files: number; readonly definitions: number } {
    return { files: this.#table.size, definitions: this.#table.definitionCount };
  }

  async map(query: MapQuery, pause: () => Promise<void>): Promise<RepositoryMap> {
    this.#mapping += 1;
    try {
      return await repositoryMap(this.#table, query, pause);
    } finally {
      this.#mapping -= 1;
    }
  }

  /** As `NameTable` has it. */
  prepareWords(most: number): boolean {
    return this.#table.names.prepareWords(most);
  }

  /** Paths, the nearest first. */
  near(path: string, recent: readonly string[]): readonly string[] {
    return nearFiles(this.#table, path, recent);
  }

  symbols(query: SymbolQuery): readonly FoundSymbol[] {
    return symbolsNamed(this.#table, query);
  }

  outlines(paths: readonly string[]): readonly FileOutline[] {
    return outlinesOf(this.#table, paths);
  }

  query(query: CaretQuery): readonly Piece[] {
    const here = this.#caretFile(query);
    const candidates = findCandidates(this.#table, caretNames(query), here, query);
    const keep = new Set(query.keep);
    const keepFiles = new Set(
      query.keep.map((id) => this.#table.byPath(id.slice(0, id.indexOf(ID_SEPARATOR)))?.id ?? -1),
    );
    const lengthOf = (file: number, index: number): number =>
      (this.#table.get(file)?.definitions.signatureLength(index) ?? 0) + LINE_COST;
    const { places, count } = candidates.best(lengthOf, query.mostChars * MORE_THAN_ROOM, keepFiles);
    const making = new PieceMaking(this.#table, candidates);
    const pieces: Piece[] = [];
    for (const [at, place] of places.entries()) {
      if (at >= count && !keepFiles.has(candidates.file(place))) continue;
      const piece = making.piece(place);
      if (piece && (at < count || keep.has(piece.id))) pieces.push(piece);
    }
    return pieces;
  }

  /** The file as the query shows it: what the index knows of it may be older, or of text that is about to be written. */
  #caretFile({ path, languageId, before, after }: CaretQuery): CaretFile {
    const known = this.#table.byPath(path);
    const names = this.#table.hereShares;
    names.reset(this.#table.names.size);
    for (const [name] of namesIn(`${before}\n${after}`, languageId)) {
      const id = this.#table.names.known(name);
      if (id !== undefined) names.raise(id, 1);
    }
    return { path, folder: folderOf(path), names, imports: known ? this.#table.importsOf(known) : [] };
  }
}

/** The line break, and a share of the lines above it that name file and owner. */
const LINE_COST = 4;
/** An answer has somewhat more than there is room for. */
const MORE_THAN_ROOM = 1.1;
