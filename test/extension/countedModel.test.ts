import assert from "node:assert/strict";
import { test } from "node:test";
import { countedModel } from "../../src/extension/countedModel.ts";

test("the ledger names models of the catalogue and of services, and no file of the user's", () => {
  assert.equal(countedModel("embedded/smollm2-135m-instruct"), "embedded/smollm2-135m-instruct");
  assert.equal(countedModel("openai/gpt-4.1"), "openai/gpt-4.1");
  assert.equal(countedModel("embedded/~/clients/acme/mine.gguf"), "embedded/file");
  assert.equal(countedModel("embedded/C:\\models\\Mine.GGUF"), "embedded/file");
});
