/** What other files can mean by a name: all definitions of an index, put together by their names for a look at all of them. */

import type { IndexedFile } from "./fileTable.ts";

/** The definitions of the name `n` are those from `starts[n]` to `starts[n + 1]`, in the order of the files. */
export interface Definers {
  readonly starts: Int32Array;
  /** Places in the list of files. */
  readonly files: Int32Array;
  /** Places among the file's definitions. */
  readonly indexes: Int32Array;
  /** The name of what it is a member of; -1 at the top level. */
  readonly owners: Int32Array;
}

/** Of exported definitions and of their members; of overloads, and of a getter and its setter, the first. */
export function definersIn(files: readonly IndexedFile[], nameCount: number): Definers {
  const counts = new Int32Array(nameCount + 1);
  const reachable = files.map(reachableIn);
  for (const [place, { defined }] of files.entries()) {
    for (const index of reachable[place] ?? []) counts[defined[index] ?? 0] = (counts[defined[index] ?? 0] ?? 0) + 1;
  }
  const starts = new Int32Array(nameCount + 1);
  for (let name = 0; name < nameCount; name += 1) starts[name + 1] = (starts[name] ?? 0) + (counts[name] ?? 0);
  const total = starts[nameCount] ?? 0;
  const definers = {
    starts,
    files: new Int32Array(total),
    indexes: new Int32Array(total),
    owners: new Int32Array(total),
  };
  const next = starts.slice();
  for (const [place, { defined, definitions }] of files.entries()) {
    for (const index of reachable[place] ?? []) {
      const name = defined[index] ?? 0;
      const at = next[name] ?? 0;
      next[name] = at + 1;
      definers.files[at] = place;
      definers.indexes[at] = index;
      const parent = definitions.parent(index);
      definers.owners[at] = parent === -1 ? -1 : (defined[parent] ?? -1);
    }
  }
  return definers;
}

/** A member follows what it is a member of. */
export function reachableIn({ definitions, defined }: IndexedFile): readonly number[] {
  const isExported = new Uint8Array(definitions.length);
  const seen = new Set<number>();
  const reachable: number[] = [];
  for (let index = 0; index < isExported.length; index += 1) {
    const parent = definitions.parent(index);
    isExported[index] = parent === -1 ? Number(definitions.isExported(index)) : (isExported[parent] ?? 0);
    if (isExported[index] === 0) continue;
    const key = (parent + 1) * MOST_NAMES + (defined[index] ?? 0);
    if (seen.has(key)) continue;
    seen.add(key);
    reachable.push(index);
  }
  return reachable;
}

/** More than there are in any index. */
const MOST_NAMES = 2 ** 32;
