import assert from "node:assert/strict";
import { test } from "node:test";
import { microRandomised, type MicroRow } from "../../../src/productivity/statistics/microRandomised.ts";
import { agrees, resultOf } from "../../support/estimates.ts";

const rows: readonly MicroRow[] = (
  [
    ["a", 1, 30],
    ["a", 0, 44],
    ["a", 1, 25],
    ["b", 0, 61],
    ["b", 1, 52],
    ["b", 0, 40],
    ["c", 1, 33],
    ["c", 1, 29],
    ["c", 0, 38],
    ["d", 0, 70],
    ["d", 1, 55],
    ["d", 1, 48],
    ["d", 0, 66],
    ["e", 1, 21],
    ["e", 0, 35],
  ] as const
).map(([session, shown, seconds]) => ({ session, isShown: shown === 1, seconds }));

test("five sessions agree with statsmodels 0.15.0: OLS with errors clustered by session", () => {
  const result = resultOf(microRandomised(rows));
  agrees(result.slope, -0.3430889036960195);
  agrees(result.se, 0.07755376410975569);
  agrees(result.p, 0.011476266683387793);
  assert.equal(result.df, 4);
  // Less time is faster, so the ends change places.
  agrees(Math.log(result.lower), 0.12776513494382402);
  agrees(Math.log(result.upper), 0.558412672448215);
  agrees(result.estimate, Math.exp(0.3430889036960195));
});

test("without suggestions that were held back there is nothing to compare, and one session has no interval", () => {
  const shown = rows.filter(({ isShown }) => isShown);
  assert.deepEqual(microRandomised(shown), {
    insufficient: { kind: "too-few", what: "rowsNotShown", have: 0, need: 1 },
  });
  assert.deepEqual(microRandomised(rows.slice(0, 3)), {
    insufficient: { kind: "too-few", what: "sessions", have: 1, need: 2 },
  });
});

test("forty characters in no time are an error", () => {
  const malformed = { kind: "not-positive", field: "rows", index: 0, part: "seconds" };
  assert.deepEqual(microRandomised([{ session: "a", isShown: true, seconds: 0 }]), { malformed });
});
