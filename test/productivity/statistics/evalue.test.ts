import assert from "node:assert/strict";
import { test } from "node:test";
import { evalue, lnE } from "../../../src/productivity/statistics/evalue.ts";
import { evalueInterval, oneSidedBounds } from "../../../src/productivity/statistics/evalueInterval.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import type { Stratum } from "../../../src/productivity/statistics/strata.ts";
import { verdicts } from "../../../src/productivity/statistics/verdicts.ts";
import { agrees, normalFrom, published, resultOf, sixStrata, unequalStrata } from "../../support/estimates.ts";

test("six strata have the published evidence against 2x, 3x, 10x, no effect and 1.1x", () => {
  published(resultOf(evalue(sixStrata, 2)).ePlus, 16.5322);
  published(resultOf(evalue(sixStrata, 3)).ePlus, 665.545);
  published(resultOf(evalue(sixStrata, 10)).ePlus, 5086.12);
  published(resultOf(evalue(sixStrata, 1)).eMinus, 55.1027);
  published(resultOf(evalue(sixStrata, 1.1)).eMinus, 18.3979);
});

test("six strata have the published interval that holds at any time", () => {
  const result = resultOf(evalueInterval(sixStrata));
  published(result.lower, 1.029391);
  published(result.upper, 2.154812);
  published(result.estimate, 1.4881, 5);
});

test("strata of unequal sizes agree with the definition worked in mpmath with 40 digits", () => {
  for (const [claim, plus, minus] of [
    [1, 0.20627077462091178, 18.47589427157434],
    [1.5, 0.40939552255215933, 2.9381334054493915],
    [4, 20.726792831678736, 0.1864913324330016],
  ] as const) {
    const result = resultOf(evalue(unequalStrata, claim));
    agrees(result.ePlus, plus);
    agrees(result.eMinus, minus);
    assert.equal(result.e, Math.max(result.ePlus, result.eMinus));
  }
  const interval = resultOf(evalueInterval(unequalStrata));
  agrees(interval.lower, 0.6430015989433299);
  agrees(interval.upper, 5.979248436780441);
});

test("over all draws of which block was without, the evidence against the truth is 1 on average", () => {
  let sum = 0;
  let draws = 0;
  const [first, second, third] = unequalStrata.map(({ values }) => values);
  for (const a of first?.keys() ?? [])
    for (const b of second?.keys() ?? [])
      for (const c of third?.keys() ?? []) {
        // With S = 1.3, what is drawn to be with suggestions gets its logarithm on top.
        const drawn: Stratum[] = [];
        for (const [values, off] of [
          [first, a],
          [second, b],
          [third, c],
        ] as const) {
          drawn.push({ values: (values ?? []).map((value, at) => (at === off ? value : value + Math.log(1.3))), off });
        }
        sum += Math.exp(lnE(drawn, Math.log(1.3), "+"));
        draws += 1;
      }
  assert.equal(draws, 24);
  agrees(sum / draws, 1);
});

test("an interval with two ends takes a product of sizes above 40, and how many more strata is told", () => {
  const pair = { values: [3.1, 2.8], off: 1 };
  const pairsOf = (count: number) => Array.from({ length: count }, () => pair);
  assert.deepEqual(evalueInterval([]), { insufficient: { kind: "too-few", what: "strata", have: 0, need: 6 } });
  assert.deepEqual(evalueInterval(pairsOf(5)), {
    insufficient: { kind: "too-few", what: "strata", have: 5, need: 6 },
  });
  const six = resultOf(evalueInterval(pairsOf(6)));
  assert.ok(six.lower < six.estimate && six.estimate < six.upper);
  assert.deepEqual(evalueInterval(sixStrata.slice(0, 2)), {
    insufficient: { kind: "too-few", what: "strata", have: 2, need: 3 },
  });
});

test("the interval covers the truth in more than 95 % of simulated experiments", () => {
  const random = seededRandom(11);
  const normal = normalFrom(random);
  const truth = 1.25;
  let covered = 0;
  for (let run = 0; run < 300; run += 1) {
    const strata = Array.from({ length: 12 }, () => {
      const off = Math.floor(random() * 5);
      return {
        values: Array.from({ length: 5 }, (_, at) => 3 + 0.4 * normal() + (at === off ? 0 : Math.log(truth))),
        off,
      };
    });
    const { lower, upper } = resultOf(evalueInterval(strata));
    if (lower <= truth && truth <= upper) covered += 1;
  }
  assert.ok(covered >= 285, `${covered} of 300`);
});

test("thousands of strata leave evidence that is a number still", () => {
  const strong = Array.from({ length: 5000 }, () => ({ values: [5, 5.1, 4.9, 5.2, 3], off: 4 }));
  const result = resultOf(evalue(strong, 1));
  assert.ok(Number.isFinite(result.eMinus) && result.eMinus > 1e300);
  assert.ok(result.lnEMinus > 5000);
});

test("a claim of 0x is an error, and of no strata there is no evidence", () => {
  assert.deepEqual(evalue(sixStrata, 0), { malformed: { kind: "not-positive", field: "claim" } });
  assert.deepEqual(evalue([], 1), { insufficient: { kind: "too-few", what: "strata", have: 0, need: 1 } });
});

test("the bounds of one side are those between the claims that are decided and the others, also after evidence is lost again", () => {
  const random = seededRandom(17);
  let inside = 0;
  for (let experiment = 0; experiment < 40; experiment += 1) {
    const strata = pairsWith(1.6, 12 + experiment, random);
    const { atLeast, atMost } = resultOf(oneSidedBounds(strata));
    assert.ok(atLeast !== undefined && atMost !== undefined);
    const claims = [atLeast * 0.999, atLeast * 1.001, atMost * 0.999, atMost * 1.001];
    assert.deepEqual(
      resultOf(verdicts(strata, claims)).verdicts.map(({ verdict }) => verdict),
      ["shown", "undecided", "undecided", "ruled-out"],
    );
    const { lower, upper } = resultOf(evalueInterval(strata));
    if (lower < atLeast && atMost < upper) inside += 1;
  }
  // The interval asks for more evidence on each side; where some was lost again it asks for it now.
  assert.equal(inside, 40);
});

test("while no claim could have been decided there is no bound of one side", () => {
  assert.deepEqual(resultOf(oneSidedBounds(pairsWith(1, 4, seededRandom(1)))), {
    atLeast: undefined,
    atMost: undefined,
  });
  assert.deepEqual(resultOf(oneSidedBounds([])), { atLeast: undefined, atMost: undefined });
  assert.ok(resultOf(oneSidedBounds(pairsWith(1, 5, seededRandom(1)))).atMost !== undefined);
});

function pairsWith(truth: number, count: number, random: () => number): readonly Stratum[] {
  const normal = normalFrom(random);
  return Array.from({ length: count }, () => {
    const off = Math.floor(random() * 2);
    return { values: [0, 1].map((at) => 3 + 0.5 * normal() + (at === off ? 0 : Math.log(truth))), off };
  });
}
