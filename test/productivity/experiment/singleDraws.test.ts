import assert from "node:assert/strict";
import { test } from "node:test";
import { configurationOf, planFrom, planOf } from "../../../src/productivity/experiment/plan.ts";
import { isHeldBackSingly, singleKey } from "../../../src/productivity/experiment/singleDraws.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";

const SEED = "5eed".repeat(16);
const drawnBy = (key: string, draws: number, oneIn = 5): readonly boolean[] =>
  Array.from({ length: draws }, (_, draw) => isHeldBackSingly({ key, draw, oneIn }, sha256));

test("the same seed, session and number draw the same; another session of the same seed draws others", () => {
  const [one, other] = [singleKey(SEED, "one", sha256), singleKey(SEED, "other", sha256)];
  assert.deepEqual(drawnBy(one, 200), drawnBy(singleKey(SEED, "one", sha256), 200));
  assert.notDeepEqual(drawnBy(one, 200), drawnBy(other, 200));
  assert.notEqual(one, singleKey("a".repeat(64), "one", sha256));
  // So that whoever checks it with another program gets the same.
  assert.equal(one, sha256(`${SEED}/suggestions/one`));
  const word = Number.parseInt(sha256(`${one}/0/0`).slice(0, 8), 16);
  assert.ok(word < 4_294_967_295);
  assert.equal(drawnBy(one, 1)[0], word % 5 === 0);
});

test("one of five suggestions is held back, whatever became of the one before, and in each session alike", (t) => {
  const sessions = Array.from({ length: 100 }, (_, index) => drawnBy(singleKey(SEED, `session ${index}`, sha256), 400));
  const heldBack = sessions.flat().filter(Boolean).length;
  t.diagnostic(String(heldBack));
  // Four standard deviations of 40,000 draws.
  assert.ok(Math.abs(heldBack - 8_000) < 4 * Math.sqrt(40_000 * 0.2 * 0.8));
  const after = sessions.flatMap((draws) => draws.slice(1).filter((_, index) => draws[index]));
  const share = after.filter(Boolean).length / after.length;
  assert.ok(Math.abs(share - 0.2) < 4 * Math.sqrt((0.2 * 0.8) / after.length), String(share));
  const scattered = sessions.reduce((sum, draws) => sum + (draws.filter(Boolean).length - 80) ** 2 / 64, 0);
  // 0.05 % and 99.95 % quantiles of chi-square with 100 degrees of freedom.
  assert.ok(scattered > 58 && scattered < 153, String(scattered));
});

test("single suggestions are in the plan of tier 3 alone, which is what was committed to", () => {
  const choices = { k: 2, mostStrata: 300, pairwiseVersion: "1.0.0" } as const;
  const [two, three] = [planOf({ tier: 2, ...choices }), planOf({ tier: 3, ...choices })];
  assert.equal("singles" in two, false);
  assert.equal(three.singles?.oneIn, 5);
  for (const plan of [two, three]) assert.deepEqual(planFrom(configurationOf(plan)), plan);
  const changed = configurationOf(three).replace('"oneIn":5', '"oneIn":2');
  assert.notEqual(changed, configurationOf(three));
  assert.equal(planFrom(changed), undefined);
  assert.equal(planFrom(configurationOf({ ...two, tier: 3 })), undefined);
});
