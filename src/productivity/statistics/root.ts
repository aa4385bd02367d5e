/**
 * Where a rising function crosses 0, between `low`, where it is below, and `high`, where it is not. Halves the interval until the two
 * ends are neighbours, or after 200 times; at most some 60 evaluations for ends of ordinary sizes.
 */
export function rootOfRising(f: (x: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  for (let round = 0; round < 200; round += 1) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (f(middle) < 0) below = middle;
    else above = middle;
  }
  return above;
}
