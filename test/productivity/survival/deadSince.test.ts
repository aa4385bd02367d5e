/** What the user has deleted is dead at all checks from then on, however late that is said. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SURVIVING_FILE, SurvivingText } from "../../support/survivingText.ts";

const LINE = "const fed = wombats.filter(isFed);";
const HOURS_MS = 3_600_000;

function deletedAfter(ms: number): SurvivingText {
  const it = new SurvivingText("let wombats;\n");
  it.accept(LINE, it.text.length);
  it.wait(ms);
  it.replace(LINE, "", "deleted");
  return it;
}

test("deleted within seconds, and the window closed: the next day it is said that it was dead", () => {
  const it = deletedAfter(5_000);
  it.wait(1_000);
  const next = new SurvivingText(it.text, it);
  it.tracker.end(it.nowMs);
  next.nowMs += 48 * HOURS_MS;
  next.tracker.resume(SURVIVING_FILE, [...it.stored.values()], next.nowMs);
  next.wait(1_000);
  assert.deepEqual(next.states, ["30s dead", "2m dead", "5m dead", "10m dead", "15m dead", "24h dead"]);
});

test("nobody opens its file again: it is said all the same", () => {
  const it = deletedAfter(40_000);
  it.tracker.end(it.nowMs);
  const next = new SurvivingText("", it);
  next.nowMs += 48 * HOURS_MS;
  next.tracker.expire([...it.stored.values()], next.nowMs);
  assert.deepEqual(next.states, ["30s alive", "2m dead", "5m dead", "10m dead", "15m dead", "24h dead"]);
});

test("a window that crashes soon after it was deleted has kept that", () => {
  const it = deletedAfter(5_000);
  it.wait(2_000);
  const next = new SurvivingText("", it);
  next.nowMs += 48 * HOURS_MS;
  next.tracker.expire([...it.stored.values()], next.nowMs);
  assert.equal(next.states[0], "30s dead");
});

test("of a check before it was deleted nothing is said when it is too late", () => {
  const it = new SurvivingText("let wombats;\n");
  it.accept(LINE, it.text.length);
  it.file = "asking";
  it.wait(45_000);
  it.replace(LINE, "", "deleted");
  it.tracker.end(it.nowMs);
  const next = new SurvivingText("", it);
  next.nowMs += 48 * HOURS_MS;
  next.tracker.expire([...it.stored.values()], next.nowMs);
  assert.deepEqual(next.states.slice(0, 2), ["30s censored too-late", "2m dead"]);
});

test("deleted and undone it was never dead", () => {
  const it = deletedAfter(5_000);
  it.change([{ offset: it.text.length, length: 0, text: LINE }], "undo");
  it.tracker.end(it.nowMs);
  const next = new SurvivingText("", it);
  next.nowMs += 48 * HOURS_MS;
  next.tracker.expire([...it.stored.values()], next.nowMs);
  assert.equal(next.states[0], "30s censored too-late");
});

test("of a kept accept that can't be read it is said of each check that nothing can be said", () => {
  const it = new SurvivingText("let wombats;\n");
  const kept = { uri: SURVIVING_FILE, dueMs: 0 };
  const checks = JSON.stringify(["24h", "commit"]);
  it.tracker.resume(SURVIVING_FILE, [{ ...kept, accept: "s:1", value: `{"version":1,"checks":${checks}}` }], it.nowMs);
  assert.deepEqual(it.states, ["24h censored unreadable", "commit censored unreadable"]);
  it.tracker.expire([{ ...kept, accept: "s:2", value: "{" }], it.nowMs);
  assert.equal(it.checks.filter(({ accept }) => accept === "s:2").length, 7);
});
