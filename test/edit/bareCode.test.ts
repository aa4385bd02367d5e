import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { isBareCode } from "../../src/edit/bareCode.ts";
import { readWasm } from "../support/grammars.ts";

const readOutline = await outlineReader(readWasm, ["java"], () => performance.now());

test("a long list of names without a fence is judged, and does not hold up the edits", () => {
  const names = Array.from({ length: 60 }, (_, at) => `name${at}`).join(", ");
  const text = `class A {\n  void a() {\n    String ${names};\n  }\n}\n`;
  const file = { text, languageId: "java", selection: { from: 0, to: text.length } };
  assert.equal(isBareCode(text.replace("name59;", "name59 = null;"), file, readOutline), true);
});

test("what is said of code in a list is no code", () => {
  const text = "class A {\n  int name;\n}\n";
  const file = { text, languageId: "java", selection: { from: 0, to: text.length } };
  assert.equal(isBareCode("Rename the field, the method, and its parameter;\n", file, readOutline), false);
});
