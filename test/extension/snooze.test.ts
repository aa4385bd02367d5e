import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Snooze } from "../../src/extension/snooze.ts";

const FILE = "file:///a.ts";
const OTHER = "file:///b.ts";
const NOON = new Date(2026, 4, 3, 12).getTime();

function snoozeAt(context: TestContext, start: number): { snooze: Snooze<string>; changes: () => number } {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"], now: start });
  let changes = 0;
  const snooze = new Snooze(
    () => new Date(),
    () => (changes += 1),
    (document: string) => document.replace(/#.*/, ""),
  );
  return { snooze, changes: () => changes };
}

test("a window is snoozed for as many minutes as were chosen, and then wakes up by itself", (context) => {
  const { snooze, changes } = snoozeAt(context, NOON);
  snooze.forMinutes(15);
  assert.deepEqual(snooze.at(FILE), { until: new Date(2026, 4, 3, 12, 15) });
  assert.deepEqual(snooze.at(undefined), { until: new Date(2026, 4, 3, 12, 15) });
  context.mock.timers.tick(15 * 60_000 - 1);
  assert.equal(changes(), 1);
  context.mock.timers.tick(1);
  assert.equal(snooze.at(FILE), undefined);
  assert.equal(changes(), 2);
});

test("snoozed again, the later time counts, also when it is the sooner one", (context) => {
  const { snooze } = snoozeAt(context, NOON);
  snooze.forMinutes(60);
  snooze.forMinutes(5);
  context.mock.timers.tick(5 * 60_000);
  assert.equal(snooze.at(FILE), undefined);
  context.mock.timers.tick(60 * 60_000);
  assert.equal(snooze.at(FILE), undefined);
});

test("a file is snoozed until it is woken, and no other one", (context) => {
  const { snooze } = snoozeAt(context, NOON);
  snooze.forFile(FILE);
  snooze.forMinutes(5);
  context.mock.timers.tick(5 * 60_000);
  assert.deepEqual(snooze.at(FILE), { until: undefined });
  assert.equal(snooze.at(OTHER), undefined);
  snooze.wake(OTHER);
  assert.deepEqual(snooze.at(FILE), { until: undefined });
  snooze.wake(FILE);
  assert.equal(snooze.at(FILE), undefined);
});

test("the parts of one file, such as a notebook's cells, are snoozed and woken together", (context) => {
  const { snooze } = snoozeAt(context, NOON);
  snooze.forFile(`${FILE}#1`);
  assert.ok(snooze.at(`${FILE}#2`));
  assert.equal(snooze.at(`${OTHER}#1`), undefined);
  snooze.wake(`${FILE}#3`);
  assert.equal(snooze.at(`${FILE}#1`), undefined);
});

test("a machine that has slept past the time does not stay snoozed", (context) => {
  let now = NOON;
  const snooze = new Snooze(
    () => new Date(now),
    () => {},
    (document: string) => document,
  );
  context.after(() => snooze.dispose());
  snooze.forMinutes(5);
  assert.ok(snooze.at(FILE));
  // The clock has gone on, the timer has not.
  now += 6 * 60_000;
  assert.equal(snooze.at(FILE), undefined);
});
