/** Files that resemble the caret's, and the names that are usual in their company. */

import type { CaretFile } from "./candidates.ts";
import type { FileTable } from "./fileTable.ts";
import type { Shares } from "./shares.ts";

export interface Company {
  /** Ids of files, the most similar first. */
  readonly files: readonly number[];
  /** By a name's number: the share of these files, by their weight, that use it. Until the next query. */
  readonly names: Pick<Shares, "of">;
}

/** Files that share rare names with this one, and the names that are usual among them. */
export function companyOf(table: FileTable, near: ReadonlyMap<number, number>, here: CaretFile): Company {
  const scores = new Float32Array(table.mostFiles);
  const touched: number[] = [];
  const count = (name: number, weight: number): void => {
    const users = table.usersOf(name);
    if (users.length === 0 || users.length > MOST_USERS) return;
    const rarity = weight / Math.sqrt(users.length);
    for (const id of users) {
      if (scores[id] === 0) touched.push(id);
      scores[id] = (scores[id] ?? 0) + rarity;
    }
  };
  let counted = 0;
  for (const name of here.names) {
    if ((counted += 1) > MOST_NAMES) break;
    if (!near.has(name)) count(name, ELSEWHERE_WEIGHT);
  }
  for (const [name, weight] of near) count(name, weight);
  const own = table.byPath(here.path)?.id;
  for (const id of touched) {
    // A long file shares names with every other.
    scores[id] = id === own ? 0 : (scores[id] ?? 0) / Math.sqrt(USUAL_NAMES + table.nameCount(id));
  }
  const files = highest(touched, scores);
  const total = files.reduce((sum, id) => sum + (scores[id] ?? 0), 0);
  const names = table.shares;
  names.reset(table.names.size);
  for (const id of files) {
    const share = (scores[id] ?? 0) / total;
    for (const name of table.get(id)?.names ?? []) names.add(name, share);
  }
  return { files, names };
}

/** Those that score most, the best first; of equals those that come first. None that scores nothing. */
function highest(ids: readonly number[], scores: Float32Array): readonly number[] {
  const best: number[] = [];
  for (const id of ids) {
    const score = scores[id] ?? 0;
    const last = best.at(-1);
    if (score === 0 || (best.length === MOST_SIMILAR && last !== undefined && score <= (scores[last] ?? 0))) continue;
    let at = best.length;
    while (at > 0 && (scores[best[at - 1] ?? 0] ?? 0) < score) at -= 1;
    best.splice(at, 0, id);
    if (best.length > MOST_SIMILAR) best.pop();
  }
  return best;
}
const USUAL_NAMES = 20;
const ELSEWHERE_WEIGHT = 0.3;
/** A name that more files use tells nothing. */
const MOST_USERS = 60;
const MOST_NAMES = 400;
const MOST_SIMILAR = 24;
