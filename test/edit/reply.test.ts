import assert from "node:assert/strict";
import { test } from "node:test";
import { blockOfReply, otherFilesIn, type Reply, type Wanted } from "../../src/edit/reply.ts";

const ts: Wanted = { languageId: "typescript", path: "src/cart.ts" };

/** A reply, what it is for, and what is found in it, in short. */
const cases: readonly (readonly [name: string, reply: string, wanted: Wanted, expected: string])[] = [
  ["one block", "Here it is:\n\n```ts\na();\n```\n\nDone.", ts, "block a();"],
  ["a block without a language", "```\na();\n```", ts, "block a();"],
  ["a block with a path behind its language", "```ts:src/cart.ts\na();\n```", ts, "block a(); @src/cart.ts"],
  ["a block with a title", '```ts title="src/cart.ts"\na();\n```', ts, "block a(); @src/cart.ts"],
  ["a path above the block", "**`src/cart.ts`**\n```ts\na();\n```", ts, "block a(); @src/cart.ts"],
  ["a block in a list", "1. So:\n   ```ts\n   a();\n     b();\n   ```", ts, "block a();|  b();"],
  ["no code", "I would not change that.", ts, "none"],
  ["inline code alone", "Call `a()` instead.", ts, "none"],
  ["nothing", "", ts, "none"],
  ["an empty block", "```ts\n\n```", ts, "none"],
  ["two blocks that could both be meant", "```ts\na();\n```\nor\n```ts\nb();\n```", ts, "several 2"],
  ["the same block twice", "```ts\na();\n```\nAgain:\n```ts\na();\n```", ts, "block a();"],
  [
    "two files, of which one is meant",
    "src/x.ts\n```ts\nx();\n```\nsrc/cart.ts:\n```ts\na();\n```",
    ts,
    "block a(); @src/cart.ts",
  ],
  ["code and a command", "```ts\na();\n```\n```bash\nnpm test\n```", ts, "block a();"],
  ["a command alone", "```bash\nnpm test\n```", ts, "none"],
  ["code for a document without a language", "```python\na()\n```", { languageId: "plaintext" }, "block a()"],
  [
    "a script for a document without a language",
    "```bash\nnpm test\n```",
    { languageId: "plaintext" },
    "block npm test",
  ],
  ["another language", "```python\na()\n```", ts, "wrong-language python"],
  ["JavaScript for TypeScript", "```js\na();\n```", ts, "block a();"],
  ["cut in the block", "```ts\na();\nb(", ts, "cut"],
  ["cut by the limit of the answer", "```ts\na();\n```\nAnd", { ...ts, isCut: true }, "cut"],
  ["cut in a second block", "```ts\na();\n```\n```ts\nb(", ts, "cut"],
  ["a diff", "```diff\n-a();\n+b();\n```", ts, "block -a();|+b();"],
  ["hunks one by one", "```diff\n@@\n-a\n+b\n```\nand\n```diff\n@@\n-c\n+d\n```", ts, "block @@|-a|+b|@@|-c|+d|"],
  [
    "search and replace without a fence",
    "So:\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\nDone.",
    ts,
    "block <<<<<<< SEARCH|a|=======|b|>>>>>>> REPLACE",
  ],
  ["search and replace that is cut", "<<<<<<< SEARCH\na\n=======\nb", ts, "cut"],
  ["code alone, as it was asked for", "a();\n", { ...ts, isCodeAlone: true }, "block a();|"],
  ["tildes", "~~~ts\na();\n~~~", ts, "block a();"],
  ["a longer fence around a shorter one", "````ts\n```\n````", ts, "block ```"],
  ["a fence that is indented in the code", "```ts\na(`\n    ```\n`);\n```", ts, "block a(`|    ```|`);"],
  ["a fence in a list of a comment", "```ts\n/**\n- ```\n*/\n```", ts, "block /**|- ```|*/"],
  ["a fence behind the mark of a list", "- ```ts\n  a();\n  ```", ts, "block a();"],
  ["CRLF", "```ts\r\na();\r\nb();\r\n```\r\n", ts, "block a();|b();"],
  [
    "a file of Markdown with fences of its own",
    "```md\n# A\n```sh\nb\n```\nc\n```",
    { languageId: "markdown" },
    "block # A|```sh|b|```|c",
  ],
  ["golang", "```golang\na()\n```", { languageId: "go" }, "block a()"],
  ["C# by its short name", "```cs\na();\n```", { languageId: "csharp" }, "block a();"],
  ["json for jsonc", "```json\n{}\n```", { languageId: "jsonc" }, "block {}"],
];

function inShort(reply: Reply): string {
  switch (reply.kind) {
    case "block":
      return `block ${reply.block.text.replaceAll("\n", "|")}${reply.block.path === undefined ? "" : ` @${reply.block.path}`}`;
    case "several":
      return `several ${reply.blocks.length}`;
    case "wrong-language":
      return `wrong-language ${reply.language}`;
    case "none":
    case "cut":
      return reply.kind;
    default:
      return reply satisfies never;
  }
}

for (const [name, reply, wanted, expected] of cases)
  test(`of a reply: ${name}`, () => assert.equal(inShort(blockOfReply(reply, wanted)), expected));

test("ten thousand fences are one reply", () => {
  assert.equal(blockOfReply("```ts\na\n```\n".repeat(10_000), ts).kind, "block");
});

test("other files that a reply has code for are named, once each, and not the wanted one however it is written", () => {
  const block = (head: string): string => `${head}\n\`\`\`ts\na();\n\`\`\`\n`;
  const reply = ["src/cart.ts:", "`src/shop.ts`:", "**./cart.ts**", "src/shop.ts", ""].map(block).join("\n");
  assert.deepEqual(otherFilesIn(`${reply}\`\`\`css src/cart.css\na {}\n\`\`\`\n`, ts), ["src/shop.ts", "src/cart.css"]);
  assert.deepEqual(otherFilesIn("```ts\na();\n```\nSee src/shop.ts.\n", ts), []);
});
