import assert from "node:assert/strict";
import { test } from "node:test";
import { cutCommentEnd } from "../../../src/completion/filters/commentEnd.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("a line comment does not end like a block comment", () => {
  const cursor = at("  // Returns the ║\n");
  assert.deepEqual(cutCommentEnd("total price. */", cursor), offered("total price."));
  assert.deepEqual(cutCommentEnd("total price. */\n  f();", cursor), offered("total price."));
});

test("a block comment does, and what a line opens itself stays", () => {
  assert.deepEqual(cutCommentEnd("the total. */", at("/** Returns ║\n")), offered("the total. */"));
  assert.deepEqual(cutCommentEnd("f(/* all */);", at("  // ║\n")), offered("f(/* all */);"));
  assert.deepEqual(cutCommentEnd("b */", at('/* see "http://a" ║\n')), offered("b */"));
  assert.deepEqual(cutCommentEnd("a */", at("/* x // ║\n")), offered("a"));
});
