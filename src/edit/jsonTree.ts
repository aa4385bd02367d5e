/** JSON as a tree of places in its text, with comments and commas behind the last entry let pass. */

export interface JsonNode {
  readonly from: number;
  readonly to: number;
  /** What it says, without blanks and comments. */
  readonly plain: string;
  /** Of an object. */
  readonly entries: readonly JsonEntry[] | undefined;
}

export interface JsonEntry {
  readonly key: string;
  readonly from: number;
  readonly value: JsonNode;
}

/** `undefined` where the text is no JSON, or an object has a key twice. */
export function jsonTree(text: string): JsonNode | undefined {
  const reader = new Reader(text);
  const node = reader.value(0);
  return node && reader.isAtEnd() ? node : undefined;
}

/** Where blanks and comments that begin at `at` end. */
export function behindBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#at = behindBlanks(this.#text, this.#at);
    return this.#at === this.#text.length;
  }

  value(depth: number): JsonNode | undefined {
    if (depth > DEEPEST) return undefined;
    this.#at = behindBlanks(this.#text, this.#at);
    const from = this.#at;
    if (this.#takes("{")) return this.#object(from, depth);
    if (this.#takes("[")) return this.#array(from, depth);
    const plain = this.#take(SCALAR);
    return plain === undefined ? undefined : { from, to: this.#at, plain, entries: undefined };
  }

  #object(from: number, depth: number): JsonNode | undefined {
    const entries: JsonEntry[] = [];
    while (!this.#takes("}")) {
      const start = behindBlanks(this.#text, this.#at);
      this.#at = start;
      const key = this.#take(STRING);
      if (key === undefined || !this.#takes(":")) return undefined;
      const value = this.value(depth + 1);
      if (!value || entries.some((entry) => entry.key === key)) return undefined;
      entries.push({ key, from: start, value });
      if (!this.#takes(",") && this.#text[behindBlanks(this.#text, this.#at)] !== "}") return undefined;
    }
    const plain = `{${entries.map(({ key, value }) => `${key}:${value.plain}`).join(",")}}`;
    return { from, to: this.#at, plain, entries };
  }

  #array(from: number, depth: number): JsonNode | undefined {
    const items: string[] = [];
    while (!this.#takes("]")) {
      const item = this.value(depth + 1);
      if (!item) return undefined;
      items.push(item.plain);
      if (!this.#takes(",") && this.#text[behindBlanks(this.#text, this.#at)] !== "]") return undefined;
    }
    return { from, to: this.#at, plain: `[${items.join(",")}]`, entries: undefined };
  }

  #takes(char: string): boolean {
    const at = behindBlanks(this.#text, this.#at);
    if (this.#text[at] !== char) return false;
    this.#at = at + 1;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

const BLANKS = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const SCALAR = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y;
const DEEPEST = 200;
