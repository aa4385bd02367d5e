import assert from "node:assert/strict";
import { test } from "node:test";
import { discoverServers, ollamaAddress } from "../../src/model/discovery.ts";
import { deadUrl, serve } from "./localServer.ts";

const never = new AbortController().signal;

/** A server that answers these paths with JSON, and everything else with 404. */
function serveJson(answers: Readonly<Record<string, unknown>>) {
  return serve((request, response) => {
    const answer = answers[request.url ?? ""];
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: "not found" }));
  });
}

function list(owner: string, ...ids: readonly string[]) {
  return { object: "list", data: ids.map((id) => ({ id, object: "model", owned_by: owner })) };
}

function discover(places: readonly string[], more: { signal?: AbortSignal; ollamaHost?: string } = {}) {
  return discoverServers({ fetch, signal: never, places, ...more });
}

test("each kind of server is told by what it says, and its models are listed", async () => {
  await using ollama = await serveJson({
    "/api/tags": { models: [{ name: "qwen2.5-coder:7b", model: "qwen2.5-coder:7b" }] },
    "/v1/models": list("library", "qwen2.5-coder:7b"),
  });
  await using llama = await serveJson({
    "/api/tags": { models: [{ model: "m.gguf" }] },
    "/v1/models": list("llamacpp", "m.gguf"),
  });
  await using vllm = await serveJson({ "/v1/models": list("vllm", "Qwen/Qwen2.5-Coder-7B") });
  await using studio = await serveJson({ "/v1/models": list("organization_owner", "a", "b") });
  assert.deepEqual(await discover([ollama.url, llama.url, vllm.url, studio.url]), [
    { provider: "ollama", baseUrl: `${ollama.url}/v1`, models: ["qwen2.5-coder:7b"] },
    { provider: "llama.cpp", baseUrl: `${llama.url}/v1`, models: ["m.gguf"] },
    { provider: "vllm", baseUrl: `${vllm.url}/v1`, models: ["Qwen/Qwen2.5-Coder-7B"] },
    { provider: "lmstudio", baseUrl: `${studio.url}/v1`, models: ["a", "b"] },
  ]);
});

test("a server that speaks like OpenAI and does not say what it is, is found as one", async () => {
  await using server = await serveJson({ "/v1/models": list("somebody", "m") });
  assert.deepEqual(await discover([server.url]), [{ provider: undefined, baseUrl: `${server.url}/v1`, models: ["m"] }]);
});

test("a server that calls itself by a word of our language is found as one that does not say what it is", async () => {
  for (const owner of ["constructor", "__proto__", "toString"]) {
    await using server = await serveJson({ "/v1/models": list(owner, "m") });
    assert.deepEqual(await discover([server.url]), [
      { provider: undefined, baseUrl: `${server.url}/v1`, models: ["m"] },
    ]);
  }
});

test("an Ollama without any model is found, too", async () => {
  await using server = await serveJson({ "/api/tags": { models: [] } });
  assert.deepEqual(await discover([server.url]), [{ provider: "ollama", baseUrl: `${server.url}/v1`, models: [] }]);
});

test("what is no server of models is not taken for one, and nothing else is asked there", async () => {
  await using page = await serve((_, response) => void response.end("<html>It works!</html>"));
  await using other = await serveJson({ "/v1/models": { models: "none" }, "/api/tags": [] });
  assert.deepEqual(await discover([page.url, other.url, await deadUrl()]), []);
  assert.deepEqual(page.requests.map(({ method, url }) => `${method} ${url}`).toSorted(), [
    "GET /api/tags",
    "GET /v1/models",
  ]);
});

test("a redirect is not followed", async () => {
  await using target = await serveJson({ "/v1/models": list("vllm", "m"), "/api/tags": { models: [] } });
  await using server = await serve((request, response) => {
    response.writeHead(307, { location: `${target.url}${request.url}` }).end();
  });
  assert.deepEqual(await discover([server.url]), []);
  assert.equal(target.requests.length, 0);
});

test("one that says nothing does not keep the others", async () => {
  await using silent = await serve(() => {});
  await using server = await serveJson({ "/api/tags": { models: [] } });
  assert.deepEqual(
    (await discover([silent.url, server.url])).map(({ provider }) => provider),
    ["ollama"],
  );
});

test("nobody waits any more: the questions end, and nothing is found", async () => {
  await using silent = await serve(() => {});
  const controller = new AbortController();
  const looking = discover([silent.url], { signal: controller.signal });
  controller.abort(new Error("closed"));
  await assert.rejects(looking, /closed/);
});

test("one server that has two names is found once", async () => {
  await using server = await serveJson({ "/api/tags": { models: [] } });
  const found = await discover([server.url], { ollamaHost: server.url.replace("http://127.0.0.1", "localhost") });
  assert.equal(found.length, 1);
});

test("OLLAMA_HOST is read as Ollama reads it", () => {
  assert.equal(ollamaAddress(undefined), undefined);
  assert.equal(ollamaAddress("  "), undefined);
  assert.equal(ollamaAddress("0.0.0.0"), "http://127.0.0.1:11434");
  assert.equal(ollamaAddress("0.0.0.0:11500"), "http://127.0.0.1:11500");
  assert.equal(ollamaAddress(":11500"), "http://127.0.0.1:11500");
  assert.equal(ollamaAddress("gpu-box"), "http://gpu-box:11434");
  assert.equal(ollamaAddress("'10.0.0.5:11434'"), "http://10.0.0.5:11434");
  assert.equal(ollamaAddress("http://gpu-box/"), "http://gpu-box");
  assert.equal(ollamaAddress("https://gpu-box:8443/x"), "https://gpu-box:8443");
  assert.equal(ollamaAddress("::1"), "http://[::1]:11434");
  assert.equal(ollamaAddress("[::]:11500"), "http://127.0.0.1:11500");
  assert.equal(ollamaAddress("a b"), undefined);
});
