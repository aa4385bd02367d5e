/** What an estimator gives: its result, or in data why there is none. Words are made of it where somebody reads them. */

/** What is counted, one by one, where too few of them are there. */
export type Counted =
  | "observations"
  | "sessions"
  | "blocksOn"
  | "blocksOff"
  | "pairs"
  | "strata"
  | "people"
  /** With work on them. */
  | "wholeDays"
  | "rowsShown"
  | "rowsNotShown";

/** Why there is no result yet, though nothing is wrong with the input. */
export type Lack =
  | { readonly kind: "too-few"; readonly what: Counted; readonly have: number; readonly need: number }
  /** What the rate would be divided by, or its logarithm taken of, is zero in sum. */
  | { readonly kind: "nothing-counted"; readonly field: string }
  /** All are the same, so that nothing says how far they scatter. */
  | { readonly kind: "no-spread"; readonly what: Counted }
  /** The rate is 0 or 1, where this method has no interval. */
  | { readonly kind: "none-or-all"; readonly estimate: 0 | 1 }
  /** The truth is the claim itself, so that no number of blocks decides it. */
  | { readonly kind: "claim-is-truth" }
  /** All of the day is editing, so that nothing limits the whole job but the speed-up itself. */
  | { readonly kind: "no-ceiling" }
  /** By the assumptions more time is lost than there was. */
  | { readonly kind: "more-lost-than-spent"; readonly lostSeconds: number; readonly activeSeconds: number };

export interface Insufficient {
  readonly insufficient: Lack;
}

export type FlawKind =
  | "not-finite"
  | "negative"
  | "not-positive"
  | "not-whole"
  | "not-0-or-1"
  | "not-a-share"
  | "above-total"
  | "unequal-lengths"
  | "not-an-index"
  /** The input is well formed, and the result is beyond what a number can hold. */
  | "beyond-numbers";

/** What is wrong with an input: in which field, and for lists at which place, counted from 0. */
export interface Flaw {
  readonly kind: FlawKind;
  readonly field: string;
  readonly index?: number;
  /** Of a list's value that has several, such as characters and minutes: which one. */
  readonly part?: string;
  /** The field that it is held against: what it is a part of, or what it has to be as long as. */
  readonly other?: string;
}

export interface Malformed {
  readonly malformed: Flaw;
}

export type Outcome<T> = T | Insufficient | Malformed;

/** Narrows an outcome to its result. */
export function isResult<T extends object>(outcome: Outcome<T>): outcome is T {
  return !("insufficient" in outcome) && !("malformed" in outcome);
}

export function lacking(lack: Lack): Insufficient {
  return { insufficient: lack };
}

export function tooFew(what: Counted, have: number, need: number): Insufficient {
  return lacking({ kind: "too-few", what, have, need });
}

/** The result, unless one of its numbers, however deep, is beyond all numbers: no NaN and no Infinity leaves this folder. */
export function finished<T extends object>(result: T): T | Malformed {
  const field = beyondNumbers(result);
  return field === undefined ? result : { malformed: { kind: "beyond-numbers", field } };
}

function beyondNumbers(value: object): string | undefined {
  for (const [field, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === "number" && !Number.isFinite(inner)) return field;
    const found = typeof inner === "object" && inner !== null ? beyondNumbers(inner) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
