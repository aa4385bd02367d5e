/** Lists of numbers, of which an index has 200,000. */

/** Most are short, and V8 leaves room for 16 more numbers in each that is pushed to. `numbers` is not to be used any more. */
export function withNumber(numbers: number[] | undefined, added: number): number[] {
  if (numbers === undefined) return [added];
  if (numbers.length < SHORT_LIST) return numbers.concat([added]);
  numbers.push(added);
  return numbers;
}

/** Takes it out where it is; the order of the others does not count. */
export function withoutNumber(ids: number[] | undefined, id: number): void {
  const at = ids?.indexOf(id) ?? -1;
  const last = at === -1 ? undefined : ids?.pop();
  if (ids && last !== undefined && last !== id) ids[at] = last;
}

const SHORT_LIST = 32;
