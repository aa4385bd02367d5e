/** What holds of every estimator, whatever it is given. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { amdahl } from "../../../src/productivity/statistics/amdahl.ts";
import { clusteredRatio } from "../../../src/productivity/statistics/clusteredRatio.ts";
import { confidenceSequence } from "../../../src/productivity/statistics/confidenceSequence.ts";
import { evalue } from "../../../src/productivity/statistics/evalue.ts";
import { evalueInterval } from "../../../src/productivity/statistics/evalueInterval.ts";
import { kaplanMeier } from "../../../src/productivity/statistics/kaplanMeier.ts";
import { keystrokeModel } from "../../../src/productivity/statistics/keystrokeModel.ts";
import { logRatioOfSums } from "../../../src/productivity/statistics/logRatioOfSums.ts";
import { meanOfLogs } from "../../../src/productivity/statistics/meanOfLogs.ts";
import { microRandomised } from "../../../src/productivity/statistics/microRandomised.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { pairs } from "../../../src/productivity/statistics/pairs.ts";
import { permutation } from "../../../src/productivity/statistics/permutation.ts";
import { power } from "../../../src/productivity/statistics/power.ts";
import { dropOut, jointDropOut } from "../../../src/productivity/statistics/dropOut.ts";
import { sampleRatio } from "../../../src/productivity/statistics/sampleRatio.ts";
import { type Stratum, strataMean } from "../../../src/productivity/statistics/strata.ts";
import { team } from "../../../src/productivity/statistics/team.ts";
import { verdicts } from "../../../src/productivity/statistics/verdicts.ts";
import { wilson } from "../../../src/productivity/statistics/wilson.ts";
import { agrees, nothingDrawn, resultOf, sixStrata } from "../../support/estimates.ts";

/** From the smallest number to Infinity and NaN, and often one that makes sense. */
const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -3, max: 40 }), fc.constantFrom(0, 1, 1e-308, 1e308));
const someNumbers = fc.array(anyNumber, { maxLength: 6 });
const someBlocks = fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 4 });
const someStrata: fc.Arbitrary<readonly Stratum[]> = fc.array(
  fc.record({ values: fc.array(anyNumber, { maxLength: 4 }), off: fc.integer({ min: -1, max: 4 }) }),
  { maxLength: 8 },
);

/** No number that JSON can't hold, and in an interval the estimate between its ends. */
function assertHonest(outcome: object): void {
  JSON.stringify(outcome, (field, value: unknown) => {
    if (typeof value === "number") assert.ok(Number.isFinite(value), `${field} is ${value}`);
    return value;
  });
  const { lower, estimate, upper } = outcome as Partial<Record<string, number>>;
  if (lower === undefined || estimate === undefined || upper === undefined) return;
  const slack = 1e-9 * Math.abs(estimate);
  assert.ok(lower <= estimate + slack && estimate - slack <= upper, JSON.stringify(outcome));
}

const estimators: Readonly<Record<string, fc.Arbitrary<object>>> = {
  wilson: fc.record({ k: anyNumber, n: anyNumber }).map(wilson),
  clusteredRatio: fc.record({ y: someNumbers, x: someNumbers }).map(clusteredRatio),
  logRatioOfSums: fc.record({ on: someBlocks, off: someBlocks }).map(logRatioOfSums),
  meanOfLogs: fc.record({ on: someBlocks, off: someBlocks }).map(meanOfLogs),
  pairs: fc.record({ on: someNumbers, off: someNumbers }).map((input) => pairs(input, nothingDrawn)),
  strata: someStrata.map(strataMean),
  permutation: someStrata.map((strata) => permutation(strata, nothingDrawn)),
  evalue: fc.tuple(someStrata, anyNumber).map(([strata, claim]) => evalue(strata, claim)),
  evalueInterval: someStrata.map(evalueInterval),
  verdicts: someStrata.map((strata) => verdicts(strata)),
  confidenceSequence: fc.record({ d: someNumbers, tStar: anyNumber }).map(confidenceSequence),
  kaplanMeier: fc.record({ t: someNumbers, event: fc.array(fc.constantFrom(0, 1), { maxLength: 6 }) }).map(kaplanMeier),
  team: fc.record({ theta: someNumbers, se: someNumbers }).map(team),
  microRandomised: fc
    .array(fc.record({ session: fc.constantFrom("a", "b", "c"), isShown: fc.boolean(), seconds: anyNumber }), {
      maxLength: 8,
    })
    .map(microRandomised),
  keystrokeModel: fc
    .record({
      survivingChars: anyNumber,
      charsPerSecond: anyNumber,
      shown: anyNumber,
      readSeconds: anyNumber,
      accepted: anyNumber,
      fixSeconds: anyNumber,
      activeMinutes: anyNumber,
    })
    .map(keystrokeModel),
  amdahl: fc.record({ f: anyNumber, s: anyNumber }).map(amdahl),
  power: fc.record({ sd: anyNumber, truth: anyNumber, claim: anyNumber }).map(power),
  sampleRatio: fc
    .record({ k: fc.integer({ min: -1, max: 40 }), n: fc.integer({ min: -1, max: 40 }), share: anyNumber })
    .map(sampleRatio),
  dropOut: fc
    .tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: -1, max: 40 })))
    .map(([kept = 0, drawn = 0, offKept = 0, offDrawn = 0]) =>
      dropOut({ on: { kept, drawn }, off: { kept: offKept, drawn: offDrawn } }),
    ),
  jointDropOut: fc
    .array(fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: -1, max: 40 }))), { maxLength: 3 })
    .map((tables) =>
      jointDropOut(
        tables.map(([kept = 0, drawn = 0, offKept = 0, offDrawn = 0]) => ({
          on: { kept, drawn },
          off: { kept: offKept, drawn: offDrawn },
        })),
      ),
    ),
};

for (const [name, outcomes] of Object.entries(estimators))
  test(`${name}: no input makes a NaN or an Infinity, or an interval beside its estimate`, () => {
    fc.assert(fc.property(outcomes, assertHonest), { numRuns: 300 });
  });

const throughput = fc.double({ min: 0.5, max: 500, noNaN: true });
const blocks = fc.array(fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 1, max: 30, noNaN: true })), {
  minLength: 2,
  maxLength: 8,
});

test("a speed-up is the same in characters a minute and a second, and turned round where the arms change places", () => {
  for (const estimator of [logRatioOfSums, meanOfLogs])
    fc.assert(
      fc.property(blocks, blocks, (on, off) => {
        const outcome = estimator({ on, off });
        fc.pre(isResult(outcome));
        const inSeconds = (all: typeof on) => all.map(([chars, minutes]) => [chars, minutes * 60] as const);
        const scaled = resultOf(estimator({ on: inSeconds(on), off: inSeconds(off) }));
        agrees(scaled.estimate, outcome.estimate, 1e-9);
        agrees(scaled.se, outcome.se, 1e-6);
        const turned = resultOf(estimator({ on: off, off: on }));
        agrees(turned.lower, 1 / outcome.upper, 1e-9);
        agrees(turned.p, outcome.p, 1e-6);
      }),
    );
});

test("neither the order of pairs nor their common size changes anything", () => {
  const some = fc.array(fc.tuple(throughput, throughput), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(some, (both) => {
      const of = (list: typeof both, size: number) =>
        pairs({ on: list.map(([on]) => on * size), off: list.map(([, off]) => off * size) }, nothingDrawn);
      const outcome = of(both, 1);
      fc.pre(isResult(outcome));
      const other = resultOf(of(both.toReversed(), 3));
      agrees(other.estimate, outcome.estimate, 1e-9);
      assert.equal(other.p, outcome.p);
    }),
  );
});

test("evidence against a claim is no matter of how large a stratum's throughputs are, nor of the order", () => {
  const shifts = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(shifts, fc.double({ min: 0.2, max: 12, noNaN: true }), (shift, claim) => {
      const moved = sixStrata.map(({ values, off }, at) => ({ values: values.map((u) => u + (shift[at] ?? 0)), off }));
      const there = resultOf(evalue(sixStrata, claim));
      const here = resultOf(evalue(moved.toReversed(), claim));
      agrees(here.ePlus, there.ePlus, 1e-9);
      agrees(here.eMinus, there.eMinus, 1e-9);
    }),
  );
});

test("the larger the claim, the more speaks against reaching it and the less against falling short of it", () => {
  const claim = fc.double({ min: 0.1, max: 20, noNaN: true });
  fc.assert(
    fc.property(claim, claim, (one, other) => {
      const smaller = resultOf(evalue(sixStrata, Math.min(one, other)));
      const larger = resultOf(evalue(sixStrata, Math.max(one, other)));
      assert.ok(smaller.lnEPlus <= larger.lnEPlus && smaller.lnEMinus >= larger.lnEMinus);
    }),
  );
});

test("people in another order are the same team", () => {
  const person = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(person, { minLength: 2, maxLength: 9 }), (people) => {
      const of = (list: typeof people) => resultOf(team({ theta: list.map(([t]) => t), se: list.map(([, s]) => s) }));
      agrees(of(people.toReversed()).estimate, of(people).estimate, 1e-9);
      agrees(of(people.toReversed()).se, of(people).se, 1e-6);
    }),
  );
});
