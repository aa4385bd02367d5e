import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { asExpected, readCases, runCase } from "../../bench/replay/cases.ts";
import { editsBetween } from "../../bench/replay/edits.ts";
import { Typing } from "../../bench/replay/typing.ts";

const cases = readCases(join(import.meta.dirname, "..", "fixtures", "replay"));

test("there are cases", () => assert.ok(cases.length >= 9));

for (const one of cases) {
  test(`typing ${one.name} goes as expected (if it should not, run node bench/replay.ts --cases ${one.name} --update)`, async () => {
    assert.equal(asExpected(await runCase(one)), one.expected);
  });
}

const line = fc.constantFrom(
  "if (a) {",
  "  call(b, [1, 2]);",
  "}",
  "",
  "    ",
  '  const s = "x";',
  "def f():",
  "\treturn",
  "// é 🙂 “",
  "a = `b`;",
);
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));

test("whatever the two texts are, the keys lead from the one to the other", () => {
  fc.assert(
    fc.property(text, text, fc.constantFrom("  ", "    ", "\t"), (before, after, unit) => {
      assert.equal(typed(before, after, unit), after);
    }),
    { numRuns: 2_000, seed: 5 },
  );
});

test("a changed word is typed anew where it stands", () => {
  assert.deepEqual(editsBetween("let one = first;\n", "let one = fourth;\n"), [
    { offset: 10, removed: "first", typed: "fourth" },
  ]);
});

test("a new line is begun at the end of the one before", () => {
  assert.deepEqual(editsBetween("a\nc\n", "a\nb\nc\n"), [{ offset: 1, removed: "", typed: "\nb" }]);
});

test("what the editor closes and indents is not typed", () => {
  // Enter at the end, `f(`, the bracket typed over, ` {`, Enter, one statement, and down behind the closing bracket.
  const keys: string[] = [];
  assert.equal(typed("x\n", "x\nf() {\n  g;\n}\n", "  ", keys), "x\nf() {\n  g;\n}\n");
  assert.deepEqual(keys, ["caret", "enter", "f", "(", ")", " ", "{", "enter", "g", ";", "caret"]);
});

/** What stands there when all keys were pressed. */
function typed(before: string, after: string, unit: string, keys: string[] = []): string {
  let now = before;
  let caret = 0;
  for (const edit of editsBetween(before, after)) {
    const typing = new Typing(now, caret, edit, unit);
    for (let key = typing.next(); key !== undefined; key = typing.next()) {
      keys.push(key.kind === "char" ? key.char : key.kind);
      assert.ok(keys.length < 10_000, "the typing has no end");
      typing.press(key);
    }
    now = typing.text;
    ({ caret } = typing);
  }
  return now;
}
