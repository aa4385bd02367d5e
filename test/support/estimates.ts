/** What the tests of the estimators share: the data that published values belong to, and how closely a value has to agree. */
import assert from "node:assert/strict";
import { isResult, type Outcome } from "../../src/productivity/statistics/outcome.ts";
import type { Stratum } from "../../src/productivity/statistics/strata.ts";

/** Characters and minutes of blocks. */
export const arms = {
  on: [
    [412, 25.1],
    [655, 28],
    [188, 19.5],
    [903, 29.2],
    [540, 26.6],
    [271, 22.3],
    [760, 27.9],
    [498, 24.4],
  ],
  off: [
    [350, 24],
    [295, 27.5],
    [610, 28.8],
    [140, 18.2],
  ],
} as const;

export const sixStrata: readonly Stratum[] = [
  { values: [3.02, 2.71, 3.15, 2.88, 2.4], off: 4 },
  { values: [2.66, 2.95, 2.5, 3.01, 2.8], off: 2 },
  { values: [3.3, 3.11, 2.75, 3.05, 3.24], off: 2 },
  { values: [2.9, 2.35, 2.99, 2.7, 2.61], off: 1 },
  { values: [3.12, 3, 2.97, 2.55, 3.2], off: 3 },
  { values: [2.81, 2.77, 3.06, 2.93, 2.85], off: 0 },
];

/** Strata of unequal sizes, as they are where some slots did not qualify. */
export const unequalStrata: readonly Stratum[] = [
  { values: [2.1, 2.9, 2.4], off: 0 },
  { values: [3, 2.2], off: 1 },
  { values: [2.5, 2.8, 3.1, 2], off: 3 },
  { values: [2.2, 2.6], off: 0 },
  { values: [2.9, 2.1, 2.7], off: 1 },
];

export const eightPairs = {
  on: [20.1, 16.4, 31.7, 12.9, 18.8, 24.5, 27.3, 15],
  off: [16, 17.9, 22.4, 11.1, 19.6, 15.2, 20.8, 12.7],
};

/** Where nothing may be drawn: it is exact. */
export function nothingDrawn(): number {
  throw new Error("Nothing is drawn where all assignments can be looked at.");
}

/** The result itself; fails, with what is missing or wrong, where there is none. */
export function resultOf<T extends object>(outcome: Outcome<T>): T {
  assert.ok(isResult(outcome), JSON.stringify(outcome));
  return outcome;
}

/** Agrees with a value as it was published, to six significant digits or as many as it has. */
export function published(actual: number | undefined, expected: number, digits = 6): void {
  assert.equal(Number(actual?.toPrecision(digits)), Number(expected.toPrecision(digits)));
}

/** Agrees with a value of another program to all but the last digits. */
export function agrees(actual: number | undefined, expected: number, relative = 1e-11): void {
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= relative * Math.abs(expected),
    `${actual} is not ${expected}`,
  );
}

/** Normal variables from uniform ones, two at a time (Box and Muller). */
export function normalFrom(random: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
