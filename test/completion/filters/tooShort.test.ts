import assert from "node:assert/strict";
import { test } from "node:test";
import { dropEmpty } from "../../../src/completion/filters/empty.ts";
import { dropTooShort } from "../../../src/completion/filters/tooShort.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

test("drops nothing", () => {
  assert.deepEqual(dropEmpty(" \n", at("║")), dropped("empty"));
  assert.deepEqual(dropEmpty(" ;\n", at("║")), offered(" ;\n"));
});

test("drops next to nothing", () => {
  for (const text of [";", '"""', "//", " x "])
    assert.deepEqual(dropTooShort(text, at("║")), dropped("too-short"), text);
  for (const text of ["()", "id"]) assert.deepEqual(dropTooShort(text, at("║")), offered(text), text);
});
