import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding, StepName } from "../../../src/model/doctor/findings.ts";
import { certificate, newIssuer } from "../../support/certificate.ts";
import { check } from "../../support/checkedServer.ts";
import { fillingServer } from "../../support/fillingServer.ts";
import { startOllama } from "../../support/ollamaServer.ts";
import { refusingProxy, secureServer } from "../../support/troubledServers.ts";
import { deadUrl, serve } from "../localServer.ts";

/** What is wrong, and with which ways out; nothing else may be bad. */
function onlyBad(bad: Awaited<ReturnType<typeof check>>["bad"], step: StepName, kind: Finding["kind"]) {
  assert.deepEqual(
    bad.map((result) => [result.step, result.finding?.kind]),
    [[step, kind]],
  );
  return bad[0] ?? assert.fail();
}

test("a server that is set up well is told good in all steps, and asked at most nine short things", async () => {
  await using server = await serve(fillingServer({ models: [{ id: "coder", max_model_len: 32_768 }], key: "sk-1" }));
  const { last, bad, told } = await check({ reference: "vllm/coder", address: `${server.url}/v1`, apiKey: "sk-1" });
  assert.deepEqual(bad, []);
  assert.deepEqual(
    [...last.values()].map(({ state }) => state),
    Array.from(last, () => "good"),
  );
  assert.equal(last.size, 12);
  assert.deepEqual(last.get("context")?.finding, { kind: "context-enough", tokens: 32_768 });
  assert.deepEqual(last.get("holes")?.finding, { kind: "fills-by-chat" });
  assert.deepEqual(last.get("key")?.finding, { kind: "key-stored", host: new URL(server.url).host, isProven: true });
  const speed = last.get("speed")?.finding;
  assert.ok(speed?.kind === "speed" && speed.firstMs > 0 && speed.requests === 3);
  assert.ok(server.requests.filter(({ method }) => method === "POST").length <= 9);
  assert.ok(told.some(({ step, state }) => step === "holes" && state === "running"));
});

test("nothing listens at the port: said so, with the server that was found at a usual one, and how to start it", async () => {
  const dead = await deadUrl();
  await using ollama = await startOllama({ models: { "qwen2.5-coder:7b": MODEL } });
  const { bad, last } = await check({
    reference: "ollama/qwen2.5-coder:7b",
    address: dead,
    network: { fetch: usualPortsAt({ 11434: ollama.url }) },
  });
  const { finding, ways } = onlyBad(bad, "connection", "refused");
  assert.ok(finding?.kind === "refused" && finding.isThisMachine);
  const address = "http://127.0.0.1:11434";
  assert.deepEqual(finding.others, [{ name: "Ollama", address, isEmpty: false, fits: true }]);
  assert.deepEqual(ways[0], { kind: "set-address", address });
  assert.deepEqual(last.get("holes")?.finding, { kind: "skipped", because: "connection" });
  const alone = await check({ reference: "ollama/x", address: dead, network: { fetch: usualPortsAt({}) } });
  assert.ok(alone.bad[0]?.ways.some((way) => way.kind === "copy" && way.text === "ollama serve"));
});

test("where Ollama listens and another kind of server was meant, its address for others is offered", async () => {
  await using ollama = await startOllama({ models: { "qwen2.5-coder:7b": MODEL } });
  const { bad } = await check({
    reference: "vllm/x",
    address: `${await deadUrl()}/v1`,
    network: { fetch: usualPortsAt({ 11434: ollama.url }) },
  });
  assert.deepEqual(bad[0]?.ways[0], { kind: "set-address", address: "http://127.0.0.1:11434/v1" });
});

test("http for https: said so, and the address with https is offered", async () => {
  await using server = await secureServer(certificate({ names: ["localhost"] }));
  const { bad } = await check({ reference: "vllm/coder", address: `http://localhost:${server.port}/v1` });
  const { ways } = onlyBad(bad, "tls", "tls-expected");
  assert.deepEqual(ways[0], { kind: "set-address", address: `https://localhost:${server.port}/v1` });
});

test("https for http: said so, and the address with http is offered", async () => {
  await using server = await serve(fillingServer());
  const { port } = new URL(server.url);
  const { bad } = await check({ reference: "vllm/coder", address: `https://127.0.0.1:${port}/v1` });
  const { ways } = onlyBad(bad, "tls", "tls-not-spoken");
  assert.deepEqual(ways[0], { kind: "set-address", address: `http://127.0.0.1:${port}/v1` });
});

test("https for a server that only waits when it is greeted so: the address with http is offered all the same", async () => {
  await using server = await serve(fillingServer());
  const { port } = new URL(server.url);
  const { bad } = await check({
    reference: "vllm/coder",
    address: `https://127.0.0.1:${port}/v1`,
    limitMs: 300,
    // As llama.cpp's server does.
    network: { handshake: async (_host, _port, signal) => ({ kind: "failed", code: await aborted(signal) }) },
  });
  const { ways } = onlyBad(bad, "tls", "tls-not-spoken");
  assert.deepEqual(ways[0], { kind: "set-address", address: `http://127.0.0.1:${port}/v1` });
});

test("another kind of server at Ollama's place is told", async () => {
  await using server = await serve(fillingServer());
  onlyBad((await check({ reference: "ollama/coder", address: server.url })).bad, "answer", "answer-no-ollama");
});

test("a self-signed certificate, one of an unknown authority, and an expired one are told apart", async () => {
  const past = new Date(Date.now() - 1_000);
  const cases = [
    [certificate({ names: ["localhost"] }), "tls-self-signed"],
    [certificate({ names: ["localhost"], issuer: newIssuer("The Firm's Authority") }), "tls-unknown-authority"],
    [certificate({ names: ["localhost"], validTo: past }), "tls-expired"],
  ] as const;
  for (const [made, kind] of cases) {
    await using server = await secureServer(made);
    const { bad } = await check({ reference: "vllm/coder", address: `https://localhost:${server.port}/v1` });
    const { finding, ways } = onlyBad(bad, "tls", kind);
    if (kind !== "tls-expired") assert.deepEqual(ways[0], { kind: "open-settings", query: "http.systemCertificates" });
    if (finding?.kind === "tls-unknown-authority") assert.equal(finding.issuer, "The Firm's Authority");
    if (finding?.kind === "tls-expired") assert.equal(Math.floor((finding.at ?? 0) / 1_000), Math.floor(+past / 1_000));
  }
});

test("a certificate for another name is told with its names", async () => {
  await using server = await secureServer(certificate({ names: ["models.example.com", "other.example.com"] }));
  const { port } = server;
  // Trusted, but for the name: as it is where an authority of the system's has signed it.
  const { bad } = await check({
    reference: "vllm/coder",
    address: `https://localhost:${port}/v1`,
    network: {
      fetch: () => Promise.reject(new TypeError("fetch failed", { cause: coded("ERR_TLS_CERT_ALTNAME_INVALID") })),
      handshake: async () => ({
        kind: "done",
        problem: "ERR_TLS_CERT_ALTNAME_INVALID",
        issuer: "An Authority",
        names: ["models.example.com", "other.example.com"],
        validFrom: undefined,
        validTo: undefined,
      }),
    },
  });
  const { finding } = onlyBad(bad, "tls", "tls-name");
  assert.ok(finding?.kind === "tls-name" && finding.names.join() === "models.example.com,other.example.com");
});

test("a missing /v1: said so, and the whole address is offered", async () => {
  await using server = await serve(fillingServer());
  const { bad } = await check({ reference: "vllm/coder", address: server.url });
  const { ways } = onlyBad(bad, "answer", "answer-elsewhere");
  assert.deepEqual(ways[0], { kind: "set-address", address: `${server.url}/v1` });
});

test("the end point of one operation in the address: said so before anything is sent, and the address without it is offered", async () => {
  await using server = await serve(fillingServer());
  const { bad, last } = await check({ reference: "vllm/coder", address: `${server.url}/v1/chat/completions/` });
  const { ways, finding } = onlyBad(bad, "address", "address-end-point");
  assert.deepEqual(ways[0], { kind: "set-address", address: `${server.url}/v1` });
  assert.deepEqual(finding, { kind: "address-end-point", path: "/chat/completions" });
  assert.deepEqual(last.get("connection")?.finding, { kind: "skipped", because: "address" });
  assert.equal(server.requests.length, 0);
});

test("a web page, a redirect and a server of another kind are told apart", async () => {
  await using page = await serve((_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!DOCTYPE html><title>Welcome</title>");
  });
  onlyBad((await check({ reference: "vllm/coder", address: `${page.url}/v1` })).bad, "answer", "answer-page");
  await using moved = await serve((request, response) => {
    response.writeHead(308, { location: `https://models.example.com${request.url}?token=1` }).end();
  });
  const { ways } = onlyBad(
    (await check({ reference: "vllm/coder", address: `${moved.url}/v1` })).bad,
    "answer",
    "answer-redirect",
  );
  assert.deepEqual(ways[0], { kind: "set-address", address: "https://models.example.com/v1" });
  await using other = await serve((_, response) => void response.writeHead(200).end("hello"));
  onlyBad((await check({ reference: "vllm/coder", address: `${other.url}/v1` })).bad, "answer", "answer-foreign");
});

test("a name that nobody knows, silence, no way there, and a connection that is closed without a word are told apart", async () => {
  const unknown = await check({ reference: "vllm/coder", address: "http://no-such-host.invalid:8000/v1" });
  onlyBad(unknown.bad, "name", "name-unknown");
  await using silent = await serve(() => undefined);
  onlyBad(
    (await check({ reference: "vllm/coder", address: `${silent.url}/v1`, limitMs: 300 })).bad,
    "answer",
    "answer-late",
  );
  const lost = await check({
    reference: "vllm/coder",
    address: "http://10.0.0.1:8000/v1",
    limitMs: 300,
    network: { fetch: hanging, connect: (_address, _port, signal) => aborted(signal) },
  });
  onlyBad(lost.bad, "connection", "connection-timeout");
  await using rude = await serve((request) => void request.socket.destroy());
  onlyBad((await check({ reference: "vllm/coder", address: `${rude.url}/v1` })).bad, "answer", "answer-cut");
});

test("localhost with a server at one of its two addresses alone is told", async () => {
  await using server = await serve(fillingServer());
  const { port } = new URL(server.url);
  const { last, bad } = await check({ reference: "vllm/coder", address: `http://localhost:${port}/v1` });
  assert.deepEqual(bad, []);
  const finding = { kind: "connected-partly", host: `localhost:${port}`, open: 4, closed: 6 };
  // Where the machine has no other one there is nothing to tell.
  if (last.get("connection")?.finding?.kind !== "connected") assert.deepEqual(last.get("connection")?.finding, finding);
});

test("a proxy that wants a log-in: said so, with the editor's setting, whether it says so in a status or an error", async () => {
  await using proxy = await refusingProxy();
  const shared = { reference: "vllm/coder", address: "https://models.example.com/v1", proxy: proxy.url };
  const error = new TypeError("fetch failed", { cause: new Error("Proxy response (407) !== 200 when HTTP Tunneling") });
  for (const fetch of [
    () => Promise.reject(error),
    () => Promise.reject(new TypeError("fetch failed")),
    async () => new Response("", { status: 407 }),
  ]) {
    const { ways, finding } = onlyBad((await check({ ...shared, network: { fetch } })).bad, "proxy", "proxy-login");
    assert.deepEqual(finding, { kind: "proxy-login", host: new URL(proxy.url).host });
    assert.deepEqual(ways, [{ kind: "open-settings", query: "http.proxy" }]);
  }
  const dead = await check({ ...shared, proxy: await deadUrl(), network: { fetch: () => Promise.reject(error) } });
  onlyBad(dead.bad, "proxy", "proxy-login");
  const gone = await check({
    ...shared,
    proxy: await deadUrl(),
    network: { fetch: () => Promise.reject(new TypeError("fetch failed")) },
  });
  onlyBad(gone.bad, "proxy", "proxy-unreachable");
});

test("no key where one is needed, a refused one, and one that only the requests themselves are refused with", async () => {
  await using server = await serve(fillingServer({ key: "sk-right" }));
  const shared = { reference: "own/coder", address: `${server.url}/v1` };
  onlyBad((await check(shared)).bad, "key", "key-missing");
  const { ways } = onlyBad((await check({ ...shared, apiKey: "sk-wrong" })).bad, "key", "key-refused");
  assert.deepEqual(ways, [{ kind: "enter-key" }]);
  await using open = await serve(fillingServer({ key: "sk-right", hasOpenList: true }));
  const late = await check({ reference: "own/coder", address: `${open.url}/v1`, apiKey: "sk-wrong" });
  onlyBad(late.bad, "key", "key-refused");
  assert.equal(late.last.get("holes")?.state, "skipped");
});

test("a key with a space or a line break inside is sent without them, and that is told", async () => {
  await using server = await serve(fillingServer({ key: "sk-right-key" }));
  for (const apiKey of [
    "sk-right\n-key",
    "sk-right -key",
    "Bearer sk-right-key",
    '"sk-right-key"',
    "sk-right\u200b-key",
  ]) {
    const { last, bad, told } = await check({ reference: "own/coder", address: `${server.url}/v1`, apiKey });
    assert.deepEqual(bad, [], apiKey);
    assert.equal(last.get("key")?.finding?.kind, "key-mended");
    assert.doesNotMatch(JSON.stringify(told), /sk-/);
  }
  const { bad } = await check({ reference: "own/coder", address: `${server.url}/v1`, apiKey: "ключ" });
  onlyBad(bad, "key", "key-unusable");
});

test("a misspelt model: the nearest names are offered", async () => {
  const models = ["qwen2.5-coder-7b", "qwen2.5-coder-32b", "llama-3.3-70b", "text-embedding"].map((id) => ({ id }));
  await using server = await serve(fillingServer({ models }));
  const { bad } = await check({ reference: "vllm/qwen2.5-codr-7b", address: `${server.url}/v1` });
  const { ways } = onlyBad(bad, "model", "model-unlisted");
  assert.deepEqual(ways.slice(0, 2), [
    { kind: "set-model", model: "qwen2.5-coder-7b" },
    { kind: "set-model", model: "qwen2.5-coder-32b" },
  ]);
});

test("a model that the list does not have and that answers is not taken for a mistake", async () => {
  await using server = await serve((request, response, body) =>
    fillingServer({ models: [{ id: request.method === "GET" ? "another-one" : "hidden" }] })(request, response, body),
  );
  const { bad, last } = await check({ reference: "own/hidden", address: `${server.url}/v1` });
  assert.deepEqual(bad, []);
  assert.deepEqual(last.get("model")?.finding, { kind: "model-answers", model: "hidden" });
});

test("Ollama: a model that is not pulled is offered to be pulled, and one that is nearly called so to be taken", async () => {
  await using ollama = await startOllama({ models: { "qwen2.5-coder:1.5b": MODEL } });
  const { bad } = await check({ reference: "ollama/qwen2.5-coder:7b", address: ollama.url });
  const { ways } = onlyBad(bad, "model", "model-not-pulled");
  assert.deepEqual(ways, [
    { kind: "set-model", model: "qwen2.5-coder:1.5b" },
    { kind: "pull", model: "qwen2.5-coder:7b" },
    { kind: "copy", text: "ollama pull qwen2.5-coder:7b" },
  ]);
});

test("an instruct model asked for raw completion: told that it chats, and the way that works is offered", async () => {
  await using server = await serve(fillingServer({ takes: "chat" }));
  const { bad } = await check({ reference: "vllm/coder", address: `${server.url}/v1`, format: "qwen2.5-coder" });
  const { ways, finding } = onlyBad(bad, "holes", "talks");
  assert.deepEqual(finding, {
    kind: "talks",
    format: "qwen2.5-coder",
    written: "Sure! Here is the code that you asked for.",
    better: { format: "chat-hole", fills: true },
  });
  assert.deepEqual(ways, [{ kind: "set-format", format: "chat-hole" }]);
});

test("a server without the end point that a format needs: the format that works is offered", async () => {
  const whole = fillingServer();
  await using server = await serve((request, response, body) => {
    if (request.url === "/v1/completions") return void response.writeHead(404).end("{}");
    whole(request, response, body);
  });
  const { bad } = await check({ reference: "vllm/coder", address: `${server.url}/v1`, format: "completions-suffix" });
  const { ways } = onlyBad(bad, "holes", "format-refused");
  assert.deepEqual(ways, [{ kind: "set-format", format: "chat-hole" }]);
});

test("too small a context is told with what is wanted", async () => {
  for (const [tokens, state] of [
    [512, "bad"],
    [4_096, "warning"],
  ] as const) {
    await using server = await serve(fillingServer({ models: [{ id: "coder", max_model_len: tokens }] }));
    const { last } = await check({ reference: "vllm/coder", address: `${server.url}/v1` });
    assert.equal(last.get("context")?.state, state);
    assert.deepEqual(last.get("context")?.finding, { kind: "context-small", tokens, wanted: 6_000 });
  }
});

test("a check that is stopped asks nothing more, and says so by the signal's reason", async () => {
  const stopping = new AbortController();
  await using server = await serve(() => stopping.abort());
  await assert.rejects(
    check({ reference: "vllm/coder", address: `${server.url}/v1`, signal: stopping.signal }),
    stopping.signal.reason,
  );
  assert.equal(server.requests.length, 1);
});

test("an Ollama that has nothing pulled is not offered as another address, and told what it needs", async () => {
  await using ollama = await startOllama({ models: {} });
  const { bad } = await check({
    reference: "vllm/x",
    address: `${await deadUrl()}/v1`,
    network: { fetch: usualPortsAt({ 11434: ollama.url }) },
  });
  const { ways, finding } = onlyBad(bad, "connection", "refused");
  assert.ok(finding?.kind === "refused" && finding.others[0]?.isEmpty === true);
  assert.deepEqual(ways[0], { kind: "copy", text: "ollama pull qwen2.5-coder:7b" });
  assert.ok(!ways.some(({ kind }) => kind === "set-address"));
});

test("an empty Ollama's list for OpenAI's clients is told for what it is", async () => {
  await using ollama = await serve((request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(request.url === "/api/tags" ? { models: [] } : { object: "list", data: null }));
  });
  const { bad } = await check({ reference: "own/x", address: `${ollama.url}/v1` });
  const { ways, finding } = onlyBad(bad, "model", "models-none");
  assert.deepEqual(finding, { kind: "models-none", host: new URL(ollama.url).host });
  assert.deepEqual(ways, [{ kind: "copy", text: "ollama pull qwen2.5-coder:7b" }]);
});

test("an account without credit is told from a limited rate, already where the list is asked for", async () => {
  for (const [code, kind] of [
    ["insufficient_quota", "quota-exhausted"],
    ["rate_limit_exceeded", "rate-limited"],
  ] as const) {
    await using server = await serve((_, response) => {
      response.writeHead(429, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "No", code } }));
    });
    const { bad } = await check({ reference: "vllm/coder", address: `${server.url}/v1`, apiKey: "sk-1" });
    const { finding, ways } = onlyBad(bad, "answer", "failure");
    assert.ok(finding?.kind === "failure" && finding.failure.kind === kind);
    assert.equal(ways.length > 0, kind === "quota-exhausted");
  }
});

test("https is offered for a server that answers http only where it has it", async () => {
  await using server = await serve(fillingServer());
  const done = { kind: "done", issuer: "", names: [], validFrom: undefined, validTo: undefined } as const;
  const cases = [
    [{ kind: "failed", code: "EPROTO" } as const, 0],
    [{ ...done, problem: "DEPTH_ZERO_SELF_SIGNED_CERT" }, 0],
    [{ ...done, problem: undefined }, 1],
  ] as const;
  for (const [handshake, count] of cases) {
    const fetch = usualPortsAt({ 8000: server.url });
    const network = { fetch, handshake: async () => handshake };
    const { last } = await check({ reference: "vllm/coder", address: "http://10.0.0.5:8000/v1", network });
    const { state, ways } = last.get("tls") ?? assert.fail();
    assert.equal(state, "warning");
    assert.deepEqual(ways, count === 0 ? [] : [{ kind: "set-address", address: "https://10.0.0.5:8000/v1" }]);
  }
});

test("the version that Azure's classic interface has in its address stays in the mended one", async () => {
  await using server = await serve(fillingServer());
  const { host } = new URL(server.url);
  const path = "openai/deployments/gpt";
  const { bad } = await check({
    reference: "own/coder",
    address: `https://${host}/${path}?api-version=2024-10-21`,
  });
  const { ways } = onlyBad(bad, "tls", "tls-not-spoken");
  assert.deepEqual(ways[0], { kind: "set-address", address: `http://${host}/${path}?api-version=2024-10-21` });
});

test("an address is mended as the picker mends it, all at once, and words are not made into one", async () => {
  for (const [address, mended] of [
    ["127.0.0.1:8101", "http://127.0.0.1:8101/v1"],
    ["100.64.1.2:8000/v1/chat/completions", "http://100.64.1.2:8000/v1"],
    ["http://127.0.0.1:8080/infill", "http://127.0.0.1:8080"],
    ["curl https://llm.example.com/v1/models", "https://llm.example.com/v1"],
    ["not an address", undefined],
  ] as const) {
    const { bad } = await check({ reference: "own/coder", address });
    const ways = bad[0]?.ways.filter(({ kind }) => kind === "set-address") ?? [];
    assert.equal(bad[0]?.step, "address", address);
    assert.deepEqual(ways, mended === undefined ? [] : [{ kind: "set-address", address: mended }]);
  }
});

test("a look-up of a name that never ends is given up in time, and at once when the check is stopped", async () => {
  const lookup = () => new Promise<never>(() => {});
  const shared = { reference: "own/coder", address: "http://gpu.example.com/v1" };
  const network = { lookup, fetch: () => Promise.reject(new TypeError("fetch failed")) };
  onlyBad((await check({ ...shared, network, limitMs: 100 })).bad, "name", "name-late");
  const stopping = new AbortController();
  const stopped = check({
    ...shared,
    network: { ...network, lookup: () => (stopping.abort(), lookup()) },
    limitMs: 60_000,
    signal: stopping.signal,
  });
  await assert.rejects(stopped, stopping.signal.reason);
});

test("a refused key is named by its end and its maker, with the server's sentence and without the key", async () => {
  const key = "sk-ant-0123456789abcd";
  await using server = await serve((_, response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: `Incorrect API key: ${key}.` } }));
  });
  const shared = { reference: "own/coder", address: `${server.url}/v1` };
  const { finding } = onlyBad((await check({ ...shared, apiKey: key })).bad, "key", "key-refused");
  const { host } = new URL(server.url);
  const says = "Incorrect API key: •••.";
  assert.deepEqual(finding, { kind: "key-refused", host, end: "abcd", looksLike: "Anthropic", says });
  const short = onlyBad((await check({ ...shared, apiKey: "sk-short" })).bad, "key", "key-refused").finding;
  assert.ok(short?.kind === "key-refused" && short.end === undefined && short.looksLike === undefined);
});

test("two keys one behind the other are not sent as one", async () => {
  await using server = await serve(fillingServer({ key: "sk-right" }));
  const shared = { reference: "own/coder", address: `${server.url}/v1` };
  onlyBad((await check({ ...shared, apiKey: "sk-right\nsk-second" })).bad, "key", "key-several");
  assert.ok(server.requests.every(({ headers }) => headers.authorization === undefined));
});

test("a context length that nobody tells is neither good nor bad", async () => {
  await using server = await serve(fillingServer());
  const { last } = await check({ reference: "vllm/coder", address: `${server.url}/v1` });
  const { state, finding } = last.get("context") ?? assert.fail();
  assert.deepEqual([state, finding], ["skipped", { kind: "context-unknown", wanted: 6_000 }]);
});

const MODEL = { capabilities: ["completion", "insert"], contextLength: 32_768 };

/** As if servers listened at these ports; the others are closed. */
function usualPortsAt(servers: Readonly<Record<number, string>>): typeof fetch {
  return (input, init) => {
    const url = new URL(input as string);
    const target = servers[Number(url.port)];
    const refused = new TypeError("fetch failed", { cause: coded("ECONNREFUSED") });
    return target === undefined ? Promise.reject(refused) : fetch(`${target}${url.pathname}`, init);
  };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const hanging: typeof fetch = (_input, init) =>
  new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve("ETIMEDOUT")));
}
