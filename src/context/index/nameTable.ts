/** Numbers for names: what is compared and counted at every query is numbers. */

import type { Shares } from "./shares.ts";

export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #texts = new Map<string, string>();
  /** By the name's number: where its words are; 0 until they are first asked for. */
  #wordPlaces = new Int32Array(0);
  /** At each place how many there are, and then their numbers. Nothing is at 0. */
  #words = new Int32Array(1);
  #wordsEnd = 1;
  /** Names below it have their words. */
  #prepared = 0;
  readonly #wordNumbers = new Map<string, number>();

  /** The same for the same name, for as long as there is this table. */
  idOf(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#names.push(name);
    this.#ids.set(name, id);
    return id;
  }

  /** The same string for the same text: an index has most of them many times, and each its own copy otherwise. */
  interned(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  known(name: string): number | undefined {
    return this.#ids.get(name);
  }

  nameOf(id: number): string {
    return this.#names[id] ?? "";
  }

  /** The mean share of the words that a name is made of; 0 where it has none. */
  shareOfWords(id: number, shares: Pick<Shares, "of">): number {
    const place = this.#wordPlaces[id] || this.#placeWords(id);
    const count = this.#words[place] ?? 0;
    let sum = 0;
    for (let at = place + 1; at <= place + count; at += 1) sum += shares.of(this.#words[at] ?? 0);
    return count === 0 ? 0 : sum / count;
  }

  /** Finds the words of the next names, at most of so many, before a query has to. Tells whether there are more. */
  prepareWords(most: number): boolean {
    const end = Math.min(this.size, this.#prepared + most);
    for (; this.#prepared < end; this.#prepared += 1) {
      if (!this.#wordPlaces[this.#prepared]) this.#placeWords(this.#prepared);
    }
    return end < this.size;
  }

  #placeWords(id: number): number {
    const words = this.wordNumbersIn(this.nameOf(id));
    const place = this.#wordsEnd;
    this.#wordsEnd += words.length + 1;
    this.#words = withRoom(this.#words, this.#wordsEnd);
    this.#words[place] = words.length;
    this.#words.set(words, place + 1);
    this.#wordPlaces = withRoom(this.#wordPlaces, this.size);
    this.#wordPlaces[id] = place;
    return place;
  }

  wordNumbersIn(name: string): readonly number[] {
    return wordsIn(name).map((word) => {
      const known = this.#wordNumbers.get(word);
      if (known !== undefined) return known;
      this.#wordNumbers.set(word, this.#wordNumbers.size);
      return this.#wordNumbers.size - 1;
    });
  }

  get wordCount(): number {
    return this.#wordNumbers.size;
  }

  get size(): number {
    return this.#names.length;
  }
}

/** The same array, or a longer one that begins with it. */
function withRoom(numbers: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= numbers.length) return numbers;
  const longer = new Int32Array(Math.ceil(length * GROWTH));
  longer.set(numbers);
  return longer;
}

/** In small letters: `parseHTMLDocument` and `parse_html_document` are the same words. */
function wordsIn(name: string): readonly string[] {
  const parts = name.match(/\p{Lu}?\p{Ll}{2,}|\p{Lu}{2,}(?!\p{Ll})/gu) ?? [];
  return parts.map((part) => part.toLowerCase());
}

const GROWTH = 1.3;
