import assert from "node:assert/strict";
import { test } from "node:test";
import { completeSlash, parseSlash, slashNames } from "../../src/chat/slashCommands.ts";

test("a command is told from what is asked with it", () => {
  assert.deepEqual(parseSlash("/explain why the loop ends"), {
    kind: "command",
    command: "explain",
    text: "why the loop ends",
  });
  assert.deepEqual(parseSlash("  /Fix\nthe crash"), { kind: "command", command: "fix", text: "the crash" });
  assert.deepEqual(parseSlash("/tests"), { kind: "command", command: "tests", text: "" });
});

test("what a Chinese keyboard writes for a slash is one", () => {
  assert.deepEqual(parseSlash("／explain 这段代码"), { kind: "command", command: "explain", text: "这段代码" });
  assert.deepEqual(parseSlash("、fix，谢谢"), { kind: "command", command: "fix", text: "谢谢" });
  assert.deepEqual(parseSlash("、其他"), { kind: "none" });
});

for (const text of [
  "/usr/bin/env is missing",
  "// a comment",
  "/* a */",
  "/ab+c/i.test(x)",
  "a /fix",
  "",
  "/",
  "/ fix",
  "/1 of 3",
])
  test(`“${text}” is no command`, () => {
    assert.deepEqual(parseSlash(text), { kind: "none" });
  });

test("a command that there is not is said, with the one that may be meant", () => {
  const nearest = (text: string) => {
    const parsed = parseSlash(text);
    return parsed.kind === "unknown" ? parsed.nearest : parsed;
  };
  assert.equal(nearest("/expalin this"), "explain");
  assert.equal(nearest("/expl"), "explain");
  assert.equal(nearest("/test"), "tests");
  assert.equal(nearest("/optimise"), "optimize");
  assert.equal(nearest("/e"), undefined);
  assert.equal(nearest("/whatever"), undefined);
  assert.equal(nearest("/解释"), undefined);
  assert.equal(nearest(`/${"x".repeat(100_000)}`), undefined);
});

test("the tutor is a command, and goes with a word", () => {
  assert.deepEqual(parseSlash("/tutor linked lists"), { kind: "command", command: "tutor", text: "linked lists" });
  assert.deepEqual(parseSlash("/tutor off"), { kind: "tutor-off" });
  assert.deepEqual(parseSlash("/tutor 关闭"), { kind: "tutor-off" });
});

const commands = slashNames.map((name) => ({
  name,
  title: name === "explain" ? "解释" : name === "docs" ? "文档" : name,
}));
const completed = (typed: string) => completeSlash(typed, commands).map(({ name }) => name);

test("what is typed is completed by its start, by its name in the user's language, by letters left out", () => {
  assert.deepEqual(completed("ex").slice(0, 2), ["explain", "extract"]);
  assert.deepEqual(completed("解"), ["explain"]);
  assert.deepEqual(completed("档"), ["docs"]);
  assert.equal(completed("tst")[0], "tests");
  assert.deepEqual(completed("zzz"), []);
  assert.deepEqual(completed("explain this"), []);
  assert.deepEqual(completed(""), [...slashNames]);
});
