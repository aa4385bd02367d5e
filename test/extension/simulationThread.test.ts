import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
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
  // In the editor's own thread there was one turn for each of 400 experiments.
  assert.ok(turns > 2_000, String(turns));
  assert.deepEqual(
    weeks?.map((each) => [each.weeks, each.halfHours, each.summary.runs]),
    [
      [1, 60, 100],
      [2, 120, 100],
      [4, 240, 100],
      [8, 480, 100],
    ],
  );
});

test("who stops the simulation gets none, and nothing goes on", async () => {
  const stopped = new AbortController();
  const weeks = simulatedApart(worker, 3, stopped.signal);
  stopped.abort();
  assert.equal(await weeks, undefined);
});
