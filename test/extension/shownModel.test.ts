import assert from "node:assert/strict";
import { test } from "node:test";
import { shownModel } from "../../src/extension/shownModel.ts";

test("a model that a server calls by the path of its file is shown by the file's name", () => {
  assert.equal(shownModel("/models/SmolLM2-135M.Q4_1.gguf"), "SmolLM2-135M.Q4_1.gguf");
  assert.equal(shownModel("C:\\models\\coder.GGUF"), "coder.GGUF");
  assert.equal(shownModel("coder.gguf"), "coder.gguf");
});

test("a name with a slash that is no file is shown whole", () => {
  assert.equal(shownModel("Qwen/Qwen2.5-Coder-7B"), "Qwen/Qwen2.5-Coder-7B");
});
