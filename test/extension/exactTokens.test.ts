import assert from "node:assert/strict";
import { test } from "node:test";
import { ExactTokens } from "../../src/extension/exactTokens.ts";

const request = {
  id: 1,
  endPoint: { kind: "server", url: "https://api.openai.com/v1" },
  model: "gpt-4.1",
  prompt: { kind: "chat", messages: [{ role: "user", content: "abcdef" }] },
  stretches: [
    { source: "map", path: "a.ts", line: 0, tokens: 9, range: { start: 1, end: 4 } },
    { source: "before", path: "b.ts", line: 0, tokens: 9, range: undefined },
  ],
} as const;

const lengths = (text: string) => Promise.resolve(text.length);

test("the pieces of a prompt to a model with OpenAI's vocabulary are counted as they stand in it", async () => {
  const exact = new ExactTokens(lengths);
  assert.equal(exact.of(request), undefined);
  assert.equal(await exact.look(request), true);
  assert.deepEqual(exact.of(request), [3, undefined]);
  assert.equal(await exact.look(request), false);
  exact.forget();
  assert.equal(exact.of(request), undefined);
});

test("other models, the local one, and a vocabulary that can't be loaded leave the estimate", async () => {
  const exact = new ExactTokens(lengths);
  assert.equal(await exact.look({ ...request, model: "qwen2.5-coder" }), false);
  assert.equal(await exact.look({ ...request, endPoint: { kind: "embedded" } }), false);
  const broken = new ExactTokens(() => Promise.reject(new Error("no vocabulary")));
  assert.equal(await broken.look(request), false);
  assert.equal(broken.of(request), undefined);
});
