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

test("drops it behind a ruled line, too, and with something behind it", () => {
  assert.deepEqual(cutRepetition(`// ${"-".repeat(40)} ${"ha ".repeat(6)}and so on`, at("║")), dropped("repetition"));
  assert.deepEqual(cutRepetition(`a();\n${"x, ".repeat(6)}${"y".repeat(30)}\nb();`, at("║")), dropped("repetition"));
});

test("keeps what comes five times, or goes on for long", () => {
  for (const text of [`x = [${"1, 2, ".repeat(5)}3]`, `${"x, ".repeat(6)}${"y".repeat(31)}`]) {
    assert.deepEqual(cutRepetition(text, at("║")), offered(text));
  }
});

test("keeps long runs of one character with something behind them", () => {
  const rest = " some comment of forty characters to the end;";
  const numbers = ", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,";
  for (const text of [
    `// ${"-".repeat(900)}${rest}`,
    `x${" ".repeat(1_500)}${rest}`,
    `0x${"0".repeat(1_400)}${numbers}`,
  ]) {
    assert.deepEqual(cutRepetition(text, at("║")), offered(text));
  }
});

test("keeps brackets on lines of their own, and ruled lines", () => {
  const brackets = "f(() => {\n  g();\n}\n}";
  assert.deepEqual(cutRepetition(brackets, at("║")), offered(brackets));
  const ruled = `// ${"-".repeat(60)}`;
  assert.deepEqual(cutRepetition(ruled, at("║")), offered(ruled));
});

test("drops one digit without end", () => {
  assert.deepEqual(cutRepetition(`x = 50.${"1".repeat(80)}`, at("║")), dropped("repetition"));
  assert.deepEqual(cutRepetition(`f(0x${"0".repeat(32)});`, at("║")), offered(`f(0x${"0".repeat(32)});`));
});
