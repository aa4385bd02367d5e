import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ActiveTime } from "../../../src/productivity/activity/activeTime.ts";
import type { EditorEvent } from "../../../src/productivity/editorEvents.ts";
import type { ActivityRecord, Fact } from "../../../src/productivity/records.ts";
import { change } from "../../support/editorChanges.ts";

const MINUTE = 60_000;
const scroll = (atMs: number): EditorEvent => ({ kind: "scroll", atMs, uri: "file:///a.ts" });
const focus = (atMs: number, isFocused = true): EditorEvent => ({ kind: "focus", atMs, isFocused });

/** A window whose timer asks for a tick when one is due, as long as the machine is awake. */
class Window {
  readonly minutes: Omit<ActivityRecord, "session">[] = [];
  readonly time = new ActiveTime({
    project: () => "p",
    record: (fact: Fact) => this.minutes.push(fact as ActivityRecord),
  });

  heed(...events: readonly EditorEvent[]): this {
    for (const event of events) {
      this.waitUntil(event.atMs);
      this.time.heed(event);
    }
    return this;
  }

  waitUntil(nowMs: number): this {
    for (let dueMs = this.time.nextDueMs; dueMs !== undefined && dueMs <= nowMs; dueMs = this.time.nextDueMs) {
      this.time.tick(dueMs);
    }
    return this;
  }

  end(atMs: number): this {
    this.waitUntil(atMs).time.end(atMs);
    return this;
  }

  figures(): readonly (readonly number[])[] {
    return this.minutes.map((minute) => [
      minute.atMs,
      minute.focusedMs,
      minute.active60Ms,
      minute.active120Ms,
      minute.active300Ms,
    ]);
  }

  sum(name: "focusedMs" | "active60Ms" | "active120Ms" | "active300Ms"): number {
    return this.minutes.reduce((sum, minute) => sum + minute[name], 0);
  }
}

test("a pause counts up to each cap, in the minutes that it covered", () => {
  const window = new Window()
    .heed(focus(MINUTE - 10_000), scroll(MINUTE), scroll(MINUTE + 150_000))
    .end(MINUTE + 150_000);
  assert.deepEqual(window.figures(), [
    [0, 10_000, 10_000, 10_000, 10_000],
    [MINUTE, 60_000, 60_000, 60_000, 60_000],
    [2 * MINUTE, 60_000, 0, 60_000, 60_000],
    [3 * MINUTE, 30_000, 0, 0, 30_000],
  ]);
  assert.ok(window.minutes.every(({ kind, project }) => kind === "activity" && project === "p"));
});

test("the window's losing the focus ends the counting, and its end as well", () => {
  const window = new Window()
    .heed(focus(0), scroll(5_000), focus(20_000, false), scroll(25_000), focus(50_000))
    .end(55_000);
  assert.deepEqual(window.figures(), [[0, 25_000, 25_000, 25_000, 25_000]]);
});

test("a minute without the focus has no record", () => {
  const window = new Window().heed(focus(0), focus(10_000, false)).waitUntil(10 * MINUTE);
  assert.deepEqual(window.figures(), [[0, 10_000, 10_000, 10_000, 10_000]]);
  assert.equal(window.time.nextDueMs, undefined);
  window.heed(focus(10 * MINUTE), focus(10 * MINUTE + 1_000, false)).end(11 * MINUTE);
  assert.deepEqual(window.figures().at(-1), [10 * MINUTE, 1_000, 1_000, 1_000, 1_000]);
});

test("before anything is known of the focus nothing counts", () => {
  assert.deepEqual(new Window().heed(scroll(0), scroll(5_000)).end(9_000).figures(), []);
});

test("a machine that slept was not worked at, and not looked at", () => {
  const window = new Window().heed(focus(0), scroll(30_000));
  // No timer runs in sleep: the next that is heard is the tick that was due long ago.
  const wokenMs = 8 * 60 * MINUTE;
  window.time.tick(wokenMs);
  window.heed(scroll(wokenMs + 5_000), scroll(wokenMs + 15_000)).end(wokenMs + 15_000);
  assert.equal(window.sum("focusedMs"), 30_000 + 15_000);
  assert.equal(window.sum("active300Ms"), 30_000 + 10_000);
});

test("typing is work; a log that grows by itself and an answer that Pairwise writes are not", () => {
  const cases: readonly (readonly [event: EditorEvent, isWork: boolean])[] = [
    [change([{ offset: 0, length: 0, text: "x" }], { atMs: 100_000 }), true],
    [change([{ offset: 0, length: 0, text: "x" }], { atMs: 100_000, isDirty: false, reason: "undo" }), true],
    [change([{ offset: 0, length: 0, text: "x" }], { atMs: 100_000, isDirty: false }), false],
    [change([{ offset: 0, length: 0, text: "x" }], { atMs: 100_000, isActive: false }), false],
    [change([{ offset: 0, length: 0, text: "x" }], { atMs: 100_000, isOwn: true }), false],
    [{ kind: "selection", atMs: 100_000, uri: "file:///a.ts", selections: [], cause: "mouse" }, true],
    [{ kind: "selection", atMs: 100_000, uri: "file:///a.ts", selections: [], cause: undefined }, false],
    [{ kind: "active", atMs: 100_000, uri: undefined }, true],
    [{ kind: "tick", atMs: 100_000 }, false],
    [{ kind: "saved", atMs: 100_000, uri: "file:///a.ts" }, false],
  ];
  for (const [event, isWork] of cases) {
    const window = new Window().heed(focus(0), event).end(110_000);
    assert.equal(window.sum("active60Ms"), isWork ? 70_000 : 60_000, JSON.stringify(event));
  }
});

test("the sums are those of the definition: the gaps between events, each up to its cap", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 700_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.nat(10 * MINUTE), gaps, (startMs, pauses) => {
      const window = new Window().heed(focus(startMs));
      let atMs = startMs;
      for (const pause of pauses) {
        atMs += pause;
        window.heed(scroll(atMs));
      }
      window.end(atMs);
      for (const capMs of [60_000, 120_000, 300_000] as const) {
        const expected = pauses.reduce((sum, pause) => sum + Math.min(pause, capMs), 0);
        assert.equal(window.sum(`active${capMs / 1_000}Ms` as "active60Ms"), expected);
      }
      assert.equal(window.sum("focusedMs"), atMs - startMs);
      const starts = window.minutes.map((minute) => minute.atMs);
      assert.equal(new Set(starts).size, starts.length, "one record a minute");
      assert.ok(window.minutes.every((minute) => minute.focusedMs <= MINUTE && minute.active300Ms <= minute.focusedMs));
    }),
  );
});

test("a minute in which another project comes to the front goes to each by its own time", () => {
  const minutes: ActivityRecord[] = [];
  let project = "a";
  const time = new ActiveTime({ project: () => project, record: (fact) => minutes.push(fact as ActivityRecord) });
  const front = (atMs: number, uri: string | undefined): EditorEvent => ({ kind: "active", atMs, uri });
  time.heed(focus(0));
  time.heed(front(0, "file:///a.ts"));
  project = "b";
  time.heed(front(40_000, undefined));
  time.heed(front(41_000, "file:///b.ts"));
  project = "a";
  time.heed(front(50_000, "file:///a.ts"));
  time.heed(scroll(MINUTE + 1_000));
  time.end(MINUTE + 1_000);
  assert.deepEqual(
    minutes.map((minute) => [minute.atMs, minute.project, minute.focusedMs, minute.active60Ms]),
    [
      [0, "a", 51_000, 51_000],
      [0, "b", 9_000, 9_000],
      [MINUTE, "a", 1_000, 1_000],
    ],
  );
});
