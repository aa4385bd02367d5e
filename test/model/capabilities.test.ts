import assert from "node:assert/strict";
import { test } from "node:test";
import { familyCapabilities, serverCapabilities } from "../../src/model/capabilities.ts";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { serve } from "./localServer.ts";

const never = new AbortController().signal;

test("whether a model sees and calls tools is known of its family, whatever the server calls it", () => {
  const can = (model: string) => {
    const { pictures, tools } = familyCapabilities(model);
    return [pictures, tools];
  };
  assert.deepEqual(can("gpt-4o-mini"), [true, true]);
  assert.deepEqual(can("Qwen/Qwen2.5-VL-7B-Instruct"), [true, true]);
  assert.deepEqual(can("qwen2.5-coder:7b"), [false, true]);
  assert.deepEqual(can("deepseek-coder"), [false, false]);
  assert.deepEqual(can("nobody-knows-1"), [undefined, undefined]);
});

test("what a server says of its model comes before what is known of its family; one that says nothing is no mistake", async () => {
  await using telling = await serve((request, response) => {
    response.setHeader("content-type", "application/json");
    if (!request.url?.endsWith("/models")) return void response.writeHead(404).end("{}");
    const model = { id: "gpt-4o", context_length: 5_000, architecture: { input_modalities: ["text"] } };
    response.end(JSON.stringify({ data: [{ ...model, supported_parameters: [] }] }));
  });
  await using silent = await serve((_, response) => void response.writeHead(500).end());
  const asked = { apiKey: "test-key", fetch, timeLimitMs: 2_000 };
  const at = async (baseUrl: string) => {
    const chosen = chosenModel("gateway/gpt-4o", { gateway: `${baseUrl}/v1` });
    assert.ok(chosen.kind === "server");
    return serverCapabilities(chosen, asked, never);
  };
  assert.deepEqual(await at(telling.url), { pictures: false, tools: false, contextTokens: 5_000 });
  assert.deepEqual(await at(silent.url), { pictures: true, tools: true, contextTokens: 128_000 });
});
