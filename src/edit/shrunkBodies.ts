/** Definitions that a change leaves standing with hardly anything in them: the names are all there, and the code is gone. */

import type { Unit } from "../context/syntax/outline.ts";
import type { Renamed } from "./symbols.ts";

export interface Shrunk {
  /** With what it is a member of, `Cart.add`; of a statement, its first line. */
  readonly name: string;
  /** Lines of code, without blank ones, comments, and brackets alone. */
  readonly lost: number;
  readonly of: number;
  /** By code that is new in it. */
  readonly isReplaced: boolean;
}

interface Body {
  readonly name: string;
  readonly kind: Unit["kind"];
  /** Those with words, as these with blanks between: neither quotes nor indentation makes another row. */
  readonly rows: readonly string[];
  readonly words: Counts;
}

type Counts = ReadonlyMap<string, number>;

export interface Side {
  readonly units: readonly Unit[];
  readonly lines: readonly string[];
}

/**
 * Those of which more than half is gone, and that are shorter for it. What was moved elsewhere in the file is not lost.
 * @param renamed definitions that go on under another name
 */
export function shrunkBodies(
  before: Side,
  after: Side,
  renamed: readonly Renamed[],
  languageId: string,
): readonly Shrunk[] {
  const old = countsOf(wordsIn(before.lines.join("\n")));
  const young = countsOf(wordsIn(after.lines.join("\n")));
  const gone = less(old, young);
  if (gone.size === 0) return [];
  const isMoreElsewhere = sizeOf(less(young, old)) > 0;
  const left = Map.groupBy(bodiesOf(after, languageId), keyOf);
  const shrunk: Shrunk[] = [];
  for (const body of bodiesOf(before, languageId)) {
    const name = renamed.find(({ from }) => from === body.name)?.to ?? body.name;
    const now = left.get(keyOf({ ...body, name }))?.shift();
    // A definition that is gone as a whole is told of by its name.
    if (!now && body.kind === "definition") continue;
    const rows = now?.rows ?? [];
    const lost = sizeOf(common(less(body.words, now?.words ?? NONE), gone));
    if (lost * 2 <= sizeOf(body.words)) continue;
    const isStub = rows.every((row) => STUB_ROW.test(row));
    if (rows.length > 0 && !isStub && body.rows.length - rows.length < LEAST_ROWS) continue;
    const known = new Set(body.rows);
    const fresh = rows.filter((row) => !known.has(row) && !NOT_DONE.test(row)).flatMap(wordsIn);
    const isReplaced = now ? fresh.filter((word) => !STUB.test(word)).length * LEAST_FRESH >= lost : isMoreElsewhere;
    const still = sizeOf(common(countsOf(body.rows), countsOf(rows)));
    shrunk.push({ name: body.name, lost: Math.max(1, body.rows.length - still), of: body.rows.length, isReplaced });
  }
  return shrunk;
}

/** Of what has members, those alone. */
function bodiesOf({ units, lines }: Side, languageId: string, outer = ""): readonly Body[] {
  return units.flatMap((unit): readonly Body[] => {
    const { kind, name, head, last, members } = unit;
    if (kind !== "definition" && kind !== "statement") return [];
    const path = outer + (name === "" ? (lines[head]?.trim() ?? "") : name);
    if (members && members.units.length > 0)
      return bodiesOf({ units: members.units, lines }, languageId, `${outer}${name}.`);
    const text = withoutComments(bodyIn(lines.slice(head, last + 1).join("\n")), languageId);
    const rows = text.split("\n").flatMap((row) => wordsIn(row).join(" ") || []);
    return rows.length === 0 && kind === "statement"
      ? []
      : [{ name: path, kind, rows, words: countsOf(wordsIn(text)) }];
  });
}

/** Behind the header: its bracket, arrow or colon outside of parentheses; else its first line. */
function bodyIn(text: string): string {
  let depth = 0;
  for (let at = 0; at < Math.min(text.length, LONGEST_HEADER); at += 1) {
    const char = text[at] ?? "";
    if (char === "(" || char === "[") depth += 1;
    else if (char === ")" || char === "]") depth -= 1;
    else if (depth > 0) continue;
    else if (char === "{") return text.slice(at + 1);
    else if (char === "=" && text[at + 1] === ">") return text.slice(at + 2);
    else if (char === ":" && /^:[ \t]*(?:#.*)?\n/.test(text.slice(at, at + LONGEST_ROW))) return text.slice(at + 1);
  }
  const end = text.indexOf("\n");
  return end < 0 ? "" : text.slice(end + 1);
}

function withoutComments(text: string, languageId: string): string {
  if (languageId === "markdown") return text;
  const bare = text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[ \t]*(?:\/\/|--).*$/gm, "")
    .replace(/[ \t]\/\/.*$/gm, "");
  if (/^(?:css|scss|less)$/.test(languageId)) return bare;
  const hashless = bare.replace(/^[ \t]*#(?!\[|include|define|if|endif|else|pragma).*$/gm, "");
  return languageId === "python" ? hashless.replace(/^[ \t]*("""|''')[\s\S]*?\1/gm, "") : hashless;
}

function keyOf({ kind, name }: Pick<Body, "kind" | "name">): string {
  return `${kind} ${name}`;
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}

function countsOf(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function less(counts: Counts, others: Counts): Counts {
  const left = new Map<string, number>();
  for (const [word, count] of counts) {
    const rest = count - (others.get(word) ?? 0);
    if (rest > 0) left.set(word, rest);
  }
  return left;
}

function common(counts: Counts, others: Counts): Counts {
  const both = new Map<string, number>();
  for (const [word, count] of counts) {
    const least = Math.min(count, others.get(word) ?? 0);
    if (least > 0) both.set(word, least);
  }
  return both;
}

function sizeOf(counts: Counts): number {
  let size = 0;
  for (const count of counts.values()) size += count;
  return size;
}

const NONE: Counts = new Map();
/** What a body says that does nothing yet. */
const STUB = /^(?:return|pass|None|null|nil|undefined|nullptr|true|false|True|False|\d.*)$/;
const NOT_DONE = /^(?:throw|raise|panic|todo|unimplemented)\b|\bnot implemented\b/i;
/** Whatever it was before, however short. */
const STUB_ROW = /^(?:pass|todo|unimplemented|(?:throw|raise|panic)\b.*\b(?:not ?implemented\w*|todo))\b/i;
/** One new word weighs as much as so many lost ones. */
const LEAST_FRESH = 8;
/** Lines fewer, where something is left in it. */
const LEAST_ROWS = 3;
/** Characters. */
const LONGEST_HEADER = 2_000;
const LONGEST_ROW = 300;
