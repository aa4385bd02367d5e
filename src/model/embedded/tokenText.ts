/**
 * From tokens to text as llama.cpp's `token_to_piece` has it, but in bytes, so that a character that is split
 * over several tokens comes out whole. (The add-on's own detokenizer makes U+FFFD of each part.)
 */

/** What llama.cpp calls the types of vocabularies: SentencePiece and byte-level BPE. */
const SENTENCE_PIECE = 1;
const BYTE_LEVEL = 2;

/** Bits of llama.cpp's `llama_token_attr`. */
const UNKNOWN = 1;
const CONTROL = 1 << 3;
const USER_DEFINED = 1 << 4;
const BYTE = 1 << 5;

export interface Vocabulary {
  readonly type: number;
  /** The token as the vocabulary spells it. */
  spelling(token: number): string;
  attributes(token: number): number;
  /** For vocabularies of other types: the token's text, whole characters only. */
  text(token: number): string;
}

/** Control tokens (ends, separators, holes) have no text. */
export function isControl(vocabulary: Vocabulary, token: number): boolean {
  return (vocabulary.attributes(token) & CONTROL) !== 0;
}

/** The bytes that a token stands for; none for control tokens. */
export function tokenBytes(vocabulary: Vocabulary, token: number): Uint8Array {
  const attributes = vocabulary.attributes(token);
  if ((attributes & (CONTROL | UNKNOWN)) !== 0) return new Uint8Array();
  const spelling = vocabulary.spelling(token);
  if ((attributes & USER_DEFINED) !== 0) return Buffer.from(spelling);
  if (vocabulary.type === BYTE_LEVEL) return fromByteLevel(spelling);
  if (vocabulary.type !== SENTENCE_PIECE) return Buffer.from(vocabulary.text(token));
  if ((attributes & BYTE) !== 0) return Uint8Array.of(Number.parseInt(spelling.slice(3, 5), 16));
  return Buffer.from(spelling.replaceAll("\u2581", " "));
}

/** Puts text together from tokens. What is not yet a whole character is kept back. */
export class TextAssembler {
  readonly #vocabulary: Vocabulary;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** Of the token's bytes those from `start` on. */
  push(token: number, start = 0): string {
    return this.#decoder.decode(tokenBytes(this.#vocabulary, token).subarray(start), { stream: true });
  }

  /** What was kept back and will not be completed, as U+FFFD. */
  end(): string {
    return this.#decoder.decode();
  }
}

/** GPT-2 spells each byte as a printable character: those that are printable as themselves, the others from U+0100 on. */
const byteOfCharacter: ReadonlyMap<string, number> = new Map(byteCharacters());

function* byteCharacters(): Generator<[string, number]> {
  let others = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    yield [String.fromCodePoint(printable ? byte : 0x100 + others++), byte];
  }
}

function fromByteLevel(spelling: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of spelling) {
    const byte = byteOfCharacter.get(character);
    if (byte === undefined) bytes.push(...Buffer.from(character));
    else bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
