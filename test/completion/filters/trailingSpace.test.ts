import assert from "node:assert/strict";
import { test } from "node:test";
import { trimTrailingSpace } from "../../../src/completion/filters/trailingSpace.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("takes blanks off the ends of lines, and blank lines off the end", () => {
  assert.deepEqual(trimTrailingSpace("a();  \nb();\t\n\n", at("║\n")), offered("a();\nb();"));
});

test("keeps the space between the suggestion and the rest of the line", () => {
  assert.deepEqual(trimTrailingSpace("async ", at("║function f() {}")), offered("async "));
  assert.deepEqual(trimTrailingSpace("async ", at("║ function f() {}")), offered("async"));
});
