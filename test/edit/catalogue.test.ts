import assert from "node:assert/strict";
import { test } from "node:test";
import { actionIds, actionNamed, answerLanguage, instructionOf } from "../../src/edit/catalogue.ts";

test("every action has an instruction that is short enough for a small model, and says what it needs", () => {
  for (const id of actionIds) {
    const action = actionNamed(id);
    assert.ok(action, id);
    assert.ok(action.instruction.length < 600, `${id}: ${action.instruction.length}`);
    assert.ok(action.needs.length > 0, id);
    assert.equal(action.answers !== "prose", /code block/.test(action.instruction), id);
    // A code answer that leaves something out could not be put into the file.
    if (action.answers === "code") assert.match(action.instruction, /complete changed code/, id);
  }
  assert.equal(actionNamed("nothing"), undefined);
  assert.equal(actionNamed("constructor"), undefined);
});

test("an instruction says what the user wants above all, and in what language to answer", () => {
  const fix = actionNamed("fix");
  assert.ok(fix);
  const text = instructionOf(fix, " only the null check ", "Simplified Chinese");
  assert.match(text, /The user asks, above all: only the null check\n/);
  assert.match(text, /Answer in Simplified Chinese/);
  assert.doesNotMatch(instructionOf(fix, "", "English"), /above all/);
});

test("a commit message is in the repository's language, not in the user's", () => {
  const commit = actionNamed("commit");
  assert.ok(commit);
  assert.doesNotMatch(instructionOf(commit, "", "Simplified Chinese"), /Answer in/);
});

test("who asks in Chinese is answered in Chinese, whatever the editor's language, and the other way round", () => {
  assert.equal(answerLanguage("这段代码做什么？", "en"), "Chinese");
  assert.equal(answerLanguage("这段代码做什么？", "zh-cn"), "Simplified Chinese");
  assert.equal(answerLanguage("這段程式做什麼？", "zh-tw"), "Traditional Chinese");
  assert.equal(answerLanguage("what does this do", "zh-cn"), "the language of the question");
  assert.equal(answerLanguage("", "zh-cn"), "Simplified Chinese");
  assert.equal(answerLanguage("", "en"), "English");
  assert.equal(answerLanguage("", "de"), "German");
  assert.equal(answerLanguage("このコードは何をしますか", "en"), "Japanese");
  assert.equal(answerLanguage("```\n// 中文注释\n```", "en"), "English");
});
