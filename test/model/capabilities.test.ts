import assert from "node:assert/strict";
import { test } from "node:test";
import { familyCapabilities, serverCapabilities } from "../../src/model/capabilities.ts";
import { chosenModel, type ChosenServer } from "../../src/model/chosenModel.ts";
import { startOllama } from "../support/ollamaServer.ts";
import { deadUrl, type LocalServer, serve } from "./localServer.ts";

const never = new AbortController().signal;

function chosen(reference: string, servers: Readonly<Record<string, string>> = {}): ChosenServer {
  const model = chosenModel(reference, servers);
  assert.ok(model.kind === "server");
  return model;
}

/** With the provider's own address, but the local server behind it. */
function behind(server: LocalServer) {
  const to = (address: string) => server.url + new URL(address).pathname;
  const fetchThere = ((input: string, init) => fetch(to(input), init)) as typeof fetch;
  return { apiKey: undefined, fetch: fetchThere, timeLimitMs: 2_000 };
}

function page(pages: Readonly<Record<string, object>>): Promise<LocalServer> {
  return serve((request, response) => {
    const found = pages[request.url ?? ""];
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}));
  });
}

test("a llama.cpp server tells whether its model sees and calls, and its room", async () => {
  const settings = { n_ctx: 8_192 };
  const caps = { supports_tools: true };
  const props = { default_generation_settings: settings, modalities: { vision: true }, chat_template_caps: caps };
  await using server = await page({ "/props": props });
  const model = chosen("llama.cpp/gemma", { "llama.cpp": `${server.url}/v1` });
  assert.deepEqual(await serverCapabilities(model, { apiKey: undefined, fetch, timeLimitMs: 2_000 }, never), {
    pictures: true,
    tools: true,
    contextTokens: 8_192,
  });
});

test("what an older llama.cpp server does not tell is known of the family, or not at all", async () => {
  await using server = await page({ "/props": { default_generation_settings: { n_ctx: 0 } } });
  const here = { apiKey: undefined, fetch, timeLimitMs: 2_000 };
  const servers = { "llama.cpp": `${server.url}/v1` };
  assert.deepEqual(await serverCapabilities(chosen("llama.cpp/qwen2.5-coder-7b", servers), here, never), {
    pictures: false,
    tools: true,
    contextTokens: undefined,
  });
  assert.deepEqual(await serverCapabilities(chosen("llama.cpp/mine", servers), here, never), {
    pictures: undefined,
    tools: undefined,
    contextTokens: undefined,
  });
});

test("Ollama tells what a model can; a version that does not leaves it to the family", async () => {
  const models = {
    "gemma3:4b": { capabilities: ["completion", "vision"], contextLength: 131_072 },
    "llava:7b": { capabilities: [], contextLength: 4_096 },
  };
  await using server = await startOllama({ models });
  const here = { apiKey: undefined, fetch, timeLimitMs: 2_000 };
  const servers = { ollama: server.url };
  const [told, untold] = await Promise.all(
    ["gemma3:4b", "llava:7b"].map((name) => serverCapabilities(chosen(`ollama/${name}`, servers), here, never)),
  );
  assert.deepEqual(told, { pictures: true, tools: false, contextTokens: 131_072 });
  assert.deepEqual(untold, { pictures: true, tools: false, contextTokens: 4_096 });
});

test("LM Studio tells what a model can, and its room where it is loaded", async () => {
  const can = { vision: true, trained_for_tool_use: true };
  const loaded = [
    { id: "a", config: { context_length: 4_096 } },
    { id: "a:2", config: { context_length: 16_384 } },
  ];
  const models = [
    { key: "a", max_context_length: 131_072, capabilities: can, loaded_instances: loaded },
    { key: "openai/gpt-oss-20b", max_context_length: 131_072, capabilities: { vision: false }, loaded_instances: [] },
  ];
  await using server = await page({ "/api/v1/models": { models }, "/v1/models": { data: [{ id: "a" }] } });
  const here = { apiKey: undefined, fetch, timeLimitMs: 2_000 };
  const ask = (name: string) =>
    serverCapabilities(chosen(`lmstudio/${name}`, { lmstudio: `${server.url}/v1` }), here, never);
  assert.deepEqual(await ask("a"), { pictures: true, tools: true, contextTokens: 4_096 });
  assert.equal((await ask("a:2")).contextTokens, 16_384);
  // What it was made for is not what the program will make room for.
  assert.deepEqual(await ask("openai/gpt-oss-20b"), { pictures: false, tools: true, contextTokens: undefined });
  assert.deepEqual(await ask("mine"), { pictures: undefined, tools: undefined, contextTokens: undefined });
});

test("an older LM Studio, or one that says something else, leaves it to what is known of the family", async () => {
  for (const pages of [{}, { "/api/v1/models": { models: "none" } }, { "/api/v1/models": { models: [null, 7] } }]) {
    await using server = await page(pages);
    const model = chosen("lmstudio/qwen2.5-7b", { lmstudio: `${server.url}/v1` });
    const told = await serverCapabilities(model, { apiKey: undefined, fetch, timeLimitMs: 2_000 }, never);
    assert.deepEqual(told, { pictures: false, tools: true, contextTokens: undefined });
  }
});

test("OpenRouter, Mistral and Moonshot tell it in their lists", async () => {
  const modalities = { input_modalities: ["text", "image"] };
  await using router = await page({
    "/api/v1/models": {
      data: [
        { id: "a/b", context_length: 1_000, architecture: modalities, supported_parameters: ["tools", "stop"] },
        { id: "a/c", architecture: { input_modalities: ["text"] }, supported_parameters: [] },
      ],
    },
  });
  const ofRouter = (name: string) => serverCapabilities(chosen(`openrouter/${name}`), behind(router), never);
  assert.deepEqual(await ofRouter("a/b"), { pictures: true, tools: true, contextTokens: 1_000 });
  assert.deepEqual(await ofRouter("a/c"), { pictures: false, tools: false, contextTokens: undefined });
  const capabilities = { vision: true, function_calling: false };
  await using mistral = await page({ "/v1/models": { data: [{ id: "m", max_context_length: 9, capabilities }] } });
  assert.deepEqual(await serverCapabilities(chosen("mistral/m"), behind(mistral), never), {
    pictures: true,
    tools: false,
    contextTokens: 9,
  });
  await using moonshot = await page({ "/v1/models": { data: [{ id: "k", supports_image_in: true }] } });
  assert.equal((await serverCapabilities(chosen("moonshot/k"), behind(moonshot), never)).pictures, true);
});

test("OpenAI, whose list does not tell, is not asked, and a server that is not there costs nothing but what is known", async () => {
  const asked: string[] = [];
  const watching = { apiKey: "k", fetch: (async (input: string) => asked.push(input)) as unknown as typeof fetch };
  const gpt = await serverCapabilities(chosen("openai/gpt-4.1"), { ...watching, timeLimitMs: 2_000 }, never);
  assert.deepEqual(gpt, { pictures: true, tools: true, contextTokens: 1_047_576 });
  assert.deepEqual(asked, []);
  const gone = chosen("mine/qwen2.5-vl-7b", { mine: await deadUrl() });
  const here = { apiKey: undefined, fetch, timeLimitMs: 2_000 };
  assert.deepEqual(await serverCapabilities(gone, here, never), {
    pictures: true,
    tools: true,
    contextTokens: undefined,
  });
  await assert.rejects(serverCapabilities(gone, here, AbortSignal.abort(new Error("gone"))), /gone/);
});

test("a family is known by the name that it has at most servers", () => {
  const can = (name: string) => {
    const { pictures, tools } = familyCapabilities(name);
    return [pictures, tools];
  };
  assert.deepEqual(can("openai/gpt-4o-mini"), [true, true]);
  assert.deepEqual(can("Qwen/Qwen2.5-VL-72B-Instruct"), [true, true]);
  assert.deepEqual(can("qwen3-vl:8b"), [true, true]);
  assert.deepEqual(can("Qwen/Qwen2.5-Coder-32B-Instruct"), [false, true]);
  assert.deepEqual(can("qwen3:8b"), [false, true]);
  assert.deepEqual(can("deepseek-flash"), [false, true]);
  assert.deepEqual(can("deepseek-ai/deepseek-vl2"), [true, false]);
  assert.deepEqual(can("deepseek-coder:6.7b"), [false, false]);
  assert.deepEqual(can("glm-4.5v"), [true, true]);
  assert.deepEqual(can("my-deployment"), [undefined, undefined]);
  // What is newer than this is not guessed.
  assert.deepEqual(can("qwen3.7-plus"), [undefined, undefined]);
});
