import assert from "node:assert/strict";
import { test } from "node:test";
import { offPosition } from "../../../src/productivity/experiment/schedule.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";

const SEEDS = 2_000;
const STRATA = 10;

/** How often each position was drawn, over many seeds and the first strata of each. */
function drawn(k: number): { readonly counts: readonly number[]; readonly pairs: readonly number[] } {
  const counts = Array.from({ length: k }, () => 0);
  const pairs = Array.from({ length: k * k }, () => 0);
  for (let number = 0; number < SEEDS; number += 1) {
    const seed = sha256(`seed ${number}`);
    let before: number | undefined;
    for (let stratum = 0; stratum < STRATA; stratum += 1) {
      const off = offPosition(seed, stratum, k, sha256);
      counts[off] = (counts[off] ?? 0) + 1;
      if (before !== undefined) pairs[before * k + off] = (pairs[before * k + off] ?? 0) + 1;
      before = off;
    }
  }
  return { counts, pairs };
}

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

for (const [k, most, mostOfPairs] of [
  // 99.9 % quantiles of chi-square: k - 1 and k^2 - 1 degrees of freedom.
  [2, 10.83, 16.27],
  [5, 18.47, 51.18],
] as const) {
  test(`each of ${k} half-hours is as likely to be without suggestions as the others, whatever the one before was`, (t) => {
    const { counts, pairs } = drawn(k);
    t.diagnostic(`${chiSquare(counts)} ${chiSquare(pairs)}`);
    assert.equal(counts.length, k);
    assert.ok(chiSquare(counts) < most, counts.join(" "));
    assert.ok(chiSquare(pairs) < mostOfPairs, pairs.join(" "));
  });
}

test("the same seed draws the same, so that anybody can check the draw afterwards; another one draws others", () => {
  const all = (seed: string) =>
    Array.from({ length: 40 }, (_, stratum) => offPosition(seed, stratum, 5, sha256)).join("");
  assert.equal(all("a".repeat(64)), all("a".repeat(64)));
  assert.notEqual(all("a".repeat(64)), all("b".repeat(64)));
});

test("numbers that would make one half-hour likelier than another are passed over", () => {
  // 2^32 - 1 is the only one of 32 bits beyond the largest multiple of 5.
  const rounds = ["f".repeat(64), `${"f".repeat(8)}00000003${"0".repeat(48)}`];
  const asked: string[] = [];
  const off = offPosition("seed", 7, 5, (text) => {
    asked.push(text);
    return rounds[asked.length - 1] ?? "";
  });
  assert.equal(off, 3);
  assert.deepEqual(asked, ["seed/stratum/7/0", "seed/stratum/7/1"]);
});
