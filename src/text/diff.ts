/**
 * Which lines two texts have in common: Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986), between lines that
 * both texts have exactly once, as in patience diff. Bounded: where a part differs in more than some hundred lines without
 * such a line, all of it counts as changed.
 */

/** Lines `from` up to `to` of the first text are replaced by `newFrom` up to `newTo` of the second. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** In order, apart from each other by at least one common line. What counts is equality of the strings. */
export function lineChanges(before: readonly string[], after: readonly string[]): readonly Change[] {
  const ids = new Map<string, number>();
  const idOf = (line: string): number => {
    const known = ids.get(line);
    if (known !== undefined) return known;
    ids.set(line, ids.size);
    return ids.size - 1;
  };
  const a = Int32Array.from(before, idOf);
  const b = Int32Array.from(after, idOf);
  const kept = new Int32Array(a.length).fill(-1);
  match({ a, b, kept, from: 0, to: a.length, newFrom: 0, newTo: b.length });
  return changesOf(kept, b.length);
}

interface Part {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** For each line of `a`, its place in `b`; -1 for none. */
  readonly kept: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

function match(whole: Part): void {
  const waiting: Part[] = [whole];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const rest = withoutEnds(part);
    if (rest.from === rest.to || rest.newFrom === rest.newTo) continue;
    const anchors = uniqueInBoth(rest);
    if (anchors.length === 0) {
      myers(rest);
      continue;
    }
    let { from, newFrom } = rest;
    for (const [line, newLine] of anchors) {
      rest.kept[line] = newLine;
      waiting.push({ ...rest, from, to: line, newFrom, newTo: newLine });
      from = line + 1;
      newFrom = newLine + 1;
    }
    waiting.push({ ...rest, from, newFrom });
  }
}

function withoutEnds(part: Part): Part {
  const { a, b, kept } = part;
  let { from, to, newFrom, newTo } = part;
  while (from < to && newFrom < newTo && a[from] === b[newFrom]) kept[from++] = newFrom++;
  while (from < to && newFrom < newTo && a[to - 1] === b[newTo - 1]) kept[--to] = --newTo;
  return { ...part, from, to, newFrom, newTo };
}

/** The longest sequence of lines that stand once in both, in the same order. */
function uniqueInBoth({ a, b, from, to, newFrom, newTo }: Part): readonly (readonly [number, number])[] {
  const places = new Map<number, { line: number; newLine: number; isUnique: boolean }>();
  for (let line = from; line < to; line += 1) {
    const id = a[line] ?? -1;
    const known = places.get(id);
    if (known) known.isUnique = false;
    else places.set(id, { line, newLine: -1, isUnique: true });
  }
  for (let newLine = newFrom; newLine < newTo; newLine += 1) {
    const known = places.get(b[newLine] ?? -1);
    if (!known) continue;
    if (known.newLine !== -1) known.isUnique = false;
    known.newLine = newLine;
  }
  const pairs: (readonly [number, number])[] = [];
  for (const { line, newLine, isUnique } of places.values())
    if (isUnique && newLine !== -1) pairs.push([line, newLine]);
  return longestIncreasing(pairs);
}

/** Patience sorting, by the second number. The first ones increase already. */
function longestIncreasing(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length);
  for (const [index, [, newLine]] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < newLine) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const longest: (readonly [number, number])[] = [];
  for (let index = tops.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) longest.push(pair);
  }
  return longest.toReversed();
}

function myers({ a, b, kept, from, to, newFrom, newTo }: Part): void {
  const mostEdits = Math.min(MOST_EDITS, to - from + (newTo - newFrom));
  const size = 2 * mostEdits + 3;
  const middle = mostEdits + 1;
  /** By diagonal, the furthest line of `a` that is reached. */
  const reached = new Int32Array(size);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= mostEdits; edits += 1) {
    trace.push(reached.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = reached[middle + diagonal - 1] ?? 0;
      const above = reached[middle + diagonal + 1] ?? 0;
      let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
      let y = x - diagonal;
      while (from + x < to && newFrom + y < newTo && a[from + x] === b[newFrom + y]) {
        x += 1;
        y += 1;
      }
      reached[middle + diagonal] = x;
      if (from + x >= to && newFrom + y >= newTo) {
        trackBack(trace, { x: to - from, y: newTo - newFrom }, (line, newLine) => {
          kept[from + line] = newFrom + newLine;
        });
        return;
      }
    }
  }
}

function trackBack(
  trace: readonly Int32Array[],
  end: { readonly x: number; readonly y: number },
  keep: (line: number, newLine: number) => void,
): void {
  let { x, y } = end;
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reached = trace[edits] ?? new Int32Array();
    const at = (diagonal: number): number => reached[diagonal + edits + 1] ?? 0;
    const diagonal = x - y;
    const isDown = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const before = isDown ? diagonal + 1 : diagonal - 1;
    const startX = edits === 0 ? 0 : at(before);
    const startY = edits === 0 ? 0 : startX - before;
    while (x > startX && y > startY) keep(--x, --y);
    x = startX;
    y = startY;
  }
}

function changesOf(kept: Int32Array, newLength: number): readonly Change[] {
  const changes: Change[] = [];
  let from = 0;
  let newFrom = 0;
  const add = (to: number, newTo: number): void => {
    if (to > from || newTo > newFrom) changes.push({ from, to, newFrom, newTo });
  };
  for (let line = 0; line < kept.length; line += 1) {
    const newLine = kept[line] ?? -1;
    if (newLine === -1) continue;
    add(line, newLine);
    from = line + 1;
    newFrom = newLine + 1;
  }
  add(kept.length, newLength);
  return changes;
}

/** Memory and time grow with its square. */
const MOST_EDITS = 800;
