import assert from "node:assert/strict";
import { test } from "node:test";
import { isSlot, slotOf, utcDayOf } from "../../../src/productivity/experiment/slots.ts";

const NINE_MS = Date.UTC(2026, 5, 10, 9);

test("half-hours begin with the hour and in its middle", () => {
  const at = (minutes: number) => NINE_MS + minutes * 60_000;
  assert.deepEqual([slotOf(at(29.999)), slotOf(at(30))], [NINE_MS, at(30)]);
  assert.deepEqual([isSlot(NINE_MS), isSlot(at(15)), isSlot(Number.NaN)], [true, false, false]);
});

test("days are those of the calendar, leap years and turns of the century too", () => {
  const days = ["1970-01-01", "1999-12-31", "2000-02-29", "2026-11-29", "2028-02-29", "2028-03-01", "2100-03-01"];
  for (const day of days) {
    assert.equal(utcDayOf(Date.parse(`${day}T00:00:00Z`)), day);
    assert.equal(utcDayOf(Date.parse(`${day}T23:59:59.999Z`)), day);
  }
});
