import { seededWords } from "./seededRandom.ts";

/** Up to so many assignments (1,048,576) each of them is looked at; beyond it, so many are drawn. */
const EXACT_ASSIGNMENTS = 2 ** 20;
/** Fewer only where each takes so long that more would keep somebody waiting: from some 3,600 pairs on. */
const DRAWN_ASSIGNMENTS = 99_999;
const LEAST_DRAWN_ASSIGNMENTS = 999;
/** Some seconds. */
const MOST_DRAWN_NUMBERS = 30_000_000;

/** What a stratum adds under each of its assignments. */
type Choices = readonly number[];

/** How the observed assignment stands among all that could have been drawn, were the effect none. */
export interface AssignmentTest {
  /** The share of assignments whose sum is at least the observed one: small speaks against S <= 1. */
  readonly pUpper: number;
  /** The share whose sum is at most the observed one: small speaks against S >= 1. */
  readonly pLower: number;
  /** The share whose sum is at least as far from 0. */
  readonly pTwoSided: number;
  /** How many assignments there are, where all of them were looked at. */
  readonly assignments?: number;
  /** How many were drawn, where there are more; the standard error that this leaves in `pTwoSided`, `pUpper` and `pLower` at most. */
  readonly draws?: number;
  readonly monteCarloSe?: number;
}

/**
 * A randomisation test of a sum over strata. `choices` has for each stratum its contribution under each assignment that was equally
 * likely; `observed` is the sum under the one that was drawn.
 *
 * Exact up to `EXACT_ASSIGNMENTS` assignments (Fisher, The Design of Experiments, 1935). Beyond, up to `DRAWN_ASSIGNMENTS` are drawn, and
 * p = (hits + 1) / (draws + 1), which is never 0 (Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010).
 *
 * @param random Numbers in [0, 1).
 */
export function assignmentTest(choices: readonly Choices[], observed: number, random: () => number): AssignmentTest {
  const assignments = choices.reduce((product, { length }) => product * length, 1);
  // Sums that are equal by arithmetic differ by rounding.
  const slack = 1e-9 * choices.reduce((sum, ways) => sum + largestOf(ways), 0);
  const hits = { upper: 0, lower: 0, twoSided: 0 };
  const look = (sum: number) => {
    if (sum >= observed - slack) hits.upper += 1;
    if (sum <= observed + slack) hits.lower += 1;
    if (Math.abs(sum) >= Math.abs(observed) - slack) hits.twoSided += 1;
  };
  if (assignments <= EXACT_ASSIGNMENTS) {
    eachSum(choices, 0, 0, look);
    const share = (count: number) => count / assignments;
    return {
      pUpper: share(hits.upper),
      pLower: share(hits.lower),
      pTwoSided: share(hits.twoSided),
      assignments,
    };
  }
  const sums = drawnSums(choices, random);
  for (const sum of sums) look(sum);
  const draws = sums.length;
  const share = (count: number) => (count + 1) / (draws + 1);
  const shares = { pUpper: share(hits.upper), pLower: share(hits.lower), pTwoSided: share(hits.twoSided) };
  const variance = Math.max(...Object.values(shares).map((p) => p * (1 - p)));
  return { ...shares, draws, monteCarloSe: Math.sqrt(variance / draws) };
}

/** One table after the other for all draws, so that each is in the processor's cache while it is used. */
function drawnSums(choices: readonly Choices[], random: () => number): Float64Array {
  const groups = groupsOf(choices);
  const affordable = Math.floor(MOST_DRAWN_NUMBERS / groups.length);
  const draws = Math.max(LEAST_DRAWN_ASSIGNMENTS, Math.min(DRAWN_ASSIGNMENTS, affordable));
  const drawn = new Float64Array(draws);
  const words = new Uint32Array(draws);
  const fill = seededWords(Math.floor(random() * 2 ** 32));
  for (const group of groups) {
    const sums = tableOf(group);
    const perWord = sums.length / 2 ** 32;
    fill(words);
    for (let draw = 0; draw < draws; draw += 1) {
      drawn[draw] = (drawn[draw] ?? 0) + (sums[Math.floor((words[draw] ?? 0) * perWord)] ?? 0);
    }
  }
  return drawn;
}

/**
 * Strata that are drawn together by one number, since their assignments are equally likely: so many that the table of their sums
 * is of a good size. A year's 1,700 pairs take 140 numbers a draw.
 */
function groupsOf(choices: readonly Choices[]): readonly (readonly Choices[])[] {
  const most = choices.length > MANY_STRATA ? MOST_TABLE_SUMS_OF_MANY : MOST_TABLE_SUMS;
  const groups: Choices[][] = [];
  let sums = Infinity;
  for (const ways of choices) {
    sums *= ways.length;
    if (sums <= most) groups.at(-1)?.push(ways);
    else {
      groups.push([ways]);
      sums = ways.length;
    }
  }
  return groups;
}

/** The sum of a group's strata under each of their assignments. */
function tableOf(group: readonly Choices[]): Float64Array {
  return group.reduce(combined, Float64Array.of(0));
}

function combined(sums: Float64Array, ways: readonly number[]): Float64Array {
  const all = new Float64Array(sums.length * ways.length);
  for (let at = 0; at < sums.length; at += 1) {
    for (let way = 0; way < ways.length; way += 1) all[at * ways.length + way] = (sums[at] ?? 0) + (ways[way] ?? 0);
  }
  return all;
}

function largestOf(ways: readonly number[]): number {
  let largest = 0;
  for (const way of ways) largest = Math.max(largest, Math.abs(way));
  return largest;
}

/** Those of twelve pairs. */
const MOST_TABLE_SUMS = 4_096;
/** Those of eight: of so many strata fewer assignments are drawn, and a table is not worth as much. */
const MOST_TABLE_SUMS_OF_MANY = 256;
const MANY_STRATA = 20_000;

function eachSum(choices: readonly Choices[], at: number, sum: number, look: (sum: number) => void): void {
  const ways = choices[at];
  if (!ways) look(sum);
  else for (const way of ways) eachSum(choices, at + 1, sum + way, look);
}
