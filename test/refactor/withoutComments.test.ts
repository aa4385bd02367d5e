import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutComments } from "../../src/refactor/withoutComments.ts";

function isSame(languageId: string, before: string, after: string): boolean {
  return withoutComments(before, languageId) === withoutComments(after, languageId);
}

test("comments, docstrings, blank lines and indentation are no change of code", () => {
  assert.ok(isSame("typescript", "f();\n", "/**\n * Does it.\n */\n\n  f(); // here\n"));
  assert.ok(
    isSame(
      "python",
      "def f():\n    return 1\n",
      'def f():\n    """One.\n\n    Really: 1.\n    """\n    return 1  # one\n',
    ),
  );
  assert.ok(isSame("go", "func f() {}\n", "// f does nothing.\nfunc f() {}\n"));
  assert.ok(isSame("rust", "fn f() {}\n", "/// Nothing.\nfn f() {}\n"));
});

test("another name, value or line is one", () => {
  assert.ok(!isSame("typescript", "f(a);\n", "/** Does it. */\nf(b);\n"));
  assert.ok(!isSame("python", "def f():\n    return 1\n", 'def f():\n    """One."""\n    return 2\n'));
  assert.ok(!isSame("c", "#define A 1\n", "// one\n#define A 2\n"));
});
