import assert from "node:assert/strict";
import { test } from "node:test";
import { Gathering } from "../../src/extension/gathering.ts";
import { FakeClock } from "../support/fakeClock.ts";

function gathering() {
  const clock = new FakeClock();
  const told: string[] = [];
  const gathered = new Gathering<string>(clock, { restMs: 300, mostMs: 1_500 }, (items) =>
    told.push(Array.from(items).join(" ")),
  );
  return { clock, told, gathered };
}

test("edits in several files are all told, each once, when the keys have come to rest", async () => {
  const { clock, told, gathered } = gathering();
  for (const item of ["a", "b", "a", "c"]) {
    gathered.add(item);
    await clock.pass(200);
  }
  assert.deepEqual(told, []);
  await clock.pass(100);
  assert.deepEqual(told, ["a b c"]);
  gathered.add("a");
  await clock.pass(300);
  assert.deepEqual(told, ["a b c", "a"]);
});

test("a process that writes without a rest does not keep other changes from the index", async () => {
  const { clock, told, gathered } = gathering();
  gathered.add("source");
  for (let count = 0; count < 14; count += 1) {
    await clock.pass(100);
    gathered.add("log");
  }
  assert.deepEqual(told, []);
  await clock.pass(100);
  assert.deepEqual(told, ["source log"]);
});

test("what can't wait takes along what was gathered, and nothing is told twice or after the end", async () => {
  const { clock, told, gathered } = gathering();
  gathered.add("a");
  gathered.add(".gitignore");
  gathered.tell();
  assert.deepEqual(told, ["a .gitignore"]);
  await clock.pass(2_000);
  gathered.add("b");
  gathered.dispose();
  await clock.pass(2_000);
  assert.deepEqual([told, clock.sleeping], [["a .gitignore"], 0]);
});
