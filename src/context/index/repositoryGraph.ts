/** The index in memory: what the files of a repository define, name and import, and what of it may help at a caret. */

import { namesIn } from "./extraction/names.ts";
import type { Piece, PieceReason, SourceName } from "../pieces.ts";
import { type Candidate, type Candidates, type CaretFile, findCandidates, HOPELESS } from "./candidates.ts";
import { caretNames } from "./caretNames.ts";
import type { DefinitionList } from "./definitionList.ts";
import type { FileFacts } from "./facts.ts";
import { FileTable } from "./fileTable.ts";
import type { NameTable } from "./nameTable.ts";
import { hashOf } from "../../text/hash.ts";
import { folderOf } from "./modules.ts";
import { nearFiles } from "./nearFiles.ts";
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
    const toPiece = ({ candidate, value }: Rated): Piece => pieceOf(candidate, value, this.#table.names);
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
  /** The chance that it is what is needed next. */
  readonly value: number;
  readonly density: number;
}

/** Those worth most for their length first; `count` are somewhat more than there is room for. */
function best(
  { likely, total }: Candidates,
  mostChars: number,
): { readonly rated: readonly Rated[]; readonly count: number } {
  const rated: Rated[] = [];
  for (const candidate of likely) {
    const value = Math.exp(candidate.score) / total;
    // The most are worth next to nothing, and need not be put in order.
    if (value < HOPELESS) continue;
    rated.push({ candidate, value, density: value / (lengthOf(candidate) + LINE_COST) });
  }
  rated.sort((one, other) => other.density - one.density);
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

function pieceOf({ file, index, why }: Candidate, value: number, names: NameTable): Piece {
  const { definitions, path } = file;
  const owners = ownersOf(index, definitions);
  const nameAt = (at: number | undefined): string => names.nameOf(file.defined[at ?? -1] ?? -1);
  const signature = definitions.signature(index);
  const line = definitions.line(index);
  return {
    // Of the signature a number, since ids go back and forth between the processes.
    id: [path, line, nameAt(index), hashOf(signature).toString(36)].join(ID_SEPARATOR),
    source: sources[why],
    path,
    line,
    heads: owners.map((owner, depth) => INDENT.repeat(depth) + definitions.signature(owner)),
    text: INDENT.repeat(owners.length) + signature,
    value,
    reason: reasonOf(why, nameAt(index), nameAt(owners.at(-1)), path),
  };
}

/** From the outermost one in. */
function ownersOf(index: number, definitions: DefinitionList): readonly number[] {
  const owner = definitions.parent(index);
  return owner === -1 ? [] : [...ownersOf(owner, definitions), owner];
}

const sources: Readonly<Record<Candidate["why"], SourceName>> = {
  own: "outline",
  used: "definitions",
  type: "definitions",
  imported: "imports",
  sibling: "imports",
  related: "map",
};

function reasonOf(why: Candidate["why"], name: string, owner: string, path: string): PieceReason {
  switch (why) {
    case "own":
      return { kind: "same-file" };
    case "used":
      return { kind: "used", name };
    case "type":
      return { kind: "type", name: owner };
    case "imported":
      return { kind: "imported", specifier: path };
    case "sibling":
      return { kind: "sibling" };
    case "related":
      return { kind: "related" };
  }
}

const ID_SEPARATOR = "\0";
const INDENT = "  ";
/** The line break, and a share of the lines above it that name file and owner. */
const LINE_COST = 4;
const MORE_THAN_ROOM = 1.1;
