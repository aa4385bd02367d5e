import assert from "node:assert/strict";
import { test } from "node:test";
import { kaplanMeier, survivalAt } from "../../../src/productivity/statistics/kaplanMeier.ts";
import { agrees, published, resultOf } from "../../support/estimates.ts";

const t = [15, 30, 30, 120, 120, 300, 300, 600, 600, 600, 600, 600];
const event = [1, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 0];

test("twelve accepts have the published curve", () => {
  const { steps } = resultOf(kaplanMeier({ t, event }));
  const expected = [0.916667, 0.833333, 0.740741, 0.529101, 0.42328];
  assert.deepEqual(
    steps.map((step) => step.t),
    [15, 30, 120, 300, 600],
  );
  for (const [index, value] of expected.entries()) published(steps[index]?.estimate, value);
});

test("curve and errors agree with statsmodels 0.15.0's SurvfuncRight, the intervals with the formula in SciPy 1.17.1", () => {
  const times = [2, 3, 3, 5, 8, 8, 9, 12, 12, 15, 20];
  const { steps } = resultOf(kaplanMeier({ t: times, event: [1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0] }));
  const expected = [
    [2, 0.9090909090909091, 0.08667841720414475, 0.5080802057699296, 0.9866738226678231],
    [3, 0.8181818181818181, 0.11629129983033294, 0.4474286146821812, 0.9511622285824917],
    [5, 0.7159090909090909, 0.13966497055722782, 0.35019038590793833, 0.8990239741910535],
    [8, 0.6136363636363636, 0.15263233102731202, 0.265752040001286, 0.8352992432502215],
    [9, 0.49090909090909096, 0.16419326722113584, 0.16733090977685078, 0.7533997903708114],
    [12, 0.24545454545454548, 0.14765446393950374, 0.03871043728120728, 0.5451050237606648],
  ] as const;
  assert.equal(steps.length, expected.length);
  for (const [index, [at, estimate, se, lower, upper]] of expected.entries()) {
    const step = steps[index];
    assert.equal(step?.t, at);
    agrees(step?.estimate, estimate);
    agrees(step?.se, se);
    agrees(step?.lower, lower);
    agrees(step?.upper, upper);
  }
});

test("the order in which accepts are given does not matter", () => {
  assert.deepEqual(kaplanMeier({ t: t.toReversed(), event: event.toReversed() }), kaplanMeier({ t, event }));
});

test("where all have ended the curve is at 0, without an interval that nothing supports", () => {
  const { steps } = resultOf(kaplanMeier({ t: [1, 2], event: [1, 1] }));
  assert.deepEqual(steps.at(-1), { t: 2, atRisk: 1, events: 1, estimate: 0 });
});

test("between steps the last one holds, and beyond the last look nothing is claimed", () => {
  const curve = resultOf(kaplanMeier({ t: [15, 30, 300], event: [1, 0, 0] }));
  assert.equal(survivalAt(curve, 14), "none-yet");
  assert.equal(survivalAt(curve, 200), curve.steps[0]);
  assert.equal(survivalAt(curve, 301), undefined);
});

test("where nothing has ended yet there is no step, and of nothing there is no curve", () => {
  const curve = resultOf(kaplanMeier({ t: [5, 6], event: [0, 0] }));
  assert.deepEqual(curve, { n: 2, events: 0, censored: 2, lastT: 6, steps: [] });
  assert.deepEqual(kaplanMeier({ t: [], event: [] }), {
    insufficient: { kind: "too-few", what: "observations", have: 0, need: 1 },
  });
});

test("an event that is neither 0 nor 1, and a time before the start, are errors", () => {
  assert.deepEqual(kaplanMeier({ t: [1, 2], event: [1, 2] }), {
    malformed: { kind: "not-0-or-1", field: "event", index: 1 },
  });
  assert.deepEqual(kaplanMeier({ t: [-1], event: [1] }), { malformed: { kind: "negative", field: "t", index: 0 } });
  assert.deepEqual(kaplanMeier({ t: [1], event: [] }), {
    malformed: { kind: "unequal-lengths", field: "event", other: "t" },
  });
});
