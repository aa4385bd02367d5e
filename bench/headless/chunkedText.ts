/** A document's text in pieces, so that an edit costs the same wherever it is and however long the document is. */

import { lineBreaksIn } from "../../src/text/lines.ts";

const CHUNK_CHARS = 8_192;

export class ChunkedText {
  #chunks: string[];
  /** Of each chunk, how many line breaks are in it. */
  #breaks: number[];
  #length: number;

  constructor(text: string) {
    this.#chunks = split(text);
    this.#breaks = this.#chunks.map(lineBreaksIn);
    this.#length = text.length;
  }

  /** In UTF-16 code units. */
  get length(): number {
    return this.#length;
  }

  /** As `String.prototype.slice` with offsets inside of the text. */
  slice(start: number, end: number): string {
    let text = "";
    let offset = 0;
    for (const chunk of this.#chunks) {
      if (offset >= end) break;
      if (offset + chunk.length > start) text += chunk.slice(Math.max(0, start - offset), end - offset);
      offset += chunk.length;
    }
    return text;
  }

  /** Both count from 0; a line ends with `\n`. */
  positionAt(offset: number): { readonly line: number; readonly character: number } {
    const { index, offset: start } = this.#chunkAt(offset);
    const head = (this.#chunks[index] ?? "").slice(0, offset - start);
    const line = this.#breaks.slice(0, index).reduce((sum, count) => sum + count, lineBreaksIn(head));
    let lineStart = head.lastIndexOf("\n") + 1;
    let character = head.length - lineStart;
    for (let before = index - 1; lineStart === 0 && before >= 0; before -= 1) {
      const chunk = this.#chunks[before] ?? "";
      lineStart = chunk.lastIndexOf("\n") + 1;
      character += chunk.length - lineStart;
    }
    return { line, character };
  }

  replace(start: number, length: number, text: string): void {
    const end = start + length;
    const first = this.#chunkAt(start);
    const last = this.#chunkAt(end);
    const head = this.#chunks[first.index]?.slice(0, start - first.offset) ?? "";
    const tail = this.#chunks[last.index]?.slice(end - last.offset) ?? "";
    const made = split(head + text + tail);
    this.#chunks.splice(first.index, last.index - first.index + 1, ...made);
    this.#breaks.splice(first.index, last.index - first.index + 1, ...made.map(lineBreaksIn));
    this.#length += text.length - length;
  }

  /** The whole text; linear in its length. */
  toString(): string {
    return this.#chunks.join("");
  }

  /** The chunk that holds the character at `offset`, or ends there at the end of the text. */
  #chunkAt(offset: number): { readonly index: number; readonly offset: number } {
    let before = 0;
    for (const [index, { length }] of this.#chunks.entries()) {
      if (offset < before + length || index === this.#chunks.length - 1) return { index, offset: before };
      before += length;
    }
    return { index: 0, offset: 0 };
  }
}

/** One chunk at least, even of nothing; of a text that is hardly longer than a chunk one only. */
function split(text: string): string[] {
  if (text.length <= 2 * CHUNK_CHARS) return [text];
  const count = Math.ceil(text.length / CHUNK_CHARS);
  return Array.from({ length: count }, (_, index) => text.slice(index * CHUNK_CHARS, (index + 1) * CHUNK_CHARS));
}
