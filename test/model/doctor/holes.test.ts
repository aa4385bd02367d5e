import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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

test("the model of this machine fills holes in its own format, and tells how fast it is", async () => {
  const ask = askerOf(model, now, never);
  const { result, format } = await checkHoles(ask, "smollm2-fim", "smollm2-fim", never);
  assert.deepEqual(result.finding, { kind: "fills", format: "smollm2-fim" });
  assert.equal(format, "smollm2-fim");
  const { finding } = await checkSpeed(ask, "smollm2-fim", never);
  assert.ok(finding?.kind === "speed" && finding.firstMs > 0 && !finding.isEstimate);
  assert.ok(finding.tokensPerSecond !== undefined && finding.tokensPerSecond > 1);
});

test("asked in another family's tokens, it is told that its own format does better", async () => {
  const ask = askerOf(model, now, never);
  const { result } = await checkHoles(ask, "codellama", "smollm2-fim", never);
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
    const { result } = await checkHoles(answering(texts).ask, format, format, never);
    assert.equal(result.finding?.kind, kind);
    const ways = better === undefined ? [] : [{ kind: "set-format", format: better }];
    assert.deepEqual(result.ways, ways, kind);
  }
});

test("a server that takes no format at all is told by its own failure, and one that is not there is asked once", async () => {
  const unknown = answering({});
  const { result } = await checkHoles(unknown.ask, "qwen2.5-coder", "qwen2.5-coder", never);
  assert.ok(result.finding?.kind === "failure" && result.finding.failure.kind === "model-unknown");
  let asked = 0;
  const gone = async (): Promise<Answer> => {
    asked += 1;
    throw new ModelError({ kind: "timed-out", host: "h", limitMs: 1 });
  };
  await checkHoles(gone, "qwen2.5-coder", "starcoder2", never);
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
