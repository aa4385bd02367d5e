import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundedWords,
  boundWords,
  offScale,
  ratioEndWords,
  ratioRangeWords,
  ratioWords,
} from "../../../src/productivity/report/words/speaker.ts";
import { chinese, english } from "../../support/reports.ts";

test("a ratio is never rounded to 1 from either side, and has no more digits than it needs", () => {
  const ratios = [0.004, 0.34, 0.84, 0.9951, 0.996, 0.999_96, 1, 1.000_04, 1.004, 1.25, 1.9949, 2.04, 9.96, 38.2, 100];
  assert.deepEqual(
    ratios.map((ratio) => ratioWords(english, ratio)),
    [
      "less than 0.01",
      "0.34",
      "0.84",
      "0.995",
      "0.996",
      "0.99996",
      "1.00",
      "1.00004",
      "1.004",
      "1.25",
      "1.99",
      "2.0",
      "10",
      "38",
      "100",
    ],
  );
});

test("a ratio that no experiment can tell from another is told by its bound, in both languages", () => {
  assert.deepEqual(
    [0.0001, 1.2e9, 3e300].map((ratio) => ratioWords(english, ratio)),
    ["less than 0.01", "more than 100", "more than 100"],
  );
  assert.deepEqual(
    [0.0001, 3e300].map((ratio) => ratioWords(chinese, ratio)),
    ["不到 0.01", "超过 100"],
  );
  assert.equal(boundWords(english, 250), "250");
});

test("an interval that is off the scale has its one bound, and a bound is never more than more than it", () => {
  const off = [
    { lower: 150, upper: 3e300 },
    { lower: 1e-9, upper: 0.004 },
    { lower: 1.9, upper: 3e300 },
  ];
  assert.deepEqual(
    off.map((ends) => ratioRangeWords(english, ends)),
    ["more than 100", "less than 0.01", "1.9 to more than 100"],
  );
  assert.deepEqual(
    off.map((ends) => offScale(english, ends)),
    [{ side: "more", bound: "100" }, { side: "less", bound: "0.01" }, undefined],
  );
  assert.deepEqual(
    [3e300, 1e-9, 2.4, 0.999_96].map((bound) => boundedWords(english, bound, 3)),
    ["100", "0.01", "2.40", "0.99996"],
  );
});

test("both ends of an interval have the same number of significant digits", () => {
  const ends = [
    [0.05, 31],
    [0.343, 3.02],
    [1.93, 3.8],
    [1.05, 1.4],
    [0.996, 3.2],
    [0.7, 1.000_3],
    [0.001, 0.9996],
    [0.000_1, 3e300],
  ].map(([lower = 0, upper = 0]) => ratioEndWords(english, { lower, upper }).join(" to "));
  assert.deepEqual(ends, [
    "0.050 to 31",
    "0.34 to 3.0",
    "1.9 to 3.8",
    "1.05 to 1.40",
    "0.996 to 3.20",
    "0.70000 to 1.0003",
    "less than 0.01 to 0.9996",
    "less than 0.01 to more than 100",
  ]);
});
