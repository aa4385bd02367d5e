import assert from "node:assert/strict";
import { test } from "node:test";
import { ModelError, type RawPrompt } from "../../src/model/model.ts";
import { createOpenAiModel } from "../../src/model/openai.ts";
import { serve } from "./localServer.ts";

const never = new AbortController().signal;
const raw = (text: string): RawPrompt => ({ kind: "raw", parts: [{ text, special: false }] });
const failsWith = (kind: string) => (error: unknown) => error instanceof ModelError && error.failure.kind === kind;

interface Asked {
  readonly prompt: readonly number[] | string;
  readonly n_predict: number;
  readonly n_probs?: number;
  readonly temperature?: number;
  readonly logit_bias?: readonly (readonly [number, number])[];
  readonly content?: string;
  readonly add_special?: boolean;
}

/**
 * A server like llama.cpp's whose tokens are characters, but for `abc`, which is one, and for the one at the start of
 * every prompt. A token's log-probability is minus its distance from the end of the prompt's last one.
 */
const START = 1;
const ABC = 999;
function tokenize(text: string): number[] {
  return [...text.matchAll(/abc|[^]/g)].map(([piece]) => (piece === "abc" ? ABC : piece.charCodeAt(0)));
}

async function serveLlama({ fingerprint = "b11434-0a1b2c3", props = true, told = {} } = {}) {
  const asked: Asked[] = [];
  const hooks = { before: async (_asked: Asked): Promise<void> => {}, streaming: async (): Promise<void> => {} };
  const server = await serve(async (request, response, body) => {
    if (request.url === "/props") {
      if (props) response.end(JSON.stringify({ default_generation_settings: {} }));
      else response.writeHead(404).end();
      return;
    }
    const question = JSON.parse(body) as Asked;
    if (request.url === "/tokenize") {
      const start = question.add_special ? [START] : [];
      response.end(JSON.stringify({ tokens: [...start, ...tokenize(question.content ?? "")] }));
    } else if (request.url === "/completion") {
      asked.push(question);
      await hooks.before(question);
      const [forced] = question.logit_bias ?? [];
      const id = forced?.[0] ?? 0;
      const probability = { id, logprob: -Math.abs(id - Number(question.prompt.at(-1))), ...told };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ tokens_evaluated: 1, timings: {}, completion_probabilities: [probability] }));
    } else {
      await hooks.streaming();
      response.writeHead(200, { "content-type": "text/event-stream" });
      const choices = [{ text: "x", finish_reason: "stop" }];
      response.end(`data: ${JSON.stringify({ choices, system_fingerprint: fingerprint })}\n\ndata: [DONE]\n\n`);
    }
  });
  const model = createOpenAiModel({
    baseUrl: `${server.url}/v1`,
    apiKey: "sk-test",
    model: "small",
    fetch,
    timeLimitMs: 5_000,
  });
  const suggest = async (): Promise<void> => {
    const request = { prompt: raw("a"), purpose: "suggestion", maxTokens: 8, temperature: 0, stop: [] } as const;
    for await (const _ of model.stream(request, never));
  };
  return { server, model, asked, hooks, suggest };
}

const forcedOnly = (asked: readonly Asked[]) => asked.filter(({ n_predict }) => n_predict === 1);

test("a server can score once an answer shows that it is llama.cpp's own, and others are never asked", async () => {
  const { server, model, suggest } = await serveLlama();
  await using _ = server;
  assert.equal(model.score, undefined);
  await suggest();
  assert.equal(typeof model.score, "function");
  for (const fingerprint of ["fp_44709d6fcb", "fp_ollama", ""]) {
    const other = await serveLlama({ fingerprint });
    await other.suggest();
    assert.equal(other.model.score, undefined);
    assert.deepEqual(
      other.server.requests.map(({ url }) => url),
      ["/v1/completions"],
    );
    await other.server[Symbol.asyncDispose]();
  }
});

test("each token of the text is forced behind the prompt and those before it, and their figures are added up", async () => {
  const { server, model, asked, suggest } = await serveLlama();
  await using _ = server;
  await suggest();
  const score = await model.score?.({ prompt: raw("b"), continuation: "cef" }, never);
  assert.deepEqual(score, { logProbability: -1 - 2 - 1, tokens: 3 });
  const at = (text: string) => [START, ...tokenize(text)];
  assert.deepEqual(
    forcedOnly(asked).map(({ prompt, logit_bias }) => [prompt, logit_bias?.[0]?.[0]]),
    [
      [at("b"), 99],
      [at("bc"), 101],
      [at("bce"), 102],
    ],
  );
  for (const { temperature, n_probs } of forcedOnly(asked)) assert.deepEqual([temperature, n_probs], [0, 1]);
  for (const { headers } of server.requests) assert.equal(headers.authorization, "Bearer sk-test");
});

test("the text begins where the prompt's tokens end, also where the two would be spelt otherwise together", async () => {
  const { server, model, asked, suggest } = await serveLlama();
  await using _ = server;
  await suggest();
  assert.equal((await model.score?.({ prompt: raw("ab"), continuation: "cd" }, never))?.tokens, 2);
  assert.deepEqual(forcedOnly(asked)[0]?.prompt, [START, 97, 98]);
});

test("of a long text the first 48 tokens are scored, and the score says so", async () => {
  const { server, model, asked, suggest } = await serveLlama();
  await using _ = server;
  await suggest();
  const score = await model.score?.({ prompt: raw("x"), continuation: "y".repeat(100) }, never);
  assert.deepEqual([score?.tokens, score?.isStartOnly], [48, true]);
  assert.equal(forcedOnly(asked).length, 48);
});

test("a suggestion that is asked for meanwhile is answered before the next token is scored", async () => {
  const { server, model, asked, hooks, suggest } = await serveLlama();
  await using _ = server;
  await suggest();
  const log: string[] = [];
  let suggestion: Promise<void> | undefined;
  hooks.streaming = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    log.push("suggestion");
  };
  hooks.before = async ({ n_predict, prompt }) => {
    if (n_predict !== 1) return;
    log.push(`token ${prompt.length - 1}`);
    suggestion ??= suggest();
  };
  await model.score?.({ prompt: raw("a"), continuation: "bd" }, never);
  await suggestion;
  assert.deepEqual(log, ["token 1", "suggestion", "token 2"]);
  assert.equal(forcedOnly(asked).length, 2);
});

test("an abort ends the request that is under way, and no other follows", async () => {
  const { server, model, asked, hooks, suggest } = await serveLlama();
  await using _ = server;
  await suggest();
  const controller = new AbortController();
  const reason = new Error("the view was closed");
  hooks.before = ({ n_predict }) => {
    if (n_predict !== 1) return Promise.resolve();
    setTimeout(() => controller.abort(reason), 20);
    return new Promise(() => {});
  };
  await assert.rejects(model.score!({ prompt: raw("a"), continuation: "bde" }, controller.signal), reason);
  await server.droppedByClient;
  assert.equal(forcedOnly(asked).length, 1);
});

test("a version that does not tell what it was asked is no server that scores", async () => {
  for (const told of [{ id: 5 }, { logprob: undefined, prob: 0.5 }]) {
    const { server, model, suggest } = await serveLlama({ told });
    await using _ = server;
    await suggest();
    await assert.rejects(model.score!({ prompt: raw("a"), continuation: "b" }, never), failsWith("bad-response"));
  }
  const { server, model, suggest } = await serveLlama({ props: false });
  await using _ = server;
  await suggest();
  await assert.rejects(model.score!({ prompt: raw("a"), continuation: "b" }, never), failsWith("bad-response"));
});

test("a text that the model thinks impossible has a bound, and not the server's number beyond all others", async () => {
  const { server, model, suggest } = await serveLlama({ told: { logprob: -3.4e38 } });
  await using _ = server;
  await suggest();
  assert.equal((await model.score?.({ prompt: raw("a"), continuation: "b" }, never))?.logProbability, -103);
});

test("a server that is gone when a text is to be scored could not be reached, and has not ended an answer in the middle", async () => {
  const { server, model, hooks, suggest } = await serveLlama();
  await suggest();
  await model.score!({ prompt: raw("a"), continuation: "b" }, never);
  hooks.before = () => Promise.resolve(void server[Symbol.asyncDispose]());
  await assert.rejects(model.score!({ prompt: raw("a"), continuation: "b" }, never), failsWith("unreachable"));
});
