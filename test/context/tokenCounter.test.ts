import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as fc from "fast-check";
import { hasOpenAiVocabulary, loadVocabulary } from "../../src/context/openAiTokens.ts";
import { TokenCounter } from "../../src/context/tokenCounter.ts";
import { estimateTokens, otherWeights } from "../../src/context/tokens.ts";

const weight = otherWeights.largeVocabulary;
const code = "const total = items.reduce((sum, { price }) => sum + price, 0);\n".repeat(20);

test("OpenAI's tokens are counted as its own tokenizer does", async () => {
  const require = createRequire(import.meta.url);
  const wasm = await readFile(require.resolve("tiktoken/lite/tiktoken_bg.wasm"));
  const vocabulary = await readFile(require.resolve("tiktoken/encoders/o200k_base.json"), "utf8");
  const openAi = await loadVocabulary({ wasm, vocabulary });
  try {
    assert.equal(openAi.count(""), 0);
    assert.equal(openAi.count("hello world"), 2);
    assert.equal(openAi.count("antidisestablishmentarianism"), 6);
    // One token if it were taken for the control token that it looks like.
    assert.ok(openAi.count("<|endoftext|>") > 1);
  } finally {
    openAi.dispose();
  }
});

test("the models that have this vocabulary are known by their names", () => {
  for (const name of ["gpt-4.1", "gpt-4o-mini", "gpt-5", "o3", "o4-mini", "chatgpt-4o-latest", "openai/gpt-4o"])
    assert.equal(hasOpenAiVocabulary(name), true, name);
  for (const name of ["qwen2.5-coder", "codestral", "olmo", "llama-3", "deepseek-chat", "octocoder"])
    assert.equal(hasOpenAiVocabulary(name), false, name);
});

test("without anything known it is the plain estimate", () => {
  assert.equal(new TokenCounter(weight).estimate(code), estimateTokens(code, weight));
});

test("the estimate comes near to what a model reports, request by request", () => {
  const counter = new TokenCounter(weight);
  const real = estimateTokens(code, weight) * 0.7;
  let error = Number.POSITIVE_INFINITY;
  for (let request = 0; request < 12; request += 1) {
    counter.observe(code, real);
    const now = Math.abs(counter.estimate(code) - real);
    assert.ok(now < error);
    error = now;
  }
  assert.ok(error < real * 0.03, `${error} of ${real}`);
});

test("nonsense that a server reports does not make the estimate nonsense", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true })), (reports) => {
      const counter = new TokenCounter(weight);
      for (const tokens of reports) counter.observe(code, tokens);
      const share = counter.estimate(code) / estimateTokens(code, weight);
      assert.ok(share >= 0.33 && share <= 3.01, String(share));
    }),
  );
});

test("an exact count corrects the estimate of other texts, and where none can be had the estimate stands in", async () => {
  const exact = new TokenCounter(weight, (text) => Promise.resolve(text.length / 5));
  assert.equal(await exact.count(code), code.length / 5);
  assert.ok(exact.estimate("other code") < estimateTokens("other code", weight));
  const broken = new TokenCounter(weight, () => Promise.reject(new Error("no vocabulary")));
  assert.equal(await broken.count(code), estimateTokens(code, weight));
});
