/** A number for each name, word or file, for one query at a time: an array of all made anew would be most of its garbage. */
export class Shares {
  #values = new Float32Array(0);
  /** Those that are not 0. */
  readonly #changed: number[] = [];

  /** All are 0, for so many names. What was here before is gone. */
  reset(count: number): void {
    for (const name of this.#changed) this.#values[name] = 0;
    this.#changed.length = 0;
    if (this.#values.length < count) this.#values = new Float32Array(Math.ceil(count * GROWTH));
  }

  /** A positive share. */
  add(name: number, share: number): void {
    const known = this.#values[name] ?? 0;
    if (known === 0) this.#changed.push(name);
    this.#values[name] = known + share;
  }

  /** To that share, where it is less. Tells whether it was. */
  raise(name: number, share: number): boolean {
    const known = this.#values[name] ?? 0;
    if (share <= known) return false;
    if (known === 0) this.#changed.push(name);
    this.#values[name] = share;
    return true;
  }

  /** The names that have a share, in the order in which they got one. */
  get changed(): readonly number[] {
    return this.#changed;
  }

  of(name: number): number {
    return this.#values[name] ?? 0;
  }
}

const GROWTH = 1.2;
