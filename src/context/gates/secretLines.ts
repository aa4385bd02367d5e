/** Finds secrets in texts of which most lines were there before: only others are looked through. */

import { CleanStarts } from "./cleanStarts.ts";
import { jwts } from "./jwts.ts";
import { kubernetesSecrets } from "./kubernetesSecrets.ts";
import { BEGUN_AT_END, OPEN_ASSIGNMENT } from "./ownRules.ts";
import { type KeyLine, keyLineOf, type LineOfText, privateKeys } from "./privateKeys.ts";
import { type FindSecrets, otherRules, type SecretRange } from "./secretRules.ts";
import { copyOf, merged } from "./spans.ts";

interface LookedThrough {
  readonly ranges: readonly SecretRange[];
  readonly key: KeyLine;
  /** A secret is assigned, and its value is in the next line. */
  readonly isOpen: boolean;
}

export class SecretLines {
  readonly #find: FindSecrets;
  #recent = new Map<string, LookedThrough>();
  /** Those of before; what is asked for again goes over. */
  #older = new Map<string, LookedThrough>();
  readonly #clean = new CleanStarts();

  constructor(find: FindSecrets) {
    this.#find = find;
  }

  /** What `find` says has changed. */
  forget(): void {
    this.#recent.clear();
    this.#older.clear();
    this.#clean.clear();
  }

  /** In their order, none over another. */
  rangesIn(text: string): readonly SecretRange[] {
    const ranges: SecretRange[] = [];
    let hasKey = false;
    let open: string | undefined;
    let clean = this.#clean.lengthIn(text);
    for (let start = clean; start <= text.length;) {
      const lineEnd = text.indexOf("\n", start);
      const end = lineEnd === -1 ? text.length : lineEnd;
      const line = text.slice(start, end);
      const { ranges: found, key, isOpen } = this.#lookThrough(line);
      for (const range of found) ranges.push(moved(range, start));
      if (open !== undefined) {
        const before = open.length + 1;
        for (const range of this.#lookThrough(`${open}\n${line}`).ranges) {
          if (range.start >= before) ranges.push(moved(range, start - before));
        }
      }
      open = isOpen ? line : undefined;
      const isCut = (start === 0 || end === text.length) && line.length > LONG_CUT_CHARS;
      hasKey ||= key === "begin" || key === "end" || key === "body" || isCut;
      // What comes after an assignment may be its value.
      if (clean === start && lineEnd !== -1 && ranges.length === 0 && !hasKey && !isOpen) clean = end + 1;
      start = end + 1;
    }
    this.#clean.put(text, clean);
    if (hasKey)
      for (const span of privateKeys(this.#keyLines(text))) ranges.push({ ...span, rule: otherRules.privateKey });
    for (const span of jwts(text)) ranges.push({ ...span, rule: otherRules.jwt });
    for (const span of kubernetesSecrets(text)) ranges.push({ ...span, rule: otherRules.kubernetes });
    const tail = text.slice(-MOST_BEGUN_CHARS);
    const begun = BEGUN_AT_END.exec(tail);
    if (begun) ranges.push({ start: text.length - tail.length + begun.index, end: text.length, rule: otherRules.cut });
    return merged(ranges);
  }

  /** Made where there is a key alone: most texts have none, and are looked through at every key that is typed. */
  #keyLines(text: string): readonly LineOfText[] {
    let start = 0;
    return text.split("\n").map((line) => {
      const keyLine = { start, text: line, key: this.#lookThrough(line).key };
      start += line.length + 1;
      return keyLine;
    });
  }

  #lookThrough(line: string): LookedThrough {
    if (line.length < SHORTEST_CHARS) return NOTHING;
    return this.#recall(line, () => {
      const isLong = line.length > LONGEST_CHARS;
      const ranges = isLong ? this.#inPieces(line) : this.#find(line);
      return { ranges, key: keyLineOf(line), isOpen: !isLong && OPEN_ASSIGNMENT.test(line) };
    });
  }

  #recall(text: string, look: () => LookedThrough): LookedThrough {
    const recent = this.#recent.get(text);
    if (recent) return recent;
    const result = this.#older.get(text) ?? look();
    if (this.#recent.size >= MOST_LINES) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(copyOf(text), result);
    return result;
  }

  /** A key that is typed in a long line changes one piece of it, since where they end depends on what is there. */
  #inPieces(line: string): readonly SecretRange[] {
    const ranges: SecretRange[] = [];
    for (let start = 0; start < line.length;) {
      PIECE_END.lastIndex = start + PIECE_CHARS;
      const end = Math.min(PIECE_END.exec(line)?.index ?? line.length, start + MOST_UNBROKEN_CHARS);
      const from = Math.max(0, start - OVERLAP_CHARS);
      const piece = line.slice(from, end);
      const found = this.#recall(piece, () => ({ ...NOTHING, ranges: this.#find(piece) }));
      for (const range of found.ranges) ranges.push(moved(range, from));
      start = end;
    }
    return merged(ranges);
  }
}

function moved(range: SecretRange, by: number): SecretRange {
  return { ...range, start: range.start + by, end: range.end + by };
}

const NOTHING: LookedThrough = { ranges: [], key: "none", isOpen: false };
/** `pwd`, whose value may be in the next line. A value that is known (see `redactor.ts`) may be a whole line of 6. */
const SHORTEST_CHARS = 3;
/** A longer line is looked through in pieces. */
const LONGEST_CHARS = 1_500;
/** They end where no token goes on, after so many characters; what stands before a value is in its piece, too. */
const PIECE_CHARS = 700;
const OVERLAP_CHARS = 300;
/** Longer than any token. */
const MOST_UNBROKEN_CHARS = 6_000;
const PIECE_END = /[\s;,{}]/g;
const MOST_LINES = 3_000;
/** Of a first or last line that may be the middle of a key. */
const LONG_CUT_CHARS = 120;
const MOST_BEGUN_CHARS = 300;
