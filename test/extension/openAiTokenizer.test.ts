import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { OpenAiTokenizer } from "../../src/extension/openAiTokenizer.ts";

const require = createRequire(import.meta.url);
const script = join(import.meta.dirname, "../../src/extension/tokenWorker.ts");
const paths = {
  wasm: require.resolve("tiktoken/lite/tiktoken_bg.wasm"),
  vocabulary: require.resolve("tiktoken/encoders/o200k_base.json"),
};

test("tokens are counted in another thread, each text its own", async () => {
  const tokenizer = new OpenAiTokenizer(script, paths);
  try {
    const counts = await Promise.all(["hello", "hello world", ""].map((text) => tokenizer.count(text)));
    assert.deepEqual(counts, [1, 2, 0]);
  } finally {
    tokenizer.dispose();
  }
});

test("where the vocabulary is missing each count is refused, and nobody waits for ever", async () => {
  const tokenizer = new OpenAiTokenizer(script, { ...paths, vocabulary: `${paths.vocabulary}.missing` });
  try {
    const counts = await Promise.allSettled(["one", "two"].map((text) => tokenizer.count(text)));
    assert.deepEqual(
      counts.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    await assert.rejects(tokenizer.count("three"));
  } finally {
    tokenizer.dispose();
  }
});

test("a count that is under way when the extension ends is refused", async () => {
  const tokenizer = new OpenAiTokenizer(script, paths);
  const count = tokenizer.count("hello");
  tokenizer.dispose();
  await assert.rejects(count);
});
