import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assigned,
  type Assigning,
  type Assignment,
  type WorkedSlot,
} from "../../../src/productivity/experiment/assigning.ts";
import { planOf } from "../../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../../src/productivity/experiment/schedule.ts";
import type { ExperimentStatus } from "../../../src/productivity/experiment/state.ts";
import { sha256 } from "../../../src/productivity/ledger/experimentRecords.ts";

const SEED = "5e".repeat(32);
const HALF_HOUR = 1_800_000;
const NINE_MS = Date.UTC(2026, 5, 10, 9);
const TODAY = "2026-06-10";

/** One user who works on, with all that was given out so far. */
function working(k: 2 | 5 = 5, mostStrata = 100) {
  const plan = planOf({ tier: 2, k, mostStrata, pairwiseVersion: "1.0.0" });
  const given: Assignment[] = [];
  const at = (slot: Partial<WorkedSlot> & { readonly slotMs: number }, rest: Partial<State> = {}): Assigning => {
    const asked: WorkedSlot = { day: TODAY, zoneOffsetMinutes: 120, ...slot };
    const since = { runningSinceMs: NINE_MS - HALF_HOUR, nowMs: asked.slotMs };
    const state = { plan, seed: SEED, status: "running", ...since, ...rest } as const;
    const own = given.find(({ slotMs }) => slotMs === asked.slotMs);
    const [last] = given.toSorted((one, other) => other.stratum - one.stratum || other.position - one.position);
    const decided = assigned({ ...state, own, last }, asked, sha256);
    if (decided.kind === "new") given.push(decided.assignment);
    return decided;
  };
  const places = () => given.map(({ stratum, position }) => `${stratum}.${position}`);
  return { at, given, places };
}

interface State {
  readonly status: ExperimentStatus;
  readonly nowMs: number;
  readonly runningSinceMs: number;
}

const slots = (count: number, fromMs = NINE_MS) =>
  Array.from({ length: count }, (_, index) => fromMs + index * HALF_HOUR);

test("half-hours in which somebody works form strata, whether or not there was a pause between them", () => {
  const { at, places, given } = working(2);
  for (const slotMs of [0, 1, 5, 6, 9].map((index) => NINE_MS + index * HALF_HOUR)) at({ slotMs });
  assert.deepEqual(places(), ["0.0", "0.1", "1.0", "1.1", "2.0"]);
  for (const { stratum, position, arm } of given) {
    assert.equal(arm, offPosition(SEED, stratum, 2, sha256) === position ? "off" : "on");
  }
});

test("each full stratum of five has exactly one half-hour without suggestions", () => {
  const { at, given } = working();
  for (const slotMs of slots(20)) at({ slotMs });
  for (let stratum = 0; stratum < 4; stratum += 1) {
    const arms = given.filter((each) => each.stratum === stratum).map(({ arm }) => arm);
    assert.deepEqual(arms.toSorted(), ["off", "on", "on", "on", "on"]);
  }
});

test("a half-hour that has its part keeps it, however often it is asked for", () => {
  const { at, given } = working();
  const [first, second] = [at({ slotMs: NINE_MS }), at({ slotMs: NINE_MS })];
  assert.equal(first.kind, "new");
  assert.deepEqual(second, { kind: "kept", assignment: given[0] });
  // Another window, in another time zone by its own account.
  assert.deepEqual(at({ slotMs: NINE_MS, day: "2026-06-11", zoneOffsetMinutes: 600 }), second);
  assert.equal(given.length, 1);
});

test("a new day begins a new stratum, and so does a journey", () => {
  const { at, places } = working();
  for (const slotMs of slots(3)) at({ slotMs });
  for (const slotMs of slots(2, NINE_MS + 86_400_000)) at({ slotMs, day: "2026-06-11" });
  at({ slotMs: NINE_MS + 86_400_000 + 4 * HALF_HOUR, day: "2026-06-11", zoneOffsetMinutes: 60 });
  assert.deepEqual(places(), ["0.0", "0.1", "0.2", "1.0", "1.1", "2.0"]);
});

test("a traveller's day that comes twice does not go on where the first one ended", () => {
  const { at, places } = working();
  at({ slotMs: NINE_MS, day: "2026-06-11", zoneOffsetMinutes: 780 });
  // Over the date line: yesterday again, and then the same day once more.
  at({ slotMs: NINE_MS + 4 * HALF_HOUR, day: "2026-06-10", zoneOffsetMinutes: -600 });
  at({ slotMs: NINE_MS + 40 * HALF_HOUR, day: "2026-06-11", zoneOffsetMinutes: -600 });
  assert.deepEqual(places(), ["0.0", "1.0", "2.0"]);
});

test("a clock that is set back gets what it had then, and nothing of the schedule twice or in another order", () => {
  const { at, given, places } = working();
  for (const slotMs of slots(3)) at({ slotMs });
  const before = [...given];
  // An hour back, into half-hours that have their part, ...
  assert.deepEqual(
    slots(2).map((slotMs) => at({ slotMs })),
    before.slice(0, 2).map((assignment) => ({ kind: "kept", assignment })),
  );
  // ... and further, into one that has none, and forth again.
  at({ slotMs: NINE_MS - HALF_HOUR }, { runningSinceMs: NINE_MS - 10 * HALF_HOUR });
  for (const slotMs of slots(5)) at({ slotMs });
  assert.deepEqual(places(), ["0.0", "0.1", "0.2", "1.0", "1.1", "1.2"]);
  assert.equal(new Set(given.map(({ slotMs }) => slotMs)).size, given.length);
});

test("a clock that was years ahead for a while does not keep the experiment from going on", () => {
  const { at, places } = working();
  at({ slotMs: NINE_MS });
  at({ slotMs: NINE_MS + 50_000 * HALF_HOUR, day: "2029-04-01" });
  at({ slotMs: NINE_MS + HALF_HOUR });
  assert.deepEqual(places(), ["0.0", "1.0", "2.0"]);
});

test("a half-hour in which the experiment began or was resumed takes no part, the next one does", () => {
  const { at } = working();
  const since = { runningSinceMs: NINE_MS + 60_000 };
  assert.deepEqual(at({ slotMs: NINE_MS }, since), { kind: "none", why: "not-yet" });
  assert.equal(at({ slotMs: NINE_MS + HALF_HOUR }, since).kind, "new");
  assert.equal(working().at({ slotMs: NINE_MS }, { runningSinceMs: NINE_MS }).kind, "new");
});

test("a half-hour that was over when the experiment began or was resumed takes no part, whenever it is asked for", () => {
  const { at, given } = working();
  const since = { runningSinceMs: NINE_MS + 10 * HALF_HOUR + 60_000 };
  assert.deepEqual(at({ slotMs: NINE_MS + 2 * HALF_HOUR }, since), { kind: "none", why: "not-yet" });
  assert.deepEqual(given, []);
});

test("a half-hour that is not now gets no part, since suggestions were shown in it, or may be", () => {
  const { at, given } = working();
  const now = { nowMs: NINE_MS + 4 * HALF_HOUR + 300_000 };
  for (const index of [0, 3, 5])
    assert.deepEqual(at({ slotMs: NINE_MS + index * HALF_HOUR }, now), { kind: "none", why: "not-now" });
  assert.equal(at({ slotMs: NINE_MS + 4 * HALF_HOUR }, now).kind, "new");
  assert.equal(given.length, 1);
});

test("while it is paused nothing has a part, not what was drawn before either; afterwards it has it again", () => {
  const { at, given, places } = working();
  at({ slotMs: NINE_MS });
  for (const slotMs of slots(2))
    assert.deepEqual(at({ slotMs }, { status: "paused" }), { kind: "none", why: "paused" });
  assert.deepEqual(at({ slotMs: NINE_MS }), { kind: "kept", assignment: given[0] });
  at({ slotMs: NINE_MS + 2 * HALF_HOUR });
  assert.deepEqual(places(), ["0.0", "0.1"]);
});

test("resumed in the half-hour in which it was paused, nothing is held back there; it keeps its place in the schedule", () => {
  const { at, places } = working();
  at({ slotMs: NINE_MS });
  const resumed = { runningSinceMs: NINE_MS + 900_000 };
  assert.deepEqual(at({ slotMs: NINE_MS }, resumed), { kind: "none", why: "not-yet" });
  at({ slotMs: NINE_MS + HALF_HOUR }, resumed);
  assert.deepEqual(places(), ["0.0", "0.1"]);
});

test("after the last stratum it is complete, with a new day, too", () => {
  const { at } = working(2, 2);
  for (const slotMs of slots(4)) assert.equal(at({ slotMs }).kind, "new");
  assert.deepEqual(at({ slotMs: NINE_MS + 4 * HALF_HOUR }), { kind: "none", why: "completed" });
  assert.deepEqual(at({ slotMs: NINE_MS + 60 * HALF_HOUR, day: "2026-06-11" }), { kind: "none", why: "completed" });
});

test("what begins at no half-hour is refused", () => {
  assert.throws(() => working().at({ slotMs: NINE_MS + 1 }), RangeError);
});
