import assert from "node:assert/strict";
import { test } from "node:test";
import { cutControlTokens } from "../../../src/completion/filters/controlTokens.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { controlTokens, formatNames } from "../../../src/model/templates.ts";
import { at } from "../../support/carets.ts";

test("ends a suggestion before a control token of any model that we have a format for", () => {
  for (const format of formatNames) {
    for (const token of controlTokens[format]) {
      assert.deepEqual(cutControlTokens(`a + b;\n${token}\nrest`, at("║")), offered("a + b;\n"), `${format}: ${token}`);
    }
  }
});

test("leaves code alone that only looks a little like a control token", () => {
  for (const code of [
    "a < b || c > d",
    "list |> map <| f",
    "const x: Array<EOTLike> = y",
    "x[PREFIXES]",
    "<s>a price that was",
  ]) {
    assert.deepEqual(cutControlTokens(code, at("║")), offered(code));
  }
});

test("ends a suggestion before what is no text", () => {
  for (const odd of ["\u0000", "\u001B[0m", "\uFFFD", "\u2028", "\rb();", "\r\n"]) {
    assert.deepEqual(cutControlTokens(`a();${odd}`, at("║")), offered("a();"), JSON.stringify(odd));
  }
});

test("a carriage return at the end may be the first half of a line break", () => {
  assert.deepEqual(cutControlTokens("a();\r", at("║")), offered("a();\r"));
});
