import assert from "node:assert/strict";
import { test } from "node:test";
import { summaryOf } from "../../src/refactor/summaryComment.ts";

const documented = (languageId: string, code: string, said: string, isEnded = true): string | undefined =>
  summaryOf(code, languageId)?.documented(said, isEnded);

const cases: readonly (readonly [languageId: string, code: string, said: string, comment: string])[] = [
  [
    "typescript",
    "  setOnline(on: boolean): void {\n  }\n",
    " is used to set the status. It",
    "  /** Sets the status. */\n",
  ],
  ["typescript", "export const twice = (n: number) => n * 2;\n", " doubles `n`.", "/** Doubles n. */\n"],
  ["java", "    @Override\n    int size() {\n    }\n", " counts all items", "    /** Counts all items. */\n"],
  [
    "go",
    "func Ftoa(num float64) string {\n}\n",
    " is a string function in Go that strips zeros.",
    "// Ftoa strips zeros.\n",
  ],
  ["go", "func (c *Cart) Add(i Item) {\n}\n", " adds an item.", "// Add adds an item.\n"],
  [
    "rust",
    "    #[inline]\n    pub fn with_key(key: u64) -> Self {\n    }\n",
    " is designed to copy the key.",
    "    /// Copies the key.\n",
  ],
  ["csharp", "class Cart {\n}\n", " holds items.", "/// <summary>Holds items.</summary>\n"],
  ["cpp", "int sum(int a) {\n}\n", " ends */ early here.", "/** Ends * / early here. */\n"],
];

test("a sentence becomes the comment of a definition, in the way of its language, and the code stays as it is", () => {
  for (const [languageId, code, said, comment] of cases)
    assert.equal(documented(languageId, code, said), comment + code);
});

test("in Python it is the first statement of the body, also where the parameters take several lines", () => {
  const code = "@cache\ndef add(\n    a: int,\n) -> int:\n    return a\n";
  const expected = '@cache\ndef add(\n    a: int,\n) -> int:\n    """Returns a number."""\n    return a\n';
  assert.equal(documented("python", code, " in Python returns a number."), expected);
});

test("what has a comment, is no definition or is of another language is left to the model as a whole", () => {
  assert.equal(summaryOf("/** Adds. */\nfunction add() {}\n", "typescript"), undefined);
  assert.equal(summaryOf("if (a) {\n}\n", "typescript"), undefined);
  assert.equal(summaryOf("import a from 'a';\n", "typescript"), undefined);
  assert.equal(summaryOf("add() {\n}\n", "shellscript"), undefined);
  assert.equal(documented("python", 'def add():\n    """Adds."""\n', " adds two numbers."), undefined);
});

test("a sentence that has no end, says nothing or goes in circles documents nothing", () => {
  const code = "function add() {}\n";
  assert.equal(documented("typescript", code, " adds two", false), undefined);
  assert.equal(documented("typescript", code, "\n"), undefined);
  assert.equal(documented("typescript", code, " does the following:"), undefined);
  assert.equal(documented("typescript", code, " 1. 1. 1."), undefined);
  const circles = " takes a key and returns a function that takes a key and returns a function that takes a key.";
  assert.equal(documented("typescript", code, circles), undefined);
});

test("a backslash in the sentence is no escape that the code could not be compiled with", () => {
  const python = documented("python", "def f(a):\n    return a\n", String.raw` matches \x and \user.`);
  assert.equal(
    python,
    String.raw`def f(a):
    """Matches \\x and \\user."""
    return a
`,
  );
  const java = documented("java", "int size() {\n}\n", String.raw` reads C:\users first.`);
  assert.equal(
    java,
    String.raw`/** Reads C:\\users first. */
int size() {
}
`,
  );
});
