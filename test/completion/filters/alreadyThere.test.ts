import assert from "node:assert/strict";
import { test } from "node:test";
import { dropAlreadyThere } from "../../../src/completion/filters/alreadyThere.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const add = "function add(a, b) {\n  return a + b;\n}";
const there: readonly (readonly [what: string, document: string, text: string])[] = [
  ["a function that the file has below", `║\n\nstart();\n\n${add}\n`, add],
  ["a function that the file has above", `${add}\n\nstart();\n\n║\n`, add],
  ["the start of such a function", `║\n\nstart();\n\n${add}\n`, "function add(a, b) {\n  return a + b;"],
  ["a function of which a part is typed", `func║\n\nstart();\n\n${add}\n`, add.slice(4)],
  [
    "several statements that come further down",
    "{\n  ║\n  open();\n\n  const a = read();\n  check(a);\n  close();\n}\n",
    "const a = read();\n  check(a);\n  close();",
  ],
  ["an import", "import { a } from './a';\nimport b from 'b';\n║\n", "import { a } from './a';"],
  ["an import of which a part is typed", "from math import floor\nimp║\nfrom os import path\nimport re\n", "ort re"],
  [
    "Python's start of the program",
    'main()\n\nif __name__ == "__main__":\n    main()\n║\n',
    'if __name__ == "__main__":\n    main()',
  ],
  ["a header", '#include <a.h>\n#include "b.h"\n║\n', "#include <a.h>"],
  ["a rule of a style sheet", "body {\n  margin: 0;\n}\n\n║\n", "body {\n  margin: 0;\n}"],
];
for (const [what, document, text] of there) {
  test(`drops ${what}`, () => assert.deepEqual(dropAlreadyThere(text, at(document)), dropped("already-there")));
}

const kept: readonly (readonly [what: string, document: string, text: string])[] = [
  ["a short line", "function f() {\n  return x;\n}\nfunction g() {\n  ║\n}\n", "return x;"],
  ["the end of a block", "if (a) {\n  b();\n}\nif (c) {\n  d();\n║", "}"],
  [
    "a guard that Go wants after each call",
    "a, err := f()\nif err != nil {\n\treturn err\n}\nb, err := g()\n║\nc, err := h()\nif err != nil {\n\treturn err\n}\n",
    "if err != nil {\n\treturn err\n}",
  ],
  ["another function that looks like the first", `${add}\n\n║\n`, "function sub(a, b) {\n  return a - b;\n}"],
  ["a function of the same name with another body", `${add}\n\n║\n`, "function add(a, b) {\n  return b + a;\n}"],
  [
    "a constructor as in the class above",
    "class A {\n  constructor() {\n    super();\n  }\n}\nclass B {\n  ║\n}\n",
    "constructor() {\n    super();\n  }",
  ],
  ["an import within a function", "import os\n\ndef f():\n    ║\n", "import os"],
  ["the start of an import of several lines", "import {\n  a,\n} from 'a';\n║\n", "import {\n  b,\n} from 'b';"],
  ["a variable of the same value in another function", "  const x = 5;\n}\nfunction g() {\n  ║\n", "const x = 5;"],
  [
    "a block whose content is that of another one",
    "║\n\nfunction g() {\n  const a = read();\n  check(a);\n  close();\n}\n",
    "function f() {\n  const a = read();\n  check(a);\n  close();\n}",
  ],
  [
    "a block of indented lines whose content is that of another one",
    "║\n\ndef g():\n    a = read()\n    check(a)\n    close()\n",
    "def f():\n    a = read()\n    check(a)\n    close()",
  ],
  ["foo(2) after foo(1) and before foo(3)", "foo(1);\n║\nfoo(3);\n", "foo(2);"],
];
for (const [what, document, text] of kept) {
  test(`keeps ${what}`, () => assert.deepEqual(dropAlreadyThere(text, at(document)), offered(text)));
}

test("cuts imports that exist off the end of new ones", () => {
  assert.deepEqual(
    dropAlreadyThere("import new from 'new';\nimport b from 'b';", at("import b from 'b';\n║\n\nrun();\n")),
    offered("import new from 'new';"),
  );
});

test("cuts several statements that come further down off the end of new ones", () => {
  const below = "\n  open();\n\n  const a = read();\n  check(a);\n  close();\n}\n";
  const again = "const a = read();\n  check(a);\n  close();";
  assert.deepEqual(dropAlreadyThere(`start();\n  ${again}`, at(`{\n  ║${below}`)), offered("start();"));
  assert.deepEqual(
    dropAlreadyThere(`function start() {\n  open();\n}\n\n${add}`, at(`║\n\nstart();\n\n${add}\n`)),
    offered("function start() {\n  open();\n}"),
  );
});

test("does not look further than some thirty lines", () => {
  const far = `║\n${"step();\n".repeat(30)}${add}\n`;
  assert.deepEqual(dropAlreadyThere(add, at(far)), offered(add));
});
