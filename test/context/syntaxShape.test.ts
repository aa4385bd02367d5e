import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { SyntaxTrees } from "../../src/context/syntax/syntaxTrees.ts";
import { at } from "../support/carets.ts";
import { readWasm } from "../support/grammars.ts";

const trees = new SyntaxTrees(readWasm);

type Case = readonly [what: string, text: string];

interface Cases {
  readonly block: readonly Case[];
  readonly line: readonly Case[];
}

const cases: Readonly<Record<string, Cases>> = {
  typescript: {
    block: [
      ["an empty file", "║"],
      ["after the opening of a body", "if (a) {║"],
      ["in an empty body", "if (a) {\n  ║\n}"],
      ["in an empty body on one line", "if (a) {║}"],
      ["between statements", "a();\n║\nb();\n"],
      ["between members", "class A {\n  a = 1;\n\n  ║\n}"],
      ["after a statement without a semicolon", "a()\n║"],
      ["after an increment", "i++\n║"],
      ["after a comment on the line before", "// Adds them\n║"],
      ["after an arrow", "const f = (a) => ║"],
      ["after an else", "if (a) {\n} else ║"],
      ["after a case", "switch (a) {\n  case 1:║"],
      ["under a case", "switch (a) {\n  case 1:\n    ║"],
      ["after the opening of an object", "foo({║"],
      ["after the opening of an array", "const x = [║"],
      ["on an empty line of an argument list", "foo(\n  a,\n  ║\n)"],
      ["on an empty line of an object", "const x = {\n  a: 1,\n  ║\n}"],
      ["after code that is broken", "foo((((\nconst = ;\nif (a) {║"],
      ["after a regular expression", "const a = /b/\n║"],
      ["under a condition without braces", "if (a)\n  ║"],
      ["after an opening that a comment follows", "if (a) { // so\n  ║"],
    ],
    line: [
      ["after a return", "return ║"],
      ["after an equals sign", "const x = ║"],
      ["on the line after an equals sign", "const x =\n  ║"],
      ["after an operator on the line before", "const x = a &&\n  ║"],
      ["in a condition", "if (a ║) {\n}"],
      ["in an argument list", "foo(a, ║)"],
      ["after the opening of an argument list", "foo(║"],
      ["in an index", "x[║"],
      ["in the middle of a word", "con║"],
      ["after a dot", "foo.║"],
      ["before code on the line", "║ foo();"],
      ["in a string", 'const a = "║'],
      ["on an empty line of a template", "const a = `\n║"],
      ["in a comment", "// ║"],
      ["on an empty line of a comment", "/*\n║\n*/"],
      ["in a template's code", "const a = `${║"],
      ["in the braces of an import", "import {║"],
      ["in the braces of a destructuring", "const {║"],
      ["after the name of a property", "const x = {\n  a: ║"],
      ["on the line after the name of a property", "const x = {\n  a:\n    ║"],
      ["after a second statement on the line", "a(); ║"],
      ["after an unfinished declaration", "const\n  ║"],
    ],
  },
  typescriptreact: {
    block: [
      ["after the opening of parentheses around elements", "return (\n  ║\n)"],
      ["on an empty line among elements", "return (\n  <div>\n    <b/>\n    ║\n  </div>\n);"],
      ["after the opening of a style", "return <b style={{║"],
    ],
    line: [
      ["in the braces of an attribute", "return <b onClick={║"],
      ["in the braces of an element's text", "return <b>{║"],
      ["in an element's text", "return <b>it's ║"],
    ],
  },
  python: {
    block: [
      ["after a header", "def f(a):║"],
      ["under a header", "def f(a):\n    ║"],
      ["after a header of several lines", "def f(\n    a,\n):║"],
      ["after a header whose last line is a parameter", "def f(a,\n      b=None):║"],
      ["after an else", "if a:\n    b()\nelse:║"],
      ["after a case", "match a:\n    case 1:║"],
      ["on an empty line", "x = 1\n║"],
      ["after an import of everything", "from a import *\n║"],
      ["after a name that is a keyword elsewhere", "self.const = const\n║"],
      ["after the opening of a dictionary", "x = {║"],
      ["on an empty line of a dictionary", "x = {\n    'a': 1,\n    ║\n}"],
      ["after a docstring", 'def f():\n    """Adds."""\n    ║'],
    ],
    line: [
      ["after a key", "x = {'a':║"],
      ["after a lambda's colon", "f = lambda a:║"],
      ["after an annotation's colon", "x:║"],
      ["after a line that goes on", "x = a + \\\n    ║"],
      ["in a condition", "if a ║:\n    b()"],
    ],
  },
  go: {
    block: [
      ["after the opening of a body", "if err != nil {║"],
      ["in a list of imports", "import (║"],
      ["on an empty line of imports", 'import (\n\t"fmt"\n\t║\n)'],
      ["under a case", "switch a {\n\tcase 1:\n\t\t║"],
    ],
    line: [
      ["in an argument list", "f(║"],
      ["after an operator", "x := a +\n\t║"],
    ],
  },
  java: {
    block: [
      ["after a lambda's arrow", "foo(a -> ║"],
      ["among members", "class A {\n    int a;\n\n    ║\n}"],
    ],
    line: [["after an extends", "class A extends\n    ║"]],
  },
  rust: {
    block: [
      ["after a match", "match a {║"],
      ["after the opening of a vector", "let a = vec![║"],
    ],
    line: [
      ["after an arm's arrow", "match a {\n    1 => ║"],
      ["in an attribute", "#[║"],
    ],
  },
  cpp: {
    block: [
      ["after an access label", "class A {\npublic:\n  ║"],
      ["in a body on a line of its own", "int f()\n{\n  ║\n}"],
    ],
    line: [["in a for", "for (int i = 0; ║)"]],
  },
  csharp: {
    block: [["in a body", "class A\n{\n    void F()\n    {\n        ║\n    }\n}"]],
    line: [["after a cast", "var a = (int) ║"]],
  },
  ruby: {
    block: [
      ["after a do with parameters", "a.each do |b|║"],
      ["under a definition", "def f\n  ║"],
    ],
    line: [["after a key", "x = { a => ║"]],
  },
  shellscript: {
    block: [
      ["after a then", "if true; then║"],
      ["under a do", "for a in b; do\n  ║"],
    ],
    line: [["after a pipe", "ls |\n  ║"]],
  },
  css: {
    block: [
      ["after the opening of a rule", "a {║"],
      ["on an empty line of a rule", "a {\n  b: c;\n  ║\n}"],
    ],
    line: [["after a property", "a {\n  color: ║"]],
  },
};

for (const [languageId, { block, line }] of Object.entries(cases)) {
  describe(`whether statements may be missing, ${languageId}`, () => {
    before(async () => assert.ok(await trees.ready(languageId)));
    for (const [shape, rows] of Object.entries({ block, line })) {
      for (const [what, text] of rows) {
        test(`${what}: a ${shape}`, () => assert.equal(trees.at(at(text, { languageId }))?.shape, shape));
        test(`${what}: a ${shape}, with Windows' line ends`, () => {
          assert.equal(trees.at(at(text.replaceAll("\n", "\r\n"), { languageId }))?.shape, shape);
        });
      }
    }
  });
}
