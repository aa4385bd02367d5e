import assert from "node:assert/strict";
import { test } from "node:test";
import { type BriefQuestion, briefPrompt } from "../../src/refactor/briefPrompt.ts";

const FILE = "// above\n\nfunction one(): number {\n  return 1;\n}\n\n// below\n";
const question: BriefQuestion = {
  path: "src/one.ts",
  languageId: "typescript",
  text: FILE,
  asked: { from: FILE.indexOf("function"), to: FILE.indexOf("}\n") + 2 },
  instruction: "Return 2.",
  problems: ["line 4: wrong"],
  earlier: [],
  action: undefined,
};
const count = (text: string): number => text.length / 4;
const asked = (more: Partial<BriefQuestion>) => briefPrompt({ ...question, ...more }, 2_000, count);

test("a small model is shown the code alone, with the user's words last, and its answer is begun as code", () => {
  const prompt = asked({});
  const [only, ...more] = prompt?.messages ?? [];
  assert.equal(more.length, 0);
  assert.match(
    only?.content ?? "",
    /^```typescript\nfunction one\(\)[^]*\n```\n\nProblems in it:\nline 4: wrong\n\nReturn 2\.\n/,
  );
  assert.doesNotMatch(only?.content ?? "", /above|below/);
  assert.equal(prompt?.answer?.begun, "```typescript\n");
  assert.deepEqual(prompt?.answer?.stop, ["\n```"]);
  assert.deepEqual(
    prompt?.stretches.map(({ line }) => line),
    [2],
  );
});

test("the answer is a whole block when the model has come to its end, and is open until then", () => {
  const { answer } = asked({}) ?? {};
  assert.equal(answer?.reply("a", false), "```typescript\na");
  assert.equal(answer?.reply("a", true), "```typescript\na\n```\n");
});

test("Document asks for a sentence and puts it above the code; one without an end is no code", () => {
  const { answer, messages } = asked({ action: "docs" }) ?? {};
  assert.match(messages?.[0]?.content ?? "", /Say in one sentence what `one` does\.$/);
  const code = "function one(): number {\n  return 1;\n}\n";
  assert.equal(
    answer?.reply(" returns the number one. It", false),
    `\`\`\`typescript\n/** Returns the number one. */\n${code}\`\`\``,
  );
  assert.equal(answer?.reply(" returns the", false), "The `one` function returns the");
});

test("what was answered before goes along, and documentation is then written as any other change", () => {
  const prompt = asked({ action: "docs", earlier: [{ reply: "R", wish: "shorter" }] });
  assert.deepEqual(
    prompt?.messages.map(({ role }) => role),
    ["user", "assistant", "user"],
  );
  assert.equal(prompt?.answer?.begun, "```typescript\n");
});

test("code that leaves no room for an answer is not asked about", () => {
  assert.equal(briefPrompt(question, 60, count), undefined);
});
