import assert from "node:assert/strict";
import { test } from "node:test";
import { largestDifference } from "../../bench/warehouse/difference.ts";

test("two verdicts differ by as much as the worst of their figures", () => {
  const one = { madeMs: 1, source: "rows", result: { estimate: 1.2, ladder: [{ lnEPlus: 100, ePlus: 2e43 }] } };
  assert.equal(largestDifference(one, { ...one, madeMs: 2, source: "sums" }), 0);
  const other = { ...one, result: { estimate: 1.2, ladder: [{ lnEPlus: 101, ePlus: 7e43 }] } };
  assert.ok(Math.abs(largestDifference(one, other) - 1 / 101) < 1e-12);
  assert.ok(largestDifference({ a: 1e-12 }, { a: 0 }) < 1e-8);
});

test("two of another form, or with other words, can't be compared", () => {
  assert.throws(() => largestDifference({ a: 1 }, { b: 1 }));
  assert.throws(() => largestDifference({ verdict: "shown" }, { verdict: "undecided" }));
});
