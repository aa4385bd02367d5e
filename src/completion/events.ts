/** What an engine tells about its work, for a log and a status item: figures and kinds, never a word of code. */

import type { ModelFailure } from "../model/failure.ts";
import type { Usage } from "../model/model.ts";
import type { FormatName } from "../model/templates.ts";
import type { DropReason, Origin, Outcome, Trigger } from "./suggestion.ts";

export type CompletionEvent =
  | {
      readonly kind: "requested";
      readonly trigger: Trigger;
      readonly format: FormatName;
      /** Characters of the file in the prompt. */
      readonly promptChars: number;
      /** From the start of the request's work, in milliseconds: the time until the model was ready to be asked. */
      readonly afterMs: number;
      /** Asked a second time: in another format after an empty answer, or about less of the file after `prompt-too-long`. */
      readonly again: boolean;
    }
  | { readonly kind: "first-text"; readonly afterMs: number }
  /** The model's answer is over, and its figures are complete. Not told of a request that was aborted or failed. */
  | { readonly kind: "finished"; readonly afterMs: number; readonly usage: Usage }
  /** There is more to choose from than a call by hand has given: the same call gives all of it now, `count` suggestions. */
  | { readonly kind: "alternatives"; readonly count: number }
  | {
      readonly kind: "settled";
      readonly trigger: Trigger;
      readonly outcome: OutcomeSummary;
      /** From the call, in milliseconds. */
      readonly afterMs: number;
    };

export type OutcomeSummary =
  | { readonly kind: "offered"; readonly origin: Origin; readonly chars: number; readonly lines: number }
  | { readonly kind: "dropped"; readonly reason: DropReason }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly failure: ModelFailure }
  /** The error's name. Its message may quote code. */
  | { readonly kind: "broken"; readonly error: string };

export function summarise(outcome: Outcome): OutcomeSummary {
  if (outcome.kind === "broken") return { kind: "broken", error: nameOf(outcome.error) };
  if (outcome.kind !== "offered") return outcome;
  const text = outcome.suggestions[0]?.insertText ?? "";
  return { kind: "offered", origin: outcome.origin, chars: text.length, lines: text.split("\n").length };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
