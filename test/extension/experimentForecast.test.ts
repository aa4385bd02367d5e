import assert from "node:assert/strict";
import { test } from "node:test";
import { forecastFrom } from "../../src/extension/experimentForecast.ts";

const factor = (value: number) => ({ kind: "factor", factor: value });

test("a fifth faster may be written as a factor or in percent, with a comma, a sign, or Chinese signs", () => {
  for (const text of [
    "1.2",
    " 1,2 ",
    "1.2x",
    "1.2×",
    "1.2 倍",
    "20 %",
    "20%",
    "+20%",
    "20％",
    "1.2 times",
    "1.2Times",
    "１．２倍",
    "＋２０％",
    "１，２",
    "1.2ｘ",
  ])
    assert.deepEqual(forecastFrom(text), factor(1.2), text);
});

test("slower is less than one, or percent below nothing", () => {
  for (const text of ["0.9", "0.9x", "-10 %", "−10%"]) assert.deepEqual(forecastFrom(text), factor(0.9), text);
  for (const text of ["-90 %", "－９０％", "0.1"]) assert.deepEqual(forecastFrom(text), factor(0.1), text);
});

test("twenty without a unit is asked about, and with one is what it says", () => {
  assert.deepEqual(forecastFrom("20"), { kind: "ambiguous", number: 20 });
  for (const [text, number] of [
    ["-10", -10],
    ["−10", -10],
    ["+20", 20],
    ["－１０", -10],
  ] as const)
    assert.deepEqual(forecastFrom(text), { kind: "ambiguous", number }, text);
  assert.deepEqual(forecastFrom("20x"), factor(20));
  assert.deepEqual(forecastFrom("20%"), factor(1.2));
});

test("what can't be a speed is none", () => {
  for (const text of ["", "fast", "0", "-1x", "+1.2x", "-100 %", "-91 %", "0.05", "101x", "1.2.3", "1e3", "NaN"])
    assert.deepEqual(forecastFrom(text), { kind: "none" }, text);
});
