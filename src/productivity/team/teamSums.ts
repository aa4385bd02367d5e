/** The sums of each of many people: what is pooled, from rows or from what a warehouse has summed up. */

import type { Person } from "./personSums.ts";

export interface TeamSums {
  /** In no order that says anything. */
  readonly people: readonly PooledPerson[];
  /** Whose plan is another one, so that they are not in the above: how many have which. */
  readonly otherPlans: readonly OtherPlan[];
}

/** Somebody with the plan that is pooled. */
export type PooledPerson = Pick<Person, "sums" | "bets">;

export interface OtherPlan {
  readonly planVersion: number;
  readonly tier: number;
  readonly people: number;
}

/** What is compared: whole half-hours, by the plan of this version. */
const TEAM_PLAN = { planVersion: 1, tier: 2 } as const;

export function teamSumsOf(people: Iterable<Person>): TeamSums {
  const pooled: PooledPerson[] = [];
  const others = new Map<string, OtherPlan>();
  for (const { planVersion, tier, sums, bets } of people) {
    if (planVersion === TEAM_PLAN.planVersion && tier === TEAM_PLAN.tier) {
      pooled.push({ sums, bets });
      continue;
    }
    const key = `${planVersion}/${tier}`;
    others.set(key, { planVersion, tier, people: (others.get(key)?.people ?? 0) + 1 });
  }
  const otherPlans = [...others.values()].toSorted(
    (one, other) => one.planVersion - other.planVersion || one.tier - other.tier,
  );
  return { people: pooled, otherPlans };
}
