import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { createServer } from "node:net";
import { test, type TestContext } from "node:test";

import type { ModelFailure } from "../../src/model/failure.ts";
import { ModelError, type ModelRequest, type ModelStream, type Prompt } from "../../src/model/model.ts";
import { createOpenAiModel, type OpenAiOptions } from "../../src/model/openai.ts";
import { deadUrl, serve } from "./localServer.ts";

const chat: Prompt = { kind: "chat", messages: [{ role: "user", content: "hello" }] };

function request(prompt: Prompt = chat, more: Partial<ModelRequest> = {}): ModelRequest {
  return { prompt, purpose: "suggestion", maxTokens: 64, temperature: 0, stop: [], ...more };
}

function model(baseUrl: string, more: Partial<OpenAiOptions> = {}) {
  return createOpenAiModel({ baseUrl, apiKey: "sk-test", model: "m-1", fetch, timeLimitMs: 5_000, ...more });
}

const never = new AbortController().signal;

type Ask = (prompt?: Prompt, more?: Partial<ModelRequest>) => ModelRequest;

/** Chats go through the official client, plain completions do not. What the user sees is the same. */
function testBoth(name: string, run: (ask: Ask, context: TestContext) => Promise<void>): void {
  const kinds: readonly (readonly [string, Prompt])[] = [
    ["chat", chat],
    ["completion", { kind: "raw", parts: [{ text: "hello", special: false }] }],
  ];
  for (const [kind, ofKind] of kinds) {
    const ask: Ask = (prompt = ofKind, more = {}) => request(prompt, more);
    test(`${name} (${kind})`, (context) => run(ask, context));
  }
}

async function textOf(stream: ModelStream): Promise<string> {
  let text = "";
  for await (const piece of stream) text += piece;
  return text;
}

async function failureOf(stream: ModelStream): Promise<ModelFailure> {
  const error: unknown = await textOf(stream).then(
    (text) => assert.fail(`answered ${JSON.stringify(text)}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ModelError, String(error));
  return error.failure;
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
}

function delta(content: string, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: finish }] })}\n\n`;
}

function answer(response: ServerResponse, text = "hi"): void {
  begin(response);
  response.end(`${delta(text)}${delta("", "stop")}data: [DONE]\n\n`);
}

function refuse(response: ServerResponse, status: number, error: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ error }));
}

test("streams a chat answer and tells what it cost", async () => {
  let sent: Record<string, unknown> = {};
  await using server = await serve((_request, response, body) => {
    sent = JSON.parse(body) as Record<string, unknown>;
    begin(response);
    const usage = { prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 8 } };
    response.end(
      `${delta("const ")}${delta("x")}${delta("", "stop")}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`,
    );
  });
  const stream = model(`${server.url}/v1/`).stream(request(), never);
  assert.equal(stream.usage.promptTokens, undefined);
  assert.equal(await textOf(stream), "const x");
  assert.equal(server.requests[0]?.url, "/v1/chat/completions");
  assert.deepEqual(sent, {
    model: "m-1",
    stream: true,
    max_tokens: 64,
    temperature: 0,
    stream_options: { include_usage: true },
    messages: [{ role: "user", content: "hello" }],
  });
  const { firstTokenMs, ...counts } = stream.usage;
  assert.deepEqual(counts, { promptTokens: 12, cachedTokens: 8, outputTokens: 3 });
  assert.ok(firstTokenMs !== undefined && firstTokenMs >= 0);
});

testBoth("sends nothing but what the request needs", async (request) => {
  process.env["OPENAI_ORG_ID"] = "org-of-the-environment";
  process.env["OPENAI_CUSTOM_HEADERS"] = "x-spy: yes";
  await using server = await serve((_request, response) => answer(response));
  await textOf(model(server.url).stream(request(), never));
  await textOf(model(server.url, { apiKey: undefined }).stream(request(), never));
  delete process.env["OPENAI_ORG_ID"];
  delete process.env["OPENAI_CUSTOM_HEADERS"];
  const [withKey, without] = server.requests;
  const transport = new Set([
    "accept-encoding",
    "accept-language",
    "connection",
    "content-length",
    "host",
    "sec-fetch-mode",
  ]);
  const names = Object.keys(withKey?.headers ?? {}).filter((name) => !transport.has(name));
  assert.deepEqual(names.toSorted(), ["accept", "authorization", "content-type", "user-agent"]);
  assert.equal(withKey?.headers.authorization, "Bearer sk-test");
  assert.equal(withKey?.headers["user-agent"], "pairwise");
  assert.equal(without?.headers.authorization, undefined);
});

test("asks for plain completions with the parts in one prompt, and for a hole with its suffix", async () => {
  const sent: Record<string, unknown>[] = [];
  await using server = await serve((_request, response, body) => {
    sent.push(JSON.parse(body) as Record<string, unknown>);
    begin(response);
    response.end(
      'data: {"choices":[{"text":"y","finish_reason":null}]}\n\ndata: {"choices":[{"text":"","finish_reason":"stop"}]}\n\n',
    );
  });
  const parts = [
    { text: "<fim_prefix>", special: true },
    { text: "a = ", special: false },
  ];
  assert.equal(await textOf(model(server.url).stream(request({ kind: "raw", parts }), never)), "y");
  await textOf(model(server.url).stream(request({ kind: "hole", prefix: "a = ", suffix: "\n" }), never));
  assert.deepEqual(
    server.requests.map(({ url }) => url),
    ["/completions", "/completions"],
  );
  assert.equal(sent[0]?.["prompt"], "<fim_prefix>a = ");
  assert.equal(sent[0]?.["suffix"], undefined);
  assert.equal(sent[1]?.["prompt"], "a = ");
  assert.equal(sent[1]?.["suffix"], "\n");
});

testBoth("keeps Chinese characters whole that the network cuts in two", async (request) => {
  const bytes = Buffer.from(`${delta("你好，世界 🙂")}${delta("", "stop")}data: [DONE]\n\n`);
  await using server = await serve(async (_request, response) => {
    begin(response);
    response.socket?.setNoDelay();
    for (const byte of bytes) {
      response.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    response.end();
  });
  assert.equal(await textOf(model(server.url).stream(request(), never)), "你好，世界 🙂");
});

testBoth("ends before a stop sequence, also one in pieces, and lets the server go", async (request) => {
  let sent: Record<string, unknown> = {};
  await using server = await serve((_request, response, body) => {
    sent = JSON.parse(body) as Record<string, unknown>;
    begin(response);
    response.write(`${delta("a<|fim_")}${delta("middle|>b")}`);
  });
  const stop = ["1", "2", "3", "4", "<|fim_middle|>"];
  assert.equal(await textOf(model(server.url).stream(request(undefined, { stop }), never)), "a");
  assert.deepEqual(sent["stop"], ["1", "2", "3", "4"], "OpenAI takes four");
  await server.droppedByClient;
});

testBoth("an abort reaches the server, before the answer and in its middle, and throws its reason", async (request) => {
  for (const beginFirst of [false, true]) {
    const asked = Promise.withResolvers<void>();
    await using server = await serve((_request, response) => {
      if (beginFirst) {
        begin(response);
        response.write(delta("a"));
      }
      asked.resolve();
    });
    const abort = new AbortController();
    const reason = new Error("typed on");
    const text = textOf(model(server.url).stream(request(), abort.signal));
    await asked.promise;
    abort.abort(reason);
    await assert.rejects(text, (error) => error === reason);
    await server.droppedByClient;
  }
});

testBoth("leaving the loop early reaches the server too", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.write(delta("a"));
  });
  for await (const piece of model(server.url).stream(request(), never)) {
    assert.equal(piece, "a");
    break;
  }
  await server.droppedByClient;
});

testBoth("an aborted request is never sent", async (request) => {
  await using server = await serve((_request, response) => answer(response));
  await assert.rejects(
    textOf(model(server.url).stream(request(), AbortSignal.abort(new Error("too late")))),
    /too late/,
  );
  assert.equal(server.requests.length, 0);
});

testBoth("nothing listens there", async (request) => {
  const url = await deadUrl();
  assert.deepEqual(await failureOf(model(url).stream(request(), never)), {
    kind: "unreachable",
    host: new URL(url).host,
    code: "ECONNREFUSED",
  });
});

testBoth("the name does not exist", async (request) => {
  const failure = await failureOf(model("http://no-such-host.invalid/v1").stream(request(), never));
  assert.equal(failure.kind, "unreachable");
  assert.ok(failure.kind === "unreachable");
  assert.match(failure.code ?? "", /^(ENOTFOUND|EAI_AGAIN)$/);
});

testBoth("a server without TLS at an https address is unreachable, and the code says why", async (request) => {
  await using server = await serve((_request, response) => answer(response));
  const failure = await failureOf(model(server.url.replace("http:", "https:")).stream(request(), never));
  assert.ok(failure.kind === "unreachable");
  assert.match(failure.code ?? "", /SSL|TLS/);
});

testBoth("an address with a query keeps it at its end", async (request) => {
  await using server = await serve((_request, response) => answer(response));
  await textOf(model(`${server.url}/v1/?api-version=preview#top`).stream(request(), never));
  assert.match(server.requests[0]?.url ?? "", /^\/v1\/(chat\/)?completions\?api-version=preview$/);
});

test("refuses addresses that are none, before any request", () => {
  for (const url of ["", "localhost:8080", "ftp://example.com", "file:///etc/passwd", "http://me:secret@example.com"]) {
    assert.throws(
      () => model(url),
      (error) => error instanceof ModelError && error.failure.kind === "unreachable",
      url,
    );
  }
});

const refusals: readonly (readonly [number, object, ModelFailure["kind"], Partial<OpenAiOptions>?])[] = [
  [401, { message: "bad key" }, "key-rejected"],
  [403, { message: "Forbidden" }, "key-rejected"],
  [403, { message: "Your API key does not have permission to use this model." }, "key-rejected"],
  [403, { message: "API 密钥无效" }, "key-rejected"],
  [403, { message: "该地区暂不提供服务" }, "access-refused"],
  [403, { message: "Not authenticated" }, "key-missing", { apiKey: undefined }],
  [403, { message: "Project `p` does not have access to model `m-1`", code: "model_not_found" }, "model-unknown"],
  [401, { message: "key please" }, "key-missing", { apiKey: undefined }],
  [402, { message: "pay" }, "quota-exhausted"],
  [429, { message: "no credit", code: "insufficient_quota", type: "insufficient_quota" }, "quota-exhausted"],
  [429, { message: "suspended due to insufficient balance", type: "exceeded_current_quota_error" }, "quota-exhausted"],
  [429, { message: "no credit", code: "credit_balance_exhausted", type: "insufficient_quota" }, "quota-exhausted"],
  [429, { message: "您的账户已欠费，请充值后重试。", code: "1113" }, "quota-exhausted"],
  [400, { message: "Access denied, your account is not in good standing", code: "Arrearage" }, "quota-exhausted"],
  [404, { message: "no such model" }, "model-unknown"],
  [400, { message: "bad request" }, "request-refused"],
  [413, { message: "too large" }, "request-refused"],
  [422, { message: "unprocessable" }, "request-refused"],
];

for (const [status, error, kind, options] of refusals) {
  testBoth(`${status} ${JSON.stringify(error)} means ${kind}, at once`, async (request) => {
    await using server = await serve((_request, response) => refuse(response, status, error));
    const failure = await failureOf(model(server.url, options).stream(request(), never));
    assert.equal(failure.kind, kind);
    assert.equal(server.requests.length, 1);
  });
}

testBoth("a refusal that is not about the key says what it is about", async (request) => {
  const country = "Country, region, or territory not supported";
  const answers = [
    [
      "application/json",
      JSON.stringify({ error: { code: "unsupported_country_region_territory", message: country } }),
      country,
    ],
    [
      "text/html",
      "<!DOCTYPE html><html><head><title>\nAttention  Required!</title></head></html>",
      "“Attention Required!” (HTML)",
    ],
    ["text/html", "<html><body>no</body></html>", "(HTML)"],
  ] as const;
  for (const [type, body, detail] of answers) {
    await using server = await serve((_request, response) => {
      response.writeHead(403, { "content-type": type }).end(body);
    });
    const host = new URL(server.url).host;
    const failure = await failureOf(model(server.url).stream(request(), never));
    assert.deepEqual(failure, { kind: "access-refused", host, detail });
    assert.equal(server.requests.length, 1);
  }
});

testBoth("a message that repeats the user's code is cut before it", async (request) => {
  const code = 'def transfer(account):\n    print("to", account)\n';
  const asked = request();
  const { prompt } = asked;
  const own = prompt.kind === "chat" ? { ...prompt, messages: [{ role: "user", content: code } as const] } : prompt;
  const sent = own.kind === "raw" ? { ...own, parts: [{ text: code, special: false }] } : own;
  for (const [body, detail] of [
    [`The gateway refuses this: ${code}`, "The gateway refuses this: …"],
    [`The gateway refuses this: ${JSON.stringify({ prompt: code })}`, 'The gateway refuses this: {"prompt":" …'],
    [code, "status 400"],
    ["The gateway refuses what it got.", "The gateway refuses what it got."],
  ] as const) {
    await using server = await serve((_request, response) => {
      response.writeHead(400, { "content-type": "text/plain" }).end(body);
    });
    const failure = await failureOf(model(server.url).stream({ ...asked, prompt: sent }, never));
    assert.deepEqual(failure, { kind: "request-refused", host: new URL(server.url).host, detail });
  }
});

testBoth("a wait that is no time is none, and a day's is asked about again after five minutes", async (request) => {
  for (const headers of [
    { "retry-after-ms": "Infinity" },
    { "retry-after": "9".repeat(400) },
    { "retry-after": "1e9" },
  ]) {
    let now = 0;
    await using server = await serve((_request, response) => refuse(response, 429, { message: "slow down" }, headers));
    const asker = model(server.url, { now: () => (now += 1), timeLimitMs: 100 });
    const failure = await failureOf(asker.stream(request(), never));
    assert.deepEqual(failure, {
      kind: "rate-limited",
      host: new URL(server.url).host,
      retryAfterMs: undefined,
      detail: "slow down",
    });
  }
  let now = 0;
  let isBusy = true;
  await using server = await serve((_request, response) =>
    isBusy ? refuse(response, 429, { message: "slow down" }, { "retry-after": "86400" }) : answer(response),
  );
  const asker = model(server.url, { now: () => now });
  assert.equal((await failureOf(asker.stream(request(), never))).kind, "rate-limited");
  isBusy = false;
  now = 4 * 60_000;
  assert.equal((await failureOf(asker.stream(request(), never))).kind, "rate-limited");
  now = 5 * 60_000;
  assert.equal(await textOf(asker.stream(request(), never)), "hi");
});

testBoth(
  "passes on the server's sentence, wherever it stands, and never more than 200 characters of it",
  async (request) => {
    for (const body of [
      { error: { message: "x".repeat(500) } },
      { message: "x".repeat(500) },
      { detail: "x".repeat(500) },
    ]) {
      await using server = await serve((_request, response) => {
        response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(body));
      });
      assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
        kind: "request-refused",
        host: new URL(server.url).host,
        detail: "x".repeat(200),
      });
    }
  },
);

testBoth("a prompt that is too long for vLLM is asked for once, and told with its length", async (request) => {
  const about = "This model's maximum context length is 2048 tokens and your request has 1900 input tokens";
  const messages: readonly (readonly [string, number])[] = [
    [`'max_tokens' or 'max_completion_tokens' is too large: 256. ${about} (256 > 2048 - 1900).`, 1_900],
    ["This model's maximum context length is 2048 tokens. However, your request has 2500 input tokens.", 2_500],
    [
      "This model's maximum context length is 2048 tokens. However, you requested 256 output tokens and your prompt contains at least 1793 input tokens, for a total of at least 2049 tokens.",
      1_793,
    ],
  ];
  for (const [message, tokens] of messages) {
    await using server = await serve((_request, response) =>
      refuse(response, 400, { message, type: "BadRequestError", param: null, code: 400 }),
    );
    const failure = await failureOf(model(server.url).stream(request(), never));
    assert.deepEqual(failure, { kind: "prompt-too-long", tokens, limit: 2_048 });
    assert.equal(server.requests.length, 1);
  }
});

testBoth("says by how much the prompt is too long", async (request) => {
  const message = "This model's maximum context length is 4097 tokens. However, your messages resulted in 5000 tokens.";
  await using server = await serve((_request, response) =>
    refuse(response, 400, { message, code: "context_length_exceeded" }),
  );
  assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
    kind: "prompt-too-long",
    tokens: 5000,
    limit: 4097,
  });
});

testBoth("waits as long as a short Retry-After says, and then succeeds", async (request) => {
  let askedAgainAfterMs = 0;
  let firstAt = 0;
  await using server = await serve((_request, response) => {
    if (firstAt > 0) {
      askedAgainAfterMs = performance.now() - firstAt;
      return answer(response, "second");
    }
    firstAt = performance.now();
    refuse(response, 429, { message: "slow down" }, { "retry-after": "1" });
  });
  assert.equal(await textOf(model(server.url).stream(request(), never)), "second");
  assert.ok(askedAgainAfterMs >= 990, `asked again after ${askedAgainAfterMs} ms`);
});

testBoth("a Retry-After beyond the time limit fails at once and says how long", async (request) => {
  await using server = await serve((_request, response) =>
    refuse(response, 429, { message: "slow down" }, { "retry-after": "3600" }),
  );
  assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
    kind: "rate-limited",
    host: new URL(server.url).host,
    retryAfterMs: 3_600_000,
    detail: "slow down",
  });
  assert.equal(server.requests.length, 1);
});

testBoth("leaves a server alone for as long as its Retry-After says, and then asks it again", async (request) => {
  let now = 0;
  let isBusy = true;
  await using server = await serve((_request, response) =>
    isBusy ? refuse(response, 429, { message: "slow down" }, { "retry-after": "60" }) : answer(response),
  );
  const patient = model(server.url, { now: () => now });
  const told: (number | undefined)[] = [];
  for (; now < 60_000; now += 15_000) {
    const failure = await failureOf(patient.stream(request(), never));
    assert.ok(failure.kind === "rate-limited");
    told.push(failure.retryAfterMs);
  }
  assert.deepEqual(told, [60_000, 45_000, 30_000, 15_000]);
  assert.equal(server.requests.length, 1);
  isBusy = false;
  assert.equal(await textOf(patient.stream(request(), never)), "hi");
  assert.equal(await textOf(patient.stream(request(), never)), "hi");
});

testBoth("a server that asked to be left alone is asked at once when somebody wants to know", async (request) => {
  let isBusy = true;
  await using server = await serve((_request, response) =>
    isBusy ? refuse(response, 429, { message: "slow down" }, { "retry-after": "3600" }) : answer(response),
  );
  const patient = model(server.url);
  assert.equal((await failureOf(patient.stream(request(), never))).kind, "rate-limited");
  isBusy = false;
  assert.equal((await failureOf(patient.stream(request(), never))).kind, "rate-limited");
  patient.retry();
  assert.equal(await textOf(patient.stream(request(), never)), "hi");
});

testBoth("a server that fails again and again is asked less and less often, until it answers", async (request) => {
  let now = 0;
  let isOverloaded = true;
  await using server = await serve((_request, response) =>
    isOverloaded ? refuse(response, 503, { message: "overloaded" }) : answer(response),
  );
  const patient = model(server.url, { now: () => now, timeLimitMs: 1_000 });
  const askedAt: number[] = [];
  for (; now < 20_000; now += 500) {
    const before = server.requests.length;
    assert.equal((await failureOf(patient.stream(request(), never))).kind, "server-error");
    if (server.requests.length > before) askedAt.push(now);
  }
  assert.deepEqual(askedAt, [0, 1_000, 3_000, 7_000, 15_000]);
  assert.equal(server.requests.length, askedAt.length);

  now = 31_000;
  isOverloaded = false;
  assert.equal(await textOf(patient.stream(request(), never)), "hi");
  isOverloaded = true;
  await failureOf(patient.stream(request(), never));
  now += 1_000;
  await failureOf(patient.stream(request(), never));
  assert.equal(server.requests.length, askedAt.length + 3);
});

testBoth("what a person has to put right is not waited for: the next request is sent", async (request) => {
  for (const status of [401, 400, 404]) {
    await using server = await serve((_request, response) => refuse(response, status, { message: "no" }));
    const eager = model(server.url);
    await failureOf(eager.stream(request(), never));
    await failureOf(eager.stream(request(), never));
    assert.equal(server.requests.length, 2);
  }
});

for (const status of [301, 302, 303, 307, 308]) {
  testBoth(`${status} to another server is told and not followed`, async (request) => {
    await using other = await serve((_request, response) => answer(response));
    await using server = await serve((_request, response) => {
      response.writeHead(status, { location: `${other.url}/v1/chat/completions?secret=1` }).end();
    });
    assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
      kind: "redirected",
      host: new URL(server.url).host,
      target: `${other.url}/v1/chat/completions`,
    });
    assert.equal(other.requests.length, 0);
    assert.equal(server.requests.length, 1);
  });
}

testBoth("a redirect within the server is told with the whole address, one to nowhere without", async (request) => {
  const targets: readonly (readonly [Record<string, string>, string | undefined])[] = [
    [{ location: "/v2/chat" }, "/v2/chat"],
    [{}, undefined],
    [{ location: "mailto:me@example.com" }, undefined],
  ];
  for (const [headers, path] of targets) {
    await using server = await serve((_request, response) => void response.writeHead(307, headers).end());
    assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
      kind: "redirected",
      host: new URL(server.url).host,
      target: path && `${server.url}${path}`,
    });
    assert.equal(server.requests.length, 1);
  }
});

testBoth("a fetch that hides a redirect, as browsers' and Electron's do, is understood too", async (request) => {
  const hidden = new Proxy(new Response(null), {
    get: (target, name) =>
      name === "type"
        ? "opaqueredirect"
        : name === "status"
          ? 0
          : name === "ok"
            ? false
            : Reflect.get(target, name, target),
  });
  const fetches: readonly (typeof fetch)[] = [
    () => Promise.resolve(hidden),
    () => Promise.reject(new TypeError("Redirect was cancelled")),
  ];
  for (const own of fetches) {
    assert.deepEqual(await failureOf(model("http://model.invalid/v1", { fetch: own }).stream(request(), never)), {
      kind: "redirected",
      host: "model.invalid",
      target: undefined,
    });
  }
});

testBoth("500 is tried again a little, and then said", async (request) => {
  await using server = await serve((_request, response) => refuse(response, 500, { message: "oops" }));
  const host = new URL(server.url).host;
  assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
    kind: "server-error",
    host,
    status: 500,
    detail: "oops",
  });
  assert.equal(server.requests.length, 3);
});

testBoth("an abort ends a wait for another try", async (request) => {
  const asked = Promise.withResolvers<void>();
  await using server = await serve((_request, response) => {
    refuse(response, 429, { message: "slow down" }, { "retry-after": "4" });
    response.on("finish", () => asked.resolve());
  });
  const abort = new AbortController();
  const text = textOf(model(server.url).stream(request(), abort.signal));
  await asked.promise;
  abort.abort(new Error("typed on"));
  await assert.rejects(text, /typed on/);
  assert.equal(server.requests.length, 1);
});

const garbage: readonly (readonly [string, string, string])[] = [
  ["a web page", "text/html", "<html><body>Welcome to the hotel's network</body></html>"],
  ["bytes", "application/octet-stream", "\u0000\u0001\u0002\u0003"],
  ["events that are no JSON", "text/event-stream", "data: hello\n\n"],
  ["events of another kind", "text/event-stream", 'data: {"foo":1}\n\n'],
];

for (const [what, type, body] of garbage) {
  testBoth(`${what} instead of an answer is a bad response`, async (request) => {
    await using server = await serve((_request, response) => {
      response.writeHead(200, { "content-type": type }).end(body);
    });
    assert.equal((await failureOf(model(server.url).stream(request(), never))).kind, "bad-response");
  });
}

testBoth("an error that comes as a success is told as the error that it is", async (request) => {
  const host = (url: string) => new URL(url).host;
  const answers = [
    [
      { message: "no such model", code: 404 },
      { kind: "model-unknown", model: "m-1" },
    ],
    [{ message: "say less" }, { kind: "request-refused", detail: "say less" }],
  ] as const;
  for (const [error, failure] of answers) {
    await using server = await serve((_request, response) => refuse(response, 200, error));
    assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
      ...failure,
      host: host(server.url),
    });
  }
});

testBoth("what a server repeats of a request is in no failure", async (request) => {
  const code = "password = 'hunter2'";
  const bodies: readonly (readonly [unknown, string])[] = [
    [
      { detail: [{ type: "string_type", loc: ["body", "prompt", 0], msg: "Input should be a string", input: code }] },
      "prompt.0: Input should be a string",
    ],
    [{ detail: { input: code } }, "status 422"],
    [[code], "status 422"],
    [code, "status 422"],
    [{ detail: "too long" }, "too long"],
    [
      { message: `1 validation error: {'type': 'missing', 'input': {'prompt': "${code}"}}` },
      "1 validation error: {'type': 'missing', ",
    ],
  ];
  for (const [body, detail] of bodies) {
    await using server = await serve((_request, response) => {
      response.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    const host = new URL(server.url).host;
    assert.deepEqual(await failureOf(model(server.url).stream(request(), never)), {
      kind: "request-refused",
      host,
      detail,
    });
  }
});

test("a field that FastAPI names by its place is left out, too", async () => {
  await using server = await serve((_request, response, body) => {
    if (!body.includes("stream_options")) return answer(response);
    const detail = [
      { type: "extra_forbidden", loc: ["body", "stream_options"], msg: "Extra inputs are not permitted" },
    ];
    response.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify({ detail }));
  });
  assert.equal(await textOf(model(server.url).stream(request(), never)), "hi");
});

testBoth("something that does not speak HTTP is a bad response", async (request, t) => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end("SSH-2.0-OpenSSH_9.2\r\n");
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address);
  const failure = await failureOf(model(`http://127.0.0.1:${address.port}`).stream(request(), never));
  assert.equal(failure.kind, "bad-response");
});

testBoth("half a stream and silence ends within the time limit, and the connection with it", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.write(delta("half"));
  });
  const host = new URL(server.url).host;
  const stream = model(server.url, { timeLimitMs: 300 }).stream(request(), never);
  const pieces: string[] = [];
  await assert.rejects(
    async () => {
      for await (const piece of stream) pieces.push(piece);
    },
    (error) => {
      assert.ok(error instanceof ModelError);
      assert.deepEqual(error.failure, { kind: "timed-out", host, limitMs: 300 });
      return true;
    },
  );
  assert.deepEqual(pieces, ["half"]);
  await server.droppedByClient;
});

testBoth("a server that never answers ends within the time limit", async (request) => {
  await using server = await serve(() => {});
  const failure = await failureOf(model(server.url, { timeLimitMs: 200 }).stream(request(), never));
  assert.equal(failure.kind, "timed-out");
  await server.droppedByClient;
});

testBoth("comments that keep the connection alive are not an answer", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    const timer = setInterval(() => response.write(": still here\n\n"), 20);
    response.on("close", () => clearInterval(timer));
  });
  const failure = await failureOf(model(server.url, { timeLimitMs: 200 }).stream(request(), never));
  assert.equal(failure.kind, "timed-out");
});

testBoth(
  "a cut connection and a stream without an end are interruptions, and what came before is passed on",
  async (request) => {
    const endings: readonly ((response: ServerResponse) => void)[] = [
      (response) => response.socket?.destroy(),
      (response) => response.end(),
    ];
    for (const end of endings) {
      await using server = await serve((_request, response) => {
        begin(response);
        response.write(delta("half"));
        setTimeout(() => end(response), 30);
      });
      const stream = model(server.url).stream(request(), never);
      const pieces: string[] = [];
      await assert.rejects(
        async () => {
          for await (const piece of stream) pieces.push(piece);
        },
        { failure: { kind: "interrupted", host: new URL(server.url).host } },
      );
      assert.deepEqual(pieces, ["half"]);
    }
  },
);

test("half an event at the end of the body is an interruption", async () => {
  const prompt: Prompt = { kind: "raw", parts: [{ text: "hello", special: false }] };
  await using server = await serve((_request, response) => {
    begin(response);
    response.end(`${delta("half")}data: {"choices":[{"te`);
  });
  const pieces: string[] = [];
  await assert.rejects(
    async () => {
      for await (const piece of model(server.url).stream(request(prompt), never)) pieces.push(piece);
    },
    { failure: { kind: "interrupted", host: new URL(server.url).host } },
  );
  assert.deepEqual(pieces, ["half"]);
});

test("an empty line of data is nothing, and an end mark counts with any line break and none", async () => {
  const prompt: Prompt = { kind: "raw", parts: [{ text: "hello", special: false }] };
  for (const end of ["\n\n", "\n", "\r\n", "\r", ""]) {
    await using server = await serve((_request, response) => {
      begin(response);
      response.end(`data:\n\n${delta("a")}data: \n\n${delta("b")}data: [DONE]${end}`);
    });
    assert.equal(await textOf(model(server.url).stream(request(prompt), never)), "ab", JSON.stringify(end));
  }
});

testBoth(
  "takes either of the protocol's two ends, and does not wait for a connection that stays open",
  async (request) => {
    await using marked = await serve((_request, response) => {
      begin(response);
      response.end(`${delta("a")}data: [DONE]\n\n`);
    });
    assert.equal(await textOf(model(marked.url).stream(request(), never)), "a");
    await using open = await serve((_request, response) => {
      begin(response);
      response.write(`${delta("b")}${delta("", "length")}`);
    });
    assert.equal(await textOf(model(open.url, { timeLimitMs: 300 }).stream(request(), never)), "b");
  },
);

testBoth("an answer whose end comes late is let end, so that its connection can be used again", async (request) => {
  const ended = Promise.withResolvers<boolean>();
  await using server = await serve((_request, response) => {
    response.on("close", () => ended.resolve(response.writableFinished));
    begin(response);
    response.write(`${delta("a")}${delta("", "stop")}data: [DONE]\n\n`);
    setTimeout(() => response.end(), 30);
  });
  assert.equal(await textOf(model(server.url).stream(request(), never)), "a");
  assert.equal(await ended.promise, true, "the client has closed the connection");
});

testBoth("an answer that does not end after its last word is closed", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.write(`${delta("a")}${delta("", "stop")}data: [DONE]\n\n`);
  });
  assert.equal(await textOf(model(server.url).stream(request(), never)), "a");
  await server.droppedByClient;
});

testBoth("an error event in the middle names its cause", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.end(`${delta("a")}data: {"error":{"code":503,"message":"overloaded"}}\n\n`);
  });
  const failure = await failureOf(model(server.url).stream(request(), never));
  assert.deepEqual(failure, {
    kind: "server-error",
    host: new URL(server.url).host,
    status: 503,
    detail: "overloaded",
  });
});

testBoth("an error event in the middle without a status names what the server says", async (request) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.end(`${delta("a")}data: {"error":{"message":"overloaded_error: try later"}}\n\n`);
  });
  const failure = await failureOf(model(server.url).stream(request(), never));
  const { host } = new URL(server.url);
  assert.deepEqual(failure, { kind: "interrupted", host, detail: "overloaded_error: try later" });
});

test("learns which fields a server refuses, tries again without them, and remembers", async () => {
  const seen: string[][] = [];
  await using server = await serve((_request, response, body) => {
    const fields = JSON.parse(body) as Record<string, unknown>;
    seen.push(Object.keys(fields));
    if ("stream_options" in fields) return refuse(response, 400, { message: "Unknown field: stream_options" });
    if ("max_tokens" in fields) {
      const message =
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
      return refuse(response, 400, { message, param: "max_tokens", code: "unsupported_parameter" });
    }
    if ("temperature" in fields) {
      const message = "Unsupported value: 'temperature' does not support 0 with this model.";
      return refuse(response, 400, { message, param: "temperature", code: "unsupported_value" });
    }
    answer(response);
  });
  const learner = model(server.url);
  assert.equal(await textOf(learner.stream(request(), never)), "hi");
  assert.equal(seen.length, 4);
  assert.equal(await textOf(learner.stream(request(), never)), "hi");
  assert.equal(seen.length, 5);
  assert.deepEqual(seen[4]?.toSorted(), ["max_completion_tokens", "messages", "model", "stream"]);
});

testBoth("what a refusal only seems to say is not learnt: the next request has all its fields", async (request) => {
  const sentences = [
    "This content is filtered: `def temperature(stop): # stream_options`",
    "This content is not permitted: temperature = thermometer.read() # stream_options, 'stop'",
  ];
  for (const message of sentences) {
    const asked: string[][] = [];
    let isFiltered = true;
    await using server = await serve((_request, response, body) => {
      asked.push(Object.keys(JSON.parse(body) as object));
      if (isFiltered) refuse(response, 400, { message, code: "content_filter" });
      else answer(response);
    });
    const asker = model(server.url);
    assert.equal((await failureOf(asker.stream(request(undefined, { stop: ["x"] }), never))).kind, "request-refused");
    isFiltered = false;
    assert.equal(await textOf(asker.stream(request(undefined, { stop: ["x"] }), never)), "hi");
    for (const field of ["max_tokens", "temperature", "stop", "stream_options"]) {
      assert.ok(asked.at(-1)?.includes(field), `${field}: ${message}`);
    }
  }
});

test("a length of the answer that is too great is no reason to name it otherwise", async () => {
  await using server = await serve((_request, response) => {
    const message = "max_tokens is too large: 9000. This model supports at most 4096 completion tokens.";
    refuse(response, 400, { message, param: "max_tokens", code: "invalid_value" });
  });
  assert.equal((await failureOf(model(server.url).stream(request(), never))).kind, "request-refused");
  assert.equal(server.requests.length, 1);
});

test("does not repeat a request for ever that is refused for every reason in turn", async () => {
  await using server = await serve((_request, response, body) => {
    const name = "max_tokens" in (JSON.parse(body) as object) ? "max_tokens" : "max_completion_tokens";
    refuse(response, 400, { message: `no ${name}`, param: name });
  });
  assert.equal((await failureOf(model(server.url).stream(request(), never))).kind, "request-refused");
  assert.ok(server.requests.length <= 6);
});

test("a key that can't be one is refused before any request", () => {
  assert.throws(
    () => model("http://127.0.0.1:1", { apiKey: "密钥" }),
    (error) => error instanceof ModelError && error.failure.kind === "key-unusable",
  );
});

testBoth("writes nothing to the console, whatever comes", async (request, t) => {
  const methods = ["log", "info", "warn", "error", "debug"] as const;
  const spies = methods.map((method) => t.mock.method(console, method, () => {}));
  await using server = await serve((_request, response) => {
    begin(response);
    response.end("data: secret code\n\n");
  });
  await failureOf(model(server.url).stream(request(), never));
  assert.equal(
    spies.reduce((sum, spy) => sum + spy.mock.callCount(), 0),
    0,
  );
});

const readFile = { name: "read_file", description: "Reads a file.", parameters: { type: "object", properties: {} } };

function toolDelta(...calls: readonly object[]): string {
  return `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: calls }, finish_reason: null }] })}\n\n`;
}

test("what a model calls arrives in pieces, and is whole when the answer has ended", async () => {
  const bodies: string[] = [];
  await using server = await serve((_request, response, body) => {
    bodies.push(body);
    begin(response);
    response.write(delta("Let me look."));
    response.write(toolDelta({ index: 0, id: "c1", type: "function", function: { name: "read_file", arguments: "" } }));
    response.write(toolDelta({ index: 0, function: { arguments: '{"path":' } }));
    response.write(toolDelta({ index: 1, id: "c2", function: { name: "search", arguments: '{"q":"x"}' } }));
    response.write(toolDelta({ index: 0, function: { arguments: '"a.ts"}' } }));
    response.end(delta("", "tool_calls"));
  });
  const stream = model(server.url).stream(request({ ...chat, tools: [readFile] }, { purpose: "chat" }), never);
  assert.deepEqual(stream.toolCalls, []);
  assert.equal(await textOf(stream), "Let me look.");
  assert.deepEqual(stream.toolCalls, [
    { id: "c1", name: "read_file", arguments: '{"path":"a.ts"}' },
    { id: "c2", name: "search", arguments: '{"q":"x"}' },
  ]);
  assert.deepEqual(JSON.parse(bodies[0] ?? "").tools, [
    {
      type: "function",
      function: { name: "read_file", description: "Reads a file.", parameters: readFile.parameters },
    },
  ]);
});

test("calls that share an index, have no ids, or are given whole are told apart", async () => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.write(toolDelta({ index: 0, id: "a", function: { name: "one", arguments: "{}" } }));
    response.write(toolDelta({ index: 0, id: "b", function: { name: "two", arguments: "{}" } }));
    response.write(toolDelta({ function: { name: "three", arguments: { deep: 1 } } }));
    response.write(toolDelta({ function: { name: "four" } }, { index: 7 }, null as unknown as object));
    response.end(delta("", "tool_calls"));
  });
  const stream = model(server.url).stream(request(), never);
  await textOf(stream);
  const calls = stream.toolCalls ?? [];
  assert.deepEqual(
    calls.map(({ name, arguments: given }) => [name, given]),
    [
      ["one", "{}"],
      ["two", "{}"],
      ["three", '{"deep":1}'],
      ["four", ""],
    ],
  );
  assert.equal(new Set(calls.map(({ id }) => id)).size, 4);
});

test("a server that calls without end does not fill the memory", async () => {
  await using server = await serve((_request, response) => {
    begin(response);
    const long = "x".repeat(60_000);
    for (let each = 0; each < 40; each += 1)
      response.write(toolDelta({ index: each, id: `c${each}`, function: { name: "run", arguments: long } }));
    response.write(toolDelta({ index: 0, function: { arguments: long } }));
    response.end(delta("", "tool_calls"));
  });
  const stream = model(server.url).stream(request(), never);
  await textOf(stream);
  assert.equal(stream.toolCalls?.length, 32);
  assert.equal(stream.toolCalls?.[0]?.arguments.length, 100_000);
});

test("pictures, calls and results are sent in OpenAI's words, and text as before", async () => {
  const bodies: string[] = [];
  await using server = await serve((_request, response, body) => {
    bodies.push(body);
    answer(response);
  });
  const messages: Extract<Prompt, { readonly kind: "chat" }>["messages"] = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "what is it?", pictures: [{ mediaType: "image/png", base64: "AAAA" }] },
    { role: "assistant", content: "", toolCalls: [{ id: "c1", name: "read_file", arguments: "{}" }] },
    { role: "tool", content: "let a;", toolCallId: "c1" },
  ];
  await textOf(model(server.url).stream(request({ kind: "chat", messages }, { purpose: "chat" }), never));
  assert.deepEqual(JSON.parse(bodies[0] ?? "").messages, [
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "what is it?" },
        { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
      ],
    },
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "c1", type: "function", function: { name: "read_file", arguments: "{}" } }],
    },
    { role: "tool", content: "let a;", tool_call_id: "c1" },
  ]);
});

test("a call whose arguments are nothing, or cut, is sent back with none, which every server can read", async () => {
  const bodies: string[] = [];
  await using server = await serve((_request, response, body) => {
    bodies.push(body);
    answer(response);
  });
  const toolCalls = ["", '{"path": "a.t', "[1]", '{"path": "a.ts"}'].map((given, at) => ({
    id: `c${at}`,
    name: "read_file",
    arguments: given,
  }));
  const results = toolCalls.map(({ id }) => ({ role: "tool", content: "?", toolCallId: id }) as const);
  const messages = [{ role: "assistant", content: "", toolCalls } as const, ...results];
  await textOf(model(server.url).stream(request({ kind: "chat", messages }, { purpose: "chat" }), never));
  const [asked] = JSON.parse(bodies[0] ?? "").messages;
  assert.deepEqual(
    asked.tool_calls.map((call: { function: { arguments: string } }) => call.function.arguments),
    ["{}", "{}", "{}", '{"path": "a.ts"}'],
  );
});

test("a model that may call tools does not think, since its thoughts can't be sent back with its calls", async () => {
  const bodies: string[] = [];
  await using server = await serve((_request, response, body) => {
    bodies.push(body);
    answer(response);
  });
  const direct = { thinking: { type: "disabled" } };
  const asked = model(server.url, { direct });
  await textOf(asked.stream(request({ ...chat, tools: [readFile] }, { purpose: "chat" }), never));
  await textOf(asked.stream(request(chat, { purpose: "chat" }), never));
  assert.deepEqual(
    bodies.map((body) => JSON.parse(body).thinking),
    [direct.thinking, undefined],
  );
});

test("a server that refuses tools is asked without them, from then on", async () => {
  await using server = await serve((_request, response, body) => {
    if (!body.includes('"tools"')) return answer(response);
    response.writeHead(400).end('{"error":{"message":"tools param is not supported by this model"}}');
  });
  const asked = model(server.url);
  const ask = () => asked.stream(request({ ...chat, tools: [readFile] }, { purpose: "chat" }), never);
  const [first, second] = [ask(), ask()];
  assert.equal(first.refusesTools, false);
  assert.equal(await textOf(first), "hi");
  assert.equal(first.refusesTools, true);
  assert.equal(await textOf(second), "hi");
  assert.equal(second.refusesTools, true);
  assert.equal(server.requests.length, 3);
});

testBoth("an answer that was cut at its limit says so", async (ask) => {
  await using server = await serve((_request, response) => {
    begin(response);
    response.end(
      `data: ${JSON.stringify({ choices: [{ delta: { content: "half" }, text: "half", finish_reason: "length" }] })}\n\n`,
    );
  });
  const stream = model(server.url).stream(ask(), never);
  assert.equal(await textOf(stream), "half");
  assert.equal(stream.endedBy, "limit");
});
