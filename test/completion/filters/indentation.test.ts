import assert from "node:assert/strict";
import { test } from "node:test";
import { fixIndentation } from "../../../src/completion/filters/indentation.ts";
import { offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const rows: readonly (readonly [what: string, document: string, unit: string, text: string, fixed: string])[] = [
  ["keeps the first line at the caret's column", "{\n  a();\n  ║", "  ", "  b();\n  c();", "b();\n  c();"],
  ["does not double the space before the caret", "x = ║", "  ", " 5;", "5;"],
  ["lets the model indent where the editor has not", "def f():\n║", "    ", "    return 1", "    return 1"],
  ["goes one level deeper where the caret stands under an opening", "  if a:\n  ║", "  ", "    b()", "  b()"],
  ["writes tabs in a file of tabs", "{\n\t║", "\t", "if (a) {\n\t    b();\n\t}", "if (a) {\n\t\tb();\n\t}"],
  [
    "writes spaces in a file of spaces",
    "{\n    ║",
    "    ",
    "if (a) {\n    \tb();\n    }",
    "if (a) {\n        b();\n    }",
  ],
  [
    "widens two spaces to the file's four",
    "║",
    "    ",
    "if (a) {\n  b(() => {\n    c();\n  });\n}",
    "if (a) {\n    b(() => {\n        c();\n    });\n}",
  ],
  ["leaves a hanging indent where it is", "    ║", "    ", "f(a,\n      b)", "f(a,\n      b)"],
  ["leaves what is right as it is", "{\n  ║", "  ", "if (a) {\n    b();\n  }", "if (a) {\n    b();\n  }"],
  [
    "writes tabs where the model has written two spaces a level",
    "{\n\t║",
    "\t",
    "if (a) {\n    b();\n  }",
    "if (a) {\n\t\tb();\n\t}",
  ],
  ["writes tabs for lines of spaces as deep as the caret's", "{\n\t{\n\t\t║", "\t", "a();\n    b();", "a();\n\t\tb();"],
  ["writes spaces for lines of tabs", "{\n    {\n        ║", "    ", "a();\n\t\tb();", "a();\n        b();"],
  ["takes away one space too many in every line", "{\n    ║", "    ", " a();\n     b();", "a();\n    b();"],
  ["takes away one space too many behind tabs", "{\n\t║", "\t", " a();\n\t b();", "a();\n\tb();"],
  ["takes away all the tabs that the caret's line has", "{\n\t\t║", "\t", "\t\ta();\n\t\tb();", "a();\n\t\tb();"],
  ["lets a block at the start of a line be in tabs", "a();\n║", "\t", "if (a) {\n\tb();\n}", "if (a) {\n\tb();\n}"],
  ["writes a body after an opening in the file's unit", "def f():║", "    ", "\n  return 1", "\n    return 1"],
  [
    "goes in and out again as Python does",
    "def f(a):\n    ║",
    "    ",
    "if a:\n        b()\n    else:\n        c()\n    return d",
    "if a:\n        b()\n    else:\n        c()\n    return d",
  ],
  ["keeps the stars of a comment below one another", "  ║", "  ", "/**\n   * A.\n   */", "/**\n   * A.\n   */"],
  ["takes blanks from blank lines", "{\n  ║", "  ", "a();\n  \n  b();", "a();\n\n  b();"],
];

for (const [what, document, indentUnit, text, fixed] of rows) {
  test(what, () => {
    const cursor = at(document, { indentUnit });
    assert.deepEqual(fixIndentation(text, cursor), offered(fixed));
    assert.deepEqual(fixIndentation(fixed, cursor), offered(fixed), "given its own answer it changes nothing");
  });
}
