import assert from "node:assert/strict";
import { test } from "node:test";
import { dropRepeatedPrefix } from "../../../src/completion/filters/repeatsPrefix.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("drops a line that stands above already", () => {
  assert.deepEqual(dropRepeatedPrefix("first();", at("  first();\n  ║\n")), dropped("repeats-prefix"));
  assert.deepEqual(dropRepeatedPrefix("first();\n  other();", at("  first();\n\n  ║\n")), dropped("repeats-prefix"));
});

test("drops a block that stands above already", () => {
  const text = "if (a) {\n  b();\n}";
  assert.deepEqual(dropRepeatedPrefix(text, at("if (a) {\n  b();\n}\n║")), dropped("repeats-prefix"));
});

test("drops a comment that the file has made already", () => {
  const document = "/** Adds two numbers. */\nfunction add() {}\n\nfunction sub() {\n  ║";
  assert.deepEqual(dropRepeatedPrefix("/** Adds two numbers. */", at(document)), dropped("repeats-prefix"));
  assert.deepEqual(
    dropRepeatedPrefix("/** Takes one from another. */", at(document)),
    offered("/** Takes one from another. */"),
  );
});

test("cuts the start of the caret's line where the answer says it again", () => {
  assert.deepEqual(dropRepeatedPrefix("const x = 5;", at("  const x = ║\n")), offered("5;"));
  assert.deepEqual(dropRepeatedPrefix("const x = const x = 5;", at("  const x = ║\n")), offered("5;"));
});

test("keeps closing brackets under closing brackets, and new lines", () => {
  assert.deepEqual(dropRepeatedPrefix("}", at("  }\n║")), offered("}"));
  const end = "}\n  return undefined;\n}";
  const document = "function f() {\n  for (const a of b) {\n    if (a) {\n      return a;\n    }\n  ║\n";
  assert.deepEqual(dropRepeatedPrefix(end, at(document)), offered(end));
  assert.deepEqual(dropRepeatedPrefix("second();", at("first();\n║")), offered("second();"));
  assert.deepEqual(dropRepeatedPrefix("b, c)", at("f(║")), offered("b, c)"));
});
