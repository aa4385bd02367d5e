/** How far two models are from each other: the largest relative difference of any two numbers in the same place. */

/** @throws where they don't have the same form, or differ in words. What is e^x is compared by x, which stands beside it. */
export function largestDifference(one: object, other: object): number {
  const [ones, others] = [numbersIn(one), numbersIn(other)];
  let largest = 0;
  for (const path of new Set([...ones.keys(), ...others.keys()])) {
    const [first, second] = [ones.get(path), others.get(path)];
    if (typeof first !== "number" || typeof second !== "number") {
      if (first !== second) throw new Error(`${path}: ${String(first)} and ${String(second)}`);
      continue;
    }
    const scale = Math.max(Math.abs(first), Math.abs(second));
    if (scale > 0) largest = Math.max(largest, Math.abs(first - second) / Math.max(scale, LEAST_SCALE));
  }
  return largest;
}

/** By its path. */
function numbersIn(value: object): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (each: unknown, path: string): void => {
    if (typeof each === "object" && each !== null)
      for (const [name, inner] of Object.entries(each)) visit(inner, `${path}.${name}`);
    else if (!leftOut.test(path)) found.set(path, each);
  };
  visit(value, "");
  return found;
}

/** When and of what it was made, and what e-values are beside their logarithms. */
const leftOut = /^\.(madeMs|source)$|\.e(Plus|Minus)$/;
/** What is next to nothing differs by rounding alone. */
const LEAST_SCALE = 1e-3;
