import assert from "node:assert/strict";
import { test } from "node:test";
import { censoredRandomised, type TimeSum } from "../../../src/productivity/statistics/censoredRandomised.ts";
import { microRandomised } from "../../../src/productivity/statistics/microRandomised.ts";
import { agrees, resultOf } from "../../support/estimates.ts";

type One = readonly [session: string, isShown: boolean, seconds: number, isKnown?: boolean];

const rows: readonly One[] = [
  ["a", true, 4],
  ["a", false, 16],
  ["b", true, 8],
  ["b", false, 8],
  ["b", true, 2],
  ["c", true, 4],
  ["c", false, 32],
];
const sumsOf = (ones: readonly One[]): readonly TimeSum[] =>
  ones.map(([session, isShown, seconds, isKnown = true]) => ({
    session,
    isShown,
    isKnown,
    n: 1,
    sumLog: Math.log(seconds),
    bin: Math.floor(2 * Math.log2(seconds) + 1e-9),
  }));

test("where all are known it is estimator L", () => {
  const result = resultOf(censoredRandomised(sumsOf(rows), 1_800));
  const plain = resultOf(microRandomised(rows.map(([session, isShown, seconds]) => ({ session, isShown, seconds }))));
  agrees(result.estimate, 1 / plain.estimate);
  agrees(result.lower, 1 / plain.upper);
  agrees(result.upper, 1 / plain.lower);
  assert.deepEqual(result.beyond, { shown: 0, notShown: 0 });
});

test("one that was lost is stood for by those of its arm that took longer", () => {
  // Of the four that were held back one was lost after ten seconds: 8 counts once, 16 and 32 for one and a half each.
  const result = resultOf(censoredRandomised(sumsOf([...rows, ["a", false, 12, false]]), 1_800));
  const heldBack = (Math.log(8) + 1.5 * Math.log(16) + 1.5 * Math.log(32)) / 4;
  const shown = (2 * Math.log(4) + Math.log(8) + Math.log(2)) / 4;
  agrees(result.estimate, Math.exp(shown - heldBack));
});

test("who took longer than the longest known one widens the interval to both extremes", () => {
  const result = resultOf(censoredRandomised(sumsOf([...rows, ["a", false, 50, false]]), 1_800));
  assert.deepEqual(result.beyond, { shown: 0, notShown: 0.25 });
  const known = Math.log(8) + Math.log(16) + Math.log(32);
  const shown = (2 * Math.log(4) + Math.log(8) + Math.log(2)) / 4;
  const least = Math.exp(shown - (known + Math.log(1_800)) / 4);
  const most = Math.exp(shown - (known + Math.log(32)) / 4);
  agrees(result.estimate, Math.sqrt(least * most));
  assert.ok(result.lower < least && most < result.upper);
});

test("without any that is known on one side there is nothing to compare", () => {
  const lost = rows.map(([session, isShown, seconds]): One => [session, isShown, seconds, isShown]);
  assert.deepEqual(censoredRandomised(sumsOf(lost), 1_800), {
    insufficient: { kind: "too-few", what: "rowsNotShown", have: 0, need: 1 },
  });
});
