import assert from "node:assert/strict";
import { test } from "node:test";
import { dropOut, jointDropOut } from "../../../src/productivity/statistics/dropOut.ts";
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

const table = ([onKept, onDrawn, offKept, offDrawn]: readonly [number, number, number, number]) => ({
  on: { kept: onKept, drawn: onDrawn },
  off: { kept: offKept, drawn: offDrawn },
});

test("tables of several draws agree with SciPy 1.17.1's hypergeometric ones, convolved; one alone is the exact test", () => {
  for (const [tables, p, offOfExpected] of [
    [[table([55, 60, 45, 60]), table([210, 240, 40, 60])], 1.4904018401065756e-5, 0.85],
    [[table([58, 60, 50, 60]), table([236, 240, 55, 60])], 8.907683563919635e-4, 0.9358288770053476],
    [[table([60, 60, 50, 60]), table([120, 240, 30, 60])], 0.23413704592963117, 0.9411764705882353],
  ] as const) {
    const result = resultOf(jointDropOut(tables));
    agrees(result.p, p, 1e-10);
    agrees(result.offOfExpected, offOfExpected, 1e-12);
    assert.equal(result.isFlagged, p < 0.001);
    // Nothing drawn says nothing.
    assert.deepEqual(jointDropOut([...tables, table([0, 0, 0, 0])]), result);
  }
  const one = table([50, 60, 45, 60]);
  assert.equal(resultOf(jointDropOut([one])).p, resultOf(dropOut(one)).p);
});

test("who has fewer half-hours that count, and another share of them without, is no fault, where adding up would make it one", () => {
  const tables = [table([240, 240, 60, 60]), table([30, 60, 30, 60])];
  assert.deepEqual(resultOf(jointDropOut(tables)), { offOfExpected: 1, p: 1, isFlagged: false });
  assert.ok(resultOf(dropOut(table([270, 300, 90, 120]))).p < 0.001);
});

test("a loss of three in a thousand is seen over millions of half-hours, and not over some hundred thousand", () => {
  const even = table([900_000, 1_000_000, 900_000, 1_000_000]);
  const odd = table([1_440_000, 1_600_000, 358_920, 400_000]);
  assert.equal(resultOf(jointDropOut([even, table([1_440_000, 1_600_000, 360_000, 400_000])])).isFlagged, false);
  assert.equal(resultOf(jointDropOut([even, odd])).isFlagged, false);
  assert.equal(resultOf(jointDropOut([odd, table([900_000, 1_000_000, 897_300, 1_000_000])])).isFlagged, true);
});

test("tables that say nothing, or can't be", () => {
  const nothing = table([0, 0, 0, 0]);
  for (const tables of [[], [nothing], [table([0, 4, 0, 0])], [table([0, 0, 3, 4])], [table([0, 4, 0, 4])]])
    assert.ok("insufficient" in jointDropOut(tables), JSON.stringify(tables));
  assert.deepEqual(jointDropOut([table([3, 4, 3, 4]), table([5, 4, 3, 4])]), {
    malformed: { kind: "above-total", field: "on" },
  });
});
