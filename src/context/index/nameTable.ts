/** Numbers for names: what is compared and counted at every query is numbers. */

export class NameTable {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #texts = new Map<string, string>();
  /** By the name's number; made when first asked for. */
  readonly #words: (readonly number[] | undefined)[] = [];
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

  /** The numbers of the words that a name is made of. */
  wordsOf(id: number): readonly number[] {
    return (this.#words[id] ??= this.wordNumbersIn(this.nameOf(id)));
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

/** In small letters: `parseHTMLDocument` and `parse_html_document` are the same words. */
function wordsIn(name: string): readonly string[] {
  const parts = name.match(/\p{Lu}?\p{Ll}{2,}|\p{Lu}{2,}(?!\p{Ll})/gu) ?? [];
  return parts.map((part) => part.toLowerCase());
}
