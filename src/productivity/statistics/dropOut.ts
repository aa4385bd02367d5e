import { flawAt, malformed } from "./checks.ts";
import { finished, type Insufficient, type Malformed, type Outcome, tooFew } from "./outcome.ts";

/** As `sampleRatio`: so unlikely a difference is a fault of what is left out, and no chance. */
const FLAGGED_BELOW = 0.001;

/** Of so many that were drawn so many were kept. */
interface KeptOf {
  readonly kept: number;
  readonly drawn: number;
}

export interface DropOut {
  /** Of those with suggestions the share that was left out, and of those without. */
  readonly on: number;
  readonly off: number;
  /** How likely a table at most as likely as this one is where both are left out alike; two-sided. */
  readonly p: number;
  readonly isFlagged: boolean;
}

/** What is left out of one kind and of the other. */
export interface DropOutTable {
  readonly on: KeptOf;
  readonly off: KeptOf;
}

export interface JointDropOut {
  /** Of those without suggestions so many were kept, by so much of what it would be if either kind were left out alike. */
  readonly offOfExpected: number;
  /** As in `DropOut`, of the sum over all tables. */
  readonly p: number;
  readonly isFlagged: boolean;
}

/**
 * Whether as many blocks with suggestions were left out as without: Fisher's exact test, given how many were drawn to be either and
 * how many were kept. The draw is balanced by itself, so that a binomial test of those that were kept takes it for more random than
 * it is and sees too little.
 *
 * Source: Fisher, 1935; the two sides as in R's fisher.test. Fabijan and others, KDD 2019 (why it is looked at).
 */
export function dropOut({ on, off }: DropOutTable): Outcome<DropOut> {
  const flaw = flawOf({ on, off });
  if (flaw) return flaw;
  const p = tail(chancesOf({ on, off }), off.kept);
  const lost = (arm: KeptOf): number => 1 - arm.kept / arm.drawn;
  return finished({ on: lost(on), off: lost(off), p, isFlagged: p < FLAGGED_BELOW });
}

/**
 * The same over tables that are each of another draw, such as one in two and one in five: given what was drawn and kept in each of
 * them, how many without suggestions were kept in all. Added up beforehand they would differ by what part of them each draw has.
 *
 * Source: Agresti, A Survey of Exact Inference for Contingency Tables, 1992 (the exact test of several 2 by 2 tables).
 */
export function jointDropOut(tables: readonly DropOutTable[]): Outcome<JointDropOut> {
  const sum = (of: (table: DropOutTable) => number): number => tables.reduce((total, table) => total + of(table), 0);
  const whole: DropOutTable = {
    on: { kept: sum(({ on }) => on.kept), drawn: sum(({ on }) => on.drawn) },
    off: { kept: sum(({ off }) => off.kept), drawn: sum(({ off }) => off.drawn) },
  };
  const flaw = tables.map(countFlaw).find((found) => found !== undefined) ?? flawOf(whole);
  if (flaw) return flaw;
  if (whole.on.kept + whole.off.kept === 0) return tooFew("observations", 0, 1);
  // Without any of either kind there is nothing to be left out of it.
  const drawn = tables.filter(({ on, off }) => on.drawn + off.drawn > 0);
  const expected = drawn.reduce(
    (total, { on, off }) => total + ((on.kept + off.kept) * off.drawn) / (on.drawn + off.drawn),
    0,
  );
  const [first, ...others] = drawn.map(chancesOf);
  if (!first || expected === 0) return tooFew("blocksOff", 0, 1);
  const p = tail(others.reduce(together, first), whole.off.kept);
  return finished({ offOfExpected: whole.off.kept / expected, p, isFlagged: p < FLAGGED_BELOW });
}

function flawOf(table: DropOutTable): Malformed | Insufficient | undefined {
  const flaw = countFlaw(table);
  if (flaw) return flaw;
  if (table.on.drawn === 0) return tooFew("blocksOn", 0, 1);
  return table.off.drawn === 0 ? tooFew("blocksOff", 0, 1) : undefined;
}

function countFlaw({ on, off }: DropOutTable): Malformed | undefined {
  for (const [field, { kept, drawn }] of [["on", on] as const, ["off", off] as const]) {
    const flaw = flawAt(field, kept, "count") ?? flawAt(field, drawn, "count");
    if (flaw) return flaw;
    if (kept > drawn) return malformed("above-total", field);
  }
  return undefined;
}

/** How likely it is that `least`, `least + 1` and so on of those without are kept, in proportion to each other; the highest is 1. */
interface Chances {
  readonly least: number;
  readonly weights: readonly number[];
}

function chancesOf({ on, off }: DropOutTable): Chances {
  const kept = on.kept + off.kept;
  const least = Math.max(0, kept - on.drawn);
  const most = Math.min(off.drawn, kept);
  // Each in proportion to the first one, from which it follows by a ratio; as logarithms, so that none is too small or too large.
  const logs = [0];
  for (let at = least; at < most; at += 1) {
    const ratio = ((off.drawn - at) * (kept - at)) / ((at + 1) * (on.drawn - kept + at + 1));
    logs.push((logs.at(-1) ?? 0) + Math.log(ratio));
  }
  const highest = logs.reduce((high, log) => Math.max(high, log), 0);
  return { least, weights: logs.map((log) => Math.exp(log - highest)) };
}

/** Of the sum of two that have nothing to do with each other. */
function together(one: Chances, other: Chances): Chances {
  const [first, second] = [likely(one), likely(other)];
  const weights = new Float64Array(first.weights.length + second.weights.length - 1);
  for (const [at, weight] of first.weights.entries()) {
    // Up to some hundred million times for a large firm, so without an iterator.
    for (let next = 0; next < second.weights.length; next += 1)
      weights[at + next] = (weights[at + next] ?? 0) + weight * (second.weights[next] ?? 0);
  }
  return { least: first.least + second.least, weights: Array.from(weights) };
}

/** Of millions all but those near the most likely one are as good as 0. */
function likely({ least, weights }: Chances): Chances {
  const isLikely = (weight: number): boolean => weight > 1e-30;
  const first = weights.findIndex(isLikely);
  return { least: least + first, weights: weights.slice(first, weights.findLastIndex(isLikely) + 1) };
}

function tail({ least, weights }: Chances, kept: number): number {
  // As in R: weights that are equal by arithmetic differ by rounding.
  const asLikely = (weights[kept - least] ?? 0) * (1 + 1e-7);
  const sum = (of: readonly number[]): number => of.reduce((total, weight) => total + weight, 0);
  return Math.min(1, sum(weights.filter((weight) => weight <= asLikely)) / sum(weights));
}
