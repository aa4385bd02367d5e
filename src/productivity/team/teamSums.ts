/** The sums of each of many people: what is pooled, from rows or from what a warehouse has summed up. */

import { type ExperimentSums, type Summed, summed } from "./personSums.ts";

export interface TeamSums {
  /** In no order that says anything. */
  readonly people: readonly PooledPerson[];
  /** Who has experiments of another plan alone, so that they are not in the above: how many have which. */
  readonly otherPlans: readonly OtherPlan[];
  /** Of the people's experiments those that are taken for a person's each, since nothing says whose they are. */
  readonly withoutPerson: number;
}

/** Somebody with the plan that is pooled: all of their experiments by it, and the sums over these. */
export interface PooledPerson extends Summed {
  readonly experiments: readonly ExperimentSums[];
}

export interface OtherPlan {
  readonly planVersion: number;
  readonly tier: number;
  readonly people: number;
}

/** What is compared: whole half-hours, by the plan of this version. */
export const TEAM_PLAN = { planVersion: 1, tier: 2 } as const;

export function teamSumsOf(experiments: Iterable<ExperimentSums>): TeamSums {
  const people: PooledPerson[] = [];
  const others = new Map<string, OtherPlan>();
  let withoutPerson = 0;
  for (const own of byPerson(experiments)) {
    const pooled = own.filter(
      ({ planVersion, tier }) => planVersion === TEAM_PLAN.planVersion && tier === TEAM_PLAN.tier,
    );
    withoutPerson += pooled.filter(({ person }) => person === undefined).length;
    if (pooled.length > 0) people.push({ ...summed(pooled), experiments: pooled });
    else addOther(others, own);
  }
  const otherPlans = [...others.values()].toSorted(byPlan);
  return { people, otherPlans, withoutPerson };
}

function byPerson(experiments: Iterable<ExperimentSums>): readonly (readonly ExperimentSums[])[] {
  const people = new Map<string | ExperimentSums, ExperimentSums[]>();
  for (const experiment of experiments) {
    const person = experiment.person ?? experiment;
    const own = people.get(person);
    if (own) own.push(experiment);
    else people.set(person, [experiment]);
  }
  return [...people.values()];
}

/** Each person once, by the highest of their plans. */
function addOther(others: Map<string, OtherPlan>, own: readonly ExperimentSums[]): void {
  const highest = own.toSorted(byPlan).at(-1);
  if (!highest) return;
  const { planVersion, tier } = highest;
  const key = `${planVersion}/${tier}`;
  others.set(key, { planVersion, tier, people: (others.get(key)?.people ?? 0) + 1 });
}

type Plan = Pick<OtherPlan, "planVersion" | "tier">;

const byPlan = (one: Plan, other: Plan): number => one.planVersion - other.planVersion || one.tier - other.tier;
