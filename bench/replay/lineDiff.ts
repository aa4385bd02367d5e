/** Which lines of a text became which: the shortest edit script (Myers 1986, the greedy algorithm). */

/** Lines from `start` to `end`, the end not included, of the old text and of the new one. One of the two may be empty. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** In the order of the text. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (const [x, y, isOld] of editScript(before, after)) {
    const last = hunks.at(-1);
    const step = { oldStart: x, oldEnd: x + (isOld ? 1 : 0), newStart: y, newEnd: y + (isOld ? 0 : 1) };
    if (last && last.oldEnd === x && last.newEnd === y)
      hunks[hunks.length - 1] = { ...last, oldEnd: step.oldEnd, newEnd: step.newEnd };
    else hunks.push(step);
  }
  return hunks;
}

type Step = readonly [x: number, y: number, isOld: boolean];

/** The single deletions (`isOld`) and insertions, each with the place in both texts where it is made. */
function editScript(before: readonly string[], after: readonly string[]): Step[] {
  const most = before.length + after.length;
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    history.push(new Map(furthest));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = goesDown(furthest, diagonal, edits);
      let x = down ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return trace(history, before.length, after.length);
    }
  }
  return [];
}

function goesDown(furthest: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  const right = furthest.get(diagonal - 1) ?? -1;
  const down = furthest.get(diagonal + 1) ?? -1;
  return diagonal === -edits || (diagonal !== edits && right < down);
}

function trace(history: readonly ReadonlyMap<number, number>[], oldLength: number, newLength: number): Step[] {
  const steps: Step[] = [];
  let x = oldLength;
  let y = newLength;
  for (let edits = history.length - 1; edits > 0; edits -= 1) {
    const furthest = history[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const down = goesDown(furthest, diagonal, edits);
    const fromX = furthest.get(down ? diagonal + 1 : diagonal - 1) ?? 0;
    const fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
    steps.push([fromX, fromY, !down]);
    x = fromX;
    y = fromY;
  }
  return steps.toReversed();
}
