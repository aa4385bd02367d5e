import assert from "node:assert/strict";
import { test } from "node:test";
import { modelsForCode } from "../../src/model/modelsForCode.ts";

test("models that write text are left, those for code first, and the example before them", () => {
  const names = [
    "gpt-4o-mini-tts",
    "text-embedding-3-large",
    "gpt-4o",
    "whisper-1",
    "dall-e-3",
    "gpt-5-codex",
    "omni-moderation-latest",
    "gpt-4.1",
    "gpt-image-1",
    "sora-2",
    "gpt-4o-realtime-preview",
    "davinci-002",
  ];
  assert.deepEqual(modelsForCode(names, "gpt-4.1"), ["gpt-4.1", "gpt-5-codex", "gpt-4o"]);
});

test("the same for the names of other services", () => {
  const names = [
    "qwen-max",
    "qwen3-coder-plus",
    "text-embedding-v4",
    "wan2.2-t2i-plus",
    "qwen-vl-ocr",
    "qwen-mt-turbo",
    "BAAI/bge-m3",
    "deepseek-ai/DeepSeek-V3",
    "black-forest-labs/FLUX.1-dev",
    "codestral-latest",
    "nomic-embed-text:latest",
  ];
  assert.deepEqual(modelsForCode(names), [
    "codestral-latest",
    "qwen3-coder-plus",
    "deepseek-ai/DeepSeek-V3",
    "qwen-max",
  ]);
});

test("where no name is one that writes, all are shown rather than none", () => {
  assert.deepEqual(modelsForCode(["my-embedder", "my-embedder"]), ["my-embedder"]);
});
