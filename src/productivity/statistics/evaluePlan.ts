import { type Bets, DECISIVE_E, lnEOf, noBets, withStratum } from "./evalue.ts";
import type { Stratum } from "./strata.ts";

export interface EValuePlanInput {
  /** Standard deviation of ln throughput within a stratum. */
  readonly sd: number;
  /** A ratio above 1 that is not true: in truth there is no effect. */
  readonly claim: number;
  /** Blocks in a stratum, one of them without suggestions. */
  readonly k: number;
  /** The share of blocks that count, in either arm. */
  readonly qualifying: number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/**
 * After how many strata, also those that will not be compared, the e-value has ruled a claim out in four of five experiments.
 * Simulated, since the bets' growth is far from a normal distribution where it takes few strata, and a formula made of its mean and
 * variance asks for a tenth to a half too many. `undefined`: more than `MOST_PLANNED_STRATA`.
 */
export function strataToRuleOut(input: EValuePlanInput): number | undefined {
  const needed: number[] = [];
  let undecided = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const strata = strataOfOneRun(input);
    if (strata === undefined) undecided += 1;
    else needed.push(strata);
    if (undecided > RUNS * (1 - POWER)) return undefined;
  }
  // Those that were not decided stand behind all others.
  return needed.toSorted((one, other) => one - other)[Math.ceil(RUNS * POWER) - 1];
}

function strataOfOneRun(input: EValuePlanInput): number | undefined {
  const lnClaim = Math.log(input.claim);
  let bets: Bets = noBets;
  for (let strata = 1; strata <= MOST_PLANNED_STRATA; strata += 1) {
    const stratum = drawnStratum(input);
    if (!stratum) continue;
    bets = withStratum(bets, stratum, lnClaim, "+");
    if (lnEOf(bets) >= Math.log(DECISIVE_E)) return strata;
  }
  return undefined;
}

/** Of blocks that count; undefined where they have nothing to compare. */
function drawnStratum({ sd, k, qualifying, random }: EValuePlanInput): Stratum | undefined {
  const withoutAt = Math.floor(random() * k);
  const values: number[] = [];
  let off: number | undefined;
  for (let at = 0; at < k; at += 1) {
    if (random() >= qualifying) continue;
    if (at === withoutAt) off = values.length;
    // Box and Muller, A Note on the Generation of Random Normal Deviates, 1958.
    values.push(sd * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  }
  return off === undefined || values.length < 2 ? undefined : { values, off };
}

const POWER = 0.8;
/** The 80th of a hundred is then known to about a tenth. */
const RUNS = 200;
/** In pairs eight months of full days. */
export const MOST_PLANNED_STRATA = 1_000;
