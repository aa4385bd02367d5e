/** The outline of the caret's own file: what it defines where the model does not see it. */

import type { CaretNames } from "./caretNames.ts";
import { namesIn } from "./extraction/names.ts";
import type { FileTable, IndexedFile } from "./fileTable.ts";
import type { Owners } from "./owners.ts";
import type { CaretQuery } from "./query.ts";

/**
 * Set by hand. At 150 places in long files of development repositories, where a name was needed that the file defines out
 * of sight, 16,000 characters then had it in 0.79 (0 without the outline), 6,600 in 0.61 of 80, for 2 of 80 names of other files.
 */
const weights = {
  /** As likely as something of another file for which much speaks; less where there is room for little. */
  own: 5,
  ownInLittleRoom: 3.5,
  near: 3,
  memberAfterDot: 1.2,
  topAfterDot: -2,
  receiver: 5.3,
  owner: 1.2,
} as const;

export interface Outlined {
  readonly index: number;
  readonly score: number;
}

/** Each with its place among the file's definitions, and a logit as in candidates.ts. */
export function outlineOf(
  table: FileTable,
  file: IndexedFile,
  caret: CaretNames,
  owners: Owners,
  { before, after, shown, languageId, mostChars }: CaretQuery,
): readonly Outlined[] {
  const window = before.slice(Math.max(0, before.length - shown.before)) + after.slice(0, shown.after);
  const inWindow = new Set(namesIn(window, languageId).map(([name]) => name));
  const bare = withoutSpace(window);
  const own = mostChars < LITTLE_ROOM_CHARS ? weights.ownInLittleRoom : weights.own;
  const outlined: Outlined[] = [];
  const { definitions, defined } = file;
  for (let index = 0; index < definitions.length; index += 1) {
    const name = table.names.nameOf(defined[index] ?? -1);
    // Names of one character are not told by `namesIn`.
    const mayBeSeen = name.length === 1 || inWindow.has(name);
    if (mayBeSeen && bare.includes(withoutSpace(definitions.signature(index)).slice(0, RECOGNISED_CHARS))) continue;
    const parent = definitions.parent(index);
    let score = own + weights.near * (caret.near.get(name) ?? 0);
    if (parent === -1) score += caret.afterDot ? weights.topAfterDot : 0;
    else {
      const owner = defined[parent] ?? -1;
      score += caret.afterDot ? weights.memberAfterDot : 0;
      score += weights.receiver * (owners.receiver.get(owner) ?? 0) + weights.owner * (owners.types.get(owner) ?? 0);
    }
    outlined.push({ index, score });
  }
  return outlined;
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}

const LITTLE_ROOM_CHARS = 4_000;
/** Of a signature: enough to tell it from others of its name. */
const RECOGNISED_CHARS = 40;
