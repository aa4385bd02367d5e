/** The index in memory: what the files of a repository define, name and import, and what of it may help at a caret. */

import { namesIn } from "./extraction/names.ts";
import type { Piece } from "../pieces.ts";
import { type Candidate, type Candidates, type CaretFile, findCandidates, HOPELESS } from "./candidates.ts";
import { caretNames } from "./caretNames.ts";
import type { FileFacts } from "./facts.ts";
import { FileTable } from "./fileTable.ts";
import { folderOf } from "./modules.ts";
import { nearFiles } from "./nearFiles.ts";
import { ID_SEPARATOR, PieceMaking } from "./pieceMaking.ts";
import type { CaretQuery, QueryIndex } from "./query.ts";
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

  /** Paths, the nearest first. */
  near(path: string, recent: readonly string[]): readonly string[] {
    return nearFiles(this.#table, path, recent);
  }

  query(query: CaretQuery): readonly Piece[] {
    const here = this.#caretFile(query);
    const candidates = findCandidates(this.#table, caretNames(query), here, query);
    const { rated, count } = best(candidates, query.mostChars);
    const making = new PieceMaking(this.#table.names);
    const toPiece = ({ candidate }: Rated): Piece => making.piece(candidate, chanceOf(candidate, candidates.total));
    const keep = new Set(query.keep);
    const paths = new Set(query.keep.map((id) => id.slice(0, id.indexOf(ID_SEPARATOR))));
    const others = rated.slice(count).filter(({ candidate }) => paths.has(candidate.file.path));
    return [...rated.slice(0, count).map(toPiece), ...others.map(toPiece).filter(({ id }) => keep.has(id))];
  }

  /** The file as the query shows it: what the index knows of it may be older, or of text that is about to be written. */
  #caretFile({ path, languageId, before, after }: CaretQuery): CaretFile {
    const known = this.#table.byPath(path);
    const names = new Set<number>();
    for (const [name] of namesIn(`${before}\n${after}`, languageId)) {
      const id = this.#table.names.known(name);
      if (id !== undefined) names.add(id);
    }
    return { path, folder: folderOf(path), names, imports: known ? this.#table.importsOf(known) : [] };
  }
}

interface Rated {
  readonly candidate: Candidate;
  /** Its chance for its length. */
  readonly density: number;
}

/** Those worth most for their length first; `count` are somewhat more than there is room for. */
function best(
  { likely, total }: Candidates,
  mostChars: number,
): { readonly rated: readonly Rated[]; readonly count: number } {
  const rated: Rated[] = [];
  for (const candidate of likely) {
    const value = chanceOf(candidate, total);
    // The most are worth next to nothing, and need not be put in order.
    if (value < HOPELESS) continue;
    rated.push({ candidate, density: value / (lengthOf(candidate) + LINE_COST) });
  }
  // A difference would be a number made for every comparison.
  rated.sort((one, other) => (one.density > other.density ? -1 : one.density < other.density ? 1 : 0));
  let chars = 0;
  let count = 0;
  for (const { candidate } of rated) {
    chars += lengthOf(candidate) + LINE_COST;
    if (chars > mostChars * MORE_THAN_ROOM) break;
    count += 1;
  }
  return { rated, count };
}

function lengthOf({ file, index }: Candidate): number {
  return file.definitions.signatureLength(index);
}

/** That it is what is needed next. */
function chanceOf({ score }: Candidate, total: number): number {
  return Math.exp(score) / total;
}

/** The line break, and a share of the lines above it that name file and owner. */
const LINE_COST = 4;
const MORE_THAN_ROOM = 1.1;
