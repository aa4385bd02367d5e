/** A suggestion and the parts of its prompt as the messages that show them. */

import * as vscode from "vscode";
import type { PromptPart, PromptParts } from "../completion/promptParts.ts";
import type { Asked } from "../completion/requestMemory.ts";
import type { LeftOut } from "../context/leaveOneOut.ts";
import type { Piece } from "../context/pieces.ts";
import type { Score } from "../model/scoring.ts";
import { lineBreaksIn } from "../text/lines.ts";
import type { Seen } from "./seenSuggestions.ts";
import { shownSource } from "./sentPrompt.ts";
import { aboutTokens, reasonWords, sourceWords } from "./sentWords.ts";
import type { WhyContent, WhyEffect, WhyMember, WhyPart, WhyProgress } from "./whyProtocol.ts";
import { comparingWords, effectDetails, effectWords, meaningWords, surenessWords, unscoredWords } from "./whyWords.ts";
import { workspacePlaces } from "./workspacePlaces.ts";

/** A suggestion whose request is known. */
export interface Explained extends Seen {
  readonly asked: Asked;
  readonly parts: PromptParts;
  readonly wasAccepted: boolean;
}

/** Asks its model for the log-probability of the suggestion; or why it is not asked. */
export type Scorer =
  | { readonly kind: "scorer"; readonly score: (part: PromptPart | undefined, signal: AbortSignal) => Promise<Score> }
  | { readonly kind: "elsewhere" | "unable" };

export function scorerOf({ asked, parts }: Explained): Scorer {
  const { model, local } = asked.backend;
  // A model that is paid for, or sees what is sent to it, is asked for nothing that the suggestion does not need.
  if (local !== true) return { kind: "elsewhere" };
  const { continuation, requestWithout } = parts;
  if (model.score === undefined || requestWithout(undefined).prompt.kind !== "raw") return { kind: "unable" };
  return {
    kind: "scorer",
    score: (part, signal) => {
      const { prompt, provenance } = requestWithout(part);
      if (prompt.kind !== "raw" || model.score === undefined) throw new TypeError("a prompt that can't be scored");
      return model.score({ prompt, continuation, ...(provenance && { provenance }) }, signal);
    },
  };
}

/** `asSent` replaces secrets, as they were when it was sent. */
export function contentOf(
  id: number,
  explained: Explained,
  scorer: Scorer,
  hasRecord: boolean,
  asSent: (text: string) => string,
): WhyContent {
  const { l10n } = vscode;
  const { asked, offered, cursor, line, parts, wasAccepted } = explained;
  const { host, model } = asked.backend;
  const scores = scorer.kind === "scorer";
  return {
    id,
    code: offered.insertText,
    about: [
      placeWords(cursor.path, line),
      wasAccepted ? l10n.t("accepted") : l10n.t("shown"),
      host === undefined ? l10n.t("On this machine: {0}", model.name) : `${host}: ${model.name}`,
    ],
    canOpen: true,
    parts: parts.parts.map((part) => partOf(part, explained, asSent)),
    note: scores ? "" : unscoredWords(scorer.kind, host ?? model.name),
    meaning: scores ? meaningWords() : "",
    hasRecord,
  };
}

function partOf(part: PromptPart, explained: Explained, asSent: (text: string) => string): WhyPart {
  const tokens = aboutTokens(Math.max(1, Math.round(part.tokens)));
  if (!("pieces" in part)) {
    const { first, last } = ownLines(part, explained);
    const { l10n } = vscode;
    return {
      source: part.source,
      sourceWords: part.source === "before" ? l10n.t("Lines farther above") : sourceWords("after"),
      place: placeWords(explained.cursor.path, first, last),
      canOpen: first >= 0,
      tokens,
      reason: "",
      preview: previewOf(asSent(part.text)),
      members: [],
    };
  }
  const source = shownSource(part.source);
  const members = part.pieces.map((piece) => memberOf(piece, asSent));
  const [first, ...others] = members;
  return {
    source,
    sourceWords: sourceWords(source),
    place: first?.place ?? "",
    canOpen: first?.canOpen ?? false,
    tokens,
    reason: first?.reason ?? "",
    preview: first?.preview ?? "",
    members: others.length === 0 ? [] : members,
  };
}

function memberOf({ path, line, text, reason }: Piece, asSent: (text: string) => string): WhyMember {
  return {
    place: path === undefined ? "" : placeWords(path, line),
    canOpen: path !== undefined && workspacePlaces(path).length > 0,
    preview: previewOf(asSent(text)),
    reason: reasonWords(reason),
  };
}

/** Where a part of the caret's own file stands in it now, from 0; negative where that is in another cell of a notebook. */
export function ownLines(
  part: Exclude<PromptPart, { readonly pieces: unknown }>,
  { line, offered, wasAccepted }: Explained,
): { readonly first: number; readonly last: number } {
  const blank = lineBreaksIn(/^\s*/.exec(part.text)?.[0] ?? "");
  const length = lineBreaksIn(part.text.trim());
  const accepted = wasAccepted ? lineBreaksIn(offered.insertText) : 0;
  const first = part.source === "before" ? line - part.linesAbove + blank : line + accepted + blank;
  return { first, last: first + length };
}

function effectsOf(all: readonly PromptPart[], { effects }: LeftOut<PromptPart>): readonly WhyEffect[] {
  return effects.map(({ part, fallNats, isDifference }) => ({
    part: all.indexOf(part),
    fallNats,
    isDifference,
    words: isDifference ? effectWords(fallNats) : "",
    details: effectDetails(fallNats, isDifference),
  }));
}

export function progressOf(
  id: number,
  all: readonly PromptPart[],
  known: LeftOut<PromptPart> | undefined,
): WhyProgress {
  const total = all.length + 1;
  return {
    id,
    state: "scoring",
    words: comparingWords(known ?? { done: 0, total }),
    sureness: known ? surenessWords(known.whole) : "",
    effects: known ? effectsOf(all, known) : [],
  };
}

function placeWords(path: string, first: number | undefined, last = first): string {
  if (first === undefined || last === undefined || first < 0) return path;
  return last > first ? `${path}:${first + 1}–${last + 1}` : `${path}:${first + 1}`;
}

/** Its first line with a word in it, or where there is none its first one with anything. */
function previewOf(text: string): string {
  const lines = text.split("\n");
  const telling = lines.find((line) => /\p{L}/u.test(line)) ?? lines.find((line) => line.trim() !== "") ?? "";
  return telling.trim().slice(0, PREVIEW_CHARS);
}

/** More than a row shows. */
const PREVIEW_CHARS = 200;
