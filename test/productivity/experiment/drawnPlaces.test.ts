import assert from "node:assert/strict";
import { test } from "node:test";
import { assigned, type Assignment } from "../../../src/productivity/experiment/assigning.ts";
import { areInOrder, missingIn } from "../../../src/productivity/experiment/drawnPlaces.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { SLOT_MS } from "../../../src/productivity/experiment/slots.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";
import { seededRandom } from "../../../src/productivity/statistics/seededRandom.ts";

const FROM_MS = Date.UTC(2026, 5, 10, 9);

/** What somebody has who works on for so many half-hours, with nights, journeys and a clock that is set back and on now and then. */
function drawn(k: 2 | 5, count: number, oddEvery = Infinity): readonly Assignment[] {
  const plan = planOf({ tier: 2, k, mostStrata: 500, pairwiseVersion: "1.0.0" });
  const random = seededRandom(11);
  const given: Assignment[] = [];
  let slotMs = FROM_MS;
  let zoneOffsetMinutes = 120;
  for (let asked = 0; asked < count; asked += 1) {
    slotMs += Math.ceil(3 * random()) * SLOT_MS;
    if (random() < 1 / oddEvery) slotMs += (random() < 0.5 ? -7 : 9) * SLOT_MS;
    if (random() < 1 / oddEvery) zoneOffsetMinutes = 180 - zoneOffsetMinutes;
    const day = new Date(slotMs + zoneOffsetMinutes * 60_000).toISOString().slice(0, 10);
    const own = given.find((each) => each.slotMs === slotMs);
    const last = given.at(-1);
    const state = {
      plan,
      seed: "5e".repeat(32),
      status: "running",
      nowMs: slotMs,
      runningSinceMs: 0,
      own,
      last,
    } as const;
    const answer = assigned(state, { slotMs, day, zoneOffsetMinutes }, sha256);
    if (answer.kind === "new") given.push(answer.assignment);
  }
  return given;
}

const without = (all: readonly Assignment[], ...indices: readonly number[]): readonly Assignment[] =>
  all.filter((_, index) => !indices.includes(index));

test("nothing is missing, whatever nights, journeys and clocks that are set back have done to the groups", () => {
  for (const k of [2, 5] as const) {
    const all = drawn(k, 600, 8);
    assert.ok(all.some(({ slotMs }, index) => slotMs < (all[index - 1]?.slotMs ?? 0)));
    assert.ok(new Set(all.map(({ stratum }) => stratum)).size > all.length / k + 20);
    for (let count = 0; count <= all.length; count += 7) assert.equal(missingIn(all.slice(0, count), k), 0);
    assert.equal(areInOrder(all), true);
  }
});

test("a half-hour that was taken away is missing, unless it was the last of its group and of its day", () => {
  for (const k of [2, 5] as const) {
    const all = drawn(k, 200);
    for (const [index, { stratum, day }] of all.slice(0, -1).entries()) {
      const next = all[index + 1];
      const isTold = next?.stratum === stratum || (next?.day === day && all[index - 1]?.stratum === stratum);
      const isAlone = next?.stratum !== stratum && all[index - 1]?.stratum !== stratum;
      assert.equal(missingIn(without(all, index), k), isTold || isAlone ? 1 : 0, `${k} ${index}`);
    }
  }
});

test("each that was taken from the beginning of its group is counted, and a whole group as one", () => {
  const all = drawn(5, 100);
  const begins = all.flatMap(({ position }, index) =>
    position === 0 && all[index + 1]?.position === 1 ? [index] : [],
  );
  assert.equal(missingIn(without(all, ...begins.slice(0, 3)), 5), 3);
  const two = all.filter(({ stratum }) => stratum !== 2 && stratum !== 3);
  assert.equal(missingIn(two, 5), 2);
  assert.equal(
    missingIn(
      all.filter(({ stratum }) => stratum > 1),
      5,
    ),
    2,
  );
});

test("two half-hours of a group that have changed places are out of order", () => {
  const [one, other, ...rest] = drawn(2, 10);
  assert.ok(one && other && one.stratum === other.stratum);
  const changed = [{ ...one, slotMs: other.slotMs }, { ...other, slotMs: one.slotMs }, ...rest];
  assert.deepEqual([areInOrder(changed), missingIn(changed, 2)], [false, 0]);
});
