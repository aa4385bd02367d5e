/** The parts of the prompt behind a suggestion, and the same prompt without one of them. */

import type { Piece } from "../context/pieces.ts";
import type { CursorSnapshot } from "../context/snapshot.ts";
import { estimateTokens } from "../context/tokens.ts";
import type { FileWindow } from "../context/window.ts";
import type { ModelRequest } from "../model/model.ts";
import { isBlank, lineBreaksIn, unixNewlines } from "../text/lines.ts";
import { withSelectedAccepted } from "./cursor.ts";
import { typedSince } from "./place.ts";
import { askAbout, otherWeightOf, type Question } from "./prompt.ts";
import type { Asked } from "./requestMemory.ts";
import type { Offered } from "./suggestion.ts";

/** What can be left out of a prompt. */
export type PromptPart = (
  | { readonly source: Piece["source"]; readonly pieces: readonly Piece[] }
  /** Lines of the caret's own file; `linesAbove` are those from its start down to the caret's. */
  | { readonly source: "before"; readonly linesAbove: number; readonly range: TextRange }
  | { readonly source: "after" }
) & {
  readonly text: string;
  /** As estimated. */
  readonly tokens: number;
};

/** In the window's prefix. */
interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface PromptParts {
  /** In the order of the prompts in which the text before the caret comes last. */
  readonly parts: readonly PromptPart[];
  /** What the model wrote after the whole prompt: the suggestion, behind white space that the prompt leaves out. */
  readonly continuation: string;
  /** As a suggestion at this caret would be asked for, without this part; the whole one where there is none. */
  readonly requestWithout: (part: PromptPart | undefined) => ModelRequest;
}

/**
 * Of the request that led to what was offered at `seenAt`, where text may have been typed since the request. `undefined`
 * where the two do not belong together.
 */
export function partsBehind(asked: Asked, seenAt: CursorSnapshot, { insertText }: Offered): PromptParts | undefined {
  const at = withSelectedAccepted(seenAt);
  const typed = typedSince(asked.place, at, MOST_TYPED_CHARS);
  if (typed === undefined) return undefined;
  const cursor = { ...asked.cursor, prefix: asked.cursor.prefix + typed, offset: asked.cursor.offset + typed.length };
  const window = {
    ...asked.window,
    prefix: unixNewlines(asked.window.prefix) + typed,
    suffix: unixNewlines(asked.window.suffix),
  };
  const ask = (window: FileWindow, pieces: readonly Piece[]): Question =>
    askAbout(cursor, window, pieces, asked.asking);
  const text = insertText.slice(seenAt.selectedCompletion?.text.length ?? 0);
  const { format } = asked.asking;
  const tokens = (part: string): number => estimateTokens(part, otherWeightOf(format));
  const hasAfter = format !== "continuation" && !isBlank(window.suffix);
  const parts: readonly PromptPart[] = [
    ...groupsOf(asked.pieces).map((pieces): PromptPart => {
      const text = pieces.map((piece) => piece.text).join("\n");
      return { source: pieces[0]?.source ?? "map", pieces, text, tokens: tokens(text) };
    }),
    ...(hasAfter ? [{ source: "after", text: window.suffix, tokens: tokens(window.suffix) } as const] : []),
    ...portionsOf(window.prefix).map(({ start, end }): PromptPart => {
      const text = window.prefix.slice(start, end);
      const linesAbove = lineBreaksIn(window.prefix.slice(start));
      return { source: "before", text, tokens: tokens(text), linesAbove, range: { start, end } };
    }),
  ];
  return {
    parts,
    continuation: ask(window, asked.pieces).mustStartWith + text,
    requestWithout: (part) => {
      if (part === undefined) return ask(window, asked.pieces).request;
      if ("pieces" in part) {
        const left = asked.pieces.filter((piece) => !part.pieces.includes(piece));
        return ask(window, left).request;
      }
      if (part.source === "after") return ask({ ...window, suffix: "" }, asked.pieces).request;
      const { start, end } = part.range;
      const prefix = window.prefix.slice(0, start) + window.prefix.slice(end);
      return ask({ ...window, start: window.start + end - start, prefix }, asked.pieces).request;
    },
  };
}

/** The pieces by source and file. Where there are very many groups, those that are worth least go together. */
function groupsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const key = `${piece.source} ${piece.path ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), piece]);
  }
  const all = [...groups.values()];
  if (all.length <= MOST_GROUPS) return all;
  const best = new Set(all.toSorted((one, other) => valueOf(other) - valueOf(one)).slice(0, MOST_GROUPS - 1));
  return [...all.filter((group) => best.has(group)), all.filter((group) => !best.has(group)).flat()];
}

function valueOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { value }) => sum + value, 0);
}

/** The lines far above the caret, in one portion or two; none where all of them are near. */
function portionsOf(prefix: string): readonly TextRange[] {
  const end = farEnd(prefix);
  if (end < LEAST_FAR_CHARS || isBlank(prefix.slice(0, end))) return [];
  if (end < LEAST_TWO_CHARS) return [{ start: 0, end }];
  const middle = cutNear(prefix, end);
  return [
    { start: 0, end: middle },
    { start: middle, end },
  ];
}

/** Below it stand the lines that are never left out: without them a model does not know what it is to go on with. */
function farEnd(prefix: string): number {
  let end = prefix.length + 1;
  for (let lines = 0; lines <= NEAR_LINES && end > 0; lines += 1) end = prefix.lastIndexOf("\n", end - 2) + 1;
  return prefix.lastIndexOf("\n", Math.min(end, prefix.length * FAR_SHARE) - 1) + 1;
}

/** A start of a line in the middle half of the text up to `end`, behind a blank line where there is one. */
function cutNear(prefix: string, end: number): number {
  const [from, middle, to] = [end / 4, end / 2, (end * 3) / 4];
  const near = (starts: readonly number[]): number | undefined =>
    starts
      .filter((start) => start >= from && start <= to)
      .toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0];
  const startsAfter = (pattern: RegExp): readonly number[] =>
    Array.from(prefix.slice(0, end).matchAll(pattern), ({ index, 0: { length } }) => index + length);
  return near(startsAfter(/\n[ \t]*\n/g)) ?? near(startsAfter(/\n/g)) ?? Math.floor(middle);
}

/** More is not typed through: an answer has at most some 200 tokens. */
const MOST_TYPED_CHARS = 2_000;
/** Each costs a reading of most of the prompt. */
const MOST_GROUPS = 12;
/** Above the caret's own. */
const NEAR_LINES = 4;
const FAR_SHARE = 2 / 3;
const LEAST_FAR_CHARS = 60;
const LEAST_TWO_CHARS = 250;
