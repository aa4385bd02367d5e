import assert from "node:assert/strict";
import { test } from "node:test";
import * as preset from "@secretlint/secretlint-rule-preset-recommend";
import { Redactor } from "../../src/context/gates/redactor.ts";
import { secretFinder } from "../../src/context/gates/secretRules.ts";
import { guardedModel, guardedWarm } from "../../src/model/guarded.ts";
import type { Model, ModelRequest, Prompt } from "../../src/model/model.ts";
import type { ScoreRequest } from "../../src/model/scoring.ts";
import { formatHole, formatNames } from "../../src/model/templates.ts";
import { madeUp } from "../support/secrets.ts";

const find = secretFinder(preset);
const { signal } = new AbortController();
const { secret = "", line = "" } = madeUp["GitHub token"] ?? {};

/** Keeps what it is asked, and answers in pieces with what `answer` makes of the prompt. */
function keeping(answer: (prompt: string) => string) {
  const asked: ModelRequest[] = [];
  const model: Model = {
    name: "keeping",
    stream(request) {
      asked.push(request);
      const text = answer(JSON.stringify(request.prompt));
      return {
        usage: { promptTokens: 1, cachedTokens: 0, outputTokens: 2, firstTokenMs: 3 },
        async *[Symbol.asyncIterator]() {
          for (let at = 0; at < text.length; at += 5) yield text.slice(at, at + 5);
        },
      };
    },
  };
  return { asked, model };
}

function requestWith(prompt: Prompt): ModelRequest {
  return { prompt, purpose: "suggestion", maxTokens: 9, temperature: 0, stop: [] };
}

async function ask(model: Model, request: ModelRequest) {
  let text = "";
  const stream = model.stream(request, signal);
  for await (const piece of stream) text += piece;
  return { text, usage: stream.usage };
}

const gateOf = () => {
  const gate = new Redactor(find, "t3st");
  return () => Promise.resolve(gate);
};

test("in every format, nothing of a secret before, after or around the caret is sent, nor one of another file", async () => {
  const middle = Math.floor(line.length / 2);
  const places = [
    { prefix: `${line}\n`, suffix: "\n" },
    { prefix: "x = ", suffix: `\n${line}\n` },
    { prefix: line.slice(0, middle), suffix: line.slice(middle) },
    { prefix: "x = ", suffix: "\n", neighbours: [{ path: "b.ts", text: line }] },
  ];
  for (const format of [...formatNames, "infill"] as const) {
    for (const place of places) {
      const { asked, model } = keeping(() => "");
      const { prompt } = formatHole(format, { path: "a.ts", languageId: "typescript", ...place });
      await ask(guardedModel(model, gateOf()), requestWith(prompt));
      const sent = JSON.stringify(asked[0]?.prompt);
      for (const part of [secret.slice(0, 20), secret.slice(-16)])
        assert.ok(!sent.includes(part), `${format}: ${sent}`);
      if (place.prefix.includes(secret) && format !== "dolly") assert.ok(sent.includes("SECRET_t3st_000"), format);
    }
  }
});

test("in every format, of a secret with the caret in it neither half is sent, also where a half looks whole", async () => {
  for (const kind of ["OpenAI key", "JWT", "Anthropic key", "password in code", "private key"]) {
    const { secret = "", line = "" } = madeUp[kind] ?? {};
    const at = line.indexOf(secret) + Math.floor(secret.length * 0.6);
    for (const format of [...formatNames, "infill"] as const) {
      const { asked, model } = keeping(() => "");
      const hole = {
        path: "a.ts",
        languageId: "typescript",
        prefix: `a;\n${line.slice(0, at)}`,
        suffix: `${line.slice(at)}\nb;\n`,
      };
      await ask(guardedModel(model, gateOf()), requestWith(formatHole(format, hole).prompt));
      const sent = JSON.stringify(asked[0]?.prompt);
      for (const part of [secret.slice(0, 9), secret.slice(-9)]) assert.ok(!sent.includes(part), `${format}: ${sent}`);
    }
  }
});

test("in every format, what is a secret by one side of the caret alone, or by its name on the other side, is not sent", async () => {
  const start = secret.slice(0, 20);
  const { secret: password = "", line: assigned = "" } = madeUp["password in code"] ?? {};
  const at = assigned.indexOf(password);
  const places = [
    { prefix: `const token = "${start}`, suffix: " + other\n", hidden: start.slice(0, 16) },
    { prefix: assigned.slice(0, at), suffix: `${assigned.slice(at)}\n`, hidden: password.slice(0, 9) },
    // Behind a letter the two together look like a name.
    { prefix: "const tok", suffix: `${secret};\n`, hidden: secret.slice(0, 16) },
  ];
  const formats = [...formatNames.filter((format) => format !== "continuation"), "infill"] as const;
  for (const format of formats) {
    for (const { hidden, ...place } of places) {
      const { asked, model } = keeping(() => "");
      const { prompt } = formatHole(format, { path: "a.ts", languageId: "typescript", ...place });
      await ask(guardedModel(model, gateOf()), requestWith(prompt));
      const sent = JSON.stringify(asked[0]?.prompt);
      assert.ok(!sent.includes(hidden), `${format}: ${sent}`);
    }
  }
});

test("with the caret in the middle of a secret of several lines, nothing of it is sent", async () => {
  const { line: pem = "" } = madeUp["private key"] ?? {};
  const { secret: jwt = "" } = madeUp["JWT"] ?? {};
  const { line: block = "" } = madeUp["key in YAML's block"] ?? {};
  for (const text of [pem, `"${jwt.split(".").join('." +\n  "')}"`, block]) {
    for (const share of [0.4, 0.6, 0.8]) {
      const at = Math.floor(text.length * share);
      const { asked, model } = keeping(() => "");
      const prompt = { kind: "hole", prefix: `a;\n${text.slice(0, at)}`, suffix: `${text.slice(at)}\nb;\n` } as const;
      const { prompt: raw } = formatHole("qwen2.5-coder", { path: "a.ts", languageId: "typescript", ...prompt });
      await ask(guardedModel(model, gateOf()), requestWith(raw));
      const sent = JSON.stringify(asked[0]?.prompt);
      const parts = text.match(/\w{12,}/g)?.filter((part) => /[a-z]\d|\d[a-z]/.test(part)) ?? [];
      assert.ok(parts.length > 0);
      for (const part of parts) assert.ok(!sent.includes(part.slice(0, 9)) && !sent.includes(part.slice(-9)), sent);
    }
  }
});

test("what is told of the two sides of the caret has neither half of a secret", async () => {
  const { asked, model } = keeping(() => "");
  const at = line.length - 12;
  const [before, after] = [line.slice(0, at), line.slice(at)];
  const stretch = { path: "a.ts", line: 0, tokens: 9 };
  await ask(guardedModel(model, gateOf()), {
    ...requestWith({ kind: "hole", prefix: before, suffix: after }),
    provenance: {
      stretches: [
        { ...stretch, source: "before", text: before },
        { ...stretch, source: "after", text: after },
      ],
      redactions: [],
    },
  });
  const { provenance, prompt } = asked[0] ?? {};
  assert.ok(prompt?.kind === "hole");
  assert.deepEqual(
    provenance?.stretches.map(({ text }) => text),
    [prompt.prefix, prompt.suffix],
  );
});

test("a placeholder that the model makes up is no way to a secret of another prompt", async () => {
  const gate = gateOf();
  const other = guardedModel(keeping(() => "").model, gate);
  await ask(other, requestWith({ kind: "hole", prefix: madeUp["Slack token"]?.line ?? "", suffix: "" }));
  const { model } = keeping(() => "SECRET_t3st_000 SECRET_t3st_001");
  const { text } = await ask(guardedModel(model, gate), requestWith({ kind: "hole", prefix: line, suffix: "" }));
  assert.equal(text, `SECRET_t3st_000 ${secret}`);
});

test("the answer has the secret again where the model wrote its placeholder, and the figures are the model's", async () => {
  const { model } = keeping((prompt) => `use(${/SECRET_\w+/.exec(prompt)?.[0]})`);
  const prompt = { kind: "chat", messages: [{ role: "user", content: line }] } as const;
  const { text, usage } = await ask(guardedModel(model, gateOf()), requestWith(prompt));
  assert.equal(text, `use(${secret})`);
  assert.equal(usage.outputTokens, 2);
});

test("a prompt without secrets is sent as it is, control tokens and all", async () => {
  const { asked, model } = keeping(() => "");
  const request = requestWith({
    kind: "raw",
    parts: [
      { text: "<fim>", special: true },
      { text: "a = 1", special: false },
    ],
  });
  await ask(guardedModel(model, gateOf()), request);
  assert.equal(asked[0], request);
});

test("what is told of the prompt has its words, what was replaced, and no secret", async () => {
  const { asked, model } = keeping(() => "");
  const stretch = { source: "before", text: line, path: "a.ts", line: 0, tokens: 9 };
  const prompt = { kind: "hole", prefix: line, suffix: "" } as const;
  await ask(guardedModel(model, gateOf()), {
    ...requestWith(prompt),
    provenance: { stretches: [stretch], redactions: [] },
  });
  const { provenance, prompt: sent } = asked[0] ?? {};
  assert.ok(sent?.kind === "hole");
  assert.equal(provenance?.stretches[0]?.text, sent.prefix);
  assert.deepEqual(provenance?.redactions, [{ placeholder: "SECRET_t3st_000", rule: "github", count: 1 }]);
});

test("what is read ahead has no secret either", async () => {
  const prompts: Prompt[] = [];
  const warm = guardedWarm(async (prompt) => void prompts.push(prompt), gateOf());
  await warm({ kind: "raw", parts: [{ text: line, special: false }] }, signal);
  assert.ok(JSON.stringify(prompts).includes("SECRET_t3st_000") && !JSON.stringify(prompts).includes(secret));
});

test("nothing is sent before the gate is open, nor when it can't be opened, nor after an abort", async () => {
  const { asked, model } = keeping(() => "");
  const prompt = { kind: "hole", prefix: "x", suffix: "" } as const;
  const failing = guardedModel(model, () => Promise.reject(new Error("no rules")));
  await assert.rejects(ask(failing, requestWith(prompt)), /no rules/);
  const abort = new AbortController();
  const stream = guardedModel(model, async () => {
    abort.abort();
    return new Redactor(find, "t3st");
  }).stream(requestWith(prompt), abort.signal);
  await assert.rejects(async () => {
    for await (const piece of stream) assert.fail(piece);
  });
  assert.equal(asked.length, 0);
});

/** Keeps what it is asked to score. */
function scoring() {
  const asked: ScoreRequest[] = [];
  const score = async (request: ScoreRequest) => {
    asked.push(request);
    return { logProbability: -1, tokens: 2 };
  };
  return { asked, model: guardedModel({ ...keeping(() => "").model, score }, gateOf()) };
}

test("of what is scored, no secret of the prompt or the suggestion is sent, nor one that goes from one into the other", async () => {
  const middle = Math.floor(line.length / 2);
  const third = Math.floor(line.indexOf(secret) + secret.length / 3);
  const places = [
    { prefix: `${line}\n`, continuation: "x = 1", suffix: "\n" },
    { prefix: "x = 1\n", continuation: line, suffix: "\n" },
    { prefix: line.slice(0, middle), continuation: line.slice(middle), suffix: "\n" },
    { prefix: "x = 1\n", continuation: line.slice(0, middle), suffix: `${line.slice(middle)}\n` },
    { prefix: line.slice(0, middle), continuation: "", suffix: line.slice(middle) },
    {
      prefix: line.slice(0, third),
      continuation: line.slice(third),
      suffix: "\n",
      neighbours: [{ path: "b.ts", text: line }],
    },
  ];
  for (const format of [...formatNames, "infill"] as const) {
    for (const [index, { continuation, ...place }] of places.entries()) {
      const { prompt } = formatHole(format, { path: "a.ts", languageId: "typescript", ...place });
      if (prompt.kind !== "raw") continue;
      const { asked, model } = scoring();
      assert.deepEqual(await model.score?.({ prompt, continuation }, signal), { logProbability: -1, tokens: 2 });
      const sent = JSON.stringify(asked[0]);
      for (const part of [secret.slice(0, 12), secret.slice(-12)])
        assert.ok(!sent.includes(part), `${format}, ${index}: ${sent}`);
    }
  }
});

test("a suggestion that got its secret back is scored with the placeholder that the model wrote", async () => {
  const gate = new Redactor(find, "t3st");
  const { asked, model } = keeping((sent) => /SECRET_t3st_\d+/.exec(sent)?.[0] ?? "");
  const scored: ScoreRequest[] = [];
  const score = async (request: ScoreRequest) => {
    scored.push(request);
    return { logProbability: -1, tokens: 2 };
  };
  const guarded = guardedModel({ ...model, score }, () => Promise.resolve(gate));
  const prompt = { kind: "raw", parts: [{ text: `${line}\nagain = "`, special: false }] } as const;
  const { text } = await ask(guarded, requestWith(prompt));
  assert.equal(text, secret);
  await guarded.score?.({ prompt, continuation: text }, signal);
  assert.match(scored[0]?.continuation ?? "", /^SECRET_t3st_\d+$/u);
  assert.deepEqual(scored[0]?.prompt, asked[0]?.prompt);
});

test("a model that can't score can't when it is guarded, and one that learns to can from then on", () => {
  const inner: { -readonly [Key in keyof Model]: Model[Key] } = { ...keeping(() => "").model };
  const guarded = guardedModel(inner, gateOf());
  assert.equal(guarded.score, undefined);
  inner.score = async () => ({ logProbability: 0, tokens: 0 });
  assert.equal(typeof guarded.score, "function");
});

test("secrets in what tools found, in what a model calls and in tools' words are not sent, and pictures are", async () => {
  const { asked, model } = keeping(() => "ok");
  const pictures = [{ mediaType: "image/png", base64: "AAAA" }] as const;
  const messages = [
    { role: "user", content: "what is it?", pictures },
    {
      role: "assistant",
      content: "",
      toolCalls: [{ id: "1", name: "search", arguments: JSON.stringify({ q: line }) }],
    },
    { role: "tool", content: `found: ${line}`, toolCallId: "1" },
  ] as const;
  const parameters = { type: "object", properties: { key: { default: secret } } };
  const tools = [{ name: "other", description: `Uses ${secret}.`, parameters }];
  await ask(guardedModel(model, gateOf()), requestWith({ kind: "chat", messages, tools }));
  const prompt = asked[0]?.prompt;
  assert.ok(prompt?.kind === "chat");
  assert.ok(!JSON.stringify(prompt).includes(secret));
  assert.deepEqual(prompt.messages[0], messages[0]);
  assert.equal(prompt.messages[2]?.toolCallId, "1");
  assert.equal(prompt.tools?.[0]?.name, "other");
});

test("what a model wants done has placeholders where it was shown them: a secret goes to no tool", async () => {
  const call = { id: "1", name: "fetch", arguments: "" };
  const model: Model = {
    name: "calling",
    stream({ prompt }) {
      const shown = /PAIRWISE\w+|[\w-]*t3st[\w-]*/.exec(JSON.stringify(prompt))?.[0] ?? "";
      return {
        usage: { promptTokens: 1, cachedTokens: 0, outputTokens: 2, firstTokenMs: 3 },
        toolCalls: [{ ...call, arguments: shown }],
        endedBy: "limit",
        async *[Symbol.asyncIterator]() {
          yield "";
        },
      };
    },
  };
  const request = requestWith({ kind: "chat", messages: [{ role: "user", content: line }] });
  const stream = guardedModel(model, gateOf()).stream(request, signal);
  for await (const _ of stream);
  assert.notEqual(stream.toolCalls?.[0]?.arguments, "");
  assert.ok(!JSON.stringify(stream.toolCalls).includes(secret));
  assert.equal(stream.endedBy, "limit");
});
