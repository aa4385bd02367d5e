import assert from "node:assert/strict";
import { test } from "node:test";
import { cutRepetition } from "../../../src/completion/filters/repetition.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("ends before a line that says again what stands above it", () => {
  assert.deepEqual(cutRepetition("a();\nb();\nb();\nb();", at("║")), offered("a();\nb();"));
});

test("ends before a pair of lines that comes again", () => {
  assert.deepEqual(cutRepetition("if (a)\n  b();\nif (a)\n  b();", at("║")), offered("if (a)\n  b();"));
});

test("drops a line that goes round in circles", () => {
  assert.deepEqual(cutRepetition(`x = [${"1, 2, ".repeat(9)}`, at("║")), dropped("repetition"));
  assert.deepEqual(cutRepetition(`a${".parent".repeat(8)}`, at("║")), dropped("repetition"));
});

test("keeps brackets on lines of their own, and ruled lines", () => {
  const brackets = "f(() => {\n  g();\n}\n}";
  assert.deepEqual(cutRepetition(brackets, at("║")), offered(brackets));
  const ruled = `// ${"-".repeat(60)}`;
  assert.deepEqual(cutRepetition(ruled, at("║")), offered(ruled));
});
