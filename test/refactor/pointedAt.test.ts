import assert from "node:assert/strict";
import { test } from "node:test";
import { pointedAt } from "../../src/refactor/pointedAt.ts";

const file = { text: "first();\nconst y = x + 1;\n\nlast();\n", languageId: "typescript" };
const all = { from: 0, to: file.text.length };
const line = { from: 9, to: 26 };
const at = (words: string, length = words.length) => {
  const from = file.text.indexOf(words);
  return { from, to: from + length };
};

test("a part of a line that is selected is named to the model", () => {
  assert.equal(
    pointedAt(file, line, at("x + 1")),
    "The instruction is about this part of it, which is selected:\n```typescript\nx + 1\n```",
  );
});

test("all of the lines, but for their indentation, is no part of them", () => {
  assert.equal(pointedAt(file, line, at("const y = x + 1;")), undefined);
});

test("a caret is told by its line, also by an empty one; not where there is one line", () => {
  assert.equal(pointedAt(file, all, at("x", 0)), "The caret is in line 2 of it: const y = x + 1;");
  assert.equal(pointedAt(file, all, at("\nlast", 0)), "The caret is in line 3 of it, which is empty.");
  assert.equal(pointedAt(file, line, at("x", 0)), undefined);
});
