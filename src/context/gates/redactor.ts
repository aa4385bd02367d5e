/** The second gate: secrets are replaced before a text leaves, and put back into what comes in answer. */

import { SecretLines } from "./secretLines.ts";
import { type FindSecrets, otherRules, type SecretRange } from "./secretRules.ts";
import { copyOf, merged } from "./spans.ts";

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
  readonly #lines: SecretLines;
  readonly #mark: string;
  readonly #placeholder: RegExp;
  readonly #placeholders = new Map<string, string>();
  readonly #secrets = new Map<string, string>();
  /** Of whole texts, the ones asked about last at the end. */
  readonly #texts = new Map<string, readonly SecretRange[]>();
  #values: readonly string[] = [];

  /** `nonce` makes the placeholders words that occur in no text: a few letters and digits, of chance. */
  constructor(find: FindSecrets, nonce: string) {
    this.#lines = new SecretLines((text) => merged([...find(text), ...this.#knownIn(text)]));
    this.#mark = `${PLAIN_START}${nonce}_`;
    this.#placeholder = new RegExp(`${this.#mark}(?!${PLAIN_START.slice(0, DIGITS)})[a-z0-9]{${DIGITS}}`, "gi");
  }

  /** Values that are secrets wherever they stand, such as those of the folder's .env files; in place of those before. */
  know(values: Iterable<string>): void {
    this.#values = Array.from(new Set(values)).filter(({ length }) => length >= SHORTEST_VALUE);
    this.#lines.forget();
    this.#texts.clear();
  }

  /**
   * The texts follow each other: a secret that begins in one and ends in the next is found, and its placeholder then
   * stands at the end of the first. Where one that is hidden lays bare the end of another that touched it, that one is
   * hidden as well.
   */
  redact(texts: readonly string[]): Redacted {
    const once = this.#redactOnce(texts);
    if (once.redactions.length === 0) return once;
    const more = this.redact(once.texts);
    return { texts: more.texts, redactions: summed([...once.redactions, ...more.redactions]) };
  }

  #redactOnce(texts: readonly string[]): Redacted {
    const all = texts.join("");
    const ranges = this.#recall(all);
    if (ranges.length === 0) return { texts, redactions: [] };
    const redactions: Redaction[] = [];
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
          redactions.push({ placeholder, rule: range.rule, count: 1 });
        }
        at = Math.min(end, range.end);
      }
      redacted.push(result + all.slice(at, end));
      start = end;
    }
    return { texts: redacted, redactions };
  }

  /**
   * The text with the secrets in the place of their placeholders; with `among`, of those only. A model that counts on may
   * write one that it was not shown.
   */
  restore(text: string, among?: ReadonlySet<string>): string {
    if (this.#secrets.size === 0) return text;
    return text.replace(this.#placeholder, (found) => {
      // Models write names as the code around them does.
      const placeholder = this.#mark + found.slice(this.#mark.length).toLowerCase();
      return among?.has(placeholder) === false ? found : (this.#secrets.get(placeholder) ?? found);
    });
  }

  /** The same for a text that comes in pieces; what may be the start of a placeholder waits for the next one. */
  async *restoring(
    pieces: AsyncIterable<string>,
    among?: ReadonlySet<string>,
  ): AsyncGenerator<string, void, undefined> {
    let held = "";
    for await (const piece of pieces) {
      held += piece;
      const end = held.length - this.#begunAtEnd(held);
      if (end > 0) yield this.restore(held.slice(0, end), among);
      held = held.slice(end);
    }
    // An answer that is cut off in a placeholder has no use for its start.
    const isBegun = held.length > PLAIN_START.length && this.#begunAtEnd(held) === held.length;
    if (held !== "" && !isBegun) yield this.restore(held, among);
  }

  #begunAtEnd(text: string): number {
    if (this.#secrets.size === 0) return 0;
    const mark = this.#mark.toLowerCase();
    const longest = Math.min(text.length, this.#mark.length + DIGITS - 1);
    for (let length = longest; length > 0; length -= 1) {
      const tail = text.slice(-length).toLowerCase();
      const digits = tail.slice(this.#mark.length);
      if (mark.startsWith(tail.slice(0, this.#mark.length)) && /^[a-z0-9]*$/.test(digits)) return length;
    }
    return 0;
  }

  #placeholderFor(secret: string): string {
    const known = this.#placeholders.get(secret);
    if (known !== undefined) return known;
    const placeholder = this.#mark + this.#placeholders.size.toString(36).padStart(DIGITS, "0");
    const own = copyOf(secret);
    this.#placeholders.set(own, placeholder);
    this.#secrets.set(placeholder, own);
    return placeholder;
  }

  /** Most of the texts of a prompt are those of the one before. A placeholder that is there already stays. */
  #recall(text: string): readonly SecretRange[] {
    const known = this.#texts.get(text);
    const ranges = known ?? this.#notHidden(text, this.#lines.rangesIn(text));
    if (text.length < SHORTEST_KNOWN) return ranges;
    this.#texts.delete(text);
    this.#texts.set(text, ranges);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(oldest);
    }
    return ranges;
  }

  /** Without those that reach into a placeholder. */
  #notHidden(text: string, ranges: readonly SecretRange[]): readonly SecretRange[] {
    if (ranges.length === 0 || !text.includes(this.#mark)) return ranges;
    const hidden = Array.from(text.matchAll(this.#placeholder), ({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
    }));
    return ranges.filter(
      ({ start, end }) =>
        !text.slice(start, end).includes(this.#mark) &&
        !hidden.some((placeholder) => start < placeholder.end && placeholder.start < end),
    );
  }

  #knownIn(text: string): readonly SecretRange[] {
    const ranges: SecretRange[] = [];
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + value.length)) {
        ranges.push({ start: at, end: at + value.length, rule: otherRules.envFile });
      }
    }
    return ranges;
  }
}

/** A word that may stand in any code. */
const PLAIN_START = "SECRET_";
const SHORTEST_VALUE = 6;
const MOST_TEXTS = 16;
/** Shorter texts are as soon looked through: their lines are known. */
const SHORTEST_KNOWN = 500;
/** Of a placeholder's number, to the base of 36. */
const DIGITS = 3;

/** One for each placeholder. */
function summed(redactions: readonly Redaction[]): readonly Redaction[] {
  const sums = new Map<string, Redaction>();
  for (const redaction of redactions) {
    const { placeholder, count } = redaction;
    const sum = sums.get(placeholder);
    sums.set(placeholder, sum ? { ...sum, count: sum.count + count } : redaction);
  }
  return Array.from(sums.values());
}
