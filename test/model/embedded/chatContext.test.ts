import assert from "node:assert/strict";
import { test } from "node:test";
import { readChatContext } from "../../../src/model/embedded/chatContext.ts";
import { ensureTestModel } from "../../support/testModel.ts";

test("a model's file tells how long a chat may be, and that there is none without a template", async () => {
  assert.equal(await readChatContext(await ensureTestModel()), 8_192);
  // An adapter is a GGUF file, too.
  assert.equal(await readChatContext("models/smollm2-135m-fim-lora.q8_0.gguf"), undefined);
  await assert.rejects(readChatContext("package.json"), /not a GGUF file/);
});
