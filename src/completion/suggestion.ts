/** What becomes of a request for a suggestion, as data: the report counts it and the status item says it. */

import type { ModelFailure } from "../model/failure.ts";
import type { Usage } from "../model/model.ts";

/** Why nothing was offered although nothing failed. */
export type DropReason =
  // The caret's place
  | "empty-document"
  | "middle-of-word"
  | "middle-of-line"
  | "in-comment"
  | "in-string"
  // The model's answer
  | "empty"
  | "too-short"
  | "prose"
  | "repetition"
  | "repeats-prefix"
  | "repeats-suffix"
  /** The answer does not begin with the white space that the prompt left out. */
  | "wrong-indentation"
  | "does-not-fit-line"
  /** The file has it already, near the caret. */
  | "already-there"
  /** It closes brackets that nobody has opened. */
  | "unbalanced"
  // The moment
  /** An input method is in the middle of a character. */
  | "composing"
  | "model-not-ready"
  | "dismissed"
  | "stale";

/** What a filter makes of a text. */
export type Suggestion =
  | { readonly kind: "offered"; readonly insertText: string }
  | { readonly kind: "dropped"; readonly reason: DropReason };

export function offered(insertText: string): Suggestion {
  return { kind: "offered", insertText };
}

export function dropped(reason: DropReason): { readonly kind: "dropped"; readonly reason: DropReason } {
  return { kind: "dropped", reason };
}

/**
 * What the editor is given. `insertText` replaces the document's text from `offset - replaceBefore` to
 * `offset + replaceAfter`, where `offset` is the caret's in the snapshot that was asked about. Its line breaks are `\n`.
 */
export interface Offered {
  /** Of the model's answer, unique within one engine: the same while somebody types along. */
  readonly id: string;
  readonly insertText: string;
  /** 0, or with an item selected in the suggest widget that item's `replaces`: `insertText` then starts with the item's text. */
  readonly replaceBefore: number;
  /** 0, or the length of the rest of the line, whose characters `insertText` then contains in their order. */
  readonly replaceAfter: number;
}

/** Where a suggestion came from: what is shown, the cache, a request that was under way, or a request of its own. */
export type Origin = "typed-through" | "cache" | "joined" | "model";

export type Outcome =
  | {
      readonly kind: "offered";
      readonly suggestions: readonly Offered[];
      readonly origin: Origin;
      /** Of the request, as far as known by now; absent where none was made for this call. */
      readonly usage?: Usage;
    }
  | { readonly kind: "dropped"; readonly reason: DropReason }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  /** A fault of the program, which nobody has a word for. */
  | { readonly kind: "broken"; readonly error: unknown };

/** True for what a model has answered to this call: the model works. Not for what was remembered or not asked. */
export function isModelsAnswer(outcome: Outcome): boolean {
  if (outcome.kind === "offered") return outcome.origin === "model" || outcome.origin === "joined";
  return outcome.kind === "dropped" && causeOf[outcome.reason] === "answer";
}

export type Trigger = "automatic" | "manual";

const causeOf: Readonly<Record<DropReason, "place" | "answer" | "moment">> = {
  "empty-document": "place",
  "middle-of-word": "place",
  "middle-of-line": "place",
  "in-comment": "place",
  "in-string": "place",
  empty: "answer",
  "too-short": "answer",
  prose: "answer",
  repetition: "answer",
  "repeats-prefix": "answer",
  "repeats-suffix": "answer",
  "wrong-indentation": "answer",
  "does-not-fit-line": "answer",
  "already-there": "answer",
  unbalanced: "answer",
  composing: "moment",
  "model-not-ready": "moment",
  dismissed: "moment",
  stale: "moment",
};
