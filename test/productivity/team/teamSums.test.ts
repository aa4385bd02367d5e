import assert from "node:assert/strict";
import { test } from "node:test";
import { analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import type { Block } from "../../../src/productivity/experiment/blocks.ts";
import { lnE, lnEOf } from "../../../src/productivity/statistics/evalue.ts";
import { CLAIMS_LADDER } from "../../../src/productivity/statistics/claimsLadder.ts";
import { logRatioOfSums } from "../../../src/productivity/statistics/logRatioOfSums.ts";
import { meanOfLogs } from "../../../src/productivity/statistics/meanOfLogs.ts";
import { isResult, type Outcome } from "../../../src/productivity/statistics/outcome.ts";
import type { SpeedUp } from "../../../src/productivity/statistics/speedUp.ts";
import { tReach } from "../../../src/productivity/statistics/quantiles.ts";
import { strataMean } from "../../../src/productivity/statistics/strata.ts";
import { team } from "../../../src/productivity/statistics/team.ts";
import type { BlockRow } from "../../../src/productivity/team/blockRow.ts";
import { estimateOf } from "../../../src/productivity/team/estimates.ts";
import { experimentOf, sumFields } from "../../../src/productivity/team/personSums.ts";
import { isSumsFlaw, linesOfSums, sumsFrom } from "../../../src/productivity/team/sumsLines.ts";
import { betsOfAll, claimBets } from "../../../src/productivity/team/teamBets.ts";
import { teamLadder } from "../../../src/productivity/team/teamLadder.ts";
import { LEAST_PEOPLE, teamReport } from "../../../src/productivity/team/teamReport.ts";
import { teamSumsOf } from "../../../src/productivity/team/teamSums.ts";
import { rowsOfPerson } from "../../support/teams.ts";

/** As the report of one person would have it. */
function analysed(rows: readonly BlockRow[], k: number) {
  const blocks = rows.map((row) => ({
    ...row,
    whyNot: row.whyNot === "" ? undefined : row.whyNot,
  })) as readonly unknown[];
  return analysisOf({ blocks: blocks as readonly Block[], k, status: "completed", nowMs: Infinity });
}

function close(actual: number | undefined, expected: number | undefined, what: string): void {
  assert.ok(actual !== undefined && expected !== undefined, what);
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${what}: ${actual}, ${expected}`);
}

function result<T extends object>(outcome: Outcome<T>): T {
  assert.ok(isResult(outcome), JSON.stringify(outcome));
  return outcome;
}

const people = [0, 1, 2, 3, 4, 5].map((number) =>
  rowsOfPerson(number, { effect: 1 + number / 10, k: number % 2 === 0 ? 2 : 5 }),
);

test("a person's sums give the estimates that their half-hours give", () => {
  for (const [number, rows] of people.entries()) {
    const k = rows[0]?.k ?? 2;
    const { sums } = experimentOf(rows);
    const { strata, compared, qualifying, drawn, leftOut, strataLeftOut } = analysed(rows, k);
    const same = (method: Parameters<typeof estimateOf>[1], outcome: Outcome<SpeedUp>) => {
      const { theta, se } = result(outcome);
      close(estimateOf(sums, method)?.theta, theta, `${method} of ${number}`);
      close(estimateOf(sums, method)?.se, se, `standard error of ${method} of ${number}`);
    };
    same("strata", strataMean(strata.active120Ms));
    same("active60", strataMean(strata.active60Ms));
    same("active300", strataMean(strata.active300Ms));
    same("focus", strataMean(strata.focusedMs));
    const arm = (which: string) =>
      rows
        .filter((row) => row.qualifies && row.arm === which)
        .map((row) => [row.netChars, row.active120Ms / 60_000] as const);
    const arms = { on: arm("on"), off: arm("off") };
    same("meanOfLogs", meanOfLogs(arms));
    same("ratioOfSums", logRatioOfSums(arms));
    assert.deepEqual(
      [sums.comparedOn, sums.comparedOff, sums.qualifyingOn, sums.qualifyingOff, sums.drawnOn, sums.drawnOff],
      [compared.on, compared.off, qualifying.on, qualifying.off, drawn.on, drawn.off],
    );
    assert.equal(sums.strata, strata.active120Ms.length);
    assert.deepEqual([sums.strataWithoutOff, sums.strataWithoutOn], [strataLeftOut["no-off"], strataLeftOut["no-on"]]);
    assert.ok(sums.leftOutLittleFocus > 0);
    assert.equal(sums.leftOutLittleFocus, leftOut["little-focus"]);
  }
});

test("the bets of all people together are the e-value over all their groups, on every claim and from both sides", () => {
  const bets = betsOfAll(people.map((rows) => experimentOf(rows).bets));
  const strata = people.flatMap((rows) => analysed(rows, rows[0]?.k ?? 2).strata.active120Ms);
  for (const claim of CLAIMS_LADDER)
    for (const side of ["+", "-"] as const)
      close(lnEOf(claimBets(bets, claim, side)), lnE(strata, Math.log(claim), side), `${side}${claim}`);
});

test("what is pooled is everybody's own result, by estimator K, from sums that were written and read as well", () => {
  const sums = teamSumsOf(people.map(experimentOf));
  const own = people.map((rows) => result(strataMean(analysed(rows, rows[0]?.k ?? 2).strata.active120Ms)));
  const expected = result(team({ theta: own.map(({ theta }) => theta), se: own.map(({ se }) => se) }));
  const read = sumsFrom(JSON.parse(JSON.stringify(linesOfSums(sums))) as unknown[]);
  assert.ok(!isSumsFlaw(read));
  const made = { madeMs: 0, source: "sums" } as const;
  assert.deepEqual(teamReport(read, made), teamReport(sums, made));
  const pooled = teamReport(read, made).result?.pooled;
  for (const field of ["estimate", "lower", "upper", "tau2", "predictionLower", "predictionUpper"] as const)
    close(pooled?.[field], expected[field], field);
});

test("with fewer than five people there is no figure at all, however much they have handed in", () => {
  const four = people.slice(0, LEAST_PEOPLE - 1).map(experimentOf);
  // A fifth with too few groups makes no fifth of the average.
  const fifth = experimentOf(rowsOfPerson(9, { strata: 5 }));
  for (const given of [[], four, [...four, fifth]]) {
    const { result, people: who } = teamReport(teamSumsOf(given), { madeMs: 0, source: "rows" });
    assert.equal(result, undefined);
    assert.equal(who.pooled, Math.min(given.length, 4));
    assert.equal(who.tooFewStrata, given.length === 5 ? 1 : 0);
  }
});

test("two experiments of one person are one person with the groups of both, whatever their size", () => {
  const [first = [], ...others] = people;
  const second = rowsOfPerson(0, { effect: 3, k: 5, strata: 60 }, { experiment: 1 });
  const { people: pooled } = teamSumsOf([...others, first, second].map(experimentOf));
  assert.equal(pooled.length, people.length);
  const person = pooled.find(({ experiments }) => experiments.length === 2) ?? assert.fail();
  const own = result(strataMean([...analysed(first, 2).strata.active120Ms, ...analysed(second, 5).strata.active120Ms]));
  close(estimateOf(person.sums, "strata")?.theta, own.theta, "theta");
  close(estimateOf(person.sums, "strata")?.se, own.se, "standard error");
  const read = sumsFrom(linesOfSums(teamSumsOf([...others, first, second].map(experimentOf))));
  assert.ok(!isSumsFlaw(read));
  assert.equal(read.people.length, people.length);
});

test("four people with six experiments are four people: nothing is said of them", () => {
  const second = [0, 1].map((number) => rowsOfPerson(number, {}, { experiment: 1 }));
  const given = [...people.slice(0, 4), ...second].map(experimentOf);
  const report = teamReport(teamSumsOf(given), { madeMs: 0, source: "rows" });
  assert.deepEqual([report.people.given, report.people.pooled, report.result], [4, 4, undefined]);
});

test("somebody with an experiment by another plan beside one that is pooled is not left out as well", () => {
  const other = rowsOfPerson(0, {}, { tier: 3, experiment: 1 });
  const report = teamReport(teamSumsOf([...people, other].map(experimentOf)), { madeMs: 0, source: "rows" });
  assert.deepEqual([report.people.given, report.people.otherPlans], [people.length, []]);
});

test("experiments that don't say whose they are count as a person's each, and are told", () => {
  const older = rowsOfPerson(20, {}, { tier: 3 });
  const rows = [...people, older].map((each) => each.map((row) => ({ ...row, person: row.user })));
  const report = teamReport(teamSumsOf(rows.map(experimentOf)), { madeMs: 0, source: "rows" });
  assert.deepEqual([report.people.given, report.people.withoutPerson], [people.length, people.length]);
});

test("people with another plan are left out and counted", () => {
  const other = [experimentOf(rowsOfPerson(7, {}, { tier: 3 })), experimentOf(rowsOfPerson(8, {}, { tier: 3 }))];
  const together = teamReport(teamSumsOf([...people.map(experimentOf), ...other]), { madeMs: 0, source: "rows" });
  const without = teamReport(teamSumsOf(people.map(experimentOf)), { madeMs: 0, source: "rows" });
  assert.deepEqual(together.people.otherPlans, [{ planVersion: 1, tier: 3, people: 2 }]);
  assert.deepEqual(together.result, without.result);
});

test("whose half-hours are all alike has no weight, and is counted", () => {
  const alike = rowsOfPerson(10, { qualifying: 1 }).map((row) => ({
    ...row,
    netChars: row.arm === "on" ? 600 : 300,
    active120Ms: 1_200_000,
  }));
  const report = teamReport(teamSumsOf([...people.map(experimentOf), experimentOf(alike)]), {
    madeMs: 0,
    source: "rows",
  });
  assert.deepEqual([report.people.withoutSpread, report.people.pooled], [1, 6]);
});

test("one person with many half-hours decides nothing of the average: that is by its interval, and the person is told apart", () => {
  const four = [1, 2, 3, 4].map((number) => experimentOf(rowsOfPerson(number, { effect: 4, strata: 20 })));
  const many = experimentOf(rowsOfPerson(5, { effect: 1, strata: 300 }));
  const { ladder, pooled } = teamReport(teamSumsOf([...four, many]), { madeMs: 0, source: "rows" }).result ?? {};
  assert.ok(ladder && pooled);
  // 3.26 on average, from 0.94 to 11.3.
  assert.ok(pooled.lower < 1 && 10 < pooled.upper, JSON.stringify(pooled));
  for (const { claim, verdict } of ladder) assert.equal(verdict, "undecided", String(claim));
  for (const { claim, isSomebodyBelow } of ladder) if (claim >= 1.67) assert.ok(isSomebodyBelow, String(claim));
  assert.ok(ladder.some(({ isSomebodyAbove }) => isSomebodyAbove));
});

test("a claim about the average is ruled out above its interval and shown below it, and else says how many people it takes", () => {
  const { ladder, pooled } =
    teamReport(teamSumsOf(people.map(experimentOf)), { madeMs: 0, source: "rows" }).result ?? {};
  assert.ok(ladder && pooled);
  for (const { claim, verdict } of ladder) {
    assert.equal(verdict === "ruled-out", claim > pooled.upper, String(claim));
    assert.equal(verdict === "shown", claim < pooled.lower, String(claim));
  }
  assert.ok(new Set(ladder.map(({ verdict }) => verdict)).size > 1);
  // With so many people like these, and the scatter that they have, the interval ends just before the claim.
  const far = { ...pooled, theta: Math.log(1.2), se: 0.1, k: 6, lower: 0.93, upper: 1.55 };
  const more = teamLadder(far, []).find(({ claim }) => claim === 1)?.morePeople ?? 0;
  const reach = (k: number) => tReach(k - 1) * 0.1 * Math.sqrt(6 / k);
  assert.ok(reach(6 + more) < Math.log(1.2) && reach(5 + more) >= Math.log(1.2), String(more));
  // On the claim itself no number is enough.
  assert.equal(teamLadder({ ...far, theta: 0 }, []).find(({ claim }) => claim === 1)?.morePeople, undefined);
});

/** The best of the half-hours of one kind get lost, by whatever fault: so many of each person. */
function losing(rows: readonly BlockRow[], arm: "on" | "off", count: number): readonly BlockRow[] {
  const rate = (row: BlockRow): number => row.netChars / row.active120Ms;
  const lost = new Set(
    rows
      .filter((row) => row.qualifies && row.arm === arm)
      .toSorted((one, other) => rate(other) - rate(one))
      .slice(0, count)
      .map(({ slotMs }) => slotMs),
  );
  return rows.map((row) => (lost.has(row.slotMs) ? { ...row, qualifies: false, whyNot: "little-focus" } : row));
}

const reportOf = (given: readonly (readonly BlockRow[])[]) =>
  teamReport(teamSumsOf(given.map(experimentOf)), { madeMs: 0, source: "rows" }).result;

test("where the best half-hours without suggestions get lost no claim is judged, as in everybody's own report", () => {
  const without = [0, 1, 2, 3, 4].map((number) => rowsOfPerson(number, { effect: 1, qualifying: 1 }));
  const lost = without.map((rows) => losing(rows, "off", 12));
  for (const rows of lost) assert.equal(result(analysed(rows, 2).dropOut).isFlagged, true);
  const judged = reportOf(without);
  assert.ok(judged);
  assert.ok(judged.ladder.some(({ verdict }) => verdict === "ruled-out"));
  assert.deepEqual([judged.blocks.dropOut?.isFlagged, judged.blocks.flaggedPeople], [false, 0]);
  const found = reportOf(lost);
  assert.ok(found);
  for (const row of found.ladder)
    assert.deepEqual(row, {
      claim: row.claim,
      verdict: "not-known",
      isSomebodyBelow: false,
      isSomebodyAbove: false,
    });
  assert.equal(found.ladder.length, CLAIMS_LADDER.length);
  const { dropOut, flaggedPeople, flaggedByChance, areMoreThanChance } = found.blocks;
  assert.equal(dropOut?.isFlagged, true);
  // 28 of 40 without, 40 of 40 with: of 34 that would be as many as with.
  close(dropOut?.offOfExpected, 28 / 34, "share of the expected");
  assert.deepEqual([flaggedPeople, areMoreThanChance], [5, true]);
  close(flaggedByChance, 0.005, "by chance");
});

test("groups of two and of five are held each against itself: who has fewer half-hours that count does not look like a fault", () => {
  const few = [0, 1, 2, 3].map((number) => rowsOfPerson(number, { k: 5, qualifying: 0.5, strata: 60 }));
  const many = [4, 5, 6].map((number) => rowsOfPerson(number, { k: 2, qualifying: 1, strata: 60 }));
  assert.equal(reportOf([...few, ...many])?.blocks.dropOut?.isFlagged, false);
  // And neither size is of so few people that nothing is looked at.
  const lost = [...few.map((rows) => losing(rows, "off", 15)), ...many.map((rows) => losing(rows, "off", 15))];
  assert.equal(reportOf(lost)?.blocks.dropOut?.isFlagged, true);
});

test("losses that make up for each other over all are told by how many people have them", () => {
  const all = Array.from({ length: 6 }, (_, number) => rowsOfPerson(number, { qualifying: 1 }));
  const blocks = reportOf(all.map((rows, number) => losing(rows, number % 2 === 0 ? "off" : "on", 14)))?.blocks;
  assert.deepEqual([blocks?.dropOut?.isFlagged, blocks?.flaggedPeople, blocks?.areMoreThanChance], [false, 6, true]);
  // One of a few may be chance.
  const one = reportOf(all.map((rows, number) => (number === 0 ? losing(rows, "off", 14) : rows)))?.blocks;
  assert.deepEqual([one?.flaggedPeople, one?.areMoreThanChance], [1, false]);
});

test("three people whose sums are given twice are not six", () => {
  const lines = linesOfSums(teamSumsOf(people.slice(0, 3).map(experimentOf)));
  assert.deepEqual(sumsFrom([...lines, ...lines]), { kind: "same-experiment", line: 4 });
});

test("somebody who is not in the average changes no figure but how many have handed in", () => {
  const without = teamReport(teamSumsOf(people.map(experimentOf)), { madeMs: 0, source: "rows" });
  const few = experimentOf(rowsOfPerson(9, { strata: 1, qualifying: 1 }));
  assert.ok(few.sums.onT > 0);
  const together = teamReport(teamSumsOf([...people.map(experimentOf), few]), { madeMs: 0, source: "rows" });
  assert.deepEqual(together.result, without.result);
  assert.deepEqual([together.people.given, together.people.tooFewStrata], [7, 1]);
});

test("sums that are cut, doubled or not numbers are refused, each by its line", () => {
  const lines = linesOfSums(teamSumsOf(people.map(experimentOf)));
  const flawOf = (changed: readonly unknown[]) => {
    const read = sumsFrom(changed);
    return isSumsFlaw(read) ? read : undefined;
  };
  assert.equal(flawOf(lines), undefined);
  // In the first form two experiments of one person were two people.
  assert.deepEqual(flawOf([{ ...lines[0], schema: "pairwise.sums/1" }]), { kind: "older", line: 1 });
  assert.deepEqual(flawOf([{ ...lines[0], person: "Ada" }]), { kind: "unfit-field", line: 1, field: "person" });
  assert.deepEqual(flawOf([{ ...lines[0], k: 3 }]), { kind: "unfit-field", line: 1, field: "k" });
  const [person] = lines as readonly { readonly bets: readonly number[] }[];
  assert.deepEqual(flawOf([{ ...person, bets: person?.bets.slice(1) }]), {
    kind: "unfit-field",
    line: 1,
    field: "bets",
  });
  assert.deepEqual(flawOf([{ ...person, bets: undefined }]), { kind: "unfit-field", line: 1, field: "bets" });
  assert.deepEqual(flawOf([{ ...person, bets: person?.bets.map(() => null) }]), {
    kind: "unfit-field",
    line: 1,
    field: "bets",
  });
  // What a warehouse has not looked at is not taken, and what it has found even less.
  assert.deepEqual(flawOf([{ ...person, flaws: undefined }]), { kind: "unfit-field", line: 1, field: "flaws" });
  assert.deepEqual(flawOf([{ ...person, flaws: 1, sumD: null }]), { kind: "odd-experiment", line: 1 });
  assert.deepEqual(flawOf([{ ...lines[0], sumD2: null }]), { kind: "unfit-field", line: 1, field: "sumD2" });
  assert.deepEqual(flawOf([{ ...lines[0], qualifyingOff: 1_000 }]), {
    kind: "unfit-field",
    line: 1,
    field: "qualifyingOff",
  });
  assert.deepEqual(flawOf([{ ...lines[0], strata: -1 }]), { kind: "unfit-field", line: 1, field: "strata" });
  assert.deepEqual(flawOf([{ ...lines[0], schema: "pairwise.sums/3" }]), { kind: "newer", line: 1 });
  assert.deepEqual(flawOf([lines[0], 7]), { kind: "no-line", line: 2 });
  assert.equal(new Set(sumFields).size, sumFields.length);
});
