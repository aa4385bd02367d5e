import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { openAiInterface } from "../../src/model/openAiInterface.ts";

function interfaceOf(reference: string, servers: Readonly<Record<string, string>> = {}) {
  const chosen = chosenModel(reference, servers);
  assert.ok(chosen.kind === "server");
  return openAiInterface(chosen);
}

test("Ollama speaks like OpenAI below /v1, however its address is written", () => {
  assert.deepEqual(interfaceOf("ollama/nomic-embed-text"), { baseUrl: "http://localhost:11434/v1" });
  for (const address of ["http://box:11434", "http://box:11434/", "http://box:11434/v1", "http://box:11434/api"])
    assert.deepEqual(interfaceOf("ollama/x", { ollama: address }), { baseUrl: "http://box:11434/v1" });
});

test("Azure's key goes into its own header, and others stay as they are", () => {
  assert.deepEqual(interfaceOf("azure/vectors", { azure: "https://firm.openai.azure.com" }), {
    baseUrl: "https://firm.openai.azure.com/openai/v1",
    keyHeader: "api-key",
  });
  assert.deepEqual(interfaceOf("openai/text-embedding-3-small"), { baseUrl: "https://api.openai.com/v1" });
});
