import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine } from "../../src/completion/engine.ts";
import type { Outcome } from "../../src/completion/suggestion.ts";
import { at } from "../support/carets.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { ScriptedModel } from "../support/scriptedModel.ts";

const KEY_MS = 120;
const AGAIN_MS = 30;
const TYPED = "customerName";

/** Types on at a steady rate in front of a model that answers after `latencyMs`, and cancels each call at the next key, as an editor does. */
async function burst(typed: string, latencyMs: number, answerTo: (prompt: string) => string, asksAgain = false) {
  const clock = new FakeClock();
  const never = new AbortController().signal;
  const model = new ScriptedModel((stream) => {
    void clock.sleep(latencyMs, never).then(() => stream.say(answerTo(stream.prompt)).done());
  });
  const engine = new CompletionEngine({
    backend: () => ({ model, format: "continuation" }),
    clock,
    options: () => ({}),
  });
  // Some keys before, as somebody has typed who types now, and a pause.
  for (const before of ["a", "ab", "abc", "abcd", "abcde", "abcdef"]) {
    void engine.complete(at(`${before}║\n`), "automatic", never);
    await clock.pass(KEY_MS);
  }
  await clock.pass(5_000);
  const requestsBefore = model.streams.length;
  const settled: { readonly outcome: Outcome; readonly key: number; readonly atMs: number }[] = [];
  let cancel = new AbortController();
  let lastKeyAt = 0;
  for (let key = 1; key <= typed.length; key += 1) {
    cancel.abort();
    cancel = new AbortController();
    lastKeyAt = clock.now();
    const { signal } = cancel;
    const call = engine.complete(at(`const x = ${typed.slice(0, key)}║\n`), "automatic", signal);
    void call.then((outcome) => settled.push({ outcome, key, atMs: clock.now() }));
    // The editor's suggest widget has opened, say.
    if (asksAgain) await clock.pass(AGAIN_MS);
    if (asksAgain) void engine.complete(at(`const x = ${typed.slice(0, key)}║\n`), "automatic", signal);
    if (key < typed.length) await clock.pass(KEY_MS - (asksAgain ? AGAIN_MS : 0));
  }
  await clock.pass(5_000);
  engine.stop();
  const last = settled.at(-1);
  return {
    requests: model.streams.length - requestsBefore,
    first: settled.find(({ outcome }) => outcome.kind === "offered"),
    last: last?.outcome,
    lastKeyToLastMs: (last?.atMs ?? Infinity) - lastKeyAt,
    sleeping: clock.sleeping,
  };
}

test("somebody who types something else than the model expects waits for the model once, and half of the keys ask", async () => {
  const { requests, last, lastKeyToLastMs, sleeping } = await burst(TYPED, 300, () => " + other();");
  assert.equal(last?.kind, "offered");
  assert.equal(lastKeyToLastMs, 300);
  assert.ok(requests <= 6, `${requests} requests`);
  assert.equal(sleeping, 0);
});

test("where the keys are odd in number, the last one waits no longer than the next key would have taken", async () => {
  const { requests, lastKeyToLastMs } = await burst(TYPED.slice(1), 300, () => " + other();");
  assert.ok(lastKeyToLastMs <= 300 + KEY_MS * 1.25, `${lastKeyToLastMs} ms`);
  assert.ok(requests <= 6, `${requests} requests`);
});

test("somebody who types what the model expects sees it while typing, with one request", async () => {
  const { requests, first, last } = await burst(TYPED, 300, (prompt) =>
    `${TYPED}.trim();`.slice(/\w*$/.exec(prompt)?.[0].length),
  );
  assert.equal(requests, 1);
  assert.ok(first && first.key <= 5, `seen at key ${first?.key}`);
  assert.equal(last?.kind === "offered" && last.origin, "typed-through");
});

test("an editor that asks again at the same caret makes no more requests for it", async () => {
  const { requests } = await burst(TYPED, 300, () => " + other();", true);
  assert.ok(requests <= 6, `${requests} requests`);
});
