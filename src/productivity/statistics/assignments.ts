/** Up to so many assignments (1,048,576) each of them is looked at; beyond it, so many are drawn. */
const EXACT_ASSIGNMENTS = 2 ** 20;
const DRAWN_ASSIGNMENTS = 99_999;

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
 * Exact up to `EXACT_ASSIGNMENTS` assignments (Fisher, The Design of Experiments, 1935). Beyond, `DRAWN_ASSIGNMENTS` are drawn, and
 * p = (hits + 1) / (draws + 1), which is never 0 (Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010).
 *
 * @param random Numbers in [0, 1).
 */
export function assignmentTest(
  choices: readonly (readonly number[])[],
  observed: number,
  random: () => number,
): AssignmentTest {
  const assignments = choices.reduce((product, { length }) => product * length, 1);
  // Sums that are equal by arithmetic differ by rounding.
  const slack = 1e-9 * choices.reduce((sum, ways) => sum + Math.max(...ways.map(Math.abs)), 0);
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
  for (let draw = 0; draw < DRAWN_ASSIGNMENTS; draw += 1) {
    let sum = 0;
    for (const ways of choices) sum += ways[Math.floor(random() * ways.length)] ?? 0;
    look(sum);
  }
  const share = (count: number) => (count + 1) / (DRAWN_ASSIGNMENTS + 1);
  const shares = { pUpper: share(hits.upper), pLower: share(hits.lower), pTwoSided: share(hits.twoSided) };
  const variance = Math.max(...Object.values(shares).map((p) => p * (1 - p)));
  return { ...shares, draws: DRAWN_ASSIGNMENTS, monteCarloSe: Math.sqrt(variance / DRAWN_ASSIGNMENTS) };
}

function eachSum(choices: readonly (readonly number[])[], at: number, sum: number, look: (sum: number) => void): void {
  const ways = choices[at];
  if (!ways) look(sum);
  else for (const way of ways) eachSum(choices, at + 1, sum + way, look);
}
