import assert from "node:assert/strict";
import { test } from "node:test";
import { JobQueue, PreemptedError, type Priority } from "../../../src/model/embedded/jobQueue.ts";

const never = new AbortController().signal;

/** A queue whose jobs write down when they run; `block` holds it until the function that it gives is called. */
function queueWithLog() {
  const queue = new JobQueue();
  const log: string[] = [];
  const add = (name: string, priority: Priority, client: object = log, signal = never) =>
    queue.add({ client, priority, group: "g", run: async () => void log.push(name) }, signal);
  const block = () => {
    const gate = Promise.withResolvers<undefined>();
    const done = queue.add({ client: {}, priority: "suggestion", group: "g", run: () => gate.promise }, never);
    return async () => {
      gate.resolve(undefined);
      await done;
    };
  };
  return { queue, log, add, block };
}

test("a suggestion goes before a chat, and both before a warm-up", async () => {
  const { log, add, block } = queueWithLog();
  const release = block();
  const all = [add("warm", "warm"), add("chat", "chat"), add("suggestion", "suggestion")];
  await release();
  await Promise.all(all);
  assert.deepEqual(log, ["suggestion", "chat", "warm"]);
});

test("a window with many requests does not keep another one waiting", async () => {
  const { log, add, block } = queueWithLog();
  const [busy, other] = [{}, {}];
  const release = block();
  const all = [
    add("busy 1", "suggestion", busy),
    add("busy 2", "suggestion", busy),
    add("busy 3", "suggestion", busy),
    add("other", "suggestion", other),
  ];
  await release();
  await Promise.all(all);
  assert.deepEqual(log, ["busy 1", "other", "busy 2", "busy 3"]);
});

test("a running warm-up gives way to a request", async () => {
  const { queue, log, add } = queueWithLog();
  const warm = queue.add(
    {
      client: {},
      priority: "warm",
      group: "g",
      run: (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    },
    never,
  );
  await Promise.all([assert.rejects(warm, PreemptedError), add("suggestion", "suggestion")]);
  assert.deepEqual(log, ["suggestion"]);
});

test("a chat lets a suggestion in between two tokens, and then goes on", async () => {
  const { queue, log, add } = queueWithLog();
  let suggestion: Promise<void> | undefined;
  const run = async (_signal: AbortSignal, between: () => Promise<void> | undefined) => {
    log.push("chat begins");
    suggestion = add("suggestion", "suggestion");
    await between();
    log.push("chat ends");
  };
  await queue.add({ client: {}, priority: "chat", group: "g", run }, never);
  await suggestion;
  assert.deepEqual(log, ["chat begins", "suggestion", "chat ends"]);
});

test("a score comes last, and lets everything in between two of its steps", async () => {
  const { queue, log, add, block } = queueWithLog();
  const release = block();
  const more: Promise<void>[] = [];
  const run = async (_signal: AbortSignal, between: () => Promise<void> | undefined) => {
    log.push("score begins");
    more.push(add("warm 2", "warm"), add("chat 2", "chat"), add("suggestion", "suggestion"), add("score 2", "score"));
    await between();
    log.push("score ends");
  };
  const all = [queue.add({ client: {}, priority: "score", group: "g", run }, never), add("warm 1", "warm")];
  await release();
  await Promise.all(all);
  await Promise.all(more);
  assert.deepEqual(log, ["warm 1", "score begins", "suggestion", "chat 2", "warm 2", "score ends", "score 2"]);
});

test("a score leaves a warm-up alone, and one that was let in between gives way all the same", async () => {
  const { queue, log, add } = queueWithLog();
  const warmUp = async (signal: AbortSignal, between: () => Promise<void> | undefined) => {
    const score = add("score 2", "score");
    assert.equal(signal.aborted, false);
    const suggestion = add("suggestion", "suggestion");
    assert.equal(signal.aborted, true);
    // It computes nothing in between, where it could find its own work changed.
    assert.equal(between(), undefined);
    log.push("warm-up gives way");
    later.push(score, suggestion);
    throw signal.reason;
  };
  const later: Promise<void>[] = [];
  const run = async (_signal: AbortSignal, between: () => Promise<void> | undefined) => {
    const warm = queue.add({ client: {}, priority: "warm", group: "g", run: warmUp }, never);
    later.push(assert.rejects(warm, PreemptedError));
    await between();
    log.push("score ends");
  };
  await queue.add({ client: {}, priority: "score", group: "g", run }, never);
  await Promise.all(later);
  assert.deepEqual(log, ["warm-up gives way", "suggestion", "score ends", "score 2"]);
});

test("a suggestion of another model waits for the chat to end", async () => {
  const { queue, log, add } = queueWithLog();
  let suggestion: Promise<void> | undefined;
  const run = async (_signal: AbortSignal, between: () => Promise<void> | undefined) => {
    suggestion = add("suggestion", "suggestion");
    await between();
    log.push("chat ends");
  };
  await queue.add({ client: {}, priority: "chat", group: "another", run }, never);
  await suggestion;
  assert.deepEqual(log, ["chat ends", "suggestion"]);
});

test("a request that is aborted while it waits is settled and never runs", async () => {
  const { queue, log, add, block } = queueWithLog();
  const release = block();
  const controller = new AbortController();
  const waiting = add("waiting", "suggestion", log, controller.signal);
  controller.abort(new Error("typed on"));
  await assert.rejects(waiting, /typed on/u);
  await release();
  await new Promise(setImmediate);
  assert.deepEqual(log, []);
  assert.equal(queue.idle, true);
});
