import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as check, asyncProperty, constantFrom, string } from "fast-check";
import { FactExtractor } from "../../../../src/context/index/extraction/extractor.ts";
import { MOST_SIGNATURE_CHARS } from "../../../../src/context/index/facts.ts";
import { readWasm } from "../../../support/grammars.ts";
import { extractor, outlineOf } from "./outline.ts";

test("a minified file has names and no definitions; a file of data has neither", async () => {
  const minified = "function a1(){return b1}".repeat(5_000);
  const facts = await extractor.extract(minified, "javascript");
  assert.deepEqual([facts.definitions.length, facts.identifiers.length], [0, 2]);
  assert.deepEqual((await extractor.extract("x ".repeat(1_500_000), "javascript")).identifiers, []);
});

test("a language without a grammar has its names", async () => {
  const { identifiers, definitions } = await extractor.extract("fun main() { println(cart) }", "kotlin");
  assert.deepEqual([identifiers.map(([name]) => name), definitions], [["fun", "main", "println", "cart"], []]);
});

test("what is deeply nested, cut or no code at all does no harm", async () => {
  for (const text of [
    "{".repeat(20_000),
    "class A { f(",
    "\0\0\0",
    "(".repeat(5_000) + ")".repeat(5_000),
    "\uFEFFlet a = 1",
  ]) {
    for (const languageId of ["typescript", "python", "cpp"]) assert.ok(await extractor.extract(text, languageId));
  }
  assert.deepEqual(await outlineOf("typescript", "export const after = 1;"), ["variable* export const after = 1"]);
});

test("text that asks the parser for gigabytes has its names, takes little memory, and harms no later file", async () => {
  const before = process.memoryUsage.rss();
  for (const languageId of ["java", "go", "csharp", "typescriptreact", "java"]) {
    for (const odd of ["Odd<".repeat(30_000), "@Odd(x=1,\n".repeat(20_000)]) {
      const { identifiers } = await extractor.extract(odd, languageId);
      assert.equal(identifiers[0]?.[0], "Odd");
      assert.deepEqual(await outlineOf("java", "class After {}"), ["class* class After"]);
    }
  }
  assert.ok(process.memoryUsage.rss() - before < 400 * 2 ** 20);
  assert.deepEqual((await extractor.extract("Odd<".repeat(30_000), "java")).definitions, []);
  assert.deepEqual(await outlineOf("css", "a { color: red }"), []);
  assert.deepEqual(await outlineOf("python", "def after(): pass"), ["function* def after()"]);
});

test("a file that takes a second to parse has names alone, and the next one is read anew", async () => {
  const slow = "export const slow = 1;\n".repeat(2_000);
  let now = 0;
  const hurried = new FactExtractor(readWasm, () => (now += 600));
  const facts = await hurried.extract(slow, "typescript");
  assert.deepEqual([facts.definitions, facts.identifiers], [[], [["slow", 2_000]]]);
  assert.deepEqual(await outlineOf("typescript", "export const next = 1;"), ["variable* export const next = 1"]);
  assert.equal((await outlineOf("typescript", slow)).length, 2_000);
});

test("facts of any text are in order, bounded, and survive JSON", async () => {
  const piece = constantFrom(
    "class A { ",
    "def f(a",
    "):\n  ",
    "export ",
    "const x = {",
    "a: 1,",
    "}",
    "enum E { A",
    "\n",
    "self.x = 1",
    "import a from 'b'",
    "interface I { a(): b; ",
    "#",
  );
  const text = array(
    piece.chain((start) => string({ maxLength: 3 }).map((end) => start + end)),
    { maxLength: 30 },
  );
  const languages = constantFrom(
    "typescript",
    "python",
    "javascript",
    "java",
    "cpp",
    "rust",
    "go",
    "ruby",
    "php",
    "csharp",
  );
  const hold = asyncProperty(text, languages, async (pieces, languageId) => {
    const facts = await extractor.extract(pieces.join(""), languageId);
    assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts);
    for (const [index, { parent, signature, line, endLine }] of facts.definitions.entries()) {
      assert.ok(parent < index && parent >= -1);
      assert.ok(signature.length > 0 && signature.length <= MOST_SIGNATURE_CHARS && !signature.includes("\n"));
      assert.ok(endLine >= line && line >= (facts.definitions[parent]?.line ?? 0));
    }
  });
  await check(hold, { numRuns: 500 });
});
