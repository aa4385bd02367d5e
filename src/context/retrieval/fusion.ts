/** Several orders of the same things, made one. */

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): each order gives what it has at place `r`, from 0, a score of
 * 1 / (60 + r + 1); the sums decide. Orders need not have all the things, and say nothing of what they do not have. Of
 * equal sums the one that stands earlier in the earlier order comes first.
 */
export function fuse<Item>(rankings: readonly (readonly Item[])[]): readonly Item[] {
  const scores = new Map<Item, number>();
  for (const ranking of rankings) {
    for (const [place, item] of ranking.entries()) {
      scores.set(item, (scores.get(item) ?? 0) + 1 / (DAMPING + place + 1));
    }
  }
  return Array.from(scores)
    .toSorted(([, one], [, other]) => other - one)
    .map(([item]) => item);
}

/** The source's own: it keeps a first place in one order from deciding alone. */
const DAMPING = 60;
