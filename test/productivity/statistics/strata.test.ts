import assert from "node:assert/strict";
import { test } from "node:test";
import { permutation } from "../../../src/productivity/statistics/permutation.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";
import { strataMean } from "../../../src/productivity/statistics/strata.ts";
import { agrees, nothingDrawn, published, resultOf, sixStrata, unequalStrata } from "../../support/estimates.ts";

test("six strata of five have the published ratio and interval", () => {
  const result = resultOf(strataMean(sixStrata));
  published(result.estimate, 1.4881, 5);
  published(result.lower, 1.252979);
  published(result.upper, 1.767341);
});

test("all 15,625 draws of six strata give the published p", () => {
  const result = resultOf(permutation(sixStrata, nothingDrawn));
  assert.equal(result.assignments, 15_625);
  assert.equal(result.p, 0.000128);
});

test("strata of unequal sizes agree with SciPy 1.17.1's ttest_1samp, and with all draws by NumPy 2", () => {
  const result = resultOf(strataMean(unequalStrata));
  agrees(result.estimate, 1.915540829013896);
  agrees(result.lower, 1.5448664815679576);
  agrees(result.upper, 2.37515455956757);
  agrees(result.p, 0.001103476101686246);
  const test = resultOf(permutation(unequalStrata, nothingDrawn));
  assert.equal(test.assignments, 144);
  agrees(test.p, 1 / 144);
});

test("beyond 1,048,576 draws some are drawn, near the exact p, and the error of that is told", () => {
  // No effect in the strata that are added, so that the p of the others stays.
  const nothing = Array.from({ length: 12 }, () => ({ values: [3, 3, 3], off: 1 }));
  const drawn = resultOf(permutation([...unequalStrata, ...nothing], seededRandom(7)));
  assert.equal(drawn.assignments, undefined);
  assert.equal(drawn.draws, 99_999);
  assert.ok(Math.abs(drawn.p - 1 / 144) < 4 * (drawn.monteCarloSe ?? 0));
});

test("of a year's pairs as many are drawn, near the share of all 2^600 assignments that is counted out", () => {
  // Differences of whole tenths, of which all sums can be counted out, one pair after the other.
  const tenths = Array.from({ length: 600 }, (_, index) => ((index * 7) % 13) - (index % 10 < 3 ? 5 : 6));
  const strata = tenths.map((tenth) => ({ values: [3 + tenth / 10, 3], off: 1 }));
  const observed = tenths.reduce((sum, tenth) => sum + tenth, 0);
  let shares = new Map([[0, 1]]);
  for (const tenth of tenths) {
    const next = new Map<number, number>();
    for (const [sum, share] of shares)
      for (const way of [tenth, -tenth]) next.set(sum + way, (next.get(sum + way) ?? 0) + share / 2);
    shares = next;
  }
  const exact = [...shares].reduce((sum, [at, share]) => sum + (at >= observed ? share : 0), 0);
  const drawn = resultOf(permutation(strata, seededRandom(7)));
  assert.ok(exact > 1e-4 && exact < 0.1, `${exact}`);
  assert.ok(Math.abs(drawn.p - exact) < 4 * (drawn.monteCarloSe ?? 0), `${drawn.p} ${exact}`);
});

test("a stratum of one block compares nothing and is left out", () => {
  const alone = { values: [9], off: 0 };
  assert.deepEqual(strataMean([...unequalStrata, alone]), strataMean(unequalStrata));
  assert.deepEqual(permutation([alone], nothingDrawn), {
    insufficient: { kind: "too-few", what: "strata", have: 0, need: 1 },
  });
});

test("one stratum is too few for an interval; an index beside the blocks is an error", () => {
  const one = strataMean(sixStrata.slice(0, 1));
  assert.deepEqual(one, { insufficient: { kind: "too-few", what: "strata", have: 1, need: 2 } });
  const beside = strataMean([{ values: [1, 2], off: 2 }]);
  assert.deepEqual(beside, { malformed: { kind: "not-an-index", field: "strata", index: 0 } });
  const infinite = permutation(
    [
      { values: [1, 2], off: 1 },
      { values: [1, Infinity], off: 1 },
    ],
    nothingDrawn,
  );
  assert.deepEqual(infinite, { malformed: { kind: "not-finite", field: "strata", index: 1 } });
});
