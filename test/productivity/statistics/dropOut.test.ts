import assert from "node:assert/strict";
import { test } from "node:test";
import { dropOut } from "../../../src/productivity/statistics/dropOut.ts";
import { agrees, resultOf } from "../../support/estimates.ts";

test("tables agree with SciPy 1.17.1's fisher_exact, and only those that chance hardly makes are flagged", () => {
  for (const [onKept, onDrawn, offKept, offDrawn, p] of [
    [60, 60, 40, 60, 2.845572036613044e-7],
    [3, 4, 1, 4, 0.48571428571428565],
    [50, 60, 45, 60, 0.3688636103427911],
    [200, 240, 40, 60, 0.006338235633787893],
    [10, 10, 10, 10, 1],
  ] as const) {
    const result = resultOf(dropOut({ on: { kept: onKept, drawn: onDrawn }, off: { kept: offKept, drawn: offDrawn } }));
    agrees(result.p, p, 1e-10);
    assert.equal(result.isFlagged, p < 0.001);
    assert.deepEqual([result.on, result.off], [1 - onKept / onDrawn, 1 - offKept / offDrawn]);
  }
});

test("without a block of each kind nothing is compared, and more than all is an error", () => {
  const none = { kept: 0, drawn: 0 };
  const some = { kept: 3, drawn: 4 };
  assert.deepEqual(dropOut({ on: none, off: some }), {
    insufficient: { kind: "too-few", what: "blocksOn", have: 0, need: 1 },
  });
  assert.deepEqual(dropOut({ on: some, off: none }), {
    insufficient: { kind: "too-few", what: "blocksOff", have: 0, need: 1 },
  });
  assert.deepEqual(dropOut({ on: some, off: { kept: 5, drawn: 4 } }), {
    malformed: { kind: "above-total", field: "off" },
  });
});
