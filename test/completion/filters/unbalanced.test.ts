import assert from "node:assert/strict";
import { test } from "node:test";
import { cutUnbalanced } from "../../../src/completion/filters/unbalanced.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const cut: readonly (readonly [what: string, document: string, text: string, kept: string])[] = [
  ["cuts a bracket that nobody has opened", "x = ║\n", "foo(a));", "foo(a)"],
  ["cuts the end of a block that is none", "a();\n║\n", "b();\n}\n}", "b();"],
  ["cuts one closing bracket of two", "if (a) {\n  ║\n", "b();\n}\n}", "b();\n}"],
  ["cuts what the file closes below, though it looks different", "f(() => {\n  ║\n})\n", "a();\n});", "a();"],
  ["cuts a block's end where the file goes on with it", "if (a) {\n  ║\n} else {\n}\n", "b();\n}", "b();"],
  ["cuts it where the file has more before its end", "if (a) {\n  ║\n  c();\n}\n", "b();\n}", "b();"],
  ["cuts the bracket of a call that the file closes in the next line", "foo(a, ║\n)\n", "b)", "b"],
  ["cuts the outer one of two brackets, of which the file closes one", "foo(bar(║\n);\n", "a), b)", "a), b"],
  ["cuts both where the file closes both", "foo((║\n));\n", "a) => a)", "a"],
  [
    "cuts a block's end where the file goes on with the call's arguments",
    "run(() => {║\n}, [a]);\n",
    "\n  b();\n}",
    "\n  b();",
  ],
  ["cuts in a string's neighbourhood", 'x = "(" + ║\n', "a)", "a"],
  ["does not take a bracket in a comment for an opening one", "// say (\nx = ║\n", "a)", "a"],
];
for (const [what, document, text, kept] of cut) {
  test(what, () => assert.deepEqual(cutUnbalanced(text, at(document)), offered(kept)));
}

const kept: readonly (readonly [what: string, document: string, text: string])[] = [
  ["keeps the end of what was opened before the caret", "foo(\n  a,\n  ║\n", "b,\n);"],
  ["keeps the end of an inner block, though the file ends the outer one", "{\n  if (a) {\n    ║\n}\n", "b();\n  }"],
  ["keeps the inner bracket where the file closes the outer one", "  foo((║\n  );\n", "a, b) => {\n    c();\n  }"],
  ["keeps it where a word is typed behind it", "const a = b\n  .map((item║\n  );\n", ") => item.id"],
  ["keeps another branch", "if (a) {\n  ║\n}\n", "b();\n} else {\n  c();"],
  ["keeps brackets in strings and comments", "x = ║\n", "':)'; // :)"],
  ["keeps the end of a string with a bracket in it", 'x = f("║\n', '):", a);'],
  ["keeps what a comment says", "// f(a║\n", ") or so)"],
  ["keeps the end where the writer has left one open within", "f(() => {\n  g(a\n  ║\n", "b();\n});"],
  ["leaves the rest of the caret's line to the one who places the text there", "f(║)\n", "a);"],
];
for (const [what, document, text] of kept) {
  test(what, () => assert.deepEqual(cutUnbalanced(text, at(document)), offered(text)));
}

test("drops a text of which nothing sensible remains", () => {
  assert.deepEqual(cutUnbalanced("});", at("a();\n║\n")), dropped("unbalanced"));
  assert.deepEqual(cutUnbalanced("f(a];", at("x = ║\n")), dropped("unbalanced"));
});

test("keeps lists and patterns in languages that have single brackets", () => {
  const pattern = "start)\n    run\n    ;;";
  assert.deepEqual(cutUnbalanced(pattern, at("case $1 in\n  ║\n", { languageId: "shellscript" })), offered(pattern));
  assert.deepEqual(cutUnbalanced("b) or", at("a) either\n║\n", { languageId: "markdown" })), offered("b) or"));
});

test("in the middle of a long file, closes what may have been opened further up, and no more", () => {
  const lines = "    a();\n".repeat(20);
  const inside = (text: string) => cutUnbalanced(text, at(`${lines}    ║\n`, { offset: 90_000 }));
  assert.deepEqual(inside("b();\n  }\n}"), offered("b();\n  }\n}"));
  assert.deepEqual(inside("b();\n  });"), offered("b();\n  });"));
  assert.deepEqual(inside("b();\n    }"), offered("b();"));
  assert.deepEqual(inside("b());"), offered("b()"));
});

test("knows the start of a file with Windows line ends", () => {
  const document = at("a();\n\n\n║\n");
  assert.deepEqual(cutUnbalanced("b();\n}", { ...document, offset: document.offset + 3 }), offered("b();"));
});
