/** A recorded prompt as what can be shown, copied and counted. */

import { ASCII_CHARS_PER_TOKEN } from "../context/tokens.ts";
import type { Prompt } from "../model/model.ts";
import { type PlacedStretch, type PromptText, promptTexts, type TextRange } from "../model/placedStretches.ts";
import type { SentPicture } from "../model/pictures.ts";
import type { SentRequest } from "../model/requestLog.ts";
import { type PromptBlock, type PromptSegment, type ShownSource, shownSources } from "./sentProtocol.ts";

/** The stretch of a name that the page has no colour for is `other`. */
export function shownSource(source: string): ShownSource {
  return shownSources.find((name) => name === source) ?? "other";
}

type PictureWords = (picture: SentPicture) => string;

/**
 * The prompt cut where a stretch, a replaced secret or the caret is. Joined, the segments' texts are what was sent;
 * instead of a picture stand words for it.
 */
export function promptBlocks(request: SentRequest, pictureWords: PictureWords): readonly PromptBlock[] {
  let caret = caretOffset(request);
  let start = 0;
  const blocks = promptTexts(request.prompt).map(({ text, special, role, picture }): PromptBlock => {
    if (picture) return { role: role ?? "", segments: [{ kind: "special", text: pictureWords(picture), stretch: -1 }] };
    const hasCaret = caret !== undefined && !special && caret >= start && caret <= start + text.length;
    const segments = segmentsOf(request, { start, text, special }, hasCaret ? caret : undefined);
    // Where two texts meet it is at the end of the first one only.
    if (hasCaret) caret = undefined;
    start += text.length;
    return { role: role ?? "", segments };
  });
  return request.prompt.kind === "chat" ? blocks : [{ role: "", segments: blocks.flatMap(({ segments }) => segments) }];
}

/** In a prompt for a hole the caret is where the two texts meet; in others behind the text before it. */
function caretOffset({ prompt, stretches }: SentRequest): number | undefined {
  if (prompt.kind === "hole") return prompt.prefix.length;
  return stretches.find(({ source }) => source === "before")?.range?.end;
}

interface Text {
  /** Of its first character in the whole prompt. */
  readonly start: number;
  readonly text: string;
  readonly special: boolean;
}

function segmentsOf(
  { stretches, redactions }: SentRequest,
  { start, text, special }: Text,
  caret: number | undefined,
): readonly PromptSegment[] {
  const end = start + text.length;
  const secrets = special ? [] : redactions.flatMap(({ placeholder }) => occurrences(text, placeholder, start));
  const ranges = [...secrets, ...stretches.flatMap(({ range }) => range ?? [])];
  const cuts = ranges.flatMap((range) => [range.start, range.end]).filter((at) => at > start && at < end);
  const edges = [...new Set([start, ...cuts, ...(caret === undefined ? [] : [caret]), end])].toSorted((a, b) => a - b);
  const caretSegment: PromptSegment = { kind: "caret", text: "", stretch: -1 };
  const segments: PromptSegment[] = [];
  for (const [index, from] of edges.entries()) {
    if (from === caret) segments.push(caretSegment);
    const to = edges[index + 1];
    if (to === undefined) break;
    const kind = special ? "special" : secrets.some((range) => covers(range, from)) ? "secret" : "text";
    const stretch = stretches.findIndex(({ range }) => range !== undefined && covers(range, from));
    segments.push({ kind, text: text.slice(from - start, to - start), stretch });
  }
  return segments;
}

function covers(range: TextRange, offset: number): boolean {
  return offset >= range.start && offset < range.end;
}

function occurrences(text: string, placeholder: string, start: number): readonly TextRange[] {
  if (placeholder === "") return [];
  const ranges: TextRange[] = [];
  for (let at = text.indexOf(placeholder); at !== -1; at = text.indexOf(placeholder, at + placeholder.length))
    ranges.push({ start: start + at, end: start + at + placeholder.length });
  return ranges;
}

/** A chat's messages are told apart by who says them. */
export function promptAsText({ prompt }: SentRequest, pictureWords: PictureWords): string {
  const texts = promptTexts(prompt);
  if (prompt.kind !== "chat") return texts.map(({ text }) => text).join("");
  const wordsOf = ({ text, picture }: PromptText) => (picture ? `[${pictureWords(picture)}]` : text);
  return texts.map((each) => `[${each.role}]\n${wordsOf(each)}`).join("\n\n");
}

export interface PromptShare {
  readonly source: ShownSource;
  readonly tokens: number;
}

/** Without the tokenizer of its model; where the back-end told the number that is the one to show. */
export function estimatedTokens(request: SentRequest): number {
  return Math.round(sum(sharesByEstimate(request)) || promptChars(request.prompt) / ASCII_CHARS_PER_TOKEN);
}

/**
 * How the prompt's tokens divide over its sources, in their order of appearance, in whole tokens that add up to what
 * the back-end counted, or where it did not to the estimate. What no stretch covers is the format's: its control tokens and words.
 */
export function promptShares(request: SentRequest): readonly PromptShare[] {
  const estimates = sharesByEstimate(request);
  const factor = tokenFactor(request);
  let upTo = 0;
  let shown = 0;
  return estimates.map(({ source, tokens }) => {
    upTo += tokens * factor;
    const whole = Math.round(upTo) - shown;
    shown += whole;
    return { source, tokens: whole };
  });
}

/** What an estimate has to be multiplied by for all of them to add up to what the back-end counted. */
export function tokenFactor(request: SentRequest): number {
  const estimated = sum(sharesByEstimate(request));
  return estimated === 0 ? 1 : (request.usage.promptTokens ?? Math.round(estimated)) / estimated;
}

/** Only stretches that are in the prompt count. Empty where none is known: then nothing can be said. */
function sharesByEstimate({ prompt, stretches }: SentRequest): readonly PromptShare[] {
  const placed = stretches.filter((stretch): stretch is PlacedStretch & { readonly range: TextRange } =>
    Boolean(stretch.range),
  );
  if (placed.length === 0) return [];
  const chars = promptChars(prompt);
  const covered = placed.reduce((length, { range }) => length + range.end - range.start, 0);
  const bySource = new Map<ShownSource, number>();
  for (const { source, tokens } of placed.toSorted((one, other) => one.range.start - other.range.start)) {
    const shown = shownSource(source);
    bySource.set(shown, (bySource.get(shown) ?? 0) + tokens);
  }
  if (chars > covered) bySource.set("format", (chars - covered) / ASCII_CHARS_PER_TOKEN);
  return Array.from(bySource, ([source, tokens]) => ({ source, tokens }));
}

function promptChars(prompt: Prompt): number {
  return promptTexts(prompt).reduce((length, { text }) => length + text.length, 0);
}

function sum(shares: readonly PromptShare[]): number {
  return shares.reduce((total, { tokens }) => total + tokens, 0);
}
