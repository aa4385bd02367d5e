/**
 * Which characters of a document are still those that somebody was followed for: the suggestion's, or the user's own. Segments
 * of different owners never overlap.
 *
 * They stand in order in chunks of at most `MOST_IN_CHUNK`, with offsets in terms of their chunk's base. An edit therefore costs
 * one addition for each chunk behind it and some copying within the chunks that it touches: for ten thousand segments about a
 * hundred of the one and a hundred of the other, whatever the document's length.
 */

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whose characters they are. The counts are kept by `Segments`. */
export interface Owner {
  /** Characters that it still has, in UTF-16 code units. */
  chars: number;
  /** Segments that have characters. */
  segments: number;
  /** Where the last one of them is taken away, an empty one stays to say where that was. */
  readonly keepsPlace: boolean;
  /** It has the empty one now. */
  hasPlace: boolean;
}

export interface Segment<O extends Owner> {
  readonly from: number;
  readonly to: number;
  readonly owner: O;
}

/** What one edit took away, in terms of the document before it. */
export type Removed<O extends Owner> = Segment<O>;

interface Chunk<O> {
  base: number;
  /** In terms of `base`. */
  from: number[];
  to: number[];
  owners: O[];
}

export class Segments<O extends Owner> {
  #chunks: Chunk<O>[] = [];
  #count = 0;

  /** Of all owners, empty ones too. */
  get count(): number {
    return this.#count;
  }

  /** Characters that are in the document already now belong to `owner`. The stretch has to be nobody's. */
  add(from: number, to: number, owner: O): void {
    if (to === from && (!owner.keepsPlace || owner.hasPlace || owner.segments > 0)) return;
    if (owner.hasPlace) this.#takePlace(owner);
    owner.hasPlace = to === from;
    const chunk = this.#chunkFor(from);
    const index = placeOf(chunk, from - chunk.base);
    owner.chars += to - from;
    if (to > from && this.#joined(chunk, index, { from, to, owner })) return;
    if (to > from) owner.segments += 1;
    chunk.from.splice(index, 0, from - chunk.base);
    chunk.to.splice(index, 0, to - chunk.base);
    chunk.owners.splice(index, 0, owner);
    this.#count += 1;
    if (chunk.from.length > MOST_IN_CHUNK) this.#split(chunk);
  }

  /**
   * `length` characters at `offset` are replaced by `newLength` others, which are nobody's. An insertion within a segment splits
   * it; one at its edge leaves it whole. What was taken away of whom, ascending.
   */
  replace(offset: number, length: number, newLength: number): readonly Removed<O>[] {
    const removed: Removed<O>[] = [];
    let hasOdd = false;
    for (const chunk of this.#chunks) {
      const first = chunk.base + (chunk.from[0] ?? 0);
      const last = chunk.base + (chunk.to.at(-1) ?? 0);
      if (last <= offset) continue;
      if (first >= offset + length) chunk.base += newLength - length;
      else {
        this.#replaceIn(chunk, { offset, length, newLength }, removed);
        hasOdd ||= chunk.from.length === 0 || chunk.from.length > MOST_IN_CHUNK;
      }
    }
    if (hasOdd) {
      this.#chunks = this.#chunks.filter(({ from }) => from.length > 0);
      for (const chunk of this.#chunks) if (chunk.from.length > MOST_IN_CHUNK) this.#split(chunk);
    }
    return removed;
  }

  /** In order. Linear in the number of segments: for checks, not for keys. */
  *all(): Generator<Segment<O>> {
    for (const { base, from, to, owners } of this.#chunks) {
      for (const [index, owner] of owners.entries())
        yield { from: base + (from[index] ?? 0), to: base + (to[index] ?? 0), owner };
    }
  }

  /** Of the segments that meet a stretch or touch it. Costs as much as there are, and two searches. */
  *ownersIn(from: number, to: number): Generator<O> {
    for (let at = this.#chunkAt(from); at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at];
      if (!chunk || chunk.base + (chunk.from[0] ?? 0) > to) return;
      const first = Math.max(0, placeOf(chunk, from - chunk.base) - 1);
      for (let index = first; index < chunk.owners.length; index += 1) {
        if (chunk.base + (chunk.from[index] ?? 0) > to) return;
        const owner = chunk.owners[index];
        if (owner && chunk.base + (chunk.to[index] ?? 0) >= from) yield owner;
      }
    }
  }

  /** Takes away all segments of these owners, empty ones too. Linear in the number of segments. */
  drop(isDropped: (owner: O) => boolean): void {
    const kept: Segment<O>[] = [];
    for (const segment of this.all()) {
      if (isDropped(segment.owner)) {
        segment.owner.chars = 0;
        segment.owner.segments = 0;
        segment.owner.hasPlace = false;
      } else kept.push(segment);
    }
    if (kept.length === this.#count) return;
    this.#chunks = [];
    for (let at = 0; at < kept.length; at += MOST_IN_CHUNK / 2) {
      const part = kept.slice(at, at + MOST_IN_CHUNK / 2);
      this.#chunks.push({
        base: 0,
        from: part.map(({ from }) => from),
        to: part.map(({ to }) => to),
        owners: part.map(({ owner }) => owner),
      });
    }
    this.#count = kept.length;
  }

  #replaceIn(
    chunk: Chunk<O>,
    edit: { offset: number; length: number; newLength: number },
    removed: Removed<O>[],
  ): void {
    const { base, from: oldFrom, to: oldTo, owners: oldOwners } = chunk;
    const { length, newLength } = edit;
    // All within the chunk is in terms of its base.
    const start = edit.offset - base;
    const end = start + length;
    const from: number[] = [];
    const to: number[] = [];
    const owners: O[] = [];
    const keep = (segmentFrom: number, segmentTo: number, owner: O): void => {
      from.push(segmentFrom);
      to.push(segmentTo);
      owners.push(owner);
    };
    /** A place within what is replaced, as a place within what stands there now. */
    const placeWithin = (place: number): number =>
      start + Math.min(newLength, Math.round(((place - start) / Math.max(length, 1)) * newLength));
    for (const [index, owner] of oldOwners.entries()) {
      const segmentFrom = oldFrom[index] ?? 0;
      const segmentTo = oldTo[index] ?? 0;
      if (segmentTo <= start) keep(segmentFrom, segmentTo, owner);
      else if (segmentFrom >= end) keep(segmentFrom + newLength - length, segmentTo + newLength - length, owner);
      else if (segmentFrom === segmentTo) {
        const place = placeWithin(segmentFrom);
        keep(place, place, owner);
      } else {
        const cutFrom = Math.max(segmentFrom, start);
        const cutTo = Math.min(segmentTo, end);
        if (cutTo > cutFrom) removed.push({ from: base + cutFrom, to: base + cutTo, owner });
        owner.chars -= cutTo - cutFrom;
        owner.segments -= 1;
        if (segmentFrom < start) {
          keep(segmentFrom, start, owner);
          owner.segments += 1;
        }
        if (segmentTo > end) {
          keep(start + newLength, segmentTo + newLength - length, owner);
          owner.segments += 1;
        }
        if (owner.segments === 0 && owner.keepsPlace) {
          const place = placeWithin(cutFrom);
          keep(place, place, owner);
          owner.hasPlace = true;
        }
      }
    }
    this.#count += from.length - oldFrom.length;
    chunk.from = from;
    chunk.to = to;
    chunk.owners = owners;
  }

  #takePlace(owner: O): void {
    for (const chunk of this.#chunks) {
      const index = chunk.owners.findIndex((other, at) => other === owner && !hasChars(chunk, at));
      if (index === -1) continue;
      chunk.from.splice(index, 1);
      chunk.to.splice(index, 1);
      chunk.owners.splice(index, 1);
      this.#count -= 1;
      if (chunk.from.length === 0) this.#chunks.splice(this.#chunks.indexOf(chunk), 1);
      return;
    }
  }

  /** Whether it could be put to a neighbour of the same owner. */
  #joined(chunk: Chunk<O>, index: number, { from, to, owner }: Segment<O>): boolean {
    const before = index - 1;
    if (chunk.owners[before] === owner && chunk.base + (chunk.to[before] ?? 0) === from && hasChars(chunk, before)) {
      chunk.to[before] = to - chunk.base;
      return true;
    }
    if (chunk.owners[index] === owner && chunk.base + (chunk.from[index] ?? 0) === to && hasChars(chunk, index)) {
      chunk.from[index] = from - chunk.base;
      return true;
    }
    return false;
  }

  #chunkFor(offset: number): Chunk<O> {
    const found = this.#chunks[this.#chunkAt(offset)];
    if (found) return found;
    const first: Chunk<O> = { base: 0, from: [], to: [], owners: [] };
    this.#chunks.push(first);
    return first;
  }

  /** The place of the last one that begins at an offset or before it; of the first where none does. */
  #chunkAt(offset: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const chunk = this.#chunks[middle];
      if (chunk && chunk.base + (chunk.from[0] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #split(chunk: Chunk<O>): void {
    const half = chunk.from.length >> 1;
    this.#chunks.splice(this.#chunks.indexOf(chunk) + 1, 0, {
      base: chunk.base,
      from: chunk.from.splice(half),
      to: chunk.to.splice(half),
      owners: chunk.owners.splice(half),
    });
  }
}

/** Behind all that begins before it, and before what ends behind it. */
function placeOf<O>(chunk: Chunk<O>, offset: number): number {
  let low = 0;
  let high = chunk.from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = (chunk.from[middle] ?? 0) < offset || (chunk.to[middle] ?? 0) <= offset;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasChars<O>(chunk: Chunk<O>, index: number): boolean {
  return (chunk.to[index] ?? 0) > (chunk.from[index] ?? 0);
}

/** Small enough to copy at a key, large enough that there are few. */
const MOST_IN_CHUNK = 128;
