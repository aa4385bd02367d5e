import assert from "node:assert/strict";
import { test } from "node:test";
import { openStrata } from "../../../src/productivity/experiment/openStrata.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";

const DAY_MS = 86_400_000;
/** Strata of so many half-hours each, one a day. */
const drawn = (...counts: readonly number[]) =>
  counts.flatMap((count, stratum) =>
    Array.from({ length: count }, (_, position) => ({ stratum, slotMs: stratum * DAY_MS + position * SLOT_MS })),
  );
const open = (slots: ReturnType<typeof drawn>, nowMs: number, status: "running" | "paused" | "stopped" = "running") => [
  ...openStrata(slots, { k: 5, status, nowMs }),
];

test("a group goes on until its last half-hour is over, however many of the others are", () => {
  const slots = drawn(5, 3);
  const last = DAY_MS + 2 * SLOT_MS;
  assert.deepEqual(open(slots, last + 60_000), [1]);
  assert.deepEqual(open(slots, last + 3 * SLOT_MS), [1], "others may come on this day");
  assert.deepEqual(open(slots, last + DAY_MS - 1), [1]);
  assert.deepEqual(open(slots, last + DAY_MS), []);
});

test("a full group is over with its last half-hour, and one that another one follows is over before", () => {
  const end = 5 * SLOT_MS;
  assert.deepEqual(open(drawn(5), end - 1), [0]);
  assert.deepEqual(open(drawn(5), end), []);
  const journey = [...drawn(2), { stratum: 1, slotMs: 2 * SLOT_MS }];
  assert.deepEqual(open(journey, 2 * SLOT_MS + 1), [1]);
});

test("while it is paused a group may go on; of an experiment that has ended none does", () => {
  const nowMs = DAY_MS + 3 * SLOT_MS;
  assert.deepEqual(open(drawn(5, 2), nowMs, "paused"), [1]);
  assert.deepEqual(open(drawn(5, 2), nowMs, "stopped"), []);
});

test("by a clock that is behind that of the draw, a group is not over before its time", () => {
  assert.deepEqual(open(drawn(5), 3 * SLOT_MS), [0]);
  assert.deepEqual(open(drawn(5), -DAY_MS), [0]);
});
