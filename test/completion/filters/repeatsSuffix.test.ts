import assert from "node:assert/strict";
import { test } from "node:test";
import { dropRepeatedSuffix } from "../../../src/completion/filters/repeatsSuffix.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const cut: readonly (readonly [what: string, document: string, text: string, kept: string])[] = [
  ["cuts the closing bracket the editor already inserted", "log(║)\n", "user.id)", "user.id"],
  [
    "cuts a line that closes, whose column is that of the caret",
    "  if (a) {\n    b();\n  ║\n  }\n",
    "c();\n  }",
    "c();",
  ],
  ["cuts all of the line's rest", "log(║);\n", "user.id);", "user.id"],
  ["cuts a quote and a bracket", 'log("║")\n', 'hello")', "hello"],
  ["cuts the rest of an expression", "const x = ║ + offset;\n", "base + offset;", "base"],
  ["cuts the next line of the file", "  ║\n  second();\n", "first();\n  second();", "first();"],
  [
    "cuts the next lines with blank ones between",
    "  ║\n\n  second();\n  third();\n",
    "first();\n  second();\n  third();",
    "first();",
  ],
  ["cuts the bracket that closes the block in the file", "if (a) {\n  ║\n}\n", "b();\n}", "b();"],
  ["cuts it with Python's way of closing nothing", "def f():\n    ║\n    return a\n", "a = 1\n    return a", "a = 1"],
  ["looks through nested calls of the text's own", "f(║)\n", "g({ a: [1] }))", "g({ a: [1] })"],
  ["cuts all of the line's rest behind blanks", "a = ║  b + c\n", "d - b + c", "d -"],
  ["cuts several closing brackets after another", "f(g(║))\n", "h(x)))))", "h(x)"],
  ["cuts a next line that the answer did not finish", "  ║\n  second(a, b);\n", "first();\n  second(a,", "first();"],
  ["cuts the next line at another column", "    ║\n    second();\n", "first();\nsecond();", "first();"],
  [
    "cuts the values of a list that the file has",
    "const a = [\n  1,\n  ║\n  4,\n  5,\n];\n",
    "2,\n  3,\n  4,",
    "2,\n  3,",
  ],
];
const kept: readonly (readonly [what: string, document: string, text: string])[] = [
  ["keeps a bracket that closes what the text has opened", "log(║)\n", "user.get(1)"],
  ["keeps the end of its own block, though the file's looks the same", "{\n║\n}\n", "if (x) {\n  return 1;\n}"],
  ["keeps a text that has nothing to do with what follows", "x = ║\n", "a + b;"],
  ["keeps a next line's start that is only a few letters", "a = 1\n║\nbar();\n", "a\nb"],
  ["keeps a bracket in a string", "log(║)\n", "'a :)'"],
  [
    "keeps the end of a function behind the line break in front of it, before the end of its class",
    "class A {\n  clear() {\n    this.size = 0;║\n}\n",
    "\n  }",
  ],
  ["keeps it on a line of its own", "class A {\n  clear() {\n    this.size = 0;\n  ║\n}\n", "}"],
  ["keeps it where the editor does not indent", "class A {\n  clear() {\n    this.size = 0;\n║\n}\n", "  }"],
  [
    "keeps the end of a call on the caret's line, before the end of the one around it",
    "  f((a) =>\n      g(a║\n  );\n",
    ");",
  ],
  ["keeps the brackets of which the line has one more", "const a = x.map((║))\n", "item) => item.id)"],
  ["keeps them around a call at the end", "app.get('/', (║))\n", "req, res) => res.send('x'))"],
  ["keeps them where both are in the middle", "print(f(║))\n", "x) + g(y))"],
  ["keeps them in the middle of typing", "const a = x.map((item║))\n", ") => item.id)"],
  ["keeps a word that by chance ends as the next one begins", "x = ║ is\n", "this"],
];

for (const [what, document, text, rest] of cut) {
  test(what, () => assert.deepEqual(dropRepeatedSuffix(text, at(document)), offered(rest)));
}
for (const [what, document, text] of kept) {
  test(what, () => assert.deepEqual(dropRepeatedSuffix(text, at(document)), offered(text)));
}

test("drops a text of which nothing is new", () => {
  assert.deepEqual(dropRepeatedSuffix("second();", at("  ║\n  second();\n")), dropped("repeats-suffix"));
  assert.deepEqual(dropRepeatedSuffix(");", at("f(a║);\n")), dropped("repeats-suffix"));
});
