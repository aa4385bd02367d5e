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
import { personOf, sumFields } from "../../../src/productivity/team/personSums.ts";
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
    const { sums } = personOf(rows);
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
  const bets = betsOfAll(people.map((rows) => personOf(rows).bets));
  const strata = people.flatMap((rows) => analysed(rows, rows[0]?.k ?? 2).strata.active120Ms);
  for (const claim of CLAIMS_LADDER)
    for (const side of ["+", "-"] as const)
      close(lnEOf(claimBets(bets, claim, side)), lnE(strata, Math.log(claim), side), `${side}${claim}`);
});

test("what is pooled is everybody's own result, by estimator K, from sums that were written and read as well", () => {
  const sums = teamSumsOf(people.map(personOf));
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
  const four = people.slice(0, LEAST_PEOPLE - 1).map(personOf);
  // A fifth with too few groups makes no fifth of the average.
  const fifth = personOf(rowsOfPerson(9, { strata: 5 }));
  for (const given of [[], four, [...four, fifth]]) {
    const { result, people: who } = teamReport(teamSumsOf(given), { madeMs: 0, source: "rows" });
    assert.equal(result, undefined);
    assert.equal(who.pooled, Math.min(given.length, 4));
    assert.equal(who.tooFewStrata, given.length === 5 ? 1 : 0);
  }
});

test("people with another plan are left out and counted", () => {
  const other = [personOf(rowsOfPerson(7, {}, 3)), personOf(rowsOfPerson(8, {}, 3))];
  const together = teamReport(teamSumsOf([...people.map(personOf), ...other]), { madeMs: 0, source: "rows" });
  const without = teamReport(teamSumsOf(people.map(personOf)), { madeMs: 0, source: "rows" });
  assert.deepEqual(together.people.otherPlans, [{ planVersion: 1, tier: 3, people: 2 }]);
  assert.deepEqual(together.result, without.result);
});

test("whose half-hours are all alike has no weight, and is counted", () => {
  const alike = rowsOfPerson(10, { qualifying: 1 }).map((row) => ({
    ...row,
    netChars: row.arm === "on" ? 600 : 300,
    active120Ms: 1_200_000,
  }));
  const report = teamReport(teamSumsOf([...people.map(personOf), personOf(alike)]), { madeMs: 0, source: "rows" });
  assert.deepEqual([report.people.withoutSpread, report.people.pooled], [1, 6]);
});

test("one person with many half-hours decides nothing of the average: that is by its interval, and the person is told apart", () => {
  const four = [1, 2, 3, 4].map((number) => personOf(rowsOfPerson(number, { effect: 4, strata: 20 })));
  const many = personOf(rowsOfPerson(5, { effect: 1, strata: 300 }));
  const { ladder, pooled } = teamReport(teamSumsOf([...four, many]), { madeMs: 0, source: "rows" }).result ?? {};
  assert.ok(ladder && pooled);
  // 3.26 on average, from 0.94 to 11.3.
  assert.ok(pooled.lower < 1 && 10 < pooled.upper, JSON.stringify(pooled));
  for (const { claim, verdict } of ladder) assert.equal(verdict, "undecided", String(claim));
  for (const { claim, isSomebodyBelow } of ladder) if (claim >= 1.67) assert.ok(isSomebodyBelow, String(claim));
  assert.ok(ladder.some(({ isSomebodyAbove }) => isSomebodyAbove));
});

test("a claim about the average is ruled out above its interval and shown below it, and else says how many people it takes", () => {
  const { ladder, pooled } = teamReport(teamSumsOf(people.map(personOf)), { madeMs: 0, source: "rows" }).result ?? {};
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

test("a split that the draw can't have made is flagged over all, and people with one are counted", () => {
  const all = [...people, ...[11, 12, 13].map((number) => rowsOfPerson(number))];
  const lost = all.map((rows) =>
    rows.map((row) =>
      row.arm === "off" && row.stratum % 2 === 0 ? { ...row, qualifies: false, whyNot: "little-focus" as const } : row,
    ),
  );
  const blocks = teamReport(teamSumsOf(lost.map(personOf)), { madeMs: 0, source: "rows" }).result?.blocks;
  assert.deepEqual(
    blocks?.sampleRatios.map(({ k, isFlagged }) => [k, isFlagged]),
    // Of five in a group there are three people, of whom it would be said.
    [[2, true]],
  );
  assert.ok((blocks?.flaggedPeople ?? 0) >= 1);
  assert.ok(Math.abs((blocks?.flaggedByChance ?? 0) - 0.009) < 1e-12);
});

test("three people whose sums are given twice are not six", () => {
  const lines = linesOfSums(teamSumsOf(people.slice(0, 3).map(personOf)));
  assert.deepEqual(sumsFrom([...lines, ...lines]), { kind: "same-person", line: 4 });
});

test("somebody who is not in the average changes no figure but how many have handed in", () => {
  const without = teamReport(teamSumsOf(people.map(personOf)), { madeMs: 0, source: "rows" });
  const few = personOf(rowsOfPerson(9, { strata: 1, qualifying: 1 }));
  assert.ok(few.sums.onT > 0);
  const together = teamReport(teamSumsOf([...people.map(personOf), few]), { madeMs: 0, source: "rows" });
  assert.deepEqual(together.result, without.result);
  assert.deepEqual([together.people.given, together.people.tooFewStrata], [7, 1]);
});

test("sums that are cut, doubled or not numbers are refused, each by its line", () => {
  const lines = linesOfSums(teamSumsOf(people.map(personOf)));
  const flawOf = (changed: readonly unknown[]) => {
    const read = sumsFrom(changed);
    return isSumsFlaw(read) ? read : undefined;
  };
  assert.equal(flawOf(lines), undefined);
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
  assert.deepEqual(flawOf([{ ...person, flaws: 1, sumD: null }]), { kind: "odd-person", line: 1 });
  assert.deepEqual(flawOf([{ ...lines[0], sumD2: null }]), { kind: "unfit-field", line: 1, field: "sumD2" });
  assert.deepEqual(flawOf([{ ...lines[0], strata: -1 }]), { kind: "unfit-field", line: 1, field: "strata" });
  assert.deepEqual(flawOf([{ ...lines[0], schema: "pairwise.sums/2" }]), { kind: "newer", line: 1 });
  assert.deepEqual(flawOf([lines[0], 7]), { kind: "no-line", line: 2 });
  assert.equal(new Set(sumFields).size, sumFields.length);
});
