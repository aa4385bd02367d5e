import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "../../src/completion/latest.ts";

/** A task that says how it ended. */
function untilAborted(signal: AbortSignal): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  if (signal.aborted) resolve("aborted");
  signal.addEventListener("abort", () => resolve("aborted"));
  return promise;
}

const never = new AbortController().signal;

test("a newer task ends the older one", async () => {
  const latest = new Latest();
  const first = latest.run(never, untilAborted);
  assert.equal(await latest.run(never, async () => "done"), "done");
  assert.equal(await first, "aborted");
});

test("the caller's signal ends the task, also when it was aborted before", async () => {
  const latest = new Latest();
  const controller = new AbortController();
  const task = latest.run(controller.signal, untilAborted);
  controller.abort();
  assert.equal(await task, "aborted");
  assert.equal(await latest.run(AbortSignal.abort(), untilAborted), "aborted");
});

test("a task that has ended is not touched by the next, and one that fails passes its error on", async () => {
  const latest = new Latest();
  let signal: AbortSignal | undefined;
  await latest.run(never, async (own) => {
    signal = own;
  });
  await assert.rejects(
    latest.run(never, async () => {
      throw new Error("failed");
    }),
    /failed/,
  );
  assert.equal(signal?.aborted, false);
});
