/** A team's report as data: what many people's experiments say together, and never what one of them says. */

import type { JointDropOut } from "../statistics/dropOut.ts";
import { isResult } from "../statistics/outcome.ts";
import { sampleRatio } from "../statistics/sampleRatio.ts";
import { team, type TeamResult } from "../statistics/team.ts";
import { estimateOf, LEAST_STRATA, type TeamMethod, teamMethods } from "./estimates.ts";
import type { PersonSums, SumField } from "./personSums.ts";
import { type DrawnBlocks, teamDropOut } from "./teamDropOut.ts";
import { type TeamClaim, teamLadder, withheldLadder } from "./teamLadder.ts";
import type { OtherPlan, PooledPerson, TeamSums } from "./teamSums.ts";

/** With fewer people what is said of all of them is said of each. */
export const LEAST_PEOPLE = 5;

/** Of one form for rows and for a warehouse's sums. */
export interface TeamReport {
  readonly format: 1;
  readonly madeMs: number;
  /** Whether the rows were read, or sums of them. */
  readonly source: "rows" | "sums";
  readonly people: TeamPeople;
  /** Undefined where there are too few people: then there is nothing else either. */
  readonly result: TeamFigures | undefined;
}

export interface TeamPeople {
  /** Whose rows were handed in, by this plan. */
  readonly given: number;
  readonly pooled: number;
  readonly needed: number;
  /** Not pooled: too few strata, and strata that don't scatter. */
  readonly tooFewStrata: number;
  readonly leastStrata: number;
  readonly withoutSpread: number;
  readonly otherPlans: readonly OtherPlan[];
  /** Experiments of which nothing says whose they are: each is taken for a person's of its own. */
  readonly withoutPerson: number;
}

/** Of the people in the average, and of nobody else. */
interface TeamFigures {
  /** Estimator K: ratios, with what it takes to follow the arithmetic. */
  readonly pooled: TeamResult;
  /** Judged only where no kind of half-hour was left out more often than the other. */
  readonly ladder: readonly TeamClaim[];
  readonly sensitivity: readonly TeamSensitivity[];
  readonly blocks: TeamBlocks;
  readonly guardrails: { readonly on: TeamGuards; readonly off: TeamGuards };
}

export interface TeamSensitivity {
  readonly method: TeamMethod;
  /** How many people have an estimate by it; below `LEAST_PEOPLE` there are no figures. */
  readonly people: number;
  readonly pooled?: { readonly estimate: number; readonly lower: number; readonly upper: number };
}

interface TeamBlocks {
  readonly drawn: number;
  readonly qualifying: number;
  readonly compared: number;
  readonly strata: number;
  readonly strataWithoutOff: number;
  readonly strataWithoutOn: number;
  readonly leftOut: Readonly<Record<TeamLeftOut, number>>;
  /**
   * Whether as many half-hours without suggestions were left out as with, over everybody: how many of them qualify, by how many would
   * if either kind were left out alike. No counts, which would tell of the few whose groups have another size than the others'.
   * Where it is flagged no claim is judged, nor where it is undefined, since such sums can't be.
   */
  readonly dropOut: JointDropOut | undefined;
  /** People in whose blocks the drop-out is odder than one in a thousand, how many chance makes at most, and whether these are more. */
  readonly flaggedPeople: number;
  readonly flaggedByChance: number;
  readonly areMoreThanChance: boolean;
  readonly manualTriggersOff: number;
  readonly shownOff: number;
}

export type TeamLeftOut = "interrupted" | "not-counted" | "came-twice" | "little-focus" | "no-activity" | "unknown";

interface TeamGuards {
  readonly activeMinutes: number;
  readonly newErrors: number;
  readonly undos: number;
  readonly dayOldAiChars: number;
  readonly churnedAiChars: number;
}

export function teamReport(sums: TeamSums, { madeMs, source }: Pick<TeamReport, "madeMs" | "source">): TeamReport {
  const { people } = sums;
  const enough = people.filter(({ sums: { strata } }) => strata >= LEAST_STRATA);
  const pooled = enough.filter((person) => estimateOf(person.sums, "strata") !== undefined);
  // Of nobody else there is anything in the figures: who has handed in little would be read off two reports, with them and without.
  const pooledPeople = pooled.map((person) => person.sums);
  const average = pooledPeople.length >= LEAST_PEOPLE ? pooledBy(pooledPeople, "strata") : undefined;
  const blocks = blocksOf(pooled);
  return {
    format: 1,
    madeMs,
    source,
    people: {
      given: people.length,
      pooled: pooledPeople.length,
      needed: LEAST_PEOPLE,
      tooFewStrata: people.length - enough.length,
      leastStrata: LEAST_STRATA,
      withoutSpread: enough.length - pooledPeople.length,
      otherPlans: sums.otherPlans,
      withoutPerson: sums.withoutPerson,
    },
    result: average && {
      pooled: average,
      ladder:
        blocks.dropOut?.isFlagged === false
          ? teamLadder(
              average,
              pooled.map(({ bets }) => bets),
            )
          : withheldLadder,
      sensitivity: teamMethods.map((method) => sensitivityOf(pooledPeople, method)),
      blocks,
      guardrails: { on: guardsOf(pooledPeople, "on"), off: guardsOf(pooledPeople, "off") },
    },
  };
}

function pooledBy(people: readonly PersonSums[], method: TeamMethod): TeamResult | undefined {
  const found = people.flatMap((person) => estimateOf(person, method) ?? []);
  if (found.length < LEAST_PEOPLE) return undefined;
  const result = team({ theta: found.map(({ theta }) => theta), se: found.map(({ se }) => se) });
  return isResult(result) ? result : undefined;
}

function sensitivityOf(people: readonly PersonSums[], method: TeamMethod): TeamSensitivity {
  const count = people.filter((person) => estimateOf(person, method) !== undefined).length;
  const pooled = pooledBy(people, method);
  if (!pooled) return { method, people: count };
  const { estimate, lower, upper } = pooled;
  return { method, people: count, pooled: { estimate, lower, upper } };
}

function blocksOf(people: readonly PooledPerson[]): TeamBlocks {
  const all = people.map(({ sums }) => sums);
  const sum = (field: SumField): number => total(all, field);
  const dropOut = teamDropOut(people.flatMap(drawnBy));
  const flaggedPeople = people.filter(isFlagged).length;
  return {
    drawn: sum("drawnOn") + sum("drawnOff"),
    qualifying: sum("qualifyingOn") + sum("qualifyingOff"),
    compared: sum("comparedOn") + sum("comparedOff"),
    strata: sum("strata"),
    strataWithoutOff: sum("strataWithoutOff"),
    strataWithoutOn: sum("strataWithoutOn"),
    leftOut: {
      interrupted: sum("leftOutInterrupted"),
      "not-counted": sum("leftOutNotCounted"),
      "came-twice": sum("leftOutCameTwice"),
      "little-focus": sum("leftOutLittleFocus"),
      "no-activity": sum("leftOutNoActivity"),
      unknown: sum("leftOutUnknown"),
    },
    dropOut: isResult(dropOut) ? dropOut : undefined,
    flaggedPeople,
    flaggedByChance: people.length * FLAGGED_SHARE,
    areMoreThanChance: areMoreThanChance(flaggedPeople, people.length),
    manualTriggersOff: sum("manualTriggersOff"),
    shownOff: sum("shownOff"),
  };
}

const drawnBy = ({ experiments }: PooledPerson): readonly DrawnBlocks[] =>
  experiments.map(({ k, sums }) => ({ ...sums, k }));

function isFlagged(person: PooledPerson): boolean {
  const dropOut = teamDropOut(drawnBy(person));
  return isResult(dropOut) && dropOut.isFlagged;
}

function areMoreThanChance(flagged: number, people: number): boolean {
  const ratio = sampleRatio({ k: flagged, n: people, share: FLAGGED_SHARE });
  return isResult(ratio) && ratio.isFlagged && ratio.estimate > FLAGGED_SHARE;
}

function guardsOf(people: readonly PersonSums[], arm: "on" | "off"): TeamGuards {
  return {
    activeMinutes: total(people, `${arm}T`),
    newErrors: total(people, `${arm}NewErrors`),
    undos: total(people, `${arm}Undos`),
    dayOldAiChars: total(people, `${arm}DayOldAiChars`),
    churnedAiChars: total(people, `${arm}ChurnedAiChars`),
  };
}

const total = (people: readonly PersonSums[], field: SumField): number =>
  people.reduce((sum, person) => sum + person[field], 0);

/** See `dropOut`. */
const FLAGGED_SHARE = 0.001;
