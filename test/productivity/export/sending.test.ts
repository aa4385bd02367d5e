/** Against real servers on this machine. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { endPointOf } from "../../../src/productivity/export/endPoint.ts";
import { send, type Sent } from "../../../src/productivity/export/sending.ts";
import { isTaken, sentWords } from "../../../src/productivity/export/sendingWords.ts";
import { type Manner, startMetricsServer } from "../../support/metricsServer.ts";
import { chinese, english } from "../../support/reports.ts";

const json = '{"resourceMetrics":[]}';

function sendTo(url: URL, signal = new AbortController().signal): Promise<Sent> {
  return send({ url, headers: { authorization: "Bearer k3y" }, json, fetch, signal });
}

async function sentTo(manner: Manner) {
  await using server = await startMetricsServer(manner);
  const url = new URL("/v1/metrics?token=t0ken", server.origin);
  const sent = await sendTo(url);
  return { sent, words: sentWords(english, sent, url, 12), words2: sentWords(chinese, sent, url, 12), server };
}

test("what is sent arrives once, as it was made, with its headers", async () => {
  const { sent, words, server } = await sentTo("takes");
  assert.deepEqual(sent, { kind: "taken", rejected: 0, message: "" });
  assert.ok(isTaken(sent));
  assert.equal(words, `Sent to ${server.origin}/v1/metrics, figures: 12.`);
  assert.deepEqual(
    server.received.map(({ method, path, headers, body }) => [
      method,
      path,
      headers["content-type"],
      headers.authorization,
      body,
    ]),
    [["POST", "/v1/metrics?token=t0ken", "application/json", "Bearer k3y", json]],
  );
});

test("a part that was not taken is no success, and what is said of it is told", async () => {
  const body = '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"too\\u001b[2J old"}}';
  const { sent, words } = await sentTo({ status: 200, body });
  assert.equal(isTaken(sent), false);
  assert.match(
    words,
    /took the figures but for some of them, and these are lost there: 3 of 12\. It says: too \[2J old$/,
  );
});

test("each refusal says what can be done, in both languages, and never the key or the query", async () => {
  for (const [manner, wanted] of [
    [
      { status: 401, body: '{"message":"no such key"}' },
      /wants another key, or has no right to give \(401\).*It says: no such key$/,
    ],
    [{ status: 404, body: "<html>" }, /nothing at .*\/v1\/metrics that takes metrics \(404\)/],
    [
      { status: 302, headers: { location: "http://127.0.0.1:9/" } },
      /leads to another address \(302\), where nothing was sent/,
    ],
    [{ status: 503, body: "busy" }, /too much to do \(503\).*It says: busy$/],
    [{ status: 500, body: "x".repeat(100_000) }, /did not take the figures \(500\)\. It says: x{300}…$/],
    ["cuts", /connection to .* has failed \(.*\)\. Whether the figures have arrived is not known\.$/],
  ] as const) {
    const { sent, words, words2, server } = await sentTo(manner);
    assert.equal(isTaken(sent), false);
    assert.match(words, wanted);
    assert.match(words2, /\p{Script=Han}/u);
    assert.doesNotMatch(words + words2, /k3y|t0ken/);
    assert.equal(server.received.length, 1, "it is not tried again");
  }
});

test("where nobody listens nothing was sent; where nobody answers that is not known", async () => {
  const server = await startMetricsServer("takes");
  await server[Symbol.asyncDispose]();
  const url = new URL(server.origin);
  assert.match(
    sentWords(english, await sendTo(url), url, 1),
    /can't be reached \(ECONNREFUSED\)\. Nothing was sent\.$/,
  );
  await using silent = await startMetricsServer("silent");
  const slow = new URL(silent.origin);
  const sent = await sendTo(slow, AbortSignal.timeout(200));
  assert.match(
    sentWords(english, sent, slow, 1),
    /did not answer in time\. Whether the figures have arrived is not known\.$/,
  );
});

test("a page that says 200 is no collector: whether the figures have arrived is not known", async () => {
  for (const manner of [
    { status: 200, body: "<html>Sign in</html>", headers: { "content-type": "text/html" } },
    { status: 200, body: "{}", headers: { "content-type": "text/html" } },
    { status: 200, body: "well", headers: { "content-type": "application/json" } },
  ]) {
    const { sent, words, words2 } = await sentTo(manner);
    assert.equal(isTaken(sent), false);
    assert.match(words, /has answered \(200\), but not as .* Whether the figures have arrived is not known\.$/);
    assert.match(words2, /\p{Script=Han}/u);
  }
  for (const manner of [
    { status: 200, body: "", headers: { "content-type": "text/plain" } },
    { status: 202, body: '{"partialSuccess":{}}', headers: { "content-type": "application/json; charset=utf-8" } },
  ])
    assert.ok(isTaken((await sentTo(manner)).sent));
});

test("to a port that is closed to such calls nothing was sent, and that is said", async () => {
  const url = new URL("http://127.0.0.1:1/v1/metrics");
  assert.match(sentWords(english, await sendTo(url), url, 1), /can't be reached \(bad port\)\. Nothing was sent\.$/);
});

test("an address is completed, and one that would give figures or a password away is refused", () => {
  const at = (text: string): string => String(endPointOf(text));
  assert.equal(at(" https://collector.example "), "https://collector.example/v1/metrics");
  assert.equal(at("https://c.example/otlp/v1/metrics?x=1#y"), "https://c.example/otlp/v1/metrics?x=1");
  for (const local of ["http://localhost:4318", "http://127.0.0.1:4318", "http://127.1:4318", "http://[::1]:4318"])
    assert.match(at(local), /:4318\/v1\/metrics$/);
  for (const other of [
    "http://c.example",
    "http://127.0.0.1.c.example",
    "http://localhost.c.example",
    "http://10.0.0.1",
  ])
    assert.equal(at(other), "unencrypted");
  assert.equal(at("https://me:pass@c.example"), "credentials");
  assert.equal(at("localhost:4318"), "no-http");
  assert.equal(at("file:///etc/passwd"), "no-http");
  assert.equal(at("c.example"), "no-address");
  assert.equal(at(""), "no-address");
});
