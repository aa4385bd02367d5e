/** Definitions with how much speaks for each, and the choice of the best. */

/** A chance below it is none. A model that reads 11,000 characters gets some 250 lines. */
const HOPELESS = 1e-5;

/** Why a definition is a candidate. */
export type Why = "used" | "type" | "imported" | "sibling" | "related" | "own";

/**
 * Those of one query, by their places here. Columns that are used again: there are thousands of candidates, and objects
 * for them would be most of a query's garbage.
 */
export class Weighed {
  #files = new Int32Array(FEW);
  #indexes = new Int32Array(FEW);
  #weights = new Float64Array(FEW);
  #whys = new Uint8Array(FEW);
  /** Of each its chance for its length. */
  #densities = new Float64Array(FEW);
  /** Lengths of candidates, put together by how dense they are. */
  readonly #lengths = new Int32Array(DENSITY_STEPS);
  #count = 0;
  #total = 0;
  #least = 0;

  /** Those of the query before are gone. */
  reset(): void {
    this.#count = 0;
    this.#total = 0;
    this.#least = 0;
  }

  /** `score` is a logit: the chances of two candidates are to each other as e to the power of their scores. */
  add(file: number, index: number, score: number, why: Why): void {
    const weight = Math.exp(score);
    this.#total += weight;
    // It counts in the total, and is not worth a look.
    if (weight < this.#least) return;
    this.#least = Math.max(this.#least, weight * HOPELESS);
    if (this.#count === this.#files.length) this.#grow();
    this.#files[this.#count] = file;
    this.#indexes[this.#count] = index;
    this.#weights[this.#count] = weight;
    this.#whys[this.#count] = whys.indexOf(why);
    this.#count += 1;
  }

  /** The id of its file. */
  file(place: number): number {
    return this.#files[place] ?? 0;
  }

  /** Its place among the file's definitions. */
  index(place: number): number {
    return this.#indexes[place] ?? 0;
  }

  why(place: number): Why {
    return whys[this.#whys[place] ?? 0] ?? "related";
  }

  /** That it is what is needed next. */
  chance(place: number): number {
    return (this.#weights[place] ?? 0) / this.#total;
  }

  /**
   * Places, those worth most for their length first: the first `count` have `mostLength` together, and after them are those
   * that are in one of the files `keep`.
   */
  best(
    lengthOf: (file: number, index: number) => number,
    mostLength: number,
    keep: ReadonlySet<number>,
  ): { readonly places: readonly number[]; readonly count: number } {
    const densities = this.#densities;
    this.#lengths.fill(0);
    for (let place = 0; place < this.#count; place += 1) {
      const value = this.chance(place);
      const length = lengthOf(this.file(place), this.index(place));
      const density = value < HOPELESS ? 0 : value / length;
      densities[place] = density;
      const step = stepOf(density);
      if (density > 0) this.#lengths[step] = (this.#lengths[step] ?? 0) + length;
    }
    // Most are not dense enough, and need not be put in order.
    let least = DENSITY_STEPS;
    for (let length = 0; least > 0 && length <= mostLength; length += this.#lengths[least] ?? 0) least -= 1;
    const places: number[] = [];
    for (let place = 0; place < this.#count; place += 1) {
      const density = densities[place] ?? 0;
      if (density > 0 && (stepOf(density) >= least || keep.has(this.file(place)))) places.push(place);
    }
    places.sort((one, other) => (densities[other] ?? 0) - (densities[one] ?? 0));
    let length = 0;
    let count = 0;
    for (const place of places) {
      length += lengthOf(this.file(place), this.index(place));
      if (length > mostLength) break;
      count += 1;
    }
    return { places, count };
  }

  #grow(): void {
    const length = this.#files.length * 2;
    const longer = <Column extends Int32Array | Float64Array | Uint8Array>(column: Column, to: Column): Column => {
      to.set(column);
      return to;
    };
    this.#files = longer(this.#files, new Int32Array(length));
    this.#indexes = longer(this.#indexes, new Int32Array(length));
    this.#weights = longer(this.#weights, new Float64Array(length));
    this.#whys = longer(this.#whys, new Uint8Array(length));
    this.#densities = new Float64Array(length);
  }
}

const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

/** Rises with a positive number, eight steps to each doubling: the exponent of its 32 bits, and the first bits after it. */
function stepOf(density: number): number {
  asFloat[0] = density;
  return (asBits[0] ?? 0) >> 20;
}

const whys: readonly Why[] = ["used", "type", "imported", "sibling", "related", "own"];
const DENSITY_STEPS = 2 ** 11;
const FEW = 1_024;
