/** The command line's English for what is missing and for what is wrong. */
import type { Counted, Flaw, FlawKind, Lack } from "../productivity/statistics/outcome.ts";

const counted: Readonly<Record<Counted, string>> = {
  observations: "observations",
  sessions: "sessions in which something was shown",
  blocksOn: "blocks with suggestions",
  blocksOff: "blocks without suggestions",
  pairs: "pairs",
  strata: "strata of two blocks or more",
  wholeDays: "whole days with work",
  people: "people",
  rowsShown: "rows with a suggestion that was shown",
  rowsNotShown: "rows with a suggestion that was held back",
};

/** What is missing, as one sentence. */
export function lackWords(lack: Lack): string {
  switch (lack.kind) {
    case "too-few":
      return `Too few ${counted[lack.what]}: there are ${lack.have}, and it takes at least ${lack.need}.`;
    case "nothing-counted":
      return `The sum of "${lack.field}" is 0, and there is no rate of nothing.`;
    case "no-spread":
      return `All ${counted[lack.what]} are alike, so nothing says how far they scatter; ones that differ are needed.`;
    case "none-or-all":
      return lack.estimate === 0
        ? "The rate is 0 in every session, where this method has no interval; at least one that was accepted is needed."
        : "The rate is 1 in every session, where this method has no interval; at least one that was not accepted is needed.";
    case "claim-is-truth":
      return "The claim is the truth itself, and no number of blocks tells them apart; a claim that differs is needed.";
    case "no-ceiling":
      return "With f = 1 nothing limits the whole job but the local speed-up itself; s is needed.";
    case "more-lost-than-spent":
      return `By these assumptions ${lack.lostSeconds} s are lost of ${lack.activeSeconds} s; more active time, or others, are needed.`;
  }
}

const flaws: Readonly<Record<Exclude<FlawKind, "above-total" | "unequal-lengths">, string>> = {
  "not-finite": "must be a finite number",
  negative: "must not be negative",
  "not-positive": "must be above 0",
  "not-whole": "must be a whole number",
  "not-0-or-1": "must be 0 or 1",
  "not-a-share": "must be a share between 0 and 1",
  "not-an-index": "must have an off that is the index, from 0, of one of its values",
  "beyond-numbers": "of the result would be larger than a number can be, so the input can't be meant",
};

/** What is wrong with the input, as one sentence. */
export function flawWords(flaw: Flaw): string {
  const { field, index, part } = flaw;
  const at = index === undefined ? "" : `[${index}]`;
  const what = part === undefined ? `${field}${at}` : `${field}${at}, the ${part},`;
  return `${what} ${whatIsWrong(flaw)}.`;
}

function whatIsWrong({ kind, index, other }: Flaw): string {
  switch (kind) {
    case "above-total":
      return `must not be more than ${other === undefined ? "what it is a part of" : `${other}${index === undefined ? "" : `[${index}]`}`}`;
    case "unequal-lengths":
      return `must be as long as ${other ?? "the other list"}`;
    default:
      return flaws[kind];
  }
}
