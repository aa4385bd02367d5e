import assert from "node:assert/strict";
import { test } from "node:test";
import { unfence } from "../../../src/completion/filters/unfence.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const rows: readonly (readonly [what: string, said: string, code: string])[] = [
  ["takes code out of a fence", "```ts\na + b;\n```", "a + b;"],
  ["takes code out of a fence that was not closed", "```\na + b;", "a + b;"],
  [
    "cuts the talk before a fence and after it",
    "Here is the code:\n\n```ts\na + b;\n```\nI hope this helps!",
    "a + b;",
  ],
  ["ends at a fence that was never opened", "a + b;\n```\nThis adds both.", "a + b;"],
  ["leaves code without a fence as it is", "a + b;\nc();", "a + b;\nc();"],
  ["leaves template strings alone", "const s = `a`;", "const s = `a`;"],
];

for (const [what, said, code] of rows) {
  test(what, () => assert.deepEqual(unfence(said, at("║")), offered(code)));
}

test("leaves the fences of Markdown where they are", () => {
  const said = "```ts\na + b;\n```";
  assert.deepEqual(unfence(said, at("║", { languageId: "markdown" })), offered(said));
});
