/** Which answers are offered to be applied at once. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOfFiles, codeBlocks } from "../../src/chat/codeBlocks.ts";

const offered = (markdown: string): readonly (string | undefined)[] =>
  changesOfFiles(codeBlocks(markdown)).map(({ path }) => path);

test("an answer that changes two files or more offers all of its changes, those of the same file too", () => {
  const answer = "```ts src/a.ts\na();\n```\n\n`src/b.ts`:\n\n```ts\nb();\n```\n\n```ts\n// src/a.ts\nc();\n```\n";
  assert.deepEqual(offered(answer), ["src/a.ts", "src/b.ts", "src/a.ts"]);
});

test("an answer that changes one file, however it writes its name, offers nothing more", () => {
  assert.deepEqual(
    offered("```ts src/a.ts\na();\n```\n\n```ts ./src/a.ts\nb();\n```\n\n```ts src\\a.ts\nc();\n```\n"),
    [],
  );
  assert.deepEqual(offered("```ts src/a.ts\na();\n```\n\n```ts\nb();\n```\n"), []);
  assert.deepEqual(offered("No code.\n"), []);
});

test("commands and blocks that name no file are no changes", () => {
  const answer =
    "```ts a.ts\na();\n```\n```sh\nnpm test\n```\n```ts\nexample();\n```\n```diff\n--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-b\n+c\n```\n";
  assert.deepEqual(offered(answer), ["a.ts", "b.ts"]);
});

test("a block in which the answer ends is one of them, so that it is told of", () => {
  assert.deepEqual(offered("```ts a.ts\na();\n```\n```ts b.ts\nb("), ["a.ts", "b.ts"]);
});
