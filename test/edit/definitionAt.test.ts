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
  const place = definitionAt(lines, row, outlineOf(lines, languageId, readOutline));
  return place && [lines[place.from]?.trim() ?? "", lines[place.to - 1]?.trim() ?? ""];
}

const files: readonly (readonly [file: string, languageId: string, at: string, first: string, last: string])[] = [
  ["onlineManager.ts", "typescript", "this.#cleanup = undefined", "protected onUnsubscribe() {", "}"],
  ["onlineManager.ts", "typescript", "isOnline(): boolean", "isOnline(): boolean {", "}"],
  ["_parse.py", "python", "c = line.lstrip()", "def iscommentline(line: str) -> bool:", "return c in COMMENTCHARS"],
  ["ftoa.go", "go", "for offset > 0", "func stripTrailingZeros(s string) string {", "}"],
  ["Util.java", "java", "str.substring(2)", "/**", "}"],
  ["Util.java", "java", "An empty immutable", "/**", "static final String[] EMPTY_STRING_ARRAY = {};"],
  ["fnv.rs", "rust", "for byte in bytes.iter()", "#[inline]", "}"],
];
for (const [file, languageId, at, first, last] of files)
  test(`in ${file} the line with “${at}” belongs to the definition from “${first}” on`, () =>
    assert.deepEqual(around(linesOf(file), at, languageId), [first, last]));

test("between definitions there is none", () => {
  const lines = ["import a from 'a';", "", "function one() {", "  return 1;", "}", "", "const two = 2;"];
  assert.equal(around(lines, "import a", "typescript"), undefined);
  const empty = lines.indexOf("");
  assert.equal(definitionAt(lines, empty, outlineOf(lines, "typescript", readOutline)), undefined);
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
