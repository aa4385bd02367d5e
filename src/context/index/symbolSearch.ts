/** Definitions for a person: by a part of their name, and all of a file. */

import { type FileTable, type IndexedFile, fileOf, indexOf } from "./fileTable.ts";

export interface SymbolQuery {
  /** A name, or a part of one; case does not count. */
  readonly text: string;
  readonly most: number;
}

export interface FoundSymbol {
  readonly name: string;
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly signature: string;
}

export interface FileOutline {
  readonly path: string;
  /** In the order of the file. */
  readonly lines: readonly OutlineLine[];
}

interface OutlineLine {
  /** From 0. */
  readonly line: number;
  readonly signature: string;
  /** How many definitions it is inside of. */
  readonly depth: number;
}

/** The best first: the name itself, names that begin with it, names that have it; what is exported before what is not. */
export function symbolsNamed(table: FileTable, { text, most }: SymbolQuery): readonly FoundSymbol[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const ranked: { readonly id: number; readonly rank: number; readonly length: number }[] = [];
  for (let id = 0; id < table.names.size; id += 1) {
    if (table.definerCount(id) === 0) continue;
    const name = table.names.nameOf(id).toLowerCase();
    const at = name.indexOf(wanted);
    if (at !== -1) ranked.push({ id, rank: rankOf(at, name, wanted), length: name.length });
  }
  ranked.sort((one, other) => one.rank - other.rank || one.length - other.length);
  const found: FoundSymbol[] = [];
  for (const { id } of ranked) {
    if (found.length >= most) break;
    found.push(...definedAs(table, id).slice(0, most - found.length));
  }
  return found;
}

function rankOf(at: number, name: string, wanted: string): number {
  if (at > 0) return 2;
  return name.length === wanted.length ? 0 : 1;
}

function definedAs(table: FileTable, id: number): readonly FoundSymbol[] {
  const name = table.names.nameOf(id);
  const places = table.definersOf(id).flatMap((at) => {
    const file = table.get(fileOf(at));
    return file ? [{ file, index: indexOf(at), isExported: file.definitions.isExported(indexOf(at)) }] : [];
  });
  return places
    .toSorted((one, other) => Number(other.isExported) - Number(one.isExported))
    .map(({ file, index }) => ({
      name,
      path: file.path,
      line: file.definitions.line(index),
      signature: file.definitions.signature(index),
    }));
}

/** Of those of the files that the index knows and that define something. */
export function outlinesOf(table: FileTable, paths: readonly string[]): readonly FileOutline[] {
  return paths.flatMap((path) => {
    const file = table.byPath(path);
    return file && file.definitions.length > 0 ? [{ path, lines: linesOf(file) }] : [];
  });
}

function linesOf({ definitions }: IndexedFile): readonly OutlineLine[] {
  const depths: number[] = [];
  return Array.from({ length: definitions.length }, (_, index) => {
    const parent = definitions.parent(index);
    const depth = parent === -1 ? 0 : (depths[parent] ?? 0) + 1;
    depths.push(depth);
    return { line: definitions.line(index), signature: definitions.signature(index), depth };
  });
}
