/** What a reply makes of a file as far as it has come: to be looked at while it grows, and not to be kept. */

import { type Fenced, fencesIn } from "../edit/fences.ts";
import { hunksBetween, withHunks } from "../edit/hunks.ts";
import { lineText, rawLines } from "../edit/lineText.ts";
import { withoutThoughts } from "../edit/thoughts.ts";
import { indentationOf, isBlank, unixNewlines } from "../text/lines.ts";

/** Code that is to be changed, in offsets of its file's text. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The file's text with the whole lines of the reply's code in the place of those that they seem to stand for; what the
 * reply has not come to yet is as it was. The text itself while nothing can be told.
 */
export function withPartialReply(before: string, asked: Stretch, reply: string, languageId: string): string {
  const [block] = blocksOf(reply, languageId);
  if (!block) return before;
  // The last line may go on.
  const lines = block.text.split("\n").slice(0, block.isClosed ? undefined : -1);
  const first = lines.findIndex((line) => !isBlank(line));
  const head = lines[first];
  if (head === undefined || OTHER_FORMAT.test(head)) return before;
  const raw = rawLines(before);
  const askedRow = rawLines(before.slice(0, asked.from)).length - (isAtLineStart(before, asked.from) ? 0 : 1);
  const row = rowLike(head, raw, askedRow);
  const start = row ?? Math.max(0, Math.min(askedRow, raw.length));
  const startOffset = raw.slice(0, start).join("").length;
  const isInside = row === undefined || (row >= askedRow && startOffset < asked.to);
  const limit = isInside ? Math.max(startOffset, lineEnd(before, asked.to)) : before.length;
  // What comes may be like something far below; as long as it comes, it stands for what is near.
  const near = raw.slice(0, start + lines.length + NEAR_LINES).join("").length;
  const end = block.isClosed ? limit : Math.min(limit, near);
  const missing = indentationOf(raw[start] ?? "").slice(indentationOf(head).length);
  const { lineBreak } = lineText(before);
  const written = lines.slice(first).map((line) => (isBlank(line) ? "" : missing + line) + lineBreak);
  const old = before.slice(startOffset, end);
  const hunks = hunksBetween(old, written.join(""));
  const last = hunks.at(-1);
  // All behind the last line that both have may still come.
  const open = last && last.to === old.length ? { ...last, to: last.from, removed: "" } : undefined;
  return (
    before.slice(0, startOffset) + withHunks(old, open ? [...hunks.slice(0, -1), open] : hunks) + before.slice(end)
  );
}

/** A reply that says the same block again, as small models do without end: what it is up to there. */
export function untilRepeated(reply: string, languageId: string): string | undefined {
  const [first, second] = blocksOf(reply, languageId);
  if (!first?.isClosed || !second?.isClosed || first.text !== second.text) return undefined;
  return `${FENCE}${first.info}\n${first.text}\n${FENCE}\n`;
}

/** Whether its code is whole, though the reply has reached the limit of its length. */
export function hasWholeCode(reply: string, languageId: string): boolean {
  const fenced = blocksOf(reply, languageId);
  return fenced.length > 0 && fenced.every(({ isClosed }) => isClosed);
}

/** None while it thinks. */
function blocksOf(reply: string, languageId: string): readonly Fenced[] {
  return fencesIn(withoutThoughts(unixNewlines(reply)) ?? "", languageId);
}

/** The nearest line that has the same words. */
function rowLike(head: string, raw: readonly string[], near: number): number | undefined {
  const wanted = head.trim();
  if (wanted.length < LEAST_CHARS) return undefined;
  let best: number | undefined;
  for (const [row, line] of raw.entries())
    if (line.trim() === wanted && (best === undefined || Math.abs(row - near) < Math.abs(best - near))) best = row;
  return best;
}

function isAtLineStart(text: string, offset: number): boolean {
  return offset === 0 || text[offset - 1] === "\n";
}

/** Behind the line break of the line that ends here or goes on here. */
function lineEnd(text: string, offset: number): number {
  if (isAtLineStart(text, offset) && offset > 0) return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

/** Of a diff, and of search and replace, nothing can be told before their end. */
const OTHER_FORMAT = /^(?:<{5,}|-{5,}\s*SEARCH|@@|--- |\+\+\+ |diff )/;
const NEAR_LINES = 4;
/** Longer than those in code. */
const FENCE = "``````";
/** A bracket is everywhere. */
const LEAST_CHARS = 4;
