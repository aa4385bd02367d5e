/** What came of a typing session, in figures. */

import type { Outcome } from "../../src/completion/suggestion.ts";
import { percentile } from "../figures.ts";
import type { ToldRequest } from "../headless/client.ts";

export interface ReplaySummary {
  readonly keys: number;
  /** Of the new text, put there by keys. */
  readonly typedChars: number;
  readonly acceptedSuggestions: number;
  readonly acceptedChars: number;
  /** Keys that were not pressed because a suggestion was accepted, which takes one. */
  readonly savedKeys: number;
  /** Keys that typed what a suggestion showed, and those of them for which the model was asked nothing. */
  readonly followedKeys: number;
  readonly followedWithoutRequest: number;
  readonly asks: number;
  /** Asks by what became of them: `typed-through` and `cache` are reuse, `joined` a request under way. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly keysWithRequest: number;
  /** Requests by how they ended. */
  readonly ended: Readonly<Record<string, number>>;
  /** Of the requests whose model told. */
  readonly promptTokens: number;
  /** Of these, those that the model had to read. */
  readonly evaluatedTokens: number;
  /** Requests that were over before the model told. */
  readonly untold: number;
  /** The share of a prompt's tokens that needed no evaluation: the median of the keys that made a request; null without one. */
  readonly reusedPromptShare: number | null;
  readonly openStreams: number;
}

export interface Pressed {
  readonly keys: number;
  readonly typedChars: number;
  readonly accepted: readonly string[];
  /** The ids of the asks that followed such keys, one a key. */
  readonly followed: readonly string[];
}

export type AskedRequest = ToldRequest & { readonly ask: string | number | null };

export function summarise(
  pressed: Pressed,
  outcomes: readonly Outcome[],
  requests: readonly AskedRequest[],
  openStreams: number,
): ReplaySummary {
  const { keys, typedChars, accepted, followed } = pressed;
  const withRequest = new Set(requests.map(({ ask }) => ask));
  const told = requests.filter(({ usage }) => usage.promptTokens !== undefined && usage.cachedTokens !== undefined);
  const promptTokens = sum(told, ({ usage }) => usage.promptTokens ?? 0);
  const shares = reusedShares(requests);
  const acceptedChars = sum(accepted, ({ length }) => length);
  return {
    keys,
    typedChars,
    acceptedSuggestions: accepted.length,
    acceptedChars,
    savedKeys: acceptedChars - accepted.length,
    followedKeys: followed.length,
    followedWithoutRequest: followed.filter((ask) => !withRequest.has(ask)).length,
    asks: outcomes.length,
    outcomes: countsOf(outcomes.map(nameOf)),
    requests: requests.length,
    keysWithRequest: withRequest.size,
    ended: countsOf(requests.map(({ end }) => end)),
    promptTokens,
    evaluatedTokens: promptTokens - sum(told, ({ usage }) => usage.cachedTokens ?? 0),
    untold: requests.length - told.length,
    reusedPromptShare: shares.length === 0 ? null : Number(percentile(shares, 50).toFixed(3)),
    openStreams,
  };
}

/** One for each key with a request that told. */
export function reusedShares(requests: readonly AskedRequest[]): number[] {
  const byKey = Map.groupBy(requests, ({ ask }) => ask);
  return [...byKey.values()].flatMap((ofKey) => {
    const told = ofKey.filter(({ usage }) => usage.promptTokens !== undefined && usage.cachedTokens !== undefined);
    const tokens = sum(told, ({ usage }) => usage.promptTokens ?? 0);
    return tokens === 0 ? [] : [sum(told, ({ usage }) => usage.cachedTokens ?? 0) / tokens];
  });
}

function nameOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case "offered":
      return outcome.origin;
    case "dropped":
      return `dropped: ${outcome.reason}`;
    case "failed":
      return `failed: ${outcome.failure.kind}`;
    case "cancelled":
    case "broken":
      return outcome.kind;
  }
}

/** With the names in their order, so that two runs write the same. */
function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
