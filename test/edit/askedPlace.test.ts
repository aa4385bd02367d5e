import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineReader } from "../../src/context/syntax/fileOutlines.ts";
import { editOf } from "../../src/edit/editOf.ts";
import { readWasm } from "../support/grammars.ts";

const languages = ["java", "go", "typescript", "python"];
const readOutline = await outlineReader(readWasm, languages, () => performance.now());

/** What the file is when the marked lines were asked about. */
function applied(languageId: string, marked: string, block: string): string {
  const [before = "", asked = "", behind = ""] = marked.split("┃");
  const file = {
    text: before + asked + behind,
    languageId,
    path: "a",
    selection: { from: before.length, to: before.length + asked.length },
    isAsked: true,
  };
  const outcome = editOf(file, { language: languageId, text: block }, readOutline);
  assert.equal(outcome.kind, "applied", JSON.stringify(outcome));
  return outcome.kind === "applied" ? outcome.applied.text : "";
}

const TYPESCRIPT =
  "class Cart {\n  one(): number {\n    return 1;\n  }\n\n┃  // twice one\n┃\n  three(): number {\n    return 3;\n  }\n}\n";
const METHOD = "  two(): number {\n    return 1;\n  }\n";

test("what is written for a comment stands where the comment does, and the comment is there once", () => {
  assert.equal(
    applied("typescript", TYPESCRIPT, `  // twice one\n${METHOD}`),
    TYPESCRIPT.replace(/┃[^┃]*┃/, `  // twice one\n${METHOD}`),
  );
  assert.equal(
    applied(
      "go",
      "package a\n\nfunc one() int {\n\treturn 1\n}\n\n┃// two is two.\n┃\nfunc three() {}\n",
      "// two is two.\nfunc two() int {\n\treturn 1\n}\n",
    ),
    "package a\n\nfunc one() int {\n\treturn 1\n}\n\n// two is two.\nfunc two() int {\n\treturn 1\n}\n\nfunc three() {}\n",
  );
});

test("an answer without the comment that asked for it takes its place, also where it ends like the code above", () => {
  assert.equal(applied("typescript", TYPESCRIPT, METHOD), TYPESCRIPT.replace(/┃[^┃]*┃/, METHOD));
});

test("a variable of a function that was asked about alone does not become a field of the class", () => {
  const java =
    "class Cart {\n    private int count;\n\n    void add() {\n┃        final var count = 1;\n┃        use(count);\n    }\n}\n";
  assert.equal(
    applied("java", java, "        final int count = 1;\n"),
    java.replace(/┃[^┃]*┃/, "        final int count = 1;\n"),
  );
});

test("an answer with the whole function replaces it, though a line of it was asked about", () => {
  const python = "def one():\n┃    a = 1\n┃    return a\n\n\ndef two():\n    return 2\n";
  assert.equal(
    applied("python", python, "def one():\n    a: int = 1\n    return a\n"),
    "def one():\n    a: int = 1\n    return a\n\n\ndef two():\n    return 2\n",
  );
});

test("a comment with code below it was asked about as that code", () => {
  const python = "def one():\n    return 1\n\n\n┃# two\ndef two():\n    return 2\n┃";
  assert.equal(
    applied("python", python, "# two\ndef two() -> int:\n    return 2\n"),
    "def one():\n    return 1\n\n\n# two\ndef two() -> int:\n    return 2\n",
  );
});
