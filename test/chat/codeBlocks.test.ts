import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, property, assert as check } from "fast-check";
import MarkdownIt from "markdown-it";
import { codeBlocks, infoOf, isForTerminal } from "../../src/chat/codeBlocks.ts";

const lines = (...all: readonly string[]): string => all.join("\n");

test("blocks are named by the line of their fence, in lists and quotes too", () => {
  const blocks = codeBlocks(
    lines("Text", "```ts", "a", "```", "- item", "", "  ~~~~ py", "  ~~~", "  b", "  ~~~~", "> ```", "> c", "", "end"),
  );
  assert.deepEqual(
    blocks.map(({ line, language, text, isClosed }) => [line, language, text, isClosed]),
    [
      [1, "ts", "a\n", true],
      [6, "py", "~~~\nb\n", true],
      [10, "", "c\n", false],
    ],
  );
});

test("a block in which the answer was cut is there, and said to be open", () => {
  const [block] = codeBlocks("```js\nlet a = 1;\nlet b");
  assert.deepEqual([block?.text, block?.isClosed], ["let a = 1;\nlet b", false]);
  assert.equal(codeBlocks("```").at(0)?.isClosed, false);
  assert.equal(codeBlocks("```\n```").at(0)?.isClosed, true);
});

test("a fence in code that is indented, or in a code span, opens nothing", () => {
  assert.deepEqual(codeBlocks("    ```ts\n    a\n    ```"), []);
  assert.deepEqual(codeBlocks("Use ```ts``` for it."), []);
});

const infos: readonly (readonly [info: string, language: string, path: string | undefined])[] = [
  ["ts", "ts", undefined],
  ["", "", undefined],
  ["C++", "c++", undefined],
  ["ts src/a.ts", "ts", "src/a.ts"],
  ["ts:src/a.ts", "ts", "src/a.ts"],
  ['ts title="src/a b.ts"', "ts", undefined],
  ['ts title="src/a.ts"', "ts", "src/a.ts"],
  ["ts {file=src/a.ts}", "ts", "src/a.ts"],
  ["src/cart.py", "py", "src/cart.py"],
  ["Dockerfile", "dockerfile", undefined],
  ["ts {1,3-4}", "ts", undefined],
  ["sh https://example.com/a.sh", "sh", undefined],
  ["asp.net", "net", "asp.net"],
];
for (const [info, language, path] of infos)
  test(`the info string "${info}" says ${language || "no language"} and ${path ?? "no path"}`, () => {
    assert.deepEqual(infoOf(info), { language, path });
  });

const comments: readonly (readonly [line: string, path: string | undefined])[] = [
  ["// src/cart.ts", "src/cart.ts"],
  ["# File: tools/run.py", "tools/run.py"],
  ["<!-- index.html -->", "index.html"],
  ["/* styles/a.css */", "styles/a.css"],
  ["// the total of src/cart.ts", undefined],
  ["#!/usr/bin/env", undefined],
  ["# frozen", undefined],
  ["// https://example.com/a.ts", undefined],
];
for (const [line, path] of comments)
  test(`a first line "${line}" says ${path ?? "no path"}`, () => {
    assert.equal(codeBlocks(lines("```", line, "code", "```")).at(0)?.path, path);
  });

test("the blocks are those that are rendered, whatever the Markdown", () => {
  const piece = constantFrom(
    "```",
    "````",
    "~~~",
    "> ",
    "- ",
    "1. ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "a",
    "|",
    "---",
    "ts",
    "`",
    "#",
    "[a]: b",
  );
  const full = new MarkdownIt({ html: false });
  check(
    property(array(piece, { maxLength: 40 }), (pieces) => {
      const markdown = pieces.join("");
      const rendered = full.parse(markdown, {}).filter(({ type }) => type === "fence");
      assert.deepEqual(
        codeBlocks(markdown).map(({ line, text }) => [line, text]),
        rendered.map(({ map, content }) => [map?.[0], content]),
      );
    }),
  );
});

test("commands are for a terminal, and a script that is a file, or says so, is not", () => {
  assert.equal(isForTerminal("bash", "npm test\n"), true);
  for (const [info, text] of [
    ["sh run.sh", "npm test\n"],
    ["sh", "#!/bin/sh\nnpm test\n"],
    ["sh", "# scripts/run.sh\nnpm test\n"],
    ["ts", "a();\n"],
    ["", "npm test\n"],
  ] as const)
    assert.equal(isForTerminal(info, text), false, info + text);
});

const above: readonly (readonly [line: string, path: string | undefined])[] = [
  ["**lib/node.js**", "lib/node.js"],
  ["### `src/cart.ts`", "src/cart.ts"],
  ["File: src/cart.ts", "src/cart.ts"],
  ["**File:** `src/cart.ts`", "src/cart.ts"],
  ["1. `src/cart.ts` (updated):", "src/cart.ts"],
  ["文件：src/cart.ts", "src/cart.ts"],
  ["Here is the changed `src/cart.ts`:", "src/cart.ts"],
  ["把 `src/cart.ts` 改成这样：", "src/cart.ts"],
  ["### 2. lib/node.js (new file)", "lib/node.js"],
  ["- ### `lib/node.js`", "lib/node.js"],
  ["- 1. **lib/node.js**", "lib/node.js"],
  ["`lib/node.js` now reads `lib/node.js`:", "lib/node.js"],
  ["In `package.json`:", "package.json"],
  ["In `Node.js`:", undefined],
  ["Move it from `a.ts` to `b.ts`:", undefined],
  ["As `src/cart.ts` shows, it is simple.", undefined],
  ["It uses `Array.from`:", undefined],
  ["Run it with Node.js", undefined],
  ["## Node.js", undefined],
  ["```", undefined],
];

for (const [line, path] of above)
  test(`a line "${line}" above a block says ${path ?? "no path"}`, () => {
    assert.equal(codeBlocks(lines(line, "", "```js", "code();", "```")).at(-1)?.path, path);
  });

test("a diff says which file it changes, unless it is several", () => {
  const change = (path: string) => lines(`--- a/${path}`, `+++ b/${path}`, "@@ -1 +1 @@", "-a", "+b");
  assert.equal(codeBlocks(lines("```diff", change("lib/argument.js"), "```"))[0]?.path, "lib/argument.js");
  assert.equal(codeBlocks(lines("```diff", change("a.js"), change("b.js"), "```"))[0]?.path, undefined);
  assert.equal(codeBlocks(lines("```js", change("lib/argument.js"), "```"))[0]?.path, "lib/argument.js");
  const bare = lines("--- b/old.js\t2024-01-01", "+++ b/new.js\t2024-01-01", "@@ -1 +1 @@", "-a", "+b");
  assert.equal(codeBlocks(lines("```diff", bare, "```"))[0]?.path, "b/new.js", "a folder called b");
});
