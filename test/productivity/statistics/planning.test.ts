import assert from "node:assert/strict";
import { test } from "node:test";
import { amdahl, shareWithout, shareNeededFor } from "../../../src/productivity/statistics/amdahl.ts";
import { keystrokeModel } from "../../../src/productivity/statistics/keystrokeModel.ts";
import { power } from "../../../src/productivity/statistics/power.ts";
import { agrees, published, resultOf } from "../../support/estimates.ts";

const day = {
  survivingChars: 6200,
  charsPerSecond: 3.1,
  shown: 420,
  readSeconds: 1.6,
  accepted: 118,
  fixSeconds: 2,
  activeMinutes: 240,
};

test("2x where a third of the day is editing makes the published 1.2121x of the whole, at most 1.54x", () => {
  const result = resultOf(amdahl({ f: 0.35, s: 2 }));
  published(result.estimate, 1.2121, 5);
  published(result.ceiling, 1 / 0.65);
  published(resultOf(amdahl({ f: 0.35 })).estimate, 1 / 0.65);
});

test("3x of the whole takes two thirds of the day, 10x nine tenths, and less than none is an error", () => {
  assert.equal(shareNeededFor(10), 0.9);
  published(Number(shareNeededFor(3)), 0.666667);
  assert.equal(shareNeededFor(1), 0);
  assert.deepEqual(shareNeededFor(0.5), { malformed: { kind: "not-positive", field: "claim" } });
});

test("the share of the day without a speed-up follows from that with it, however much of the time had it", () => {
  // 5 h at s = 1 and 3 h of all else; a quarter of the 5 h was done with s = 4.
  const [old, sped, other] = [3.75, 1.25 / 4, 3];
  const f = (old + sped) / (old + sped + other);
  const share = shareWithout({ f, off: old / (old + sped), s: 4 });
  assert.ok(Math.abs(share - 5 / 8) < 1e-12);
  assert.ok(Math.abs(shareWithout({ f: 5 / 8, off: 1, s: 4 }) - 5 / 8) < 1e-12);
  // All of it with: the whole is Gustafson's 1 - f + f s.
  const all = amdahl({ f: shareWithout({ f: 0.2, off: 0, s: 3 }), s: 3 });
  assert.ok("estimate" in all && Math.abs(all.estimate - 1.4) < 1e-12);
});

test("a day of editing alone has no ceiling, and more than a day is an error", () => {
  assert.deepEqual(amdahl({ f: 1 }), { insufficient: { kind: "no-ceiling" } });
  assert.deepEqual(amdahl({ f: 1, s: 2 }), { estimate: 2 });
  assert.deepEqual(amdahl({ f: 1.2 }), { malformed: { kind: "not-a-share", field: "f" } });
  assert.deepEqual(amdahl({ f: 0.2, s: 0 }), { malformed: { kind: "not-positive", field: "s" } });
});

test("the keystroke model of a day is the published one", () => {
  const result = resultOf(keystrokeModel(day));
  published(result.estimate, 1.075833);
  assert.equal(result.netSeconds, 1092);
});

test("the tornado says what half and double of each assumption make of it, the widest first", () => {
  const { tornado } = resultOf(keystrokeModel(day));
  assert.deepEqual(
    tornado.map(({ assumption }) => assumption),
    ["charsPerSecond", "readSeconds", "fixSeconds"],
  );
  published(tornado[0]?.atHalf, 1 + (4000 - 672 - 236) / 14_400);
  published(tornado[1]?.atDouble, 1 + (2000 - 1344 - 236) / 14_400);
  published(tornado[2]?.atHalf, 1 + (2000 - 672 - 118) / 14_400);
});

test("no active time, and more reading than there was time for, are no speed-up", () => {
  const none = keystrokeModel({ ...day, activeMinutes: 0 });
  assert.deepEqual(none, { insufficient: { kind: "nothing-counted", field: "activeMinutes" } });
  const lost = keystrokeModel({ ...day, readSeconds: 100, activeMinutes: 10 });
  assert.deepEqual(lost, {
    insufficient: { kind: "more-lost-than-spent", lostSeconds: 40_236, activeSeconds: 600 },
  });
  assert.deepEqual(keystrokeModel({ ...day, charsPerSecond: 0 }), {
    malformed: { kind: "not-positive", field: "charsPerSecond" },
  });
});

test("the plan agrees with SciPy 1.17.1's quantiles: 2x is ruled out within days, 10 % takes many weeks", () => {
  const large = resultOf(power({ sd: 0.5, truth: 1.2, claim: 2 }));
  agrees(large.estimate, 11.846574820246447);
  assert.equal(large.blocksPerArm, 12);
  const small = resultOf(power({ sd: 0.4, truth: 1.1, claim: 1 }));
  agrees(small.estimate, 217.79080790355096);
  assert.equal(small.blocksPerArm, 218);
});

test("no number of blocks tells the truth from itself", () => {
  assert.deepEqual(power({ sd: 0.5, truth: 2, claim: 2 }), { insufficient: { kind: "claim-is-truth" } });
  assert.deepEqual(power({ sd: 0, truth: 2, claim: 3 }), { malformed: { kind: "not-positive", field: "sd" } });
});
