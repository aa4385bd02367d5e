import assert from "node:assert/strict";
import { test } from "node:test";
import { dropEmptyOrTooShort } from "../../../src/completion/filters/emptyOrTooShort.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("drops nothing and next to nothing", () => {
  assert.deepEqual(dropEmptyOrTooShort(" \n", at("║")), dropped("empty"));
  assert.deepEqual(dropEmptyOrTooShort(";", at("║")), dropped("too-short"));
  assert.deepEqual(dropEmptyOrTooShort('"""', at("║")), dropped("too-short"));
  assert.deepEqual(dropEmptyOrTooShort("//", at("║")), dropped("too-short"));
  assert.deepEqual(dropEmptyOrTooShort("()", at("║")), offered("()"));
  assert.deepEqual(dropEmptyOrTooShort("id", at("║")), offered("id"));
});
