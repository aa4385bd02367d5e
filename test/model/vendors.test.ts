import assert from "node:assert/strict";
import { test } from "node:test";
import { azureBaseUrl } from "../../src/model/azure.ts";
import type { Prompt } from "../../src/model/model.ts";
import { createOpenAiModel, type OpenAiOptions } from "../../src/model/openai.ts";
import { fillOf, type Provider, providers } from "../../src/model/providers.ts";
import { listModels } from "../../src/model/serverModels.ts";
import { failureOf, requestFor, textOf } from "../support/answers.ts";
import { azure, deepseek, mistral } from "../support/vendors.ts";
import { type LocalServer, serve } from "./localServer.ts";

const hole: Prompt = { kind: "hole", prefix: "def add(a, b):\n    ", suffix: "\n" };
const chat: Prompt = { kind: "chat", messages: [{ role: "user", content: "hello" }] };
const never = new AbortController().signal;

function provider(id: string): Provider {
  const found = providers.find((each) => each.id === id);
  assert.ok(found);
  return found;
}

/** What is sent to any address comes to a server of this machine instead. */
function fetchTo(server: LocalServer): typeof fetch {
  return (input, init) => {
    const { pathname, search } = new URL(addressOf(input));
    return fetch(`${server.url}${pathname}${search}`, init);
  };
}

function addressOf(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : input.toString();
}

function modelOf(id: string, model: string, server: LocalServer, more: Partial<OpenAiOptions> = {}) {
  const { baseUrl = "", direct } = provider(id);
  const holes = fillOf(provider(id), model, baseUrl);
  const common = { apiKey: "test-key", fetch: fetchTo(server), timeLimitMs: 5_000 };
  return createOpenAiModel({ baseUrl, model, holes, direct, ...common, ...more });
}

test("Codestral fills a hole at its own address, and its chat-shaped events are its text", async () => {
  for (const id of ["mistral", "codestral"]) {
    let sent = "";
    await using server = await serve((request, response, body) => {
      sent = body;
      return mistral(request, response, body);
    });
    const stream = modelOf(id, "codestral-latest", server).stream(requestFor(hole, { stop: ["</s>"] }), never);
    assert.equal(await textOf(stream), "return a ＋ b");
    assert.deepEqual(
      server.requests.map(({ url }) => url),
      ["/v1/fim/completions"],
      "asked once, with nothing that Mistral refuses",
    );
    assert.deepEqual(JSON.parse(sent), {
      model: "codestral-latest",
      stream: true,
      max_tokens: 64,
      temperature: 0,
      stop: ["</s>"],
      prompt: "def add(a, b):\n    ",
      suffix: "\n",
    });
    assert.equal(stream.usage.promptTokens, 21);
    assert.equal(stream.usage.outputTokens, 5);
  }
});

test("a chat with Mistral goes where chats go", async () => {
  await using server = await serve(mistral);
  assert.equal(
    await textOf(modelOf("mistral", "codestral-latest", server).stream(requestFor(chat), never)),
    "return a ＋ b",
  );
  assert.equal(server.requests[0]?.url, "/v1/chat/completions");
});

test("a key that Mistral does not know is told as such", async () => {
  await using server = await serve(mistral);
  const model = modelOf("mistral", "codestral-latest", server, { apiKey: "wrong" });
  assert.deepEqual(await failureOf(model.stream(requestFor(hole), never)), {
    kind: "key-rejected",
    host: "api.mistral.ai",
  });
});

test("DeepSeek fills a hole under its beta address", async () => {
  await using server = await serve(deepseek);
  const stream = modelOf("deepseek", "deepseek-flash", server).stream(requestFor(hole), never);
  assert.equal(await textOf(stream), "return a ＋ b");
  assert.equal(server.requests[0]?.url, "/beta/completions");
  // The key is for TLS alone: an address without it is another one.
  const bare = modelOf("deepseek", "deepseek-flash", server, { baseUrl: "http://api.deepseek.com" });
  await textOf(bare.stream(requestFor(hole), never)).catch(() => undefined);
  assert.equal(server.requests[1]?.url, "/completions");
  const { promptTokens, cachedTokens, outputTokens } = stream.usage;
  assert.deepEqual([promptTokens, cachedTokens, outputTokens], [12, 8, 4]);
});

test("DeepSeek answers a suggestion's request at once, and thinks before it chats", async () => {
  await using server = await serve(deepseek);
  const model = modelOf("deepseek", "deepseek-flash", server);
  assert.equal(await textOf(model.stream(requestFor(chat), never)), "at once");
  assert.equal(await textOf(model.stream(requestFor(chat, { purpose: "chat" }), never)), "after thought");
});

test("an account without money is told as such, and a wrong key", async () => {
  await using server = await serve(deepseek);
  const poor = await failureOf(modelOf("deepseek", "deepseek-poor", server).stream(requestFor(hole), never));
  assert.equal(poor.kind, "quota-exhausted");
  const wrong = modelOf("deepseek", "deepseek-flash", server, { apiKey: "wrong" });
  assert.equal((await failureOf(wrong.stream(requestFor(chat), never))).kind, "key-rejected");
});

test("a hole never goes to another host than the one that the user named", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end('data: {"choices":[{"text":"x","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  });
  const asked: string[] = [];
  const fetch: OpenAiOptions["fetch"] = (input, init) => {
    asked.push(addressOf(input));
    return fetchTo(server)(input, init);
  };
  const model = modelOf("deepseek", "deepseek-flash", server, { baseUrl: "http://gateway.local/ds/v1", fetch });
  await textOf(model.stream(requestFor(hole), never));
  assert.deepEqual(asked, ["http://gateway.local/ds/v1/completions"]);
});

test("a service that refuses to be told not to think is asked without it", async () => {
  const bodies: string[] = [];
  await using server = await serve((_request, response, body) => {
    bodies.push(body);
    if (body.includes("thinking")) {
      response.writeHead(400, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ error: { message: "thinking is not supported by this model" } }));
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end('data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  });
  const model = modelOf("zhipu", "glm-old", server);
  assert.equal(await textOf(model.stream(requestFor(chat), never)), "x");
  assert.equal(await textOf(model.stream(requestFor(chat), never)), "x");
  assert.deepEqual(
    bodies.map((body) => body.includes("thinking")),
    [true, false, false],
  );
});

const resource = "https://my-firm.openai.azure.com";

function azureModel(address: string, server: LocalServer, model = "my gpt", apiKey = "test-key") {
  const baseUrl = azureBaseUrl(address, model);
  return createOpenAiModel({
    baseUrl,
    apiKey,
    keyHeader: "api-key",
    model,
    fetch: fetchTo(server),
    timeLimitMs: 5_000,
  });
}

for (const address of [resource, `${resource}/openai/v1/`, `${resource}/?api-version=2024-10-21`]) {
  test(`Azure answers at ${address}, with the key in its own header`, async () => {
    await using server = await serve(azure);
    assert.equal(await textOf(azureModel(address, server).stream(requestFor(chat), never)), "from Azure");
    assert.equal(server.requests.length, 1);
    assert.equal(server.requests[0]?.headers.authorization, undefined);
  });
}

test("Azure's refusals are told by what can be done about them", async () => {
  await using server = await serve(azure);
  const host = "my-firm.openai.azure.com";
  const ask = (model: ReturnType<typeof azureModel>, prompt = chat) =>
    failureOf(model.stream(requestFor(prompt), never));
  assert.deepEqual(await ask(azureModel(resource, server, "my gpt", "wrong")), { kind: "key-rejected", host });
  const unknown = { kind: "model-unknown", host, model: "gpt-4.1" };
  assert.deepEqual(await ask(azureModel(resource, server, "gpt-4.1")), unknown);
  assert.deepEqual(await ask(azureModel(`${resource}?api-version=2024-10-21`, server, "gpt-4.1")), unknown);
  const filtered: Prompt = { kind: "chat", messages: [{ role: "user", content: "violence" }] };
  const refused = await ask(azureModel(resource, server), filtered);
  assert.ok(refused.kind === "request-refused");
  assert.match(refused.detail, /content management policy/);
});

const azureAddresses: readonly (readonly [written: string, sentTo: string])[] = [
  ["", "/openai/v1"],
  ["/", "/openai/v1"],
  ["/openai", "/openai/v1"],
  ["/openai/v1", "/openai/v1"],
  ["/openai/v1/chat/completions?api-version=preview", "/openai/v1?api-version=preview"],
  ["?api-version=preview", "/openai/v1?api-version=preview"],
  ["?api-version=2025-04-01-preview", "/openai/deployments/my-gpt?api-version=2025-04-01-preview"],
  ["/openai/deployments", "/openai/deployments/my-gpt?api-version=2024-10-21"],
  ["/openai/deployments/other", "/openai/deployments/other?api-version=2024-10-21"],
  [
    "/openai/deployments/other/chat/completions?api-version=2024-06-01",
    "/openai/deployments/other?api-version=2024-06-01",
  ],
];

for (const [written, sentTo] of azureAddresses) {
  test(`an address of Azure's that ends in "${written}" is understood`, () => {
    assert.equal(azureBaseUrl(resource + written, "my-gpt"), resource + sentTo);
  });
}

function at(id: string, server: LocalServer) {
  return { baseUrl: provider(id).baseUrl ?? "", apiKey: "test-key", fetch: fetchTo(server), timeLimitMs: 5_000 };
}

test("lists a server's models, with what it tells of them", async () => {
  await using codestral = await serve(mistral);
  assert.deepEqual(await listModels(at("mistral", codestral), never), [
    { id: "codestral-latest", contextTokens: 256_000, fillsHoles: true, pictures: undefined, tools: true },
  ]);
  await using microsoft = await serve(azure);
  const server = { ...at("openai", microsoft), baseUrl: azureBaseUrl(resource, ""), keyHeader: "api-key" } as const;
  assert.deepEqual(await listModels(server, never), [
    { id: "gpt-4.1", contextTokens: undefined, fillsHoles: undefined, pictures: undefined, tools: undefined },
  ]);
  await using others = await serve((_request, response) => {
    response.setHeader("content-type", "application/json");
    const data = [
      { id: "a", context_length: 1 },
      { id: "b", max_model_len: 2 },
      { id: "c", context_window: 3 },
      { id: "d", meta: { n_ctx: 4 } },
      { id: "e", context_length: null },
      { id: 6 },
      null,
    ];
    response.end(JSON.stringify({ object: "list", data }));
  });
  assert.deepEqual(
    (await listModels(at("vllm", others), never)).map(({ id, contextTokens }) => [id, contextTokens]),
    [
      ["a", 1],
      ["b", 2],
      ["c", 3],
      ["d", 4],
      ["e", undefined],
    ],
  );
});

test("a list that is refused, or is none, is told as such", async () => {
  await using server = await serve(mistral);
  const locked = { ...at("mistral", server), apiKey: undefined };
  assert.deepEqual(await failureOf(listModels(locked, never)), { kind: "key-missing", host: "api.mistral.ai" });
  await using page = await serve((_request, response) => void response.end("<html>"));
  assert.equal((await failureOf(listModels(at("vllm", page), never))).kind, "bad-response");
  await using empty = await serve((_request, response) => void response.end("{}"));
  assert.equal((await failureOf(listModels(at("vllm", empty), never))).kind, "bad-response");
  await using silent = await serve(() => {});
  const impatient = { ...at("vllm", silent), timeLimitMs: 100 };
  assert.equal((await failureOf(listModels(impatient, never))).kind, "timed-out");
});
