/** The second gate: secrets are replaced before a text leaves, and put back into what comes in answer. */

import type { FindSecrets, SecretRange } from "./secretRules.ts";

/** What was replaced, for those who look at what was sent; never the secret. */
interface Redaction {
  readonly placeholder: string;
  readonly rule: string;
  readonly count: number;
}

export interface Redacted {
  readonly texts: readonly string[];
  readonly redactions: readonly Redaction[];
}

/** Keeps in memory, as long as it lives, which placeholder stands for which secret. */
export class Redactor {
  readonly #find: FindSecrets;
  readonly #mark: string;
  readonly #placeholders = new Map<string, string>();
  readonly #secrets = new Map<string, string>();
  /** What was found in a line, the lines asked about last at the end. */
  readonly #lines = new Map<string, readonly SecretRange[]>();
  readonly #texts = new Map<string, readonly SecretRange[]>();
  #values: readonly string[] = [];

  /** `nonce` makes the placeholders words that occur in no text: a few letters and digits, of chance. */
  constructor(find: FindSecrets, nonce: string) {
    this.#find = find;
    this.#mark = `SECRET_${nonce}_`;
  }

  /** Values that are secrets wherever they stand, such as those of the folder's .env files. */
  know(values: Iterable<string>): void {
    // Short ones and plain words, such as `production`, are no secrets and stand everywhere.
    this.#values = Array.from(new Set(values)).filter(isMixed);
    this.#lines.clear();
    this.#texts.clear();
  }

  /**
   * The texts follow each other: a secret that begins in one and ends in the next is found, and its placeholder then
   * stands at the end of the first.
   */
  redact(texts: readonly string[]): Redacted {
    const all = texts.join("");
    const ranges = this.#recall(all);
    if (ranges.length === 0) return { texts, redactions: [] };
    const counts = new Map<string, Redaction>();
    const redacted: string[] = [];
    let start = 0;
    for (const text of texts) {
      const end = start + text.length;
      let result = "";
      let at = start;
      for (const range of ranges) {
        if (range.end <= start || range.start >= end) continue;
        result += all.slice(at, Math.max(at, range.start));
        if (range.start >= start) {
          const placeholder = this.#placeholderFor(all.slice(range.start, range.end));
          result += placeholder;
          counts.set(placeholder, { placeholder, rule: range.rule, count: (counts.get(placeholder)?.count ?? 0) + 1 });
        }
        at = Math.min(end, range.end);
      }
      redacted.push(result + all.slice(at, end));
      start = end;
    }
    return { texts: redacted, redactions: Array.from(counts.values()) };
  }

  /** The text with the secrets in the place of their placeholders. */
  restore(text: string): string {
    if (this.#secrets.size === 0 || !text.includes(this.#mark)) return text;
    return text.replace(
      new RegExp(`${this.#mark}[a-z0-9]{${DIGITS}}`, "g"),
      (found) => this.#secrets.get(found) ?? found,
    );
  }

  /** The same for a text that comes in pieces; what may be the start of a placeholder waits for the next one. */
  async *restoring(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    let held = "";
    for await (const piece of pieces) {
      held += piece;
      const end = held.length - this.#begunAtEnd(held);
      if (end > 0) yield this.restore(held.slice(0, end));
      held = held.slice(end);
    }
    if (held !== "") yield this.restore(held);
  }

  #begunAtEnd(text: string): number {
    if (this.#secrets.size === 0) return 0;
    const longest = Math.min(text.length, this.#mark.length + DIGITS - 1);
    for (let length = longest; length > 0; length -= 1) {
      const tail = text.slice(-length);
      const digits = tail.slice(this.#mark.length);
      if (this.#mark.startsWith(tail.slice(0, this.#mark.length)) && /^[a-z0-9]*$/.test(digits)) return length;
    }
    return 0;
  }

  #placeholderFor(secret: string): string {
    const known = this.#placeholders.get(secret);
    if (known !== undefined) return known;
    const placeholder = this.#mark + this.#placeholders.size.toString(36).padStart(DIGITS, "0");
    this.#placeholders.set(secret, placeholder);
    this.#secrets.set(placeholder, secret);
    return placeholder;
  }

  /** Most of the texts of a prompt are those of the one before. */
  #recall(text: string): readonly SecretRange[] {
    const ranges = this.#texts.get(text) ?? this.#rangesIn(text);
    this.#texts.delete(text);
    this.#texts.set(text, ranges);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(oldest);
    }
    return ranges;
  }

  #rangesIn(text: string): readonly SecretRange[] {
    // A placeholder that is already there stays as it is.
    const keys = keyBlocks(text).filter(({ start, end }) => !text.slice(start, end).includes(this.#mark));
    const ranges: SecretRange[] = [...keys];
    let start = 0;
    for (const line of text.split("\n")) {
      for (const found of this.#inLine(line)) {
        const range = { ...found, start: start + found.start, end: start + found.end };
        if (!keys.some((key) => range.start < key.end && range.end > key.start)) ranges.push(range);
      }
      start += line.length + 1;
    }
    return ranges.toSorted((one, other) => one.start - other.start);
  }

  #inLine(line: string): readonly SecretRange[] {
    if (line.length < SHORTEST_VALUE) return NONE;
    const known = this.#lines.get(line);
    if (known) return known;
    const found = this.#findIn(line);
    if (this.#lines.size >= MOST_LINES) this.#lines.clear();
    this.#lines.set(line, found);
    return found;
  }

  #findIn(line: string): readonly SecretRange[] {
    const ranges = [...this.#find(line)];
    for (const value of this.#values) {
      for (let at = line.indexOf(value); at !== -1; at = line.indexOf(value, at + value.length)) {
        const end = at + value.length;
        if (!ranges.some((range) => at < range.end && end > range.start))
          ranges.push({ start: at, end, rule: "env-file" });
      }
    }
    return ranges.filter(({ start, end }) => !line.slice(start, end).includes(this.#mark));
  }
}

/**
 * Private keys, of which a window may have the start, the end, or only lines in between: what stands between the marks,
 * and any run of lines that are such text alone.
 */
function keyBlocks(text: string): readonly SecretRange[] {
  if (!KEY_LINE.test(text) && !text.includes("PRIVATE KEY")) return [];
  const ranges: SecretRange[] = [];
  for (const match of text.matchAll(KEY_TEXT)) {
    const start = match.index + (match.groups?.["begin"]?.length ?? 0);
    const end = match.index + match[0].length - (match.groups?.["finish"]?.length ?? 0);
    if (end > start) ranges.push({ start, end, rule: "privatekey" });
  }
  return ranges;
}

function isMixed(value: string): boolean {
  return value.length >= SHORTEST_VALUE && /\d/.test(value) && /\p{L}/u.test(value);
}

const NONE: readonly SecretRange[] = [];
const SHORTEST_VALUE = 8;
const MOST_TEXTS = 16;
const MOST_LINES = 4_000;
/** Of a placeholder's number, to the base of 36. */
const DIGITS = 3;
const KEY_LINE = /^[ \t"']*[A-Za-z0-9+/]{60,}={0,2}(?:\\n)?["',+ \t]*\r?$/m;
const BODY = String.raw`(?:[ \t"'+]*[A-Za-z0-9+/]{40,}={0,2}(?:\\n)?["',+ \t]*(?:\r?\n|$))`;
const KEY_TEXT = new RegExp(
  String.raw`(?<begin>-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:\\n|["'+ \t]*\r?\n)?)(?:(?!-----)[\s\S]){16,8000}?(?<finish>-----END [A-Z0-9 ]*PRIVATE KEY-----)` +
    String.raw`|(?<!-----END[^\n]{0,60}\n)${BODY}{1,200}(?:[ \t"'+]*[A-Za-z0-9+/]{1,76}={0,2}(?:\\n)?["',+ \t]*\r?\n)?(?=[ \t"'+]*-----END [A-Z0-9 ]*PRIVATE KEY)` +
    String.raw`|(?<=-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:\\n|["'+ \t]*\r?\n))(?:[ \t"'+]*[A-Za-z0-9+/]+={0,2}(?:\\n)?["',+ \t]*(?:\r?\n|$))+` +
    String.raw`|${BODY}{3,200}`,
  "g",
);
