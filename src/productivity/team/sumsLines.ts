/** The sums as a warehouse gives them: JSON Lines, which are looked at before anything is computed of them. */

import { type ExperimentSums, type PersonSums, type SumField, sumFields } from "./personSums.ts";
import { betPlaces } from "./teamBets.ts";
import { type OtherPlan, TEAM_PLAN, type TeamSums, teamSumsOf } from "./teamSums.ts";

/** Stands in each line. */
const SUMS_SCHEMA = "pairwise.sums/2";
/** The first form, in which each experiment was a person's. */
const SUMS_SCHEMA_WITHOUT_PERSON = "pairwise.sums/1";

export type SumsFlaw =
  | { readonly kind: "no-line" | "newer" | "older"; readonly line: number }
  | { readonly kind: "unfit-field"; readonly line: number; readonly field: string }
  /** The warehouse has found rows of one name that can't be of one experiment. */
  | { readonly kind: "odd-experiment"; readonly line: number }
  /** The sums of two experiments are alike in all their digits: they are one. */
  | { readonly kind: "same-experiment"; readonly line: number };

/** @param lines What JSON has made of each line, in any order. */
export function sumsFrom(lines: Iterable<unknown>): TeamSums | SumsFlaw {
  const experiments: ExperimentSums[] = [];
  const known = new Set<string>();
  const otherPlans: OtherPlan[] = [];
  let line = 0;
  for (const value of lines) {
    line += 1;
    if (typeof value !== "object" || value === null) return { kind: "no-line", line };
    const given = value as Readonly<Record<string, unknown>>;
    if (given["schema"] !== SUMS_SCHEMA) {
      return { kind: schemaFlaw(given["schema"]), line };
    }
    const sums = given["line"];
    if (sums === "experiment") {
      const field = unfitField(given);
      const { flaws, bets, person, k } = given;
      // What is wrong with the rows makes sums unfit, and is told before these.
      if (typeof flaws === "number" && flaws > 0) return { kind: "odd-experiment", line };
      if (flaws !== 0) return { kind: "unfit-field", line, field: "flaws" };
      if (field !== undefined) return { kind: "unfit-field", line, field };
      if (!areBets(bets)) return { kind: "unfit-field", line, field: "bets" };
      if (!isPerson(person)) return { kind: "unfit-field", line, field: "person" };
      if (k !== 2 && k !== 5) return { kind: "unfit-field", line, field: "k" };
      const experiment: ExperimentSums = {
        ...TEAM_PLAN,
        person: person === "" ? undefined : person,
        k,
        sums: Object.fromEntries(sumFields.map((name) => [name, given[name]])) as unknown as PersonSums,
        bets: Float64Array.from(bets),
      };
      if (experiment.sums.strata > 0) {
        const figures = figuresOf(experiment);
        if (known.has(figures)) return { kind: "same-experiment", line };
        known.add(figures);
      }
      experiments.push(experiment);
    } else if (sums === "other-plan") {
      const [planVersion, tier, count] = [given["planVersion"], given["tier"], given["people"]];
      if (!isWhole(planVersion) || !isWhole(tier) || !isWhole(count)) {
        return { kind: "unfit-field", line, field: "people" };
      }
      otherPlans.push({ planVersion, tier, people: count });
    } else return { kind: "no-line", line };
  }
  const { people, withoutPerson } = teamSumsOf(experiments);
  return { people, otherPlans, withoutPerson };
}

/** The lines that say the same. */
export function linesOfSums({ people, otherPlans }: Pick<TeamSums, "people" | "otherPlans">): readonly object[] {
  return [
    ...people
      .flatMap(({ experiments }) => experiments)
      .map(({ person = "", k, sums, bets }) => ({
        schema: SUMS_SCHEMA,
        line: "experiment",
        person,
        k,
        ...sums,
        bets: [...bets],
        flaws: 0,
      })),
    ...otherPlans.map((plan) => ({ schema: SUMS_SCHEMA, line: "other-plan", ...plan })),
  ];
}

/** What is alike of two experiments only where their half-hours are. */
export const figuresOf = ({ k, sums }: Pick<ExperimentSums, "k" | "sums">): string =>
  [k, ...sumFields.map((field) => sums[field])].join(" ");

export const isSumsFlaw = (sums: TeamSums | SumsFlaw): sums is SumsFlaw => "kind" in sums;

function unfitField(given: Readonly<Record<string, unknown>>): SumField | undefined {
  return sumFields.find((field) => {
    const value = given[field];
    if (typeof value !== "number" || !Number.isFinite(value)) return true;
    // No more can qualify than were drawn.
    if (field === "qualifyingOn" && value > Number(given["drawnOn"])) return true;
    if (field === "qualifyingOff" && value > Number(given["drawnOff"])) return true;
    return !signedFields.has(field) && value < 0;
  });
}

const areBets = (given: unknown): given is readonly number[] =>
  Array.isArray(given) && given.length === betPlaces.length && given.every((lnE) => Number.isFinite(lnE));

/** All others are counts, or sums of what can't be below 0. */
const signedFields: ReadonlySet<SumField> = new Set(["sumD", "sumD60", "sumD300", "sumDFocus", "onU", "offU"]);

function schemaFlaw(schema: unknown): "no-line" | "newer" | "older" {
  if (schema === SUMS_SCHEMA_WITHOUT_PERSON) return "older";
  return String(schema).startsWith("pairwise.sums/") ? "newer" : "no-line";
}

/** A hash of somebody's random name, or nothing where nothing says whose it is. */
const isPerson = (person: unknown): person is string => typeof person === "string" && /^([0-9a-f]{16})?$/.test(person);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
