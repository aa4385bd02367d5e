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
  const scores = table.fileShares;
  scores.reset(table.mostFiles);
  const count = (name: number, weight: number): void => {
    const users = table.usersOf(name);
    if (users.length === 0 || users.length > MOST_USERS) return;
    const rarity = weight / Math.sqrt(users.length);
    for (const id of users) scores.add(id, rarity);
  };
  let counted = 0;
  for (const name of here.names.changed) {
    if ((counted += 1) > MOST_NAMES) break;
    if (!near.has(name)) count(name, ELSEWHERE_WEIGHT);
  }
  for (const [name, weight] of near) count(name, weight);
  const own = table.byPath(here.path)?.id;
  // A long file shares names with every other.
  const scoreOf = (id: number): number =>
    id === own ? 0 : scores.of(id) / Math.sqrt(USUAL_NAMES + table.nameCount(id));
  const found = highest(scores.changed, scoreOf);
  const total = found.reduce((sum, { score }) => sum + score, 0);
  const names = table.shares;
  names.reset(table.names.size);
  for (const { id, score } of found) for (const name of table.get(id)?.names ?? []) names.add(name, score / total);
  return { files: found.map(({ id }) => id), names };
}

interface Scored {
  readonly id: number;
  readonly score: number;
}

/** Those that score most, the best first; of equals those that come first. None that scores nothing. */
function highest(ids: readonly number[], scoreOf: (id: number) => number): readonly Scored[] {
  const best: Scored[] = [];
  let least = 0;
  for (const id of ids) {
    const score = scoreOf(id);
    if (score <= least) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.score ?? 0) < score) at -= 1;
    best.splice(at, 0, { id, score });
    if (best.length > MOST_SIMILAR) best.pop();
    if (best.length === MOST_SIMILAR) least = best.at(-1)?.score ?? 0;
  }
  return best;
}

const USUAL_NAMES = 20;
const ELSEWHERE_WEIGHT = 0.3;
/** A name that more files use tells nothing. */
const MOST_USERS = 60;
const MOST_NAMES = 400;
const MOST_SIMILAR = 24;
