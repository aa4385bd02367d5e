import assert from "node:assert/strict";
import { test } from "node:test";
import type { Assignment } from "../../../src/productivity/experiment/assigning.ts";
import { type BlocksInput, blocksOf, noCounts, type SlotCounts } from "../../../src/productivity/experiment/blocks.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";

const MINUTE = 60_000;
const NINE_MS = Date.UTC(2026, 5, 10, 9);

/** A half-hour of work: 20 of 25 minutes, 600 characters typed, all of them still there. */
function worked(rest: Omit<Partial<SlotCounts>, "edits"> & { readonly edits?: Partial<SlotCounts["edits"]> } = {}) {
  const nothing = noCounts(NINE_MS);
  return {
    ...nothing,
    focusedMs: 25 * MINUTE,
    active60Ms: 18 * MINUTE,
    active120Ms: 20 * MINUTE,
    active300Ms: 24 * MINUTE,
    typed: { countedChars: 600, survivingChars: 600 },
    ...rest,
    edits: { ...nothing.edits, typedChars: 600, ...rest.edits },
  };
}

const nothingKnown = { countedChars: 0, survivingChars: 0 };

const assignmentAt = (index: number, rest: Partial<Assignment> = {}): Assignment => ({
  slotMs: NINE_MS + index * SLOT_MS,
  day: "2026-06-10",
  stratum: Math.floor(index / 2),
  position: index % 2,
  arm: index % 2 === 0 ? "on" : "off",
  zoneOffsetMinutes: 0,
  ...rest,
});

function blocks(slots: readonly SlotCounts[], rest: Partial<BlocksInput> = {}) {
  return blocksOf({
    experiment: "e0e0000000000001",
    plan: planOf({ tier: 2, k: 2, mostStrata: 50, pairwiseVersion: "1.0.0" }),
    assignments: slots.map((_, index) => assignmentAt(index)),
    counts: new Map(
      slots.map((slot, index) => [NINE_MS + index * SLOT_MS, { ...slot, slotMs: NINE_MS + index * SLOT_MS }]),
    ),
    interruptions: [],
    nowMs: NINE_MS + 100 * SLOT_MS,
    ...rest,
  });
}

const reason = (slot: SlotCounts, rest: Partial<BlocksInput> = {}) => blocks([slot], rest)[0]?.whyNot;

test("what counts are typed and accepted characters that are there ten minutes later, by the active minute", () => {
  const [block] = blocks([
    worked({
      edits: {
        typedChars: 500,
        aiChars: 300,
        pasteChars: 50,
        longPasteChars: 5_000,
        bulkChars: 7,
        formatterChars: 90,
        otherChars: 3,
      },
      typed: { countedChars: 500, survivingChars: 400 },
      ai: { countedChars: 300, survivingChars: 100 },
    }),
  ]);
  assert.ok(block);
  assert.deepEqual([block.netChars, block.netTypedChars, block.netAiChars], [500, 400, 100]);
  assert.deepEqual([block.writtenChars, block.unknownChars, block.excludedChars], [800, 0, 5_150]);
  assert.equal(block.otherwiseChars, 5_053);
  assert.equal(block.charsPerMinute, 25);
  assert.deepEqual([block.qualifies, block.whyNot], [true, undefined]);
});

test("characters of which nothing is known count by the share of the others that survive, each kind by its own", () => {
  const [block] = blocks([
    worked({
      edits: { typedChars: 500, aiChars: 300 },
      typed: { countedChars: 400, survivingChars: 300 },
      ai: { countedChars: 200, survivingChars: 50 },
    }),
  ]);
  assert.deepEqual([block?.netTypedChars, block?.netAiChars, block?.unknownChars], [375, 75, 200]);
});

test("where nothing is known of a kind the other kind of the same half-hour says how much survives", () => {
  const lacking = worked({
    edits: { typedChars: 500, aiChars: 40 },
    typed: { countedChars: 500, survivingChars: 400 },
  });
  const [block] = blocks([lacking]);
  assert.deepEqual([block?.netTypedChars, block?.netAiChars, block?.unknownChars], [400, 32, 40]);
  assert.equal(reason(worked({ edits: { typedChars: 0, aiChars: 9 }, typed: nothingKnown })), "unknown");
});

test("no other half-hour changes what is known of one", () => {
  const lacking = worked({ edits: { typedChars: 70, aiChars: 50 }, typed: { countedChars: 70, survivingChars: 70 } });
  const other = worked({ edits: { aiChars: 100 }, ai: { countedChars: 100, survivingChars: 5 } });
  assert.deepEqual(blocks([lacking, other])[0], blocks([lacking])[0]);
});

test("a half-hour of which most is not known is left out, and one with just half of it is not", () => {
  const known = (countedChars: number) => worked({ typed: { countedChars, survivingChars: countedChars } });
  assert.equal(reason(known(300)), undefined);
  assert.equal(reason(known(299)), "unknown");
});

test("where files were closed, half-hours of both kinds are left out alike, whatever is known of what was accepted", () => {
  const without = worked({ edits: { typedChars: 100 }, typed: { countedChars: 40, survivingChars: 40 } });
  const [withSuggestions, same] = blocks([
    worked({
      edits: { typedChars: 60, aiChars: 40 },
      typed: { countedChars: 24, survivingChars: 24 },
      ai: { countedChars: 40, survivingChars: 36 },
    }),
    without,
  ]);
  assert.deepEqual([withSuggestions?.whyNot, same?.whyNot], ["unknown", "unknown"]);
  const known = { edits: { typedChars: 60, aiChars: 400 }, typed: { countedChars: 60, survivingChars: 60 } };
  assert.equal(reason(worked(known)), undefined);
});

test("ten minutes with the window in front make a half-hour count, less do not", () => {
  assert.equal(reason(worked({ focusedMs: 10 * MINUTE })), undefined);
  assert.equal(reason(worked({ focusedMs: 10 * MINUTE - 1 })), "little-focus");
  const [nothing] = blocks([noCounts(NINE_MS)]);
  assert.deepEqual([nothing?.whyNot, nothing?.charsPerMinute], ["little-focus", undefined]);
});

test("a half-hour of reading, in which nothing was written, counts", () => {
  assert.equal(reason(worked({ edits: { typedChars: 0 }, typed: { countedChars: 0, survivingChars: 0 } })), undefined);
});

test("a half-hour with less than five minutes of work does not count, whatever was written in it", () => {
  const of = (active120Ms: number) => reason(worked({ active120Ms }));
  assert.deepEqual(
    [of(5 * MINUTE), of(5 * MINUTE - 1), of(2_000), of(0)],
    [undefined, ...Array(3).fill("no-activity")],
  );
});

test("a half-hour is not over until what survives of its end can be known", () => {
  const at = (minutes: number) => reason(worked(), { nowMs: NINE_MS + minutes * MINUTE });
  assert.deepEqual([at(29), at(46), at(47)], ["not-over", "not-over", undefined]);
});

test("paused or stopped in a half-hour, also in its washout, it is left out; beside it, it is not", () => {
  const paused = (fromMinutes: number, toMinutes: number | undefined) =>
    reason(worked(), {
      interruptions: [
        {
          fromMs: NINE_MS + fromMinutes * MINUTE,
          toMs: toMinutes === undefined ? undefined : NINE_MS + toMinutes * MINUTE,
        },
      ],
    });
  assert.deepEqual(
    [paused(10, 11), paused(-60, 6), paused(29, undefined), paused(1, 3)],
    ["interrupted", "interrupted", "interrupted", "interrupted"],
  );
  assert.deepEqual([paused(-60, 0), paused(30, undefined)], [undefined, undefined]);
});

test("where not everything was counted, a half-hour is left out", () => {
  assert.equal(reason(worked({ hasGap: true })), "not-counted");
});

test("a half-hour that came twice, since the clock was set back, is left out", () => {
  assert.equal(reason(worked({ focusedMs: 40 * MINUTE })), "came-twice");
});

test("suggestions that were asked for by the command in a half-hour without are told, and it stays what was drawn", () => {
  const [, off] = blocks([worked(), worked({ manualTriggers: 3, shown: 2, accepts: 1, heldBack: 30 })]);
  assert.deepEqual(
    [off?.arm, off?.qualifies, off?.manualTriggers, off?.shown, off?.accepts, off?.heldBack],
    ["off", true, 3, 2, 1, 30],
  );
});

test("blocks come in the order of the draw, and a half-hour in which nothing was has one, too", () => {
  const assignments = [assignmentAt(3), assignmentAt(0), assignmentAt(2, { stratum: 5, position: 0 })];
  const found = blocks([worked()], { assignments });
  assert.deepEqual(
    found.map(({ stratum, position, whyNot }) => [stratum, position, whyNot]),
    [
      [0, 0, undefined],
      [1, 1, "little-focus"],
      [5, 0, "little-focus"],
    ],
  );
});

test("of the accepted characters whose day is over, those that are gone are counted as churn", () => {
  const [block] = blocks([worked({ aiAfterDay: { countedChars: 80, survivingChars: 60 } })]);
  assert.deepEqual([block?.dayOldAiChars, block?.churnedAiChars], [80, 20]);
});
