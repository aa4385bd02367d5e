import assert from "node:assert/strict";
import { test } from "node:test";
import { type Meter, meteredLog, type Use } from "../../src/extension/meteredLog.ts";
import type { Account } from "../../src/model/cost.ts";
import { type Model, ModelError, type ModelRequest, unknownUsage } from "../../src/model/model.ts";
import { recordedModel, recordedWarm } from "../../src/model/recorded.ts";
import { type EndPoint, RequestLog } from "../../src/model/requestLog.ts";
import { settled } from "../support/fakeClock.ts";
import { ScriptedModel } from "../support/scriptedModel.ts";

const SERVER: EndPoint = { kind: "server", url: "https://api.example.com/v1" };
const TEXT = "const total = items.reduce((sum, item) => sum + item.price, 0);\n".repeat(20);
const request: ModelRequest = {
  prompt: { kind: "raw", parts: [{ text: TEXT, special: false }] },
  purpose: "suggestion",
  maxTokens: 96,
  temperature: 0,
  stop: [],
};
const never = new AbortController().signal;
const EXAMPLE = { reference: "example/large", host: "api.example.com" };

interface Counted extends Use {
  readonly feature: string;
  readonly account: Account;
}

function metering(endPoint: EndPoint = SERVER, check: Meter["check"] = () => undefined) {
  const counted: Counted[] = [];
  const meter: Meter = { check, count: (feature, account, use) => counted.push({ feature, account, ...use }) };
  const scripted = new ScriptedModel();
  const sent = new RequestLog(() => 0);
  const log = meteredLog(sent, meter, "example/large", (work) => work());
  return { counted, scripted, sent, log, model: recordedModel(scripted, log, endPoint) };
}

async function read(model: Model, signal = never, most = Number.POSITIVE_INFINITY): Promise<void> {
  let pieces = 0;
  for await (const _ of model.stream(request, signal)) if ((pieces += 1) >= most) break;
}

/** A model that tells of its usage when it is done, as servers do. */
function telling(usage: Partial<typeof unknownUsage>): Model {
  return {
    name: "large",
    stream: () => {
      let told = unknownUsage;
      return {
        get usage() {
          return told;
        },
        async *[Symbol.asyncIterator]() {
          yield "answer";
          told = { ...unknownUsage, ...usage };
        },
      };
    },
  };
}

test("a request counts with the figures that the server tells, for its feature, model and host", async () => {
  const { counted, log } = metering();
  await read(recordedModel(telling({ promptTokens: 900, cachedTokens: 640, outputTokens: 12 }), log, SERVER));
  assert.deepEqual(counted, [
    { feature: "suggestion", account: EXAMPLE, requests: 1, input: 900, cached: 640, output: 12, estimated: 0 },
  ]);
});

test("what the server does not tell is estimated and marked so, the better the more it has told before", async () => {
  const { counted, log } = metering();
  const silent = recordedModel(telling({}), log, SERVER);
  await read(silent);
  const [first] = counted;
  assert.ok(first && first.input > 200 && first.input < 600, JSON.stringify(first));
  assert.equal(first.estimated, first.input + first.output);
  for (let times = 0; times < 20; times += 1)
    await read(recordedModel(telling({ promptTokens: first.input * 2, outputTokens: 1 }), log, SERVER));
  await read(silent);
  const later = counted.at(-1);
  assert.ok(later && later.input > first.input * 1.7, `${first.input} and later ${later?.input}`);
});

test("a request that was left early, or given up, counts with what was sent, and what had come", async () => {
  for (const isGivenUp of [false, true]) {
    const { counted, scripted, model } = metering();
    const abort = new AbortController();
    const reading = read(model, abort.signal, isGivenUp ? undefined : 1).catch(() => undefined);
    await settled();
    scripted.last.say("return items.length;");
    await settled();
    abort.abort();
    await reading;
    await settled();
    assert.equal(counted.length, 1);
    assert.ok(counted[0]!.input > 0 && counted[0]!.output > 0 && counted[0]!.estimated > 0, JSON.stringify(counted));
  }
});

test("what a server has refused costs nothing; what it was at work on is counted", async () => {
  for (const [failure, times] of [
    [{ kind: "key-rejected", host: "api.example.com" }, 0],
    [{ kind: "unreachable", host: "api.example.com", code: undefined }, 0],
    [{ kind: "timed-out", host: "api.example.com", limitMs: 1 }, 1],
  ] as const) {
    const { counted, scripted, model } = metering();
    const reading = assert.rejects(read(model));
    await settled();
    scripted.last.fail(new ModelError(failure));
    await reading;
    assert.equal(counted.length, times, failure.kind);
  }
});

test("what is read ahead counts where it was sent", async () => {
  for (const wasSent of [true, false]) {
    const { counted, log } = metering();
    await recordedWarm(async () => wasSent, log, { model: "large", endPoint: SERVER })(request.prompt, never);
    assert.deepEqual(
      counted.map(({ feature, output }) => [feature, output]),
      wasSent ? [["warm-up", 0]] : [],
    );
  }
});

test("it is counted where the record of what was sent is paused", async () => {
  const { counted, log, sent } = metering();
  sent.pause(true);
  await read(recordedModel(telling({ promptTokens: 9, outputTokens: 1 }), log, SERVER));
  assert.equal(counted.length, 1);
  assert.equal(sent.requests.length, 0);
});

test("a server on this machine, and the model in a process of our own, have no host", async () => {
  const here: EndPoint = { kind: "server", url: "http://127.0.0.1:8080/v1" };
  for (const endPoint of [here, { kind: "embedded" } as const]) {
    const { counted, log } = metering();
    await read(recordedModel(telling({ promptTokens: 9 }), log, endPoint));
    assert.equal(counted[0]?.account.host, "");
  }
});

test("at the limit nothing is sent", async () => {
  const failure = { kind: "spending-limit", limit: 1, currency: "USD", retryInMs: 5 } as const;
  const { counted, sent, log } = metering(SERVER, () => {
    throw new ModelError(failure);
  });
  const asked: string[] = [];
  const model: Model = {
    name: "large",
    stream: () => ({
      usage: unknownUsage,
      async *[Symbol.asyncIterator]() {
        asked.push("asked");
        yield "answer";
      },
    }),
  };
  await assert.rejects(read(recordedModel(model, log, SERVER)), { failure });
  assert.deepEqual([counted, sent.requests, asked], [[], [], []]);
});
