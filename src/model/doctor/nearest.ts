/** Names that somebody may have meant. */

/** The nearest first, at most `most`; none that has hardly anything in common with `name`. */
export function nearestNames(name: string, names: readonly string[], most = 3): readonly string[] {
  const wanted = plain(name);
  return names
    .map((each) => ({ each, distance: distanceOf(wanted, plain(each)) }))
    .filter(({ distance }) => distance <= FARTHEST)
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ each }) => each);
}

/** From 0 (the same) to 1. A name that contains the other, such as one with its vendor or its size in front, is near. */
function distanceOf(one: string, other: string): number {
  if (one === "" || other === "") return 1;
  const longest = Math.max(one.length, other.length);
  const edits = editDistance(one, other) / longest;
  const isWithin = one.includes(other) || other.includes(one);
  return isWithin ? Math.min(edits, NEAR) : edits;
}

/** Letters inserted, left out, replaced, or two neighbours swapped. */
export function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      const costs = [(last[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1)];
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) costs.push((before[at - 2] ?? 0) + 1);
      next.push(Math.min(...costs));
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}

/** People forget which of these a name has. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.:-]/g, "");
}

const NEAR = 0.2;
const FARTHEST = 0.45;
