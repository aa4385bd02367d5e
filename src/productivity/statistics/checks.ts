import type { FlawKind, Malformed } from "./outcome.ts";

/** What is asked of a number beyond being one. */
export type Rule = "any" | "not-negative" | "positive" | "count" | "share";

/** The first number that breaks the rule, as what is wrong with the field. */
export function flawIn(field: string, values: readonly number[], rule: Rule): Malformed | undefined {
  for (const [index, value] of values.entries()) {
    const kind = flawOf(value, rule);
    if (kind) return { malformed: { kind, field, index } };
  }
  return undefined;
}

/** The same for a field that is one number. */
export function flawAt(field: string, value: number, rule: Rule): Malformed | undefined {
  const kind = flawOf(value, rule);
  return kind && { malformed: { kind, field } };
}

/** Of two lists by the names of their fields, the first of which is told to be wrong. */
export function unequalLengths(
  [field, first]: readonly [string, ArrayLike<unknown>],
  [other, second]: readonly [string, ArrayLike<unknown>],
): Malformed | undefined {
  return first.length === second.length ? undefined : { malformed: { kind: "unequal-lengths", field, other } };
}

/** More than `other`, of which it is a part. */
export function aboveTotal(field: string, other: string, index?: number): Malformed {
  return { malformed: { kind: "above-total", field, other, ...(index !== undefined && { index }) } };
}

/** What is wrong is so of this part of the list's value. */
export function inPart(flaw: Malformed | undefined, part: string): Malformed | undefined {
  return flaw && { malformed: { ...flaw.malformed, part } };
}

export function malformed(kind: FlawKind, field: string, index?: number): Malformed {
  return { malformed: index === undefined ? { kind, field } : { kind, field, index } };
}

function flawOf(value: number, rule: Rule): FlawKind | undefined {
  if (!Number.isFinite(value)) return "not-finite";
  if (rule === "any") return undefined;
  if (rule === "positive") return value > 0 ? undefined : "not-positive";
  if (value < 0) return "negative";
  if (rule === "count" && !Number.isSafeInteger(value)) return "not-whole";
  if (rule === "share" && value > 1) return "not-a-share";
  return undefined;
}
