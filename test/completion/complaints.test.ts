/**
 * What users of code completion complain about in public, as they would see it. What engine.test.ts has already is not
 * here again: wrong line, lost rest, flicker, endless waiting, dismissed suggestions, the suggest widget, scopes.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionEngine } from "../../src/completion/engine.ts";
import type { CompletionBackend } from "../../src/completion/request.ts";
import type { Outcome } from "../../src/completion/suggestion.ts";
import type { CursorSnapshot } from "../../src/context/snapshot.ts";
import { at } from "../support/carets.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { alwaysSays, type ScriptedModel } from "../support/scriptedModel.ts";

function engineWith(model: ScriptedModel, format: CompletionBackend["format"] = "qwen2.5-coder"): CompletionEngine {
  return new CompletionEngine({
    backend: () => ({ model, format }),
    clock: new FakeClock(),
    options: () => ({ delay: { rate: 0, minMs: 0, maxMs: 0 } }),
  });
}

function outcomeOf(said: string, cursor: CursorSnapshot, format?: CompletionBackend["format"]): Promise<Outcome> {
  return engineWith(alwaysSays(said), format).complete(cursor, "automatic", new AbortController().signal);
}

/** The document after the suggestion was accepted, or why there was none. */
async function accepted(said: string, document: string, more: Partial<CursorSnapshot> = {}): Promise<string> {
  const cursor = at(document, more);
  const outcome = await outcomeOf(said, cursor);
  if (outcome.kind !== "offered") return outcome.kind === "dropped" ? outcome.reason : outcome.kind;
  const [offered] = outcome.suggestions;
  assert.ok(offered);
  return cursor.prefix + offered.insertText + cursor.suffix.slice(offered.replaceAfter);
}

const python = { languageId: "python", path: "a.py", indentUnit: "    " };
const tabs = { languageId: "go", path: "a.go", indentUnit: "\t" };

const brackets: readonly (readonly [what: string, document: string, said: string, after: string])[] = [
  ["the bracket that the editor has put there is not doubled", "log(║);\n", "user.id);", "log(user.id);\n"],
  ["nor two of them", "f(g(║))\n", "abc))", "f(g(abc))\n"],
  ["nor two around a function", "x.map((║))\n", "item) => item.id)", "x.map((item) => item.id)\n"],
  ["nor two in the middle of an expression", "print(f(║))\n", "x) + g(y))", "print(f(x) + g(y))\n"],
  ["nor a quote and a bracket", 'log("║")\n', 'hello")', 'log("hello")\n'],
  ["a header grows around the editor's bracket", "def foo(║)\n", "bar: str):\n", "def foo(bar: str):\n"],
  ["a test's title does not bring a second quote", "describe('fi║')\n", "ndAll', () => {", "describe('findAll')\n"],
  ["a bracket that nobody has opened is not offered", "const x = ║\n", "foo(a));", "const x = foo(a)\n"],
  ["the file's end of a block is not doubled", "if (a) {\n  ║\n}\n", "b();\n}", "if (a) {\n  b();\n}\n"],
  ["nor where the file has it with a semicolon", "f(() => {\n  ║\n});\n", "a();\n})", "f(() => {\n  a();\n});\n"],
  ["brackets in strings are not counted", 'x = f("(", ║)\n', "abc)", 'x = f("(", abc)\n'],
];
for (const [what, document, said, after] of brackets) {
  test(`brackets: ${what}`, async () => assert.equal(await accepted(said, document), after));
}

const repeats: readonly (readonly [what: string, document: string, said: string, after: string])[] = [
  [
    "what the next lines say is not said before them",
    "{\n  ║\n  second();\n  third();\n}\n",
    "first();\n  second();\n  third();\n}",
    "{\n  first();\n  second();\n  third();\n}\n",
  ],
  [
    "the values of a list that are there are not added again",
    "const a = [\n  ║\n  4,\n  5,\n];\n",
    "1,\n  2,\n  3,\n  4,",
    "const a = [\n  1,\n  2,\n  3,\n  4,\n  5,\n];\n",
  ],
  [
    "nor the start of the next line, where the answer ended in the middle of it",
    "{\n  ║\n  second(a, b);\n}\n",
    "first();\n  second(a,",
    "{\n  first();\n  second(a, b);\n}\n",
  ],
  ["a call between two of its kind is kept", "foo(1);\n║\nfoo(3);\n", "foo(2);", "foo(1);\nfoo(2);\nfoo(3);\n"],
  ["the rest of the line is not said twice", "const x = ║ // a\n", "1;", "middle-of-line"],
  ["the line above is not said again", "first();\n║\n", "first();", "repeats-prefix"],
  [
    "a function that comes further down is not offered",
    "║\n\nstart();\n\nfunction add(a, b) {\n  return a + b;\n}\n",
    "function add(a, b) {\n  return a + b;\n}\n",
    "already-there",
  ],
  [
    "an import that is there is not offered at every new line",
    "import { floor } from 'math';\nimport { a } from './a';\n║\n",
    "import { floor } from 'math';\n",
    "already-there",
  ],
];
for (const [what, document, said, after] of repeats) {
  test(`repeats: ${what}`, async () => assert.equal(await accepted(said, document), after));
}
test("repeats: the start of a Python program is not offered a second time", async () => {
  const document = 'def main():\n    run()\n\n\nif __name__ == "__main__":\n    main()\n\nprint(1)\n║\n';
  assert.equal(await accepted('if __name__ == "__main__":\n    main()\n', document, python), "already-there");
});

test("indentation: the first line stays at the caret, and one space too many is none", async () => {
  const document = "def f(a):\n    ║\n";
  assert.equal(
    await accepted(" if a:\n         return 1\n     return 2\n", document, python),
    "def f(a):\n    if a:\n        return 1\n    return 2\n",
  );
});
test("indentation: the model's two spaces become the file's four, and its spaces the file's tabs", async () => {
  const said = "\n  if (a) {\n    b();\n  }\n}";
  const four = await accepted(said, "function f() {║\n", { indentUnit: "    " });
  assert.equal(four, "function f() {\n    if (a) {\n        b();\n    }\n}\n");
  assert.equal(await accepted(said, "func f() {║\n", tabs), "func f() {\n\tif (a) {\n\t\tb();\n\t}\n}\n");
});
test("indentation: tabs that the caret's line has are not added again", async () => {
  assert.equal(
    await accepted("\t\treturn err\n", "if err != nil {\n\t\t║\n", tabs),
    "if err != nil {\n\t\treturn err\n",
  );
});
test("indentation: a file with Windows line ends is no other", async () => {
  const cursor = at("function f() {\r\n    ║\r\n}\r\n", { indentUnit: "    " });
  const outcome = await outcomeOf("if (a) {\r\n      b();\r\n    }\r\n", cursor);
  assert.equal(outcome.kind === "offered" && outcome.suggestions[0]?.insertText, "if (a) {\n        b();\n    }");
});

const talk: readonly (readonly [what: string, said: string, after: string])[] = [
  ["back-ticks do not get into the code", "```ts\na + b;\n```", "x = a + b;\n"],
  [
    "nor what a chat model says around them",
    "Sure! Here is the code:\n\n```ts\na + b;\n```\nThis adds both.",
    "x = a + b;\n",
  ],
  ["nor control tokens", "a + b;<|fim_middle|><|endoftext|>", "x = a + b;\n"],
  ["nor what follows them", "a + b;</s>\nmore();", "x = a + b;\n"],
  [
    "an answer that only talks is dropped, and it is said why",
    "This function adds two numbers and returns them.",
    "prose",
  ],
  ["an apology is no code", "I'm sorry, but I can't help with that.", "prose"],
];
for (const [what, said, after] of talk) {
  test(`talk: ${what}`, async () => assert.equal(await accepted(said, "x = ║\n"), after));
}

test("silence: whatever is not offered has a reason", async () => {
  for (const [document, said, reason] of [
    ["║\n", "a", "empty-document"],
    ["x = fo║o\n", "a", "middle-of-word"],
    ["x = ║ + 1\n", "a", "middle-of-line"],
    ["x = ║\n", "", "empty"],
    ["x = ║\n", "a", "too-short"],
    ["x = ║\n", "1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, ", "repetition"],
    ["f(a║);\n", ");", "repeats-suffix"],
    ["a();\n║\n", "});", "unbalanced"],
    ["x = f(║ - 1)\n", "a", "middle-of-line"],
  ] as const) {
    assert.equal(await accepted(said, document), reason, document);
  }
  const outcome = await outcomeOf("return 1", at("def f():\n    x = ║\n", python), "continuation");
  assert.deepEqual(outcome, { kind: "dropped", reason: "wrong-indentation" });
});

test("big files: a model gets no more to read from a file of 100,000 lines than from one of 1,000", async () => {
  const prompts = [];
  for (const lines of [1_000, 100_000]) {
    const model = alwaysSays("a + b;");
    const near = "value = compute(1);\n".repeat(lines / 2);
    const outcome = await engineWith(model).complete(
      at(`${near}x = ║\n${near}`),
      "automatic",
      new AbortController().signal,
    );
    assert.equal(outcome.kind, "offered");
    prompts.push(model.last.prompt);
  }
  assert.equal(prompts[0], prompts[1]);
});

test("flicker: what is shown goes on being shown at each character typed, without waiting for anything", async () => {
  const engine = engineWith(alwaysSays("const 结果 = 价格 * 2;"));
  await engine.complete(at("function 总价(价格) {\r\n  ║\r\n}"), "automatic", new AbortController().signal);
  for (const [typed, rest] of [
    ["c", "onst 结果 = 价格 * 2;"],
    ["const 结", "果 = 价格 * 2;"],
    ["const 结果 = 价格", " * 2;"],
  ] as const) {
    assert.equal(engine.shownAt(at(`function 总价(价格) {\r\n  ${typed}║\r\n}`))?.insertText, rest);
  }
  assert.equal(engine.shownAt(at("function 总价(价格) {\r\n  let║\r\n}")), undefined);
});
