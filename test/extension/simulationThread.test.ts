import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { simulatedWeeks } from "../../src/extension/simulatedWeeks.ts";
import { simulatedApart } from "../../src/extension/simulationThread.ts";

const worker = join(import.meta.dirname, "../../src/extension/simulationWorker.ts");

test("experiments are simulated beside the editor's thread, which has its turn all the while, to the same figures each time", async () => {
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  turn();
  const weeks = await simulatedApart(worker, 1.25, new AbortController().signal);
  isDone = true;
  // In the editor's own thread there was one turn for each of 2,000 experiments.
  assert.ok(turns > 2_000, String(turns));
  assert.deepEqual(
    weeks?.map((each) => [each.weeks, each.halfHours, each.summary.runs]),
    [
      [1, 60, 500],
      [2, 120, 500],
      [4, 240, 500],
      [8, 480, 500],
    ],
  );
});

test("where suggestions make no difference, no more simulated experiments say so wrongly than the page promises", () => {
  for (const { weeks, summary } of simulatedWeeks(1)) {
    // Any more than without; the claims of more are false.
    const [{ shown, ruledOut } = assert.fail(), ...more] = summary.claims;
    assert.ok(shown <= 0.05 && ruledOut <= 0.05, `${weeks}: ${shown} ${ruledOut}`);
    for (const each of more) assert.ok(each.shown <= 0.05, `${weeks}: ${each.claim}`);
    assert.ok(summary.usualInterval && summary.usualInterval.lower < 1 && summary.usualInterval.upper > 1);
  }
});

test("who stops the simulation gets none, and nothing goes on", async () => {
  const stopped = new AbortController();
  const weeks = simulatedApart(worker, 3, stopped.signal);
  stopped.abort();
  assert.equal(await weeks, undefined);
});
