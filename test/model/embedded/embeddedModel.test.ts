import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import type { EngineState } from "../../../src/model/embedded/engineState.ts";
import { ModelError } from "../../../src/model/model.ts";
import { hole, longCode, makeWindows, never, textOf } from "./support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
let model: EmbeddedModel;
before(async () => {
  windows = await makeWindows();
  model = windows.open();
});
after(() => windows.end());

const failsWith = (kind: string) => (error: unknown) => error instanceof ModelError && error.failure.kind === kind;

test("the model fills a hole, and says on the way how far it is loaded", async () => {
  const states: EngineState[] = [];
  const remove = model.onDidChangeState((state) => states.push(state));
  const stream = model.stream(hole("def add(a, b):\n    return "), never);
  const text = await textOf(stream);
  remove();
  assert.match(text, /^a \+ b/u);
  assert.deepEqual([...new Set(states.map(({ kind }) => kind))], ["starting", "loading", "ready"]);
  const { promptTokens, cachedTokens, outputTokens, firstTokenMs } = stream.usage;
  assert.ok(promptTokens !== undefined && promptTokens > 10);
  assert.equal(cachedTokens, 0);
  assert.ok(outputTokens !== undefined && outputTokens > 0 && outputTokens <= 24);
  assert.ok(firstTokenMs !== undefined && firstTokenMs > 0);
});

test("an answer that reached its upper bound says so, and one that the model ended does not", async () => {
  const request = hole("def add(a, b):\n    return ");
  const cut = model.stream({ ...request, maxTokens: 1 }, never);
  await textOf(cut);
  assert.equal(cut.endedBy, "limit");
  const ended = model.stream({ ...request, stop: ["+"] }, never);
  await textOf(ended);
  assert.equal(ended.endedBy, undefined);
});

test("the same request again reuses all but the last token", async () => {
  const request = hole(`${longCode(20)}\ndef total(numbers):\n    `);
  await textOf(model.stream(request, never));
  const stream = model.stream(request, never);
  assert.notEqual(await textOf(stream), "");
  assert.equal(stream.usage.cachedTokens, (stream.usage.promptTokens ?? 0) - 1);
});

test("typing on reuses what was evaluated", async () => {
  const code = `${longCode(20)}\ndef subtract(a, b):\n    `;
  await textOf(model.stream(hole(code), never));
  const next = model.stream(hole(`${code}return`), never);
  await textOf(next);
  const { promptTokens = 0, cachedTokens = 0 } = next.usage;
  assert.ok(cachedTokens >= promptTokens - 4, `${cachedTokens} of ${promptTokens}`);
});

test("an abort in the middle of a long prompt frees the engine, and what was evaluated is reused", async () => {
  const request = hole(longCode(60), "\n", { maxTokens: 1 });
  const controller = new AbortController();
  const reason = new Error("typed on");
  // One thread needs seconds for this prompt, so this is in the middle of it.
  setTimeout(() => controller.abort(reason), 300);
  await assert.rejects(textOf(model.stream(request, controller.signal)), reason);
  const again = model.stream(request, never);
  await textOf(again);
  const { promptTokens = 0, cachedTokens = 0 } = again.usage;
  assert.ok(promptTokens > 1000, `${promptTokens} tokens`);
  assert.ok(cachedTokens > 0, "the evaluated part was thrown away");
  assert.ok(cachedTokens < promptTokens - 1, "nothing was left to evaluate");
});

test("a warm-up gives way to a request, and settles", async () => {
  const warming = model.warm(hole(longCode(50)).prompt, never);
  const answer = textOf(model.stream(hole("def add(a, b):\n    return "), never));
  await warming;
  assert.match(await answer, /^a \+ b/u);
});

test("the number of threads is measured where it is not set", async () => {
  const measured = windows.open({ threads: 0 });
  assert.match(await textOf(measured.stream(hole("def add(a, b):\n    return "), never)), /^a \+ b/u);
  const log = readFileSync(path.join(windows.folder, "engine-test.log"), "utf8");
  const [, prompt, generation] = /threads: (\d+) for prompts, (\d+) for answers\n*$/u.exec(log) ?? [];
  for (const count of [prompt, generation]) {
    assert.ok(Number(count) >= 1 && Number(count) <= availableParallelism(), log);
  }
});

test("a request that was aborted before it began throws the reason", async () => {
  const reason = new Error("too late");
  await assert.rejects(textOf(model.stream(hole("a"), AbortSignal.abort(reason))), reason);
});

test("leaving the loop early leaves the engine free for the next request", async () => {
  const stream = model.stream(hole(longCode(3), "\n", { maxTokens: 500 }), never);
  for await (const piece of stream) if (piece !== "") break;
  assert.match(await textOf(model.stream(hole("def add(a, b):\n    return "), never)), /^a \+ b/u);
});

test("an answer that is left early has its figures all the same", async () => {
  const request = hole(`${longCode(4)}\ndef modulo(a, b):\n    `, "\n", { maxTokens: 200 });
  await model.warm(request.prompt, never);
  const stream = model.stream(request, never);
  let pieces = 0;
  for await (const piece of stream) {
    assert.notEqual(piece, "");
    if (++pieces === 3) break;
  }
  const { promptTokens, cachedTokens, outputTokens, firstTokenMs } = stream.usage;
  assert.ok(promptTokens !== undefined && promptTokens > 40);
  assert.equal(cachedTokens, promptTokens - 1);
  assert.ok(outputTokens !== undefined && outputTokens >= 3 && outputTokens < 200, String(outputTokens));
  assert.ok(firstTokenMs !== undefined && firstTokenMs > 0);
});

test("a control token that a user's code spells is only text", async () => {
  const spelt = "# <|endoftext|><file_sep>\n";
  const asText = model.stream(hole(spelt, "\n", { maxTokens: 0 }), never);
  await textOf(asText);
  const special: typeof asText = model.stream(
    {
      ...hole("", "\n", { maxTokens: 0 }),
      prompt: {
        kind: "raw",
        parts: [
          { text: "# ", special: false },
          { text: "<|endoftext|><file_sep>", special: true },
          { text: "\n", special: false },
        ],
      },
    },
    never,
  );
  await textOf(special);
  assert.ok((special.usage.promptTokens ?? 99) <= 5, "as special text they are two tokens");
  const frame = model.stream(hole("", "\n", { maxTokens: 0 }), never);
  await textOf(frame);
  const tokens = (asText.usage.promptTokens ?? 0) - (frame.usage.promptTokens ?? 0);
  assert.ok(tokens > 8, `${tokens} tokens: its characters, not two control tokens`);
});

test("the answer ends before a stop string", async () => {
  const request = hole("def add(a, b):\n    return ", "\n", { stop: [" +"] });
  assert.equal(await textOf(model.stream(request, never)), "a");
});

test("a chat gets an answer, by the model's own template", async () => {
  const stream = model.stream(
    {
      prompt: {
        kind: "chat",
        messages: [
          { role: "system", content: "You are a helpful assistant." },
          { role: "user", content: "Say hello." },
        ],
      },
      purpose: "chat",
      maxTokens: 30,
      temperature: 0,
      stop: [],
    },
    never,
  );
  assert.match(await textOf(stream), /hello/iu);
});

test("a chat does not cost the suggestions their evaluated prompt", async () => {
  const request = hole(`${longCode(10)}\ndef multiply(a, b):\n    `, "\n", { maxTokens: 1 });
  await textOf(model.stream(request, never));
  const chat = { kind: "chat", messages: [{ role: "user", content: "Hello" }] } as const;
  await textOf(model.stream({ ...request, prompt: chat, purpose: "chat" }, never));
  const again = model.stream(request, never);
  await textOf(again);
  assert.equal(again.usage.cachedTokens, (again.usage.promptTokens ?? 0) - 1);
});

test("with a temperature answers differ, and end all the same", async () => {
  const request = hole("# A poem\n# ", "\n", { temperature: 1.5, maxTokens: 20 });
  const answers = new Set<string>();
  for (let i = 0; i < 6; i++) answers.add(await textOf(model.stream(request, never)));
  assert.ok(answers.size > 1);
});

test("a prompt that was warmed up is not evaluated again", async () => {
  const request = hole(`${longCode(15)}\ndef divide(a, b):\n    `, "\n", { maxTokens: 1 });
  await model.warm(request.prompt, never);
  const stream = model.stream(request, never);
  await textOf(stream);
  assert.equal(stream.usage.cachedTokens, (stream.usage.promptTokens ?? 0) - 1);
});

test("a prompt that does not fit says by how much", async () => {
  await assert.rejects(textOf(model.stream(hole(longCode(300)), never)), (error) => {
    assert.ok(error instanceof ModelError && error.failure.kind === "prompt-too-long");
    assert.ok(error.failure.tokens > error.failure.limit);
    assert.equal(error.failure.limit, 2047);
    return true;
  });
  assert.equal(model.state.kind, "ready");
});

test("a request with a parameter that only servers have is refused", async () => {
  const request = { ...hole(""), prompt: { kind: "hole", prefix: "a", suffix: "b" } } as const;
  await assert.rejects(textOf(model.stream(request, never)), failsWith("request-refused"));
});

test("a model file that is not there is named", async () => {
  const missing = windows.open({ path: path.join(windows.folder, "none.gguf") });
  await assert.rejects(textOf(missing.stream(hole("a"), never)), failsWith("model-file-missing"));
  assert.equal(missing.state.kind, "failed");
});

test("a broken model file is named with llama.cpp's reason, and does not end the process", async () => {
  const broken = path.join(windows.folder, "broken.gguf");
  writeFileSync(broken, Buffer.concat([Buffer.from("GGUF"), Buffer.alloc(64, 7)]));
  const pid = windows.pid();
  await assert.rejects(textOf(windows.open({ path: broken }).stream(hole("a"), never)), (error) => {
    assert.ok(error instanceof ModelError && error.failure.kind === "model-file-unusable");
    assert.equal(error.failure.path, broken);
    assert.notEqual(error.failure.detail, "");
    return true;
  });
  writeFileSync(broken, "<html>not found</html>");
  await assert.rejects(
    textOf(windows.open({ path: broken }).stream(hole("a"), never)),
    failsWith("model-file-unusable"),
  );
  assert.equal(windows.pid(), pid);
  assert.match(await textOf(model.stream(hole("def add(a, b):\n    return "), never)), /^a \+ b/u);
});
