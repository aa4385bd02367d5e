/** llama.cpp's `/infill`, with a model of random weights that has the tokens for it. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Hole } from "../../src/model/hole.ts";
import { llamaServerFacts } from "../../src/model/llamaFacts.ts";
import { setUpLlama } from "../../src/model/llamaSetUp.ts";
import { infillOrTemplate, llamaFormat } from "../../src/model/llamaFormat.ts";
import type { ModelRequest } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { formatHole } from "../../src/model/templates.ts";
import { writeFillingModel } from "../support/fillingModel.ts";
import { type LlamaServer, startLlamaServer } from "../support/llamaServer.ts";

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "pairwise-test-"));
let server: LlamaServer;
before(async () => {
  const path = join(folder, "in-house.gguf");
  writeFillingModel(path);
  server = await startLlamaServer(path, ["--parallel", "1", "--ctx-size", "4096", "--alias", "in-house"]);
  await server.ready();
});
after(async () => {
  await server?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const hole: Hole = {
  path: "src/a.py",
  languageId: "python",
  prefix: "def f():\n    return ",
  suffix: "\n\nf()\n",
  neighbours: [{ path: "src/b.py", text: "def g(n): ..." }],
};
const requestFor = (hole: Hole, more: Partial<ModelRequest> = {}): ModelRequest => ({
  ...formatHole("infill", hole),
  purpose: "suggestion",
  maxTokens: 12,
  temperature: 0,
  ...more,
});
const modelHere = (url = server.url) =>
  createOpenAiModel({ baseUrl: `${url}/v1`, apiKey: undefined, model: "in-house", fetch, timeLimitMs: 60_000 });

async function textFrom(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

test("the server tells that the model fills holes, and it is asked by the server's own template", async () => {
  const facts = await llamaServerFacts({ baseUrl: `${server.url}/v1`, apiKey: undefined, fetch }, never);
  assert.ok(facts.kind === "ready");
  assert.deepEqual(
    { ...facts, build: undefined },
    {
      kind: "ready",
      alias: "in-house",
      path: join(folder, "in-house.gguf"),
      build: undefined,
      contextTokens: 4096,
      slots: 1,
      hasChatTemplate: false,
      hasFillTokens: true,
    },
  );
  assert.match(facts.build ?? "", /^b\d+/);
  assert.equal(llamaFormat("in-house", facts), "infill");
  assert.equal(llamaFormat("qwen2.5-coder-7b", facts), "qwen2.5-coder");
  assert.deepEqual(await setUpLlama({ baseUrl: `${server.url}/v1`, apiKey: undefined, fetch }, "in-house", false), {
    isLlama: true,
    format: "infill",
    contextTokens: 4096,
  });
});

test("a hole is filled piece by piece, and of what was read before nothing is read again", async () => {
  const model = modelHere();
  const first = model.stream(requestFor(hole), never);
  const text = await textFrom(first);
  assert.match(text, /^[a-z0-9]{12}$/);
  assert.equal(first.usage.outputTokens, 12);
  const again = model.stream(requestFor(hole), never);
  assert.equal(await textFrom(again), text);
  assert.equal(again.usage.promptTokens, first.usage.promptTokens);
  assert.ok((again.usage.cachedTokens ?? 0) >= (first.usage.promptTokens ?? Infinity) - 1);
});

test("the model reads the other files, the text before and the text after, in its own tokens", async () => {
  let prompt: unknown;
  const listening: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.text();
    prompt = text.match(/"prompt":("(?:[^"\\]|\\.)*")/)?.[1];
    return new Response(text, response);
  };
  const options = { baseUrl: `${server.url}/v1`, apiKey: undefined, model: "in-house", timeLimitMs: 60_000 };
  const model = createOpenAiModel({ ...options, fetch: listening });
  await textFrom(model.stream(requestFor({ ...hole, prefix: "x = '<after>'\n" }), never));
  assert.equal(
    JSON.parse(String(prompt)),
    "<repository>myproject\n<file>src/b.py\ndef g(n): ...\n<file>filename\n" +
      "<before>x = '<after>'\n<after>\n\nf()\n<between>",
  );
});

test("what looks like a control token in a file is read as its characters", async () => {
  const model = modelHere();
  const tokens = async (prefix: string) => {
    const stream = model.stream(requestFor({ ...hole, prefix }), never);
    await textFrom(stream);
    return stream.usage.promptTokens ?? 0;
  };
  assert.equal((await tokens("x = <after>")) - (await tokens("x = ")), "<after>".length);
});

test("an answer ends before a stop", async () => {
  const model = modelHere();
  const whole = await textFrom(model.stream(requestFor(hole), never));
  const stop = whole.at(-1) ?? "";
  const cut = await textFrom(model.stream(requestFor(hole, { stop: [stop] }), never));
  assert.equal(cut, whole.slice(0, whole.indexOf(stop)));
});

test("a text is scored the same as the server finds it when it writes it", async () => {
  const model = modelHere();
  await textFrom(model.stream(requestFor(hole), never));
  const parts = [
    { text: "<before>", special: true },
    { text: "def f():\n    ", special: false },
    { text: "<after><between>", special: true },
  ];
  const prompt = { kind: "raw", parts } as const;
  const score = await model.score?.({ prompt, continuation: "return 1" }, never);
  assert.equal(score?.tokens, 3, "`return` is one of its tokens");
  const response = await fetch(`${server.url}/completion`, {
    method: "POST",
    body: JSON.stringify({
      prompt: parts.map(({ text }) => text).join(""),
      n_predict: 1,
      n_probs: 400,
      temperature: 0,
      cache_prompt: false,
    }),
  });
  const answer = (await response.json()) as {
    readonly completion_probabilities: readonly {
      readonly top_logprobs: readonly { readonly token: string; readonly logprob: number }[];
    }[];
  };
  const first = answer.completion_probabilities[0]?.top_logprobs.find(({ token }) => token === "return")?.logprob;
  const alone = await model.score?.({ prompt, continuation: "return" }, never);
  assert.ok(Math.abs((alone?.logProbability ?? 0) - (first ?? NaN)) < 1e-3, `${alone?.logProbability} and ${first}`);
  assert.ok((score?.logProbability ?? 0) < (alone?.logProbability ?? 0));
});

test("a model whose file does not name the tokens is asked by template, by the first request already", async () => {
  const path = join(folder, "other.gguf");
  writeFillingModel(path, { fills: false });
  await using other = await startLlamaServer(path);
  await other.ready();
  const facts = await llamaServerFacts({ baseUrl: other.url, apiKey: undefined, fetch }, never);
  assert.ok(facts.kind === "ready");
  assert.equal(facts.hasFillTokens, false);
  assert.equal(llamaFormat("in-house", facts), "continuation");
  const paths: string[] = [];
  const listening: typeof fetch = (input, init) => {
    paths.push(new URL(new Request(input).url).pathname);
    return fetch(input, init);
  };
  const inner = createOpenAiModel({
    baseUrl: `${other.url}/v1`,
    apiKey: undefined,
    model: "in-house-base",
    fetch: listening,
    timeLimitMs: 60_000,
  });
  const model = infillOrTemplate(inner);
  for (let i = 0; i < 2; i++) assert.notEqual(await textFrom(model.stream(requestFor(hole), never)), "");
  assert.deepEqual(paths, ["/infill", "/v1/completions", "/v1/completions"]);
});
