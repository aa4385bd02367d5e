import assert from "node:assert/strict";
import { test } from "node:test";
import { read, readSuggestion, shapeAt, stopRulesFor, type Reading } from "../../src/completion/stream.ts";
import type { CaretSyntax } from "../../src/context/caretSyntax.ts";
import { at } from "../support/carets.ts";

/** What is kept of an answer that goes on beyond where a suggestion should end. */
const rows: readonly (readonly [what: string, document: string, answer: string, kept: string])[] = [
  ["ends with the line inside a line", "const x = ║\n", "a + b;\nconst y", "a + b;"],
  ["offers nothing where the model says that the line is done", "done();║\n", "\nmore();\n", ""],
  ["ends with the block on an empty line", "function f() {\n  ║\n}\n", "a();\n  b();\n}\n\nfunction g", "a();\n  b();"],
  [
    "ends with the function it has written",
    "║\n",
    "function f() {\n  a();\n\n  b();\n}\n\nfunction g",
    "function f() {\n  a();\n\n  b();\n}",
  ],
  ["ends with a Python body", "def f(a):\n    ║\n", "b = a\n    return b\n\ndef g", "b = a\n    return b"],
  [
    "writes the body after an opening, and closes it",
    "function f() {║\n",
    "\n  return 1;\n}\nfunction g",
    "\n  return 1;\n}",
  ],
  [
    "leaves the closing bracket to the file that has it",
    "function f() {║\n}\n",
    "\n  return 1;\n}\nfunction g",
    "\n  return 1;",
  ],
  ["closes a block and opens no other", "if (a) {║\n", "\n  b();\n} else {\n  c();", "\n  b();\n}"],
  [
    "does not end in the middle of a docstring",
    "def f():\n    ║\n",
    '"""Does it.\n\n    Well.\n    """\n\n    x',
    '"""Does it.\n\n    Well.\n    """',
  ],
  ["ends a call that it was asked to go on with", "call(║\n", "a, b);\nother();\n", "a, b);"],
  [
    "ends before the next line of the file",
    "{\n  ║\n  second();\n}\n",
    "first();\n  second();\n  third();",
    "first();",
  ],
  ["ends before a line that repeats itself", "{\n  ║\n}\n", "a();\n  b();\n  b();\n  b();\n", "a();\n  b();"],
  ["ends before a control token", "x = ║\n", "a + b;<|endoftext|>junk", "a + b;"],
  ["looks into a fence", "x = ║\n", "```ts\na + b;\n```\n", "a + b;"],
  ["waits for the fence after the talk", "x = ║\n", "Here is the code:\n```ts\na + b;\n```\n", "a + b;"],
  [
    "writes a whole statement over several lines where a line would be half of one",
    "const user = ║\n",
    "find({\n  id: 1,\n});\nnext();",
    "find({\n  id: 1,\n});",
  ],
  [
    "closes over several lines what the line before the caret has opened",
    "  log(a, ║\n",
    "b,\n    c);\n  next();",
    "b,\n    c);",
  ],
  [
    "takes the first line of a statement that does not end soon",
    "const all = ║\n",
    "[\n  1,\n  2,\n  3,\n  4,\n  5,\n  6,\n  7,\n",
    "[",
  ],
  [
    "writes a callback where the editor has closed the bracket",
    "it('║')\n",
    "runs', () => {\n  run();\n});\nit(",
    "runs', () => {\n  run();\n});",
  ],
  ["ends with the line where the editor has closed the bracket", "f(║)\n", "a, b\nmore", "a, b"],
  [
    "takes a block that a model has begun at the first column to the caret's",
    "class A:\n    def f(self):\n        ║\n",
    "if a:\n    b()\nreturn c\n\ndef g",
    "if a:\n            b()\n        return c",
  ],
  [
    "leaves a case at the column of its switch",
    "func f() {\n\t║\n}\n",
    "switch a {\n\tcase 1:\n\t\tb()\n\t}",
    "switch a {\n\tcase 1:\n\t\tb()\n\t}",
  ],
  [
    "leaves a closing bracket at the column of what it closes",
    "class A {\n  ║\n}\n",
    "constructor() {\n  }\n",
    "constructor() {\n  }",
  ],
  ["writes a line before code that the line has already", "f(║, b)\n", "[\n  1,\n]\n", "["],
  ["leaves a blank line in front on an empty line", "{\n  ║\n}\n", "\n  a();\n}\n", "a();"],
];

for (const [what, document, answer, kept] of rows) {
  test(what, () => {
    const rules = stopRulesFor(at(document), 8);
    assert.equal(read(`${answer}\nand more`, rules).text, kept);
    assert.equal(read(`${answer}\nand more`, rules).complete, true);
  });
  test(`${what}, however the answer is cut into pieces`, async () => {
    assert.equal((await last(document, "", Array.from(answer))).text, kept);
  });
}

async function last(document: string, mustStartWith: string, pieces: readonly string[]): Promise<Reading> {
  const readings: Reading[] = [];
  async function* stream(): AsyncGenerator<string> {
    yield* pieces;
  }
  await readSuggestion(
    stream(),
    () => ({ ...stopRulesFor(at(document), 8), mustStartWith }),
    (reading) => readings.push(reading),
  );
  const reading = readings.at(-1);
  assert.ok(reading?.complete);
  assert.ok(
    readings.slice(0, -1).every(({ complete }) => !complete),
    "complete once and at the end",
  );
  return reading;
}

test("leaves the stream at the first point where the suggestion is complete", async () => {
  let given = 0;
  let left = false;
  async function* stream(): AsyncGenerator<string> {
    try {
      for (const piece of ["a", " + b;", "\n", "never", "read"]) {
        given += 1;
        yield piece;
      }
    } finally {
      left = true;
    }
  }
  await readSuggestion(
    stream(),
    () => stopRulesFor(at("x = ║\n"), 8),
    () => {},
  );
  assert.deepEqual([given, left], [3, true]);
});

test("ends at the limit of lines, where nothing is left open if there is such a place", () => {
  const rules = stopRulesFor(at("║"), 3);
  assert.equal(read("a();\nb();\nc();\nd();\n", rules).text, "a();\nb();\nc();");
  assert.equal(read("a();\nif (b) {\n  c();\n  d();\n", rules).text, "a();");
});

test("wants the white space back that the prompt left out, and does not show it", async () => {
  assert.deepEqual(await last("def f():\n    ║\n", "    ", ["  ", "  return", " 1\n"]), {
    text: "return 1",
    complete: true,
    unfitting: false,
  });
  assert.equal((await last("x = ║\n", " ", [" 5"])).text, "5");
  assert.equal((await last("def f():\n    ║\n", "    ", ["        return 1"])).text, "    return 1");
});

test("an answer that does not begin with that white space does not fit", async () => {
  assert.equal((await last("def f():\n    ║\n", "    ", ["x = 1\n"])).unfitting, true);
  assert.equal((await last("x = ║\n", " ", ["= 5"])).unfitting, true);
});

test("a block is wanted on an empty line and after an opening, else the rest of the line", () => {
  assert.equal(shapeAt(at("  ║\n")), "block");
  assert.equal(shapeAt(at("if (a) {║\n")), "block");
  assert.equal(shapeAt(at("def f():║\n")), "block");
  assert.equal(shapeAt(at("const x = ║\n")), "line");
  assert.equal(shapeAt(at("f(║)\n")), "line");
});

/** A grammar that says where `end` is complete. */
function grammar(end: string): CaretSyntax {
  return {
    scope: "code",
    shape: "block",
    completeAt: (answer) => (answer.includes(end) ? answer.indexOf(end) + end.length : undefined),
  };
}

test("ends with the statement where the grammar says so, before the block's end", () => {
  const document = "function f() {\n  g();\n  ║\n}\n";
  const answer = "if (a) {\n    b();\n  }\n  c();\n  d();\n}";
  assert.equal(read(answer, stopRulesFor(at(document), 8, grammar("b();\n  }"))).text, "if (a) {\n    b();\n  }");
  assert.equal(read(answer, stopRulesFor(at(document), 8)).text, "if (a) {\n    b();\n  }\n  c();\n  d();");
});

test("ends with the block where the grammar would go on", () => {
  const rules = stopRulesFor(at("function f() {\n  ║\n}\n"), 8, grammar("never"));
  assert.equal(read("a();\n}\n\nfunction g", rules).text, "a();");
});

test("a comment announces more than one statement", () => {
  const rules = stopRulesFor(at("{\n  // Both of them.\n  ║\n}\n"), 8, grammar("a();"), () => true);
  assert.equal(read("a();\n  b();\n}\n", rules).text, "a();\n  b();");
});

test("a line that ends in an operator goes on, where the grammar has not found the statement's end", () => {
  const line: CaretSyntax = { scope: "code", shape: "line", completeAt: () => undefined };
  assert.equal(read("a +\n  b;\nc", stopRulesFor(at("x = ║\n"), 8, line)).text, "a +\n  b;");
  const found: CaretSyntax = { ...line, completeAt: (text) => (text.includes("\n") ? 2 : undefined) };
  assert.equal(read("a,\n  b;\nc", stopRulesFor(at("x = ║\n"), 8, found)).text, "a,");
  assert.equal(read("a,\n  b;\nc", stopRulesFor(at("// ║\n"), 8, { ...line, scope: "comment" })).text, "a,");
});

test("the grammar says whether a line or a block is wanted, except before code on the line", () => {
  const line: CaretSyntax = { scope: "code", shape: "line", completeAt: () => undefined };
  assert.equal(shapeAt(at("  ║\n"), line), "line");
  assert.equal(shapeAt(at("x = ║\n"), grammar("")), "block");
  assert.equal(shapeAt(at("f(║)\n"), grammar("")), "line");
});
