import assert from "node:assert/strict";
import { test } from "node:test";
import { hasWholeCode, untilRepeated, withPartialReply } from "../../src/refactor/partialReply.ts";

const FILE = "const a = 1;\n\nfunction one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n";
const TWO = { from: FILE.indexOf("function two"), to: FILE.length };

test("lines take the place of those that they stand for, and what has not come yet is as it was", () => {
  const reply = "Sure:\n```ts\nfunction two() {\n  // doubled\n  return 4";
  assert.equal(
    withPartialReply(FILE, TWO, reply, "typescript"),
    FILE.replace("two() {\n", "two() {\n  // doubled\n"),
    "the last line may go on",
  );
  assert.equal(
    withPartialReply(FILE, TWO, `${reply};\n}\n`, "typescript"),
    FILE.replace("  return 2;", "  // doubled\n  return 4;"),
  );
});

test("a reply with the whole file begins at its start, whatever is selected", () => {
  const reply = "```ts\nconst a = 3;\n\nfunction one() {\n";
  const start = { from: 0, to: FILE.length };
  assert.equal(withPartialReply(FILE, start, reply, "typescript"), FILE.replace("a = 1", "a = 3"));
  assert.equal(
    withPartialReply(FILE, TWO, "```ts\nconst a = 1;\n// new\n", "typescript"),
    FILE.replace("a = 1;\n", "a = 1;\n// new\n"),
  );
});

test("code that came without its indentation is shown with it", () => {
  const file = "class A {\n  run() {\n    go();\n  }\n}\n";
  const asked = { from: file.indexOf("  run"), to: file.indexOf("}\n}") + 2 };
  const reply = "```ts\nrun() {\n  go(1);\n}\n```";
  assert.equal(withPartialReply(file, asked, reply, "typescript"), file.replace("go()", "go(1)"));
});

test("without code, and for a diff, the text is as it was", () => {
  for (const reply of ["", "I will", "```ts\n", "```ts\n<<<<<<< SEARCH\nconst a = 1;\n", "```diff\n@@ -1 +1 @@\n-a\n"])
    assert.equal(withPartialReply(FILE, TWO, reply, "typescript"), FILE);
});

test("with every character that comes there is a text, and at the end it is the changed one", () => {
  const reply = "```ts\nfunction two() {\n  return 3;\n}\n```\n";
  for (let length = 0; length <= reply.length; length += 1) {
    const text = withPartialReply(FILE.replaceAll("\n", "\r\n"), TWO, reply.slice(0, length), "typescript");
    assert.ok(text.startsWith("const a = 1;\r\n") && text.includes("function one() {\r\n  return 1;\r\n}\r\n"));
  }
  assert.equal(withPartialReply(FILE, TWO, reply, "typescript"), FILE.replace("return 2", "return 3"));
});

test("while it comes, its end is not taken for a like line far below", () => {
  const rows = Array.from({ length: 30 }, (_, row) => `  row${row}();\n`).join("");
  const file = `function one() {\n  a();\n}\n${rows}}\n`;
  const reply = "```ts\nfunction one() {\n  b();\n  return c;\n}\n";
  const text = withPartialReply(file, { from: 0, to: file.length }, reply, "typescript");
  assert.equal(text, `function one() {\n  b();\n  return c;\n}\n${rows}}\n`);
});

test("a block that is said again ends the reply, and one that differs does not", () => {
  const block = (code: string): string => `Here:\n\`\`\`ts\n${code}\n\`\`\`\n`;
  assert.equal(untilRepeated(block("a") + block("a"), "typescript"), "``````ts\na\n``````\n");
  assert.equal(untilRepeated(block("a") + block("b"), "typescript"), undefined);
  assert.equal(untilRepeated(block("a") + block("a").slice(0, -5), "typescript"), undefined);
});

test("what is cut behind its code has whole code", () => {
  assert.equal(hasWholeCode("```ts\na\n```\nIt is", "typescript"), true);
  assert.equal(hasWholeCode("```ts\na\n```\nand\n```ts\nb", "typescript"), false);
  assert.equal(hasWholeCode("It is", "typescript"), false);
});

test("what a model drafts while it thinks is not shown, and not taken for its answer", () => {
  const before = "const a = 1;\nconst b = 2;\n";
  const asked = { from: 0, to: before.length };
  const draft = "```ts\nconst a = 9;\nconst b = 2;\n```\n";
  const thoughts = `<think>\nMaybe\n${draft}or\n${draft}`;
  assert.equal(withPartialReply(before, asked, thoughts, "typescript"), before);
  assert.equal(untilRepeated(thoughts, "typescript"), undefined);
  const answer = `${thoughts}</think>\n\`\`\`ts\nconst a = 3;\nconst b = 2;\n\`\`\`\n`;
  assert.equal(withPartialReply(before, asked, answer, "typescript"), "const a = 3;\nconst b = 2;\n");
});
