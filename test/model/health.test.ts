import assert from "node:assert/strict";
import { test } from "node:test";
import type { ModelFailure } from "../../src/model/failure.ts";
import { Health, watchedModel } from "../../src/model/health.ts";
import { type Model, ModelError, type ModelRequest, unknownUsage } from "../../src/model/model.ts";

const gone: ModelFailure = { kind: "unreachable", host: "here", code: "ECONNREFUSED" };
const slow: ModelFailure = { kind: "timed-out", host: "here", limitMs: 15_000 };
const request: ModelRequest = {
  prompt: { kind: "raw", parts: [] },
  purpose: "suggestion",
  maxTokens: 10,
  temperature: 0,
  stop: [],
};

/** Each request gets the next of `answers`. */
function scripted(answers: readonly (readonly string[] | ModelFailure)[]): Model & { readonly asked: () => number } {
  let asked = 0;
  return {
    name: "scripted",
    asked: () => asked,
    stream: () => ({
      usage: unknownUsage,
      async *[Symbol.asyncIterator]() {
        const answer = answers[asked] ?? [];
        asked += 1;
        if ("kind" in answer) throw new ModelError(answer);
        yield* answer;
      },
    }),
  };
}

async function ask(model: Model, signal = new AbortController().signal): Promise<string> {
  let text = "";
  try {
    for await (const piece of model.stream(request, signal)) text += piece;
  } catch (error) {
    return error instanceof ModelError ? error.failure.kind : "other";
  }
  return text;
}

test("a server that is not there is left alone for 2 s, then for 4 s, and is trusted again when it answers", async () => {
  let now = 0;
  const health = new Health(() => now);
  const inner = scripted([gone, gone, ["x"], gone]);
  const model = watchedModel(inner, health, () => now);
  assert.equal(await ask(model), "unreachable");
  now = 1_999;
  assert.equal(await ask(model), "unreachable");
  assert.equal(inner.asked(), 1, "nothing was asked");
  now = 2_000;
  assert.equal(await ask(model), "unreachable");
  now = 5_999;
  assert.notEqual(health.failure, undefined);
  now = 6_000;
  assert.equal(await ask(model), "x");
  assert.equal(await ask(model), "unreachable");
  now = 8_000;
  assert.equal(health.failure, undefined, "the waits begin anew");
});

test("one late answer is no reason, three in a row are", async () => {
  const health = new Health(() => 0);
  const inner = scripted([slow, slow, ["x"], slow, slow, slow]);
  const model = watchedModel(inner, health, () => 0);
  for (let i = 0; i < 5; i += 1) await ask(model);
  assert.equal(health.failure, undefined);
  await ask(model);
  assert.deepEqual(health.failure, slow);
  health.retry();
  assert.equal(health.failure, undefined);
});

test("a rate limit is waited for as long as the server says, and the rest of it is told", () => {
  let now = 0;
  const health = new Health(() => now);
  health.failed({ kind: "rate-limited", host: "here", retryAfterMs: 90_000 });
  now = 60_000;
  assert.deepEqual(health.failure, { kind: "rate-limited", host: "here", retryAfterMs: 30_000 });
  now = 90_000;
  assert.equal(health.failure, undefined);
});

test("a wait of a day that a server asks for is told, and it is asked again after five minutes", () => {
  let now = 0;
  const health = new Health(() => now);
  health.failed({ kind: "rate-limited", host: "here", retryAfterMs: 86_400_000 });
  now = 299_999;
  assert.deepEqual(health.failure, { kind: "rate-limited", host: "here", retryAfterMs: 86_400_000 - 299_999 });
  now = 300_000;
  assert.equal(health.failure, undefined);
});

test("who asks by hand in vain makes the wait no shorter", () => {
  let now = 0;
  const health = new Health(() => now);
  const gone = { kind: "unreachable", host: "here", code: "ECONNREFUSED" } as const;
  health.failed(gone);
  health.retry();
  assert.equal(health.failure, undefined);
  health.failed(gone);
  now = 3_999;
  assert.deepEqual(health.failure, gone);
  now = 4_000;
  assert.equal(health.failure, undefined);
});

test("a clock that was set back does not make a wait longer", () => {
  let now = 1_000_000;
  const health = new Health(() => now);
  health.failed(gone);
  now = 0;
  assert.equal(health.failure, undefined);
});

test("what is the request's own fault, or was aborted, counts for nothing", async () => {
  const health = new Health(() => 0);
  const refused: ModelFailure = { kind: "request-refused", host: "here", detail: "no" };
  await ask(watchedModel(scripted([refused]), health, () => 0));
  const stopped = new AbortController();
  stopped.abort();
  await ask(
    watchedModel(scripted([gone]), health, () => 0),
    stopped.signal,
  );
  assert.deepEqual(health.figures, { requests: 0, failed: 0, firstTextMs: undefined });
});

test("the figures are of the last 50 requests, those whose reader had enough among them", async () => {
  let now = 0;
  const health = new Health(() => now);
  for (let i = 1; i <= 60; i += 1) health.answered(i);
  health.failed(slow);
  assert.deepEqual(health.figures, { requests: 50, failed: 1, firstTextMs: { p50: 36, p95: 58 } });
  const left = watchedModel(scripted([["a", "b"]]), health, () => (now += 500));
  for await (const _ of left.stream(request, new AbortController().signal)) break;
  assert.equal(health.figures.firstTextMs?.p95, 59);
  assert.equal(health.figures.failed, 1);
});

test("somebody who wants to know ends a wait, but not one for a limit of their own before it is over, or changed", () => {
  let now = 0;
  const health = new Health(() => now);
  health.failed(gone);
  health.retry();
  assert.equal(health.failure, undefined);
  const limit: ModelFailure = { kind: "spending-limit", limit: 2, currency: "USD", retryInMs: 3_600_000 };
  health.failed(limit);
  health.retry();
  assert.deepEqual(health.failure, limit);
  now = 3_600_000;
  assert.equal(health.failure, undefined);
  health.failed(limit);
  health.forget();
  assert.equal(health.failure, undefined);
});
