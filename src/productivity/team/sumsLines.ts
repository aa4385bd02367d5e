/** The sums as a warehouse gives them: JSON Lines, which are looked at before anything is computed of them. */

import { type PersonSums, type SumField, sumFields } from "./personSums.ts";
import { betPlaces } from "./teamBets.ts";
import type { OtherPlan, PooledPerson, TeamSums } from "./teamSums.ts";

/** Stands in each line. */
const SUMS_SCHEMA = "pairwise.sums/1";

export type SumsFlaw =
  | { readonly kind: "no-line" | "newer"; readonly line: number }
  | { readonly kind: "unfit-field"; readonly line: number; readonly field: string }
  /** The warehouse has found rows of one person that can't be of one experiment. */
  | { readonly kind: "odd-person"; readonly line: number }
  /** The sums of two people are alike in all their digits: they are one person's. */
  | { readonly kind: "same-person"; readonly line: number };

/** @param lines What JSON has made of each line, in any order. */
export function sumsFrom(lines: Iterable<unknown>): TeamSums | SumsFlaw {
  const people: PooledPerson[] = [];
  const known = new Set<string>();
  const otherPlans: OtherPlan[] = [];
  let line = 0;
  for (const value of lines) {
    line += 1;
    if (typeof value !== "object" || value === null) return { kind: "no-line", line };
    const given = value as Readonly<Record<string, unknown>>;
    if (given["schema"] !== SUMS_SCHEMA) {
      return { kind: String(given["schema"]).startsWith("pairwise.sums/") ? "newer" : "no-line", line };
    }
    const sums = given["line"];
    if (sums === "person") {
      const field = unfitField(given);
      const { flaws, bets } = given;
      // What is wrong with the rows makes sums unfit, and is told before these.
      if (typeof flaws === "number" && flaws > 0) return { kind: "odd-person", line };
      if (flaws !== 0) return { kind: "unfit-field", line, field: "flaws" };
      if (field !== undefined) return { kind: "unfit-field", line, field };
      if (!areBets(bets)) return { kind: "unfit-field", line, field: "bets" };
      const person: PooledPerson = {
        sums: Object.fromEntries(sumFields.map((name) => [name, given[name]])) as unknown as PersonSums,
        bets: Float64Array.from(bets),
      };
      if (person.sums.strata > 0) {
        const figures = figuresOf(person.sums);
        if (known.has(figures)) return { kind: "same-person", line };
        known.add(figures);
      }
      people.push(person);
    } else if (sums === "other-plan") {
      const [planVersion, tier, count] = [given["planVersion"], given["tier"], given["people"]];
      if (!isWhole(planVersion) || !isWhole(tier) || !isWhole(count)) {
        return { kind: "unfit-field", line, field: "people" };
      }
      otherPlans.push({ planVersion, tier, people: count });
    } else return { kind: "no-line", line };
  }
  return { people, otherPlans };
}

/** The lines that say the same. */
export function linesOfSums({ people, otherPlans }: TeamSums): readonly object[] {
  return [
    ...people.map(({ sums, bets }) => ({ schema: SUMS_SCHEMA, line: "person", ...sums, bets: [...bets], flaws: 0 })),
    ...otherPlans.map((plan) => ({ schema: SUMS_SCHEMA, line: "other-plan", ...plan })),
  ];
}

/** What is alike of two people only where their half-hours are. */
export const figuresOf = (sums: PersonSums): string => sumFields.map((field) => sums[field]).join(" ");

export const isSumsFlaw = (sums: TeamSums | SumsFlaw): sums is SumsFlaw => "kind" in sums;

function unfitField(given: Readonly<Record<string, unknown>>): SumField | undefined {
  return sumFields.find((field) => {
    const value = given[field];
    if (field === "k") return value !== 2 && value !== 5;
    if (typeof value !== "number" || !Number.isFinite(value)) return true;
    return !signedFields.has(field) && value < 0;
  });
}

const areBets = (given: unknown): given is readonly number[] =>
  Array.isArray(given) && given.length === betPlaces.length && given.every((lnE) => Number.isFinite(lnE));

/** All others are counts, or sums of what can't be below 0. */
const signedFields: ReadonlySet<SumField> = new Set(["sumD", "sumD60", "sumD300", "sumDFocus", "onU", "offU"]);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
