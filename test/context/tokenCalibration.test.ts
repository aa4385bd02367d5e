import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as fc from "fast-check";
import { hasOpenAiVocabulary, loadVocabulary } from "../../src/context/openAiTokens.ts";
import { TokenCalibration } from "../../src/context/tokenCalibration.ts";

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

test("as long as nothing is told the estimate counts", () => {
  assert.equal(new TokenCalibration().factor, 1);
});

test("the estimate comes near to what a model tells, request by request", () => {
  const calibration = new TokenCalibration();
  let factor = calibration.factor;
  for (let request = 0; request < 12; request += 1) {
    calibration.observe(400, 280);
    assert.ok(calibration.factor <= factor);
    ({ factor } = calibration);
  }
  assert.equal(factor, 0.7);
});

test("nonsense that a server tells does not make the estimate nonsense", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true })), (told) => {
      const calibration = new TokenCalibration();
      for (const tokens of told) calibration.observe(400, tokens);
      assert.ok(calibration.factor >= 0.3 && calibration.factor <= 3, String(calibration.factor));
    }),
  );
});
