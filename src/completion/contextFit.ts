/** Makes windows small enough for a model's context. */

import { ASCII_CHARS_PER_TOKEN, estimateTokens } from "../context/tokens.ts";
import type { Piece } from "../context/pieces.ts";
import type { FileWindow, WindowBudget } from "../context/window.ts";

/** What is known of a model's context. */
export interface ContextFit {
  /** Of the model; `undefined` where nobody knows. */
  readonly contextTokens: number | undefined;
  /** How many tokens the model has found where one was estimated. */
  readonly density: number;
}

/** What else has to fit beside the window, in tokens. */
export interface Reserved {
  /** What the format writes around the file's text. */
  readonly template: number;
  readonly answer: number;
}

/** How many characters of ASCII fit beside what is reserved; `undefined` where nobody knows. */
export function charsThatFit(fit: ContextFit, reserved: Reserved): number | undefined {
  if (fit.contextTokens === undefined) return undefined;
  const free = fit.contextTokens * SURE_SHARE - reserved.template - reserved.answer;
  return (Math.max(free, LEAST_TOKENS) * ASCII_CHARS_PER_TOKEN) / fit.density;
}

/** The budget as it is where it fits, else all of it made smaller by one factor. */
export function fittedBudget(budget: WindowBudget, fit: ContextFit, reserved: Reserved): WindowBudget {
  const chars = charsThatFit(fit, reserved);
  if (chars === undefined) return budget;
  const share = Math.min(1, chars / (budget.mostPrefixChars + budget.mostSuffixChars));
  return {
    freshPrefixChars: Math.floor(budget.freshPrefixChars * share),
    mostPrefixChars: Math.floor(budget.mostPrefixChars * share),
    suffixChars: Math.floor(budget.suffixChars * share),
    mostSuffixChars: Math.floor(budget.mostSuffixChars * share),
    otherWeight: budget.otherWeight,
  };
}

/** What a refusal tells: the prompt with `window` and `pieces` in it had so many tokens, and the model takes so many. */
export function fitAfter(
  { tokens, limit }: { readonly tokens: number; readonly limit: number },
  { prefix, suffix }: FileWindow,
  pieces: readonly Piece[],
  { otherWeight }: WindowBudget,
  { template }: Reserved,
): ContextFit {
  const texts = [prefix, suffix, ...pieces.map(({ text }) => text)];
  const estimated = texts.reduce((sum, text) => sum + estimateTokens(text, otherWeight), 0);
  // Below 1 it would be the estimate that was too high, which no refusal shows.
  return { contextTokens: limit, density: Math.max(1, (tokens - template) / Math.max(1, estimated)) };
}

/** Text can be denser than the estimate: a tenth of the context is left for that. */
const SURE_SHARE = 0.9;
/** A context that has no room for this much is of no use, and says so itself. */
const LEAST_TOKENS = 50;
