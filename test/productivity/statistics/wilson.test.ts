import assert from "node:assert/strict";
import { test } from "node:test";
import { wilson } from "../../../src/productivity/statistics/wilson.ts";
import { agrees, published, resultOf } from "../../support/estimates.ts";

test("27 of 100, and none of 20, have the published intervals", () => {
  const some = resultOf(wilson({ k: 27, n: 100 }));
  published(some.lower, 0.192696);
  published(some.upper, 0.364321);
  const none = resultOf(wilson({ k: 0, n: 20 }));
  assert.equal(none.lower, 0);
  published(none.upper, 0.161125);
});

test("other proportions agree with statsmodels 0.15.0, proportion_confint", () => {
  for (const [k, n, lower, upper] of [
    [1, 3, 0.06149194472039626, 0.7923403991979523],
    [50, 50, 0.9286524008666412, 1],
    [731, 2514, 0.2733500930255771, 0.30883170149744443],
  ] as const) {
    const result = resultOf(wilson({ k, n }));
    agrees(result.lower, lower);
    agrees(result.upper, upper);
  }
});

test("a rate of nothing is not zero", () => {
  assert.deepEqual(wilson({ k: 0, n: 0 }), {
    insufficient: { kind: "too-few", what: "observations", have: 0, need: 1 },
  });
});

test("more accepted than shown is an error and no rate above one", () => {
  assert.deepEqual(wilson({ k: 3, n: 2 }), { malformed: { kind: "above-total", field: "k", other: "n" } });
  assert.deepEqual(wilson({ k: -1, n: 2 }), { malformed: { kind: "negative", field: "k" } });
  assert.deepEqual(wilson({ k: 1, n: 2.5 }), { malformed: { kind: "not-whole", field: "n" } });
  assert.deepEqual(wilson({ k: Number.NaN, n: 2 }), { malformed: { kind: "not-finite", field: "k" } });
});
