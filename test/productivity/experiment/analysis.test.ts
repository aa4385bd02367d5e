import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnalysisInput, analysisOf } from "../../../src/productivity/experiment/analysis.ts";
import type { Block } from "../../../src/productivity/experiment/blocks.ts";
import { simulatedBlocks } from "../../../src/productivity/experiment/simulate.ts";
import { isResult } from "../../../src/productivity/statistics/outcome.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";

const MINUTE = 60_000;
const [usual] = simulatedBlocks(
  { effect: 1, sd: 0, sdBetween: 0, k: 2, strata: 1, compliance: 1, qualifying: 1, charsPerMinute: 20 },
  seededRandom(1),
) as readonly [Block];

/** `.` with suggestions, `0` without; in brackets one that does not qualify. A group is a stratum. */
function drawn(text: string, rest: Partial<AnalysisInput> = {}) {
  const blocks = text.split(" ").flatMap((group, stratum) =>
    Array.from(group.matchAll(/\(?[.0]\)?/g), ([sign], position): Block => {
      const qualifies = !sign.startsWith("(");
      return {
        ...usual,
        stratum,
        position,
        slotMs: stratum * 86_400_000 + position * 1_800_000,
        arm: sign.includes("0") ? "off" : "on",
        qualifies,
        whyNot: qualifies ? undefined : "little-focus",
        netChars: 100 * (position + 1),
        active120Ms: 10 * MINUTE,
      };
    }),
  );
  return analysisOf({ blocks, k: 5, status: "completed", nowMs: 1e12, ...rest });
}

const shapes = ({ strata }: ReturnType<typeof analysisOf>) =>
  strata.active120Ms.map(({ values, off }) => `${values.length}:${off}`);

test("a stratum is compared by those of its half-hours that qualify", () => {
  assert.deepEqual(shapes(drawn("..0.. .(.)0.(.) 0....")), ["5:2", "3:1", "5:0"]);
});

test("where the half-hour without suggestions does not qualify, or none with them, nothing is compared, and that is said", () => {
  const analysis = drawn("..(0).. (.)0(.)(.)(.) .... .0");
  assert.deepEqual(shapes(analysis), ["2:1"]);
  assert.deepEqual(analysis.strataLeftOut, { open: 0, "no-off": 2, "no-on": 1 });
  assert.deepEqual(analysis.leftOut, { "little-focus": 5 });
  assert.deepEqual(
    [analysis.drawn, analysis.qualifying, analysis.compared],
    [
      { on: 13, off: 3 },
      { on: 9, off: 2 },
      { on: 1, off: 1 },
    ],
  );
});

test("the logarithm of characters by the minute; a half-hour without any counts as one character", () => {
  const analysis = drawn(".0");
  assert.deepEqual(analysis.strata.active120Ms, [{ values: [Math.log(10), Math.log(20)], off: 1 }]);
  const none = { ...usual, netChars: 0, active120Ms: 10 * MINUTE, active60Ms: 5 * MINUTE, focusedMs: 20 * MINUTE };
  const blocks = [none, { ...none, position: 1, arm: usual.arm === "on" ? "off" : "on" }] as const;
  const { strata } = analysisOf({ blocks, k: 2, status: "completed", nowMs: 1e12 });
  assert.deepEqual(
    [strata.active120Ms, strata.active60Ms, strata.focusedMs].map(([stratum]) => stratum?.values[0]),
    [Math.log(1 / 10), Math.log(1 / 5), Math.log(1 / 20)],
  );
});

test("a stratum that goes on is not compared yet, so that nobody chooses its end by looking", () => {
  const hoursLater = (hours: number) => ({ status: "running", nowMs: 86_400_000 + hours * 3_600_000 }) as const;
  assert.deepEqual(shapes(drawn("..0.. .0.", hoursLater(3))), ["5:2"]);
  assert.equal(drawn("..0.. .0.", hoursLater(3)).strataLeftOut.open, 1);
  // A day later it has ended, and so it has with the experiment, or when it is full.
  assert.deepEqual(shapes(drawn("..0.. .0.", hoursLater(30))), ["5:2", "3:1"]);
  assert.deepEqual(shapes(drawn("..0.. .0.", { ...hoursLater(3), status: "stopped" })), ["5:2", "3:1"]);
  assert.deepEqual(shapes(drawn("..0.. .0...", hoursLater(3))), ["5:2", "5:1"]);
});

test("a draw that did not happen as it should have is flagged", () => {
  const fine = drawn(Array.from({ length: 40 }, () => "..0..").join(" ")).sampleRatio;
  assert.ok(isResult(fine) && !fine.isFlagged && fine.estimate === 0.2);
  const never = drawn(Array.from({ length: 40 }, () => ".....").join(" ")).sampleRatio;
  assert.ok(isResult(never) && never.isFlagged);
});

test("blocks of one kind that are left out more often than the others are flagged, as unlikely as that is given the draw", () => {
  const groups = (lost: number, of: number) =>
    Array.from({ length: of }, (_, at) => (at < lost ? ".(0)" : ".0")).join(" ");
  const ratio = (text: string) => {
    const found = drawn(text, { k: 2 }).dropOut;
    assert.ok(isResult(found));
    return found;
  };
  // A third of those without, and none of those with: a binomial test of those that are left says .057.
  const lost = ratio(groups(20, 60));
  assert.ok(lost.isFlagged && lost.p < 1e-6);
  assert.deepEqual([lost.on, Math.round(100 * lost.off)], [0, 33]);
  assert.equal(ratio(groups(0, 60)).p, 1);
  assert.equal(ratio(groups(2, 60)).isFlagged, false);
});

test("what comes by other means than keys and accepts is told by arm, and flagged where it alone may look like an effect", () => {
  const pair = (on: number, off: number) => {
    const blocks = [
      { ...usual, arm: "on", writtenChars: 100 - on, otherwiseChars: on } as const,
      { ...usual, arm: "off", position: 1, writtenChars: 100 - off, otherwiseChars: off } as const,
    ];
    return analysisOf({ blocks, k: 2, status: "completed", nowMs: 1e12 }).otherwise;
  };
  assert.deepEqual(pair(10, 15), { on: 0.1, off: 0.15, isFlagged: false });
  assert.deepEqual(pair(10, 40), { on: 0.1, off: 0.4, isFlagged: true });
  assert.equal(pair(0, 100).isFlagged, true);
});

test("blocks without in which suggestions came by themselves are counted, and so are those without a character", () => {
  const on = { ...usual, arm: "on", shownByItself: 20, netChars: 0 } as const;
  const off = { ...usual, position: 1, arm: "off", shownByItself: 2 } as const;
  const blocks = [
    on,
    off,
    { ...on, stratum: 1, netChars: 9 },
    { ...off, stratum: 1, shownByItself: 0, netChars: 0 },
    // In no comparison.
    { ...off, stratum: 2 },
  ];
  const { notAppliedOff, emptyBlocks } = analysisOf({ blocks, k: 2, status: "completed", nowMs: 1e12 });
  assert.deepEqual([notAppliedOff, emptyBlocks], [1, { on: 1, off: 1 }]);
});

test("what happened otherwise than drawn, and how much is not known, is told by arm", () => {
  const on = { ...usual, arm: "on", writtenChars: 100, unknownChars: 10, manualTriggers: 7, shown: 9 } as const;
  const off = {
    ...usual,
    position: 1,
    arm: "off",
    writtenChars: 50,
    unknownChars: 20,
    manualTriggers: 2,
    shown: 1,
  } as const;
  const analysis = analysisOf({ blocks: [on, off], k: 2, status: "completed", nowMs: 1e12 });
  assert.deepEqual(analysis.unknownShare, { on: 0.1, off: 0.4 });
  assert.deepEqual([analysis.manualTriggersOff, analysis.shownOff], [2, 1]);
  assert.deepEqual(analysis.drawn, { on: 1, off: 1 });
  assert.deepEqual(analysisOf({ blocks: [], k: 2, status: "running", nowMs: 0 }).unknownShare, {
    on: undefined,
    off: undefined,
  });
});

test("of a group that goes on no count is by arm, so that none tells what the half-hour of now has", () => {
  const shown = { ...usual, manualTriggers: 2, shown: 3 };
  const [first, second] = [
    { ...shown, arm: "off", slotMs: 0 } as const,
    { ...shown, arm: "on", slotMs: 1_800_000, position: 1, qualifies: false, whyNot: "not-over" } as const,
  ];
  const at = (nowMs: number, status: "running" | "stopped" = "running") => {
    const { drawn, qualifying, leftOut, dropOut, manualTriggersOff, shownOff, strataLeftOut } = analysisOf({
      blocks: [first, second],
      k: 2,
      status,
      nowMs,
    });
    return [drawn, qualifying, leftOut, isResult(dropOut), manualTriggersOff, shownOff, strataLeftOut.open];
  };
  const nothing = { on: 0, off: 0 };
  assert.deepEqual(at(2_400_000), [nothing, nothing, {}, false, 0, 0, 1]);
  // By a clock that is behind, too.
  assert.deepEqual(at(-3_600_000), at(2_400_000));
  // What survives is not known yet; what was drawn may be.
  const over = [{ on: 1, off: 1 }, { on: 0, off: 1 }, { "not-over": 1 }, false, 2, 3, 1];
  assert.deepEqual(at(3_600_000), over);
  assert.deepEqual(at(2_400_000, "stopped"), over);
});
