/** What becomes of false alarms where somebody looks after every pair, and there is no effect at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { falseAlarms } from "../../support/peeking.ts";

const shares = falseAlarms(2_000, 200);

test("with no effect and 200 looks, the e-value says falsely that somebody is faster in at most 5 %, or slower", (t) => {
  t.diagnostic(`faster ${shares.faster}, slower ${shares.slower}`);
  assert.ok(shares.faster > 0 && shares.faster <= 0.05, `${shares.faster}`);
  assert.ok(shares.slower > 0 && shares.slower <= 0.05, `${shares.slower}`);
});

test("its interval leaves out the truth at some look in at most 5 %", (t) => {
  t.diagnostic(`interval ${shares.interval}`);
  assert.ok(shares.interval > 0 && shares.interval <= 0.05, `${shares.interval}`);
});

test("the confidence sequence leaves out the truth at some look in at most 7 %", (t) => {
  t.diagnostic(`sequence ${shares.sequence}`);
  assert.ok(shares.sequence > 0 && shares.sequence <= 0.07, `${shares.sequence}`);
});

test("a usual t interval looked at as often cries wolf in more than 25 %, which is why it is not what decides", (t) => {
  t.diagnostic(`t interval ${shares.naive}`);
  assert.ok(shares.naive > 0.25, `${shares.naive}`);
});
