import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelError, type Prompt } from "../../src/model/model.ts";
import { createOllamaModel, type OllamaOptions } from "../../src/model/ollama.ts";
import { failureOf, rawPrompt, requestFor, textOf } from "../support/answers.ts";
import { type OllamaScript, startOllama } from "../support/ollamaServer.ts";
import { deadUrl, serve } from "./localServer.ts";

const models = {
  "qwen2.5-coder:7b": { capabilities: ["completion", "insert"], contextLength: 32_768 },
  "llama3.2:latest": { capabilities: ["completion"], contextLength: 131_072 },
};
const answer = ["return ", "你好，", "世界 🙂"];
const chat: Prompt = { kind: "chat", messages: [{ role: "user", content: "hello" }] };
const hole: Prompt = { kind: "hole", prefix: "a = ", suffix: "\nb" };
const never = new AbortController().signal;

function start(script: OllamaScript = {}) {
  return startOllama({ models, answer, ...script });
}

function model(baseUrl: string, more: Partial<OllamaOptions> = {}) {
  return createOllamaModel({
    baseUrl,
    apiKey: undefined,
    model: "qwen2.5-coder:7b",
    fetch,
    timeLimitMs: 5_000,
    ...more,
  });
}

test("a raw prompt goes to the model as it is, and the answer comes with what it cost", async () => {
  await using server = await start();
  const stream = model(server.url, { contextTokens: 8_192 }).stream(
    requestFor(rawPrompt("<|fim_prefix|>a"), { stop: ["<|endoftext|>"] }),
    never,
  );
  assert.equal(await textOf(stream), answer.join(""));
  assert.equal(server.requests[0]?.url, "/api/generate");
  assert.deepEqual(server.bodies[0], {
    model: "qwen2.5-coder:7b",
    truncate: false,
    shift: false,
    think: false,
    options: { num_ctx: 8_192, num_predict: 64, temperature: 0, stop: ["<|endoftext|>"] },
    prompt: "<|fim_prefix|>a",
    raw: true,
  });
  const { firstTokenMs, ...counts } = stream.usage;
  assert.deepEqual(counts, { promptTokens: 4, cachedTokens: undefined, outputTokens: 3 });
  assert.ok(firstTokenMs !== undefined && firstTokenMs >= 0);
});

test("a hole is filled with its suffix, and a chat may think first", async () => {
  await using server = await start();
  assert.equal(await textOf(model(server.url).stream(requestFor(hole), never)), answer.join(""));
  const { prompt, suffix, raw, think, options } = server.bodies[0] ?? {};
  assert.deepEqual([prompt, suffix, raw, think], ["a = ", "\nb", undefined, false]);
  assert.deepEqual(options, { num_predict: 64, temperature: 0 });
  assert.equal(await textOf(model(server.url).stream(requestFor(chat, { purpose: "chat" }), never)), answer.join(""));
  assert.equal(server.requests[1]?.url, "/api/chat");
  assert.deepEqual(server.bodies[1]?.messages, [{ role: "user", content: "hello" }]);
  assert.equal(server.bodies[1]?.["think"], undefined);
});

test("at the start and at the end of a file a hole is one, too", async () => {
  await using server = await start();
  for (const at of [
    { prefix: "", suffix: "b" },
    { prefix: "a", suffix: "" },
  ]) {
    assert.equal(await textOf(model(server.url).stream(requestFor({ kind: "hole", ...at }), never)), answer.join(""));
  }
  assert.deepEqual(
    server.bodies.map(({ prompt, suffix }) => [prompt, suffix]),
    [
      ["\n", "b"],
      ["a", "\n"],
    ],
  );
});

test("takes the address with either interface's part of the path", async () => {
  await using server = await start();
  for (const path of ["", "/", "/api", "/v1/"]) {
    assert.equal(await textOf(model(`${server.url}${path}`).stream(requestFor(chat), never)), answer.join(""));
  }
  assert.ok(server.requests.every(({ url }) => url === "/api/chat"));
});

for (const cutAt of [1, 2, 3, 7]) {
  test(`reads lines that the network cuts at every ${cutAt} bytes`, async () => {
    await using server = await start({ cutAt });
    assert.equal(await textOf(model(server.url).stream(requestFor(rawPrompt("a")), never)), answer.join(""));
  });
}

test("ends before a stop that the server lets through, and lets the server go", async () => {
  await using server = await start({ answer: ["a<|fim_", "middle|>b"], ending: "silence" });
  const stop = ["<|fim_middle|>"];
  assert.equal(await textOf(model(server.url).stream(requestFor(rawPrompt("a"), { stop }), never)), "a");
  await server.droppedByClient;
});

test("an abort reaches the server, before the answer and in its middle", async () => {
  for (const pieces of [[], ["a"]]) {
    await using server = await start({ answer: pieces, ending: "silence" });
    const abort = new AbortController();
    const reason = new Error("typed on");
    const stream = model(server.url).stream(requestFor(rawPrompt("a")), abort.signal);
    const text = textOf(stream);
    while (server.requests.length === 0) await new Promise(setImmediate);
    abort.abort(reason);
    await assert.rejects(text, (error) => error === reason);
    await server.droppedByClient;
  }
});

test("a model that is not pulled is an unknown one, and is asked for again as soon as it may be there", async () => {
  await using server = await start();
  const absent = model(server.url, { model: "codellama:code" });
  const failure = { kind: "model-unknown", host: new URL(server.url).host, model: "codellama:code" };
  assert.deepEqual(await failureOf(absent.stream(requestFor(rawPrompt("a")), never)), failure);
  assert.deepEqual(await failureOf(absent.stream(requestFor(chat), never)), failure);
  assert.equal(server.requests.length, 2);
});

test("a model that fills no holes says so in the server's words", async () => {
  await using server = await start();
  const failure = await failureOf(model(server.url, { model: "llama3.2:latest" }).stream(requestFor(hole), never));
  assert.ok(failure.kind === "request-refused");
  assert.match(failure.detail, /llama3\.2:latest does not support insert$/);
});

test("a prompt that does not fit is refused, not cut where nobody sees it", async () => {
  await using server = await start();
  const small = model(server.url, { contextTokens: 10 });
  const failure = await failureOf(small.stream(requestFor(rawPrompt("long ".repeat(50))), never));
  assert.deepEqual(failure, {
    kind: "request-refused",
    host: new URL(server.url).host,
    detail: "the input length exceeds the context length",
  });
});

const endings = [
  ["error", { kind: "server-error", status: 500, detail: "an error was encountered while running the model" }],
  ["cut", { kind: "interrupted" }],
  ["half", { kind: "interrupted" }],
  ["silence", { kind: "timed-out", limitMs: 300 }],
] as const;

for (const [ending, failure] of endings) {
  test(`an answer that ends in ${ending} fails, and what came before is passed on`, async () => {
    await using server = await start({ answer: ["half"], ending });
    const pieces: string[] = [];
    const stream = model(server.url, { timeLimitMs: 300 }).stream(requestFor(rawPrompt("a")), never);
    await assert.rejects(
      async () => {
        for await (const piece of stream) pieces.push(piece);
      },
      { failure: { ...failure, host: new URL(server.url).host } },
    );
    assert.deepEqual(pieces, ["half"]);
  });
}

test("an error before the first word is told by its status", async () => {
  const cases = [
    [401, "unauthorized", "key-missing"],
    [403, "remote model is unavailable", "access-refused"],
    [429, "too many requests", "rate-limited"],
    [400, "invalid options: num_ctx", "request-refused"],
  ] as const;
  for (const [status, error, kind] of cases) {
    await using server = await start({ refusal: { status, error } });
    const failure = await failureOf(model(server.url, { timeLimitMs: 500 }).stream(requestFor(chat), never));
    assert.equal(failure.kind, kind);
  }
});

test("a busy server is left alone for longer and longer, and then asked again", async () => {
  let now = 0;
  await using server = await start({ refusal: { status: 503, error: "server busy, please try again" } });
  const patient = model(server.url, { timeLimitMs: 1_000, now: () => now });
  const askedAt: number[] = [];
  for (; now < 8_000; now += 500) {
    const before = server.requests.length;
    assert.equal((await failureOf(patient.stream(requestFor(chat), never))).kind, "server-error");
    if (server.requests.length > before) askedAt.push(now);
  }
  assert.deepEqual(askedAt, [0, 1_000, 3_000, 7_000]);
});

test("a redirect is told and not followed, and a web page is a bad response", async () => {
  await using other = await start();
  await using elsewhere = await serve((_request, response) => {
    response.writeHead(307, { location: `${other.url}/api/generate` }).end();
  });
  const redirected = await failureOf(model(elsewhere.url).stream(requestFor(chat), never));
  assert.equal(redirected.kind, "redirected");
  assert.equal(other.requests.length, 0);
  await using hotel = await serve((_request, response) => void response.end("<html>\n<body>Welcome</body></html>"));
  assert.equal((await failureOf(model(hotel.url).stream(requestFor(chat), never))).kind, "bad-response");
});

test("nothing listens there, and what is no address is refused before any request", async () => {
  const url = await deadUrl();
  assert.deepEqual(await failureOf(model(url).stream(requestFor(chat), never)), {
    kind: "unreachable",
    host: new URL(url).host,
    code: "ECONNREFUSED",
  });
  assert.throws(
    () => model("localhost:11434"),
    (error) => error instanceof ModelError,
  );
});

test("sends nothing but what the request needs, and a key only where there is one", async () => {
  await using server = await start();
  await textOf(model(server.url, { apiKey: "secret" }).stream(requestFor(chat), never));
  await textOf(model(server.url).stream(requestFor(chat), never));
  const [withKey, without] = server.requests;
  assert.equal(withKey?.headers.authorization, "Bearer secret");
  assert.equal(without?.headers.authorization, undefined);
  assert.equal(without?.headers["user-agent"], "pairwise");
});

const readFile = { name: "read_file", description: "Reads a file.", parameters: { type: "object", properties: {} } };

test("pictures, calls and results are sent in Ollama's words", async () => {
  await using server = await start();
  const messages = [
    { role: "user", content: "what is it?", pictures: [{ mediaType: "image/png", base64: "AAAA" }] },
    { role: "assistant", content: "", toolCalls: [{ id: "c1", name: "read_file", arguments: '{"path":"a"}' }] },
    { role: "tool", content: "let a;", toolCallId: "c1" },
    { role: "assistant", content: "", toolCalls: [{ id: "c2", name: "read_file", arguments: "{half" }] },
  ] as const;
  const prompt = { kind: "chat", messages, tools: [readFile] } as const;
  await textOf(model(server.url).stream(requestFor(prompt, { purpose: "chat" }), never));
  assert.deepEqual(server.bodies[0]?.messages, [
    { role: "user", content: "what is it?", images: ["AAAA"] },
    { role: "assistant", content: "", tool_calls: [{ function: { name: "read_file", arguments: { path: "a" } } }] },
    { role: "tool", content: "let a;", tool_name: "read_file" },
    { role: "assistant", content: "", tool_calls: [{ function: { name: "read_file", arguments: {} } }] },
  ]);
  assert.deepEqual(server.bodies[0]?.["tools"], [{ type: "function", function: readFile }]);
});

test("what a model of Ollama's calls is told when its answer has ended", async () => {
  const line = (value: object) => `${JSON.stringify(value)}\n`;
  await using server = await serve((_request, response) => {
    const call = { function: { name: "read_file", arguments: { path: "a.ts" } } };
    response.write(line({ message: { role: "assistant", content: "", tool_calls: [call, call] }, done: false }));
    response.end(line({ message: { role: "assistant", content: "" }, done: true, done_reason: "length" }));
  });
  const stream = model(server.url).stream(requestFor({ ...chat, tools: [readFile] }, { purpose: "chat" }), never);
  assert.equal(await textOf(stream), "");
  const [one, other] = stream.toolCalls ?? [];
  assert.deepEqual([one?.name, one?.arguments], ["read_file", '{"path":"a.ts"}']);
  assert.notEqual(one?.id, other?.id);
  assert.equal(stream.endedBy, "limit");
});

test("a model of Ollama's that calls no tools is asked without them", async () => {
  await using server = await serve((_request, response, body) => {
    if (!body.includes('"tools"')) return void response.end('{"message":{"content":"hi"},"done":true}\n');
    response.writeHead(400).end('{"error":"registry.ollama.ai/library/m:latest does not support tools"}');
  });
  const stream = model(server.url).stream(requestFor({ ...chat, tools: [readFile] }, { purpose: "chat" }), never);
  assert.equal(await textOf(stream), "hi");
  assert.equal(stream.refusesTools, true);
});
