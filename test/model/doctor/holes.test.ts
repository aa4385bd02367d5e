import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { cleanAnswer } from "../../../src/extension/checkClean.ts";
import { askerOf, type Answer } from "../../../src/model/doctor/ask.ts";
import { checkHoles } from "../../../src/model/doctor/holes.ts";
import { editDistance, nearestNames } from "../../../src/model/doctor/nearest.ts";
import { checkSpeed } from "../../../src/model/doctor/speed.ts";
import { type EmbeddedModel } from "../../../src/model/embedded/embeddedModel.ts";
import { ModelError } from "../../../src/model/model.ts";
import type { FormatName, HolePrompt } from "../../../src/model/templates.ts";
import { makeWindows, never } from "../embedded/support.ts";

let windows: Awaited<ReturnType<typeof makeWindows>>;
let model: EmbeddedModel;
before(async () => {
  windows = await makeWindows();
  model = windows.open();
});
after(() => windows.end());

const now = () => performance.now();
const others = (byName: FormatName) => [byName, "chat-hole"] as const;

test("the model of this machine fills holes in its own format, and tells how fast it is", async () => {
  const ask = askerOf(model, now, never);
  const { result, format } = await checkHoles(ask, cleanAnswer, "smollm2-fim", others("smollm2-fim"), never);
  assert.deepEqual(result.finding, { kind: "fills", format: "smollm2-fim" });
  assert.equal(format, "smollm2-fim");
  const { finding } = await checkSpeed(ask, "smollm2-fim", never);
  assert.ok(finding?.kind === "speed" && finding.firstMs > 0 && !finding.isEstimate);
  assert.ok(finding.tokensPerSecond !== undefined && finding.tokensPerSecond > 1);
});

test("asked in another family's tokens, it is told that its own format does better", async () => {
  const ask = askerOf(model, now, never);
  const { result } = await checkHoles(ask, cleanAnswer, "codellama", others("smollm2-fim"), never);
  assert.notEqual(result.state, "good");
  assert.deepEqual(result.ways, [{ kind: "set-format", format: "smollm2-fim" }]);
});

/** Answers by the kind of the prompt. */
function answering(texts: Partial<Record<HolePrompt["prompt"]["kind"], readonly [easy: string, telling: string]>>) {
  const asked: string[] = [];
  const ask = async ({ prompt }: HolePrompt): Promise<Answer> => {
    asked.push(prompt.kind);
    const text = texts[prompt.kind]?.[JSON.stringify(prompt).includes("json.loads") ? 1 : 0];
    if (text === undefined) throw new ModelError({ kind: "model-unknown", host: "h", model: "m" });
    return { text, firstMs: 1, totalMs: 2, outputTokens: 1 };
  };
  return { ask, asked };
}

test("what a model does with the holes is told apart", async () => {
  const cases: readonly [Parameters<typeof answering>[0], FormatName, string, string | undefined][] = [
    [{ raw: [" a + b", " json"] }, "qwen2.5-coder", "fills", undefined],
    [{ raw: [" a + b", " os\nimport sys"] }, "continuation", "continues", undefined],
    [{ raw: [" a + b", " os"], chat: ["a + b", "json"] }, "qwen2.5-coder", "continues", "chat-hole"],
    [{ raw: ["Sure! Here", "```python\nimport json"], chat: ["a + b", "json"] }, "qwen2.5-coder", "talks", "chat-hole"],
    [{ raw: ["", ""], chat: ["```python\na + b\n```", "json"] }, "starcoder2", "writes-nothing", "chat-hole"],
    [{ raw: ["xyz", "xyz"], chat: ["I'm sorry", "Sure"] }, "starcoder2", "writes-else", undefined],
    [{ chat: ["a + b", "json"] }, "completions-suffix", "format-refused", "chat-hole"],
    [{ chat: ["I can help you with that", "Sure"] }, "chat-hole", "talks", undefined],
  ];
  for (const [texts, format, kind, better] of cases) {
    const { result } = await checkHoles(answering(texts).ask, cleanAnswer, format, others(format), never);
    assert.equal(result.finding?.kind, kind);
    const isGood = result.state === "good";
    const ways =
      better === undefined ? (isGood ? [] : [{ kind: "choose-model" }]) : [{ kind: "set-format", format: better }];
    assert.deepEqual(result.ways, ways, kind);
  }
});

test("an answer counts as suggestions make it, so a chat model's sentence and fence are no fault", async () => {
  const chat = [
    "Sure! Here is the missing code:\n```python\na + b\n```",
    "Here is it:\n\n```python\njson\n```",
  ] as const;
  const { result } = await checkHoles(answering({ chat }).ask, cleanAnswer, "chat-hole", others("chat-hole"), never);
  assert.deepEqual(result, { step: "holes", state: "good", finding: { kind: "fills-by-chat" }, ways: [] });
});

test("another format is told by what it does: one that fills goes before one that only goes on", async () => {
  const texts = { raw: ["Sure! Here", "Sure!"], chat: ["a + b", "os"] } as const;
  const goesOn = await checkHoles(answering(texts).ask, cleanAnswer, "starcoder2", others("starcoder2"), never);
  assert.ok(goesOn.result.finding?.kind === "talks");
  assert.deepEqual(goesOn.result.finding.better, { format: "chat-hole", fills: false });
  const ask = async (asked: HolePrompt): Promise<Answer> => {
    const isEasy = !JSON.stringify(asked).includes("json.loads");
    const isQwen = JSON.stringify(asked).includes("<|fim_prefix|>");
    const filled = isEasy ? "a + b" : "json";
    const text = asked.prompt.kind === "chat" ? filled : isQwen && isEasy ? "a + b" : "xyz";
    return { text, firstMs: 1, totalMs: 2, outputTokens: 1 };
  };
  const fills = await checkHoles(ask, cleanAnswer, "starcoder2", others("qwen2.5-coder"), never);
  assert.deepEqual(fills.result.ways, [{ kind: "set-format", format: "chat-hole" }]);
});

test("whatever is wrong with filling in code has a way out, and says what the model wrote", async () => {
  const { ask } = answering({ chat: ["I'm  sorry,\nI can't", "No"] });
  const { result } = await checkHoles(ask, cleanAnswer, "chat-hole", [], never);
  assert.deepEqual(result.ways, [{ kind: "choose-model" }]);
  assert.ok(result.finding?.kind === "talks" && result.finding.written === "I'm sorry, I can't");
  const failures = ["timed-out", "model-unknown", "key-rejected", "quota-exhausted", "bad-response"] as const;
  for (const kind of failures) {
    const failure = { kind, host: "h", model: "m", limitMs: 1 } as const;
    const failing = () => Promise.reject(new ModelError(failure));
    const { result: failed } = await checkHoles(failing, cleanAnswer, "chat-hole", [], never);
    assert.ok(failed.ways.length > 0, kind);
  }
});

test("a server that takes no format at all is told by its own failure, and one that is not there is asked once", async () => {
  const unknown = answering({});
  const { result } = await checkHoles(unknown.ask, cleanAnswer, "qwen2.5-coder", others("qwen2.5-coder"), never);
  assert.ok(result.finding?.kind === "failure" && result.finding.failure.kind === "model-unknown");
  let asked = 0;
  const gone = async (): Promise<Answer> => {
    asked += 1;
    throw new ModelError({ kind: "timed-out", host: "h", limitMs: 1 });
  };
  await checkHoles(gone, cleanAnswer, "qwen2.5-coder", others("starcoder2"), never);
  assert.equal(asked, 1);
});

test("the nearest names come first, and a name that has nothing in common is none of them", () => {
  assert.equal(editDistance("kitten", "sitting"), 3);
  assert.equal(editDistance("ab", "ba"), 1);
  assert.equal(editDistance("", "abc"), 3);
  const names = ["deepseek-chat", "deepseek-reasoner", "gpt-4.1", "gpt-4.1-mini", "openai/gpt-oss-20b", "qwen3-coder"];
  assert.deepEqual(nearestNames("gpt-41", names).slice(0, 2), ["gpt-4.1", "gpt-4.1-mini"]);
  assert.deepEqual(nearestNames("deepseek-caht", names)[0], "deepseek-chat");
  assert.deepEqual(nearestNames("gpt-oss-20b", names)[0], "openai/gpt-oss-20b");
  assert.deepEqual(nearestNames("claude", names), []);
});
