import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import { Redactor } from "../../src/context/gates/redactor.ts";
import { secretFinder } from "../../src/context/gates/secretRules.ts";
import { type EmbeddingOptions, Embeddings, rankedByLikeness } from "../../src/model/embeddings.ts";
import { chosenModel } from "../../src/model/chosenModel.ts";
import { ModelError } from "../../src/model/model.ts";
import { openAiAccess } from "../../src/model/openAiAccess.ts";
import { RequestLog } from "../../src/model/requestLog.ts";
import { madeUp } from "../support/secrets.ts";
import { startOllama } from "../support/ollamaServer.ts";
import { deadUrl, serve } from "./localServer.ts";

const { signal } = new AbortController();

function embeddings(url: string, timeLimitMs = 10_000, more: Partial<EmbeddingOptions> = {}) {
  const log = new RequestLog(Date.now);
  const redactor = new Redactor(secretFinder(preset), "t3st");
  const made = new Embeddings({
    baseUrl: `${url}/v1`,
    model: "small-vectors",
    apiKey: "test-key",
    fetch,
    now: Date.now,
    timeLimitMs,
    gate: async () => redactor,
    log,
    ...more,
  });
  return { made, log };
}

/** Each text's length and number of spaces, in another order than they were asked for. */
function answer(response: ServerResponse, input: readonly string[]): void {
  const data = input.map((text, index) => ({ index, embedding: [text.length, text.split(" ").length - 1] }));
  response.setHeader("content-type", "application/json").end(JSON.stringify({ data: data.toReversed() }));
}

test("each text gets its own vector, many in one request, and is not sent again", async () => {
  const bodies: { model: string; input: string[] }[] = [];
  await using server = await serve((_, response, body) => {
    bodies.push(JSON.parse(body));
    answer(response, bodies.at(-1)?.input ?? []);
  });
  const { made } = embeddings(server.url);
  const texts = Array.from({ length: 40 }, (_, index) => "x".repeat(index + 1));
  const vectors = await made.of([...texts, "x"], signal);
  assert.deepEqual(
    vectors.map(([length]) => length),
    [...texts.map(({ length }) => length), 1],
  );
  assert.deepEqual(
    bodies.map(({ model, input }) => [model, input.length]),
    [
      ["small-vectors", 32],
      ["small-vectors", 8],
    ],
  );
  assert.equal(server.requests[0]?.url, "/v1/embeddings");
  assert.equal(server.requests[0]?.headers.authorization, "Bearer test-key");
  await made.of(texts, signal);
  assert.equal(bodies.length, 2);
});

test("no secret is sent, and the record has what was sent", async () => {
  const sent: string[] = [];
  await using server = await serve((_, response, body) => {
    sent.push(body);
    answer(response, JSON.parse(body).input);
  });
  const { made, log } = embeddings(server.url);
  const { secret, line } = madeUp["GitHub token"] ?? { secret: "", line: "" };
  await made.of(["a question", line], signal);
  assert.ok(secret !== "" && !sent.join().includes(secret));
  const [request] = log.requests;
  assert.deepEqual([request?.purpose, request?.state.kind, request?.redactions.length], ["embedding", "answered", 1]);
  const parts = request?.prompt.kind === "raw" ? request.prompt.parts.map(({ text }) => text) : [];
  assert.deepEqual(parts, JSON.parse(sent[0] ?? "{}").input);
});

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ModelError, String(error));
  return error.failure.kind;
}

test("what goes wrong has the kind by which people are told what to do", async () => {
  assert.equal(await failureOf(embeddings(await deadUrl()).made.of(["x"], signal)), "unreachable");
  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    "key-rejected": (response) => response.writeHead(401).end(),
    "model-unknown": (response) => response.writeHead(404).end(),
    "server-error": (response) => response.writeHead(500).end(),
    redirected: (response) => response.writeHead(302, { location: "http://elsewhere.invalid/" }).end(),
    "bad-response": (response) => response.setHeader("content-type", "application/json").end('{"data":[]}'),
  };
  for (const [kind, say] of Object.entries(answers)) {
    await using server = await serve((_, response) => say(response));
    const { made, log } = embeddings(server.url);
    assert.equal(await failureOf(made.of(["x"], signal)), kind);
    assert.equal(log.requests[0]?.state.kind, "failed");
  }
  await using silent = await serve(() => undefined);
  assert.equal(await failureOf(embeddings(silent.url, 30).made.of(["x"], signal)), "timed-out");
});

test("a search that is given up ends its request", async () => {
  await using server = await serve(() => abort.abort());
  const abort = new AbortController();
  const { made, log } = embeddings(server.url);
  await assert.rejects(made.of(["x"], abort.signal), { name: "AbortError" });
  await server.droppedByClient;
  assert.equal(log.requests[0]?.state.kind, "aborted");
});

test("the text that points most nearly where the question does comes first, however long its vector is", () => {
  assert.deepEqual(
    rankedByLikeness(
      [1, 1],
      [
        [9, 0],
        [0.1, 0.1],
        [-1, -1],
        [0, 0],
      ],
    ),
    [1, 0, 3, 2],
  );
});

function accessTo(reference: string, address: string) {
  const chosen = chosenModel(reference, { [reference.split("/")[0] ?? ""]: address });
  assert.ok(chosen.kind === "server");
  return openAiAccess(chosen);
}

test("Ollama is asked below /v1, whichever of its addresses the settings have", async () => {
  await using server = await startOllama({});
  for (const path of ["", "/", "/v1", "/api"]) {
    const { made } = embeddings("", 10_000, accessTo("ollama/nomic-embed-text", server.url + path));
    assert.deepEqual(await made.of(["ab"], signal), [[2]], path);
  }
});

test("Azure is asked below /openai/v1, with the key in its own header", async () => {
  await using server = await serve((_, response, body) => answer(response, JSON.parse(body).input));
  const { made } = embeddings("", 10_000, accessTo("azure/my-vectors", server.url));
  await made.of(["ab"], signal);
  const [request] = server.requests;
  assert.equal(request?.url, "/openai/v1/embeddings");
  assert.deepEqual([request?.headers["api-key"], request?.headers.authorization], ["test-key", undefined]);
});
