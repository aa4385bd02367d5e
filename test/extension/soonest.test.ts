import assert from "node:assert/strict";
import { mock, test, type TestContext } from "node:test";
import { Soonest } from "../../src/extension/soonest.ts";

/** A long tick would have everything done at its end. */
function pass(ms: number): void {
  for (let passed = 0; passed < ms; passed += 50) mock.timers.tick(50);
}

/** Two parts of which each is due at a time, and what was done at which. */
function parts(context: TestContext) {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 0 });
  context.after(() => mock.timers.reset());
  const due: { nextDueMs: number | undefined }[] = [{ nextDueMs: undefined }, { nextDueMs: undefined }];
  const ticks: number[] = [];
  const soonest = new Soonest(due, Date.now, () => {
    ticks.push(Date.now());
    for (const part of due) if ((part.nextDueMs ?? Infinity) <= Date.now()) part.nextDueMs = undefined;
  });
  return { due, ticks, soonest };
}

test("what is due first is done first, then the next, and then nothing more", (context) => {
  const { due, ticks, soonest } = parts(context);
  const [first, second] = due;
  assert.ok(first && second);
  first.nextDueMs = 750;
  second.nextDueMs = 300;
  soonest.arm();
  pass(10_000);
  assert.deepEqual(ticks, [300, 750]);
});

test("what becomes due sooner than the rest is not waited for with the rest", (context) => {
  const { due, ticks, soonest } = parts(context);
  const [first, second] = due;
  assert.ok(first && second);
  first.nextDueMs = 5_000;
  soonest.arm();
  second.nextDueMs = 100;
  soonest.arm();
  pass(200);
  assert.deepEqual(ticks, [100]);
  pass(4_800);
  assert.deepEqual(ticks, [100, 5_000]);
});

test("what has more to do at once leaves the editor its turns between", (context) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 0 });
  context.after(() => mock.timers.reset());
  const ticks: number[] = [];
  const soonest = new Soonest([{ nextDueMs: -1_000 }], Date.now, () => ticks.push(Date.now()));
  soonest.arm();
  for (let passed = 0; passed < 35; passed += 1) mock.timers.tick(1);
  soonest.end();
  assert.deepEqual(ticks, [10, 20, 30]);
});

test("what is due in a day is looked at every hour, since a timer stands still while the machine sleeps", (context) => {
  const { due, ticks, soonest } = parts(context);
  const [first] = due;
  assert.ok(first);
  first.nextDueMs = 86_400_000;
  soonest.arm();
  for (let hours = 0; hours < 2; hours += 1) mock.timers.tick(3_600_000);
  assert.equal(ticks.length, 2);
  soonest.end();
});

test("nothing is done after the end", (context) => {
  const { due, ticks, soonest } = parts(context);
  const [first] = due;
  assert.ok(first);
  first.nextDueMs = 100;
  soonest.arm();
  soonest.end();
  soonest.arm();
  pass(1_000);
  assert.deepEqual(ticks, []);
});
