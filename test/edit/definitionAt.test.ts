import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { outlineOf } from "../../src/edit/blockCode.ts";
import { definitionAt } from "../../src/edit/definitionAt.ts";
import { readWasm } from "../support/grammars.ts";

const languages = ["typescript", "python", "go", "java", "rust"];
const readOutline = await outlineReader(readWasm, languages, () => performance.now());

/** Those of published packages; their licences are in the folder. */
function linesOf(file: string): readonly string[] {
  return readFileSync(join(import.meta.dirname, "../fixtures/refactor", file), "utf8").split("\n");
}

/** The first and the last line of what the line with this text belongs to. */
function around(lines: readonly string[], text: string, languageId: string): readonly string[] | undefined {
  const row = lines.findIndex((line) => line.includes(text));
  assert.notEqual(row, -1, text);
  const { place } = definitionAt(lines, row, outlineOf(lines, languageId, readOutline));
  return place && [lines[place.from]?.trim() ?? "", lines[place.to - 1]?.trim() ?? ""];
}

const files: readonly (readonly [file: string, languageId: string, at: string, first: string, last: string])[] = [
  ["onlineManager.ts", "typescript", "this.#cleanup = undefined", "protected onUnsubscribe() {", "}"],
  ["onlineManager.ts", "typescript", "isOnline(): boolean", "isOnline(): boolean {", "}"],
  ["onlineManager.ts", "typescript", "// Listen to online", "constructor() {", "}"],
  ["onlineManager.ts", "typescript", "export class OnlineManager", "export class OnlineManager extends", "}"],
  ["_parse.py", "python", "c = line.lstrip()", "def iscommentline(line: str) -> bool:", "return c in COMMENTCHARS"],
  ["_parse.py", "python", "def iscommentline", "def iscommentline(line: str) -> bool:", "return c in COMMENTCHARS"],
  ["_parse.py", "python", "# blank lines", "def _parseline(", "return None, line.strip()"],
  ["ftoa.go", "go", "for offset > 0", "func stripTrailingZeros(s string) string {", "}"],
  ["ftoa.go", "go", "func Ftoa(", "// Ftoa converts", "}"],
  ["ftoa.go", "go", "// to the given number", "// FtoaWithDigits converts", "}"],
  ["Util.java", "java", "str.substring(2)", "/**", "}"],
  ["Util.java", "java", "An empty immutable", "/**", "static final String[] EMPTY_STRING_ARRAY = {};"],
  ["Util.java", "java", "* @return the new String.", "/**", "}"],
  ["fnv.rs", "rust", "for byte in bytes.iter()", "#[inline]", "}"],
  ["fnv.rs", "rust", "pub fn with_key", "/// Create an FNV hasher", "}"],
  ["fnv.rs", "rust", "/// to the hash `key`.", "/// Create an FNV hasher", "}"],
  ["fnv.rs", "rust", "#[allow(missing_copy", "/// An implementation of", "pub struct FnvHasher(u64);"],
];
for (const [file, languageId, at, first, last] of files)
  test(`in ${file} the line with “${at}” belongs to the definition from “${first}” on`, () => {
    const [head, end] = around(linesOf(file), at, languageId) ?? [];
    assert.ok(head?.startsWith(first), head);
    assert.equal(end, last);
  });

test("between definitions there is none", () => {
  const lines = ["import a from 'a';", "", "function one() {", "  return 1;", "}", "", "const two = 2;"];
  assert.equal(around(lines, "import a", "typescript"), undefined);
  const empty = lines.indexOf("");
  assert.equal(definitionAt(lines, empty, outlineOf(lines, "typescript", readOutline)).place, undefined);
});

test("without a grammar, what stands to the right belongs to the line above it", () => {
  const lua = [
    "local a = 1",
    "",
    "-- Adds them.",
    "function add(x, y)",
    "  if x then",
    "",
    "    return x + y",
    "  end",
    "end",
    "",
    "print(add(1, 2))",
  ];
  assert.deepEqual(around(lua, "return x + y", "lua"), ["-- Adds them.", "end"]);
  assert.deepEqual(around(lua, "function add", "lua"), ["-- Adds them.", "end"]);
  assert.equal(around(lua, "local a", "lua"), undefined);
  assert.equal(around(lua, "print(", "lua"), undefined);
  const perl = ["sub f {", "  if (1) {", "    g();", "  }", "}", "sub h {", "  1;", "}"];
  assert.deepEqual(around(perl, "g();", "perl"), ["sub f {", "}"]);
  assert.deepEqual(around(["if a {", "  b", "} else {", "  c", "}", "d"], "  c", "nim"), ["if a {", "}"]);
});

test("without a grammar, what is said above a block and annotated there belongs to it", () => {
  const kotlin = [
    "/* Of the team. */",
    "",
    "/**",
    " * Counts them.",
    "   In two lines.",
    " */",
    "@Pure",
    "fun count(",
    "    all: List<Int>,",
    "): Int {",
    "    return all.size",
    "}",
    "",
    "// About what follows.",
    "",
    "val one = 1",
  ];
  for (const at of ["Counts them", "In two lines", "@Pure", "fun count", "all.size", "): Int {"])
    assert.deepEqual(around(kotlin, at, "kotlin"), ["/**", "}"], at);
  for (const at of ["Of the team", "About what", "val one"]) assert.equal(around(kotlin, at, "kotlin"), undefined, at);
});

test("without a grammar, a bracket that stands alone belongs to the line above it", () => {
  const dart = ["int one()", "{", "  return 1;", "}", "int two()", "{", "  return 2;", "}"];
  assert.deepEqual(around(dart, "return 2", "dart"), ["int two()", "}"]);
  assert.deepEqual(around(dart, "int one", "dart"), ["int one()", "}"]);
  assert.deepEqual(around(["{", '  "a": 1', "}"], '"a"', "jsonl"), ["{", "}"]);
});

test("without a grammar, of a long class the function is meant, and of a long function that as a whole", () => {
  const functionOf = (name: string, count: number) => [
    `  // ${name}`,
    `  func ${name}() {`,
    ...Array.from({ length: count }, (_, at) => `    step(${at})`),
    "  }",
    "",
  ];
  const swift = ["class Cart {", ...functionOf("one", 60), ...functionOf("two", 60), ...functionOf("all", 300), "}"];
  assert.deepEqual(around(swift, "func two", "swift"), ["// two", "}"]);
  assert.deepEqual(around(swift, "// two", "swift"), ["// two", "}"]);
  assert.deepEqual(around(swift, "step(299)", "swift"), ["// all", "}"]);
  assert.deepEqual(around(swift, "class Cart", "swift"), ["class Cart {", "}"]);
  const short = ["class Cart {", ...functionOf("one", 3), ...functionOf("two", 3), "}"];
  assert.deepEqual(around(short, "func two", "swift"), ["class Cart {", "}"]);
});

test("text without blocks has none, however long it is", () => {
  const prose = Array.from({ length: 2_000 }, (_, at) => `Sentence ${at}.`);
  assert.equal(around(prose, "Sentence 1000.", "plaintext"), undefined);
});

test("where the grammar can't read all of a file, that is said", () => {
  const isSure = (...lines: readonly string[]) =>
    definitionAt(lines, 0, outlineOf(lines, "typescript", readOutline)).isSure;
  assert.equal(isSure("function one() {", "}"), true);
  assert.equal(isSure("function one( {", "}"), false);
});
