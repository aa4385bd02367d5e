/** A list of numbers for each key, of which an index has 200,000: most have one number alone, and need no array for it. */
export class NumberLists {
  readonly #lists: (number | number[] | undefined)[] = [];

  of(key: number): readonly number[] {
    const list = this.#lists[key];
    return list === undefined ? NONE : typeof list === "number" ? [list] : list;
  }

  count(key: number): number {
    const list = this.#lists[key];
    return list === undefined ? 0 : typeof list === "number" ? 1 : list.length;
  }

  add(key: number, added: number): void {
    const list = this.#lists[key];
    if (list === undefined) this.#lists[key] = added;
    else if (typeof list === "number") this.#lists[key] = [list, added];
    // Most are short, and V8 leaves room for 16 more numbers in each that is pushed to.
    else if (list.length < SHORT_LIST) this.#lists[key] = list.concat([added]);
    else list.push(added);
  }

  /** Takes it out where it is; the order of the others does not count. */
  remove(key: number, removed: number): void {
    const list = this.#lists[key];
    if (list === removed) this.#lists[key] = undefined;
    if (typeof list !== "object") return;
    const at = list.indexOf(removed);
    const last = at === -1 ? undefined : list.pop();
    if (last !== undefined && last !== removed) list[at] = last;
  }

  /** Keeps the order. */
  removeWhere(key: number, isRemoved: (each: number) => boolean): void {
    const list = this.#lists[key];
    if (typeof list === "object") this.#lists[key] = list.filter((each) => !isRemoved(each));
    else if (list !== undefined && isRemoved(list)) this.#lists[key] = undefined;
  }

  /** The lists of these keys, which are numbered by their order from then on. These here are not to be used any more. */
  renumbered(keys: readonly number[]): NumberLists {
    const renumbered = new NumberLists();
    for (const key of keys) renumbered.#lists.push(this.#lists[key]);
    return renumbered;
  }
}

const NONE: readonly number[] = [];
const SHORT_LIST = 32;
