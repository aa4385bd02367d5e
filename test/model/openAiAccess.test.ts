import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { openAiAccess } from "../../src/model/openAiAccess.ts";

function accessTo(reference: string, servers: Readonly<Record<string, string>> = {}) {
  const chosen = chosenModel(reference, servers);
  assert.ok(chosen.kind === "server");
  return openAiAccess(chosen);
}

const keyHeader = "authorization";

test("Ollama speaks like OpenAI below /v1, however its address is written", () => {
  assert.deepEqual(accessTo("ollama/nomic-embed-text"), { baseUrl: "http://localhost:11434/v1", keyHeader });
  for (const address of ["http://box:11434", "http://box:11434/", "http://box:11434/v1", "http://box:11434/api"])
    assert.deepEqual(accessTo("ollama/x", { ollama: address }), { baseUrl: "http://box:11434/v1", keyHeader });
});

test("Azure's key goes into its own header, and others stay as they are", () => {
  assert.deepEqual(accessTo("azure/vectors", { azure: "https://firm.openai.azure.com" }), {
    baseUrl: "https://firm.openai.azure.com/openai/v1",
    keyHeader: "api-key",
  });
  assert.deepEqual(accessTo("openai/text-embedding-3-small"), { baseUrl: "https://api.openai.com/v1", keyHeader });
});
