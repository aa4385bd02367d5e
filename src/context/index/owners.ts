/** The types and objects whose members may be needed at a caret. */

import type { CaretNames } from "./caretNames.ts";
import type { CaretFile } from "./candidates.ts";
import { fileOf, type FileTable, indexOf } from "./fileTable.ts";
import type { Shares } from "./shares.ts";

export interface Owners {
  readonly receiver: ReadonlyMap<number, number>;
  readonly types: ReadonlyMap<number, number>;
  readonly argument: ReadonlyMap<number, number>;
  /** Until the next query. */
  readonly mentioned: Pick<Shares, "of">;
  /** Files that define one of them. */
  readonly files: ReadonlySet<number>;
}

/** Types and objects whose members may be needed: what is near, what its signature names, and what that is made of. */
export function ownersOf(
  table: FileTable,
  caret: CaretNames,
  near: ReadonlyMap<number, number>,
  here: CaretFile,
): Owners {
  const types = new Map<number, number>();
  const mentioned = table.mentionedShares;
  mentioned.reset(table.names.size);
  const files = new Set<number>();
  const imports = table.importShares;
  imports.reset(table.mostFiles);
  for (const id of here.imports) imports.raise(id, 1);
  const raise = (map: Map<number, number>, name: number, weight: number): boolean => {
    if (weight <= (map.get(name) ?? 0)) return false;
    map.set(name, weight);
    return true;
  };
  /** The definitions that are meant by a name here: those of imported files where there are some. */
  const meant = (name: number) => {
    const count = table.definerCount(name);
    if (count <= 2) return table.definersOf(name);
    const imported = table.definersIn(name, imports, MOST_MEANT);
    return imported.length > 0 ? imported : count <= MOST_MEANT ? table.definersOf(name) : [];
  };
  const spread = (start: ReadonlyMap<number, number>, into: Map<number, number>, hops: number, least: number): void => {
    let border = heaviest(start);
    for (let hop = 0; hop < hops; hop += 1) {
      // Those of the heaviest come first, so that it is in order, too.
      const next = new Map<number, number>();
      for (const [name, weight] of border) {
        if (weight < least) continue;
        for (const definition of meant(name)) {
          const file = table.get(fileOf(definition));
          if (!file || file.path === here.path) continue;
          files.add(file.id);
          for (const other of table.signatureNames(file, indexOf(definition))) {
            mentioned.raise(other, weight * SPREAD);
            if (raise(into, other, weight * SPREAD) && next.size < MOST_BORDER) next.set(other, weight * SPREAD);
          }
        }
      }
      border = next;
    }
  };
  for (const [name, weight] of near) raise(types, name, weight);
  spread(near, types, 2, 0.1);
  const receiver = reached(table, [caret.receiver, ...caret.receiverTypes], spread);
  const argument = reached(table, [caret.callee], spread);
  return { receiver, types, argument, mentioned, files };
}

function reached(
  table: FileTable,
  names: readonly (string | undefined)[],
  spread: (start: ReadonlyMap<number, number>, into: Map<number, number>, hops: number, least: number) => void,
): ReadonlyMap<number, number> {
  const start = new Map<number, number>();
  for (const name of names) {
    const id = name === undefined ? undefined : table.names.known(name);
    if (id !== undefined) start.set(id, 1);
  }
  const all = new Map(start);
  spread(start, all, 3, 0.05);
  return all;
}

/** Those that weigh most, the heaviest first; of equals those that come first. */
function heaviest(names: ReadonlyMap<number, number>): Iterable<readonly [name: number, weight: number]> {
  if (names.size <= 1) return names;
  const least = Float64Array.from(names.values()).toSorted().at(-MOST_BORDER) ?? 0;
  const heavy: [name: number, weight: number][] = [];
  for (const each of names) if (each[1] >= least) heavy.push(each);
  return heavy.toSorted((one, other) => other[1] - one[1]).slice(0, MOST_BORDER);
}

/** What is named by a signature counts for so much of what has the signature. */
const SPREAD = 0.6;
/** A name with more definitions means none of them. */
const MOST_MEANT = 4;
const MOST_BORDER = 60;
