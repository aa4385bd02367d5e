import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { SyntaxTrees } from "../../src/context/syntax/syntaxTrees.ts";
import type { CaretSyntax } from "../../src/context/caretSyntax.ts";
import { at } from "../support/carets.ts";
import { readWasm } from "../support/grammars.ts";

const trees = new SyntaxTrees(readWasm);

/** `■` stands where the answer is complete; without one it never is. */
type Case = readonly [what: string, text: string, answer: string];

const cases: Readonly<Record<string, readonly Case[]>> = {
  typescript: [
    ["a body after its opening", "if (a) {║", "\n  b();\n}■\nc();\n"],
    ["a body whose bracket stands in the file", "if (a) {\n  ║\n}\n", "b();\n  c();■\n}\nd();\n"],
    ["a body whose header has several lines", "if (\n  a &&\n    b) {\n  ║\n}\n", "c();■\n}\nd();\n"],
    ["a body without the else", "if (a) {║", "\n  b();\n}■ else {\n  c();\n}\n"],
    ["a body with an arrow function", "if (a) {║", "\n  b(() => {\n    c();\n  });\n}■\nd();\n"],
    ["a body in a body", "function f() {\n  if (a) {║", "\n    b();\n  }■\n  c();\n}\n"],
    ["the first statement where the body has more", "if (a) {\n  ║\n  c();\n}\n", "b();■\n  d();\n"],
    ["an argument's body and what closes the call", "foo(() => {║", "\n  a();\n});■\nb();\n"],
    ["an argument's body where the call is closed", "foo(() => {\n  ║\n});\n", "a();■\n});\nb();\n"],
    ["an object and what closes the call", "foo({║", "\n  a: 1,\n});■\nb();\n"],
    ["an array", "const x = [║", "\n  1,\n  2,\n];■\nfoo();\n"],
    ["an object that is being filled", "const x = {\n  a: 1,\n  ║", "b: 2,\n  c: 3,\n};■\nfoo();\n"],
    ["arguments that are being filled", "foo(\n  a,\n  ║", "b,\n);■\nbar();\n"],
    ["a statement", "a();\n║", "b();■\nc();\n"],
    ["a statement with a comment behind", "a();\n║", "b(); // so■\nc();\n"],
    ["a statement with a comment before", "a();\n║", "// so\nb();■\nc();\n"],
    ["a statement after an empty line", "a();\n║", "\nb();■\nc();\n"],
    ["the first of two statements on a line", "a();\n║", "b();■ c();\nd();\n"],
    [
      "a statement with its blocks",
      "a();\n║",
      "if (b) {\n  c();\n} else if (d) {\n  e();\n} else {\n  f();\n}■\ng();\n",
    ],
    ["an else without braces", "a();\n║", "if (b) c();\nelse d();■\ne();\n"],
    ["a try with what follows", "a();\n║", "try {\n  b();\n} catch {\n  c();\n} finally {\n  d();\n}■\ne();\n"],
    ["a loop", "a();\n║", "for (const b of c) {\n  d();\n}■\ne();\n"],
    ["a do with its condition", "a();\n║", "do {\n  b();\n} while (c);■\nd();\n"],
    ["a call chain without semicolons", "a();\n║", "b\n  .c()\n  // so\n  .d()■\ne();\n"],
    ["an operator at the start of a line", "a()\n║", "const b = c\n  + d■\ne()\n"],
    ["a template of several lines", "a();\n║", "b(`\n  }\n`);■\nc();\n"],
    ["a function", "a();\n║", "export async function f(): Promise<void> {\n  b();\n}■\n\nc();\n"],
    ["a method", "class A {\n  a = 1;\n\n  ║", "b(): void {\n    c();\n  }■\n\n  d() {}\n"],
    ["a field after its decorator", "class A {\n  @Input()\n  ║", "a: string;■\n  b: string;\n"],
    ["a decorated method", "class A {\n  a = 1;\n\n  ║", "@On()\n  b() {\n    c();\n  }■\n\n  d() {}\n"],
    ["a case", "switch (a) {\n  case 1:\n    break;\n  ║", "case 2:\n    b();\n    break;■\n  case 3:\n    c();\n"],
    ["the rest of a statement", "const a = ║", "b(c);■\nd();\n"],
    ["the rest of an argument list", "foo(a, ║", "b)\n  .c();■\nd();\n"],
    ["the rest of a header and its body", "for (const a ║", "of b) {\n  c();\n}■\nd();\n"],
    ["an else after a body", "if (a) {\n  b();\n} ║", "else {\n  c();\n}■\nd();\n"],
    ["an arrow's body", "const f = (a) => ║", "{\n  b();\n};■\nc();\n"],
    ["a statement in Chinese", "// 计算总价 🛒\n加();\n║", "结果 = `总计 🛒 ${价}`;■\n减();\n"],
    ["a statement below broken code", "function f() {\n  const = ;\n}\n\n║", "b();■\nc();\n"],
    ["half a statement", "a();\n║", "const b = c(\n  d,\n"],
    ["half a statement that looks like a whole one", "a();\n║", "foo(\n"],
    ["a body without an end", "if (a) {║", "\n  b();\n  c();\n"],
    ["brackets that do not fit", "a();\n║", "b(]);\n"],
    ["a closing bracket alone", "function f() {\n  a();\n  ║", "}\n"],
    ["what goes on in a comment", "// a║", " b\nc();\n"],
    ["what goes on in a string", 'const a = "║', 'b";\nc();\n'],
  ],
  typescriptreact: [
    ["elements", "return (║", "\n  <p>it's</p>\n);■\n}\n"],
    ["a component's body", "function A() {║", '\n  return <p title="a">it\'s {b}</p>;\n}■\n'],
  ],
  python: [
    ["a body", "def f(a):║", "\n    b = a\n    return b■\n\nc()\n"],
    ["a body on the header's line", "if a:║", " return 1■\nb()\n"],
    ["a body with a comment behind its last line", "if a:║", "\n    b()  # so■\nc()\n"],
    ["a body before an else", "if a:║", "\n    b()■\nelse:\n    c()\n"],
    ["a body before the else of another", "if a:\n    for b in c:║", "\n        d()■\nelse:\n    e()\n"],
    ["a body with a block", "def f(a):\n    ║", "for b in a:\n        c(b)\n    return a■\n\nd()\n"],
    ["a body whose header has several lines", "def f(\n    a,\n):║", "\n    return a■\n\nb()\n"],
    ["a statement", "a()\n║", "b = 1■\nc()\n"],
    ["a statement with a comment behind", "a()\n║", "b = 1  # so■\nc()\n"],
    ["a statement in brackets", "a()\n║", "b = c(\n    d,\n)■\ne()\n"],
    ["a long string", "a()\n║", 'b = """\nc\n"""■\nd()\n'],
    ["a statement with its blocks", "a()\n║", "if b:\n    c()\nelif d:\n    e()\nelse:\n    f()■\ng()\n"],
    ["a try with what follows", "a()\n║", "try:\n    b()\nexcept C:\n    d()■\ne()\n"],
    ["a decorated function", "a()\n\n\n║", "@b\ndef c():\n    return 1■\n\n\nd()\n"],
    [
      "a method",
      "class A:\n    def b(self):\n        pass\n\n    ║",
      "def c(self):\n        return 1■\n\n    def d(self):\n",
    ],
    ["a dictionary", "a = {\n    'b': 1,\n    ║", "'c': 2,\n}■\nd()\n"],
    ["half a statement", "a()\n║", "b = c(\n    d,\n"],
    ["a header without a body", "a()\n║", "if b:\n"],
    ["a body that may go on", "def f(a):║", "\n    b = a\n    return b\n\n"],
  ],
  go: [
    ["a body", "func f() error {\n\tif err != nil {║", "\n\t\treturn err\n\t}■\n\tb()\n"],
    ["a statement", "func f() {\n\ta()\n\t║", "b := c()■\n\td()\n"],
    ["a call chain", "func f() {\n\ta()\n\t║", "b.\n\t\tc().\n\t\td()■\n\te()\n"],
    ["a literal", "func f() {\n\ta()\n\t║", "b := T{\n\t\tC: 1,\n\t}■\n\td()\n"],
    ["a condition with its else", "func f() {\n\ta()\n\t║", "if b {\n\t\tc()\n\t} else {\n\t\td()\n\t}■\n\te()\n"],
    ["a function", "package a\n\n║", "func (a *A) f() (int, error) {\n\treturn 1, nil\n}■\n\nfunc g() {}\n"],
    ["a function as an argument", "func f() {\n\tb(func() {║", "\n\t\tc()\n\t})■\n\td()\n"],
  ],
  java: [
    ["a body", "class A {\n  void f() {║", "\n    a();\n  }■\n\n  void g() {}\n"],
    ["a statement", "class A {\n  void f() {\n    a();\n    ║", "int b = c();■\n    d();\n"],
    [
      "a try with what follows",
      "class A {\n  void f() {\n    a();\n    ║",
      "try {\n      b();\n    } catch (E e) {\n      c();\n    }■\n    d();\n",
    ],
    [
      "an annotated method",
      "class A {\n  int a;\n\n  ║",
      "@Override\n  public String b() {\n    return c;\n  }■\n\n  int d;\n",
    ],
    [
      "a call chain",
      "class A {\n  void f() {\n    a();\n    ║",
      "b.stream()\n        .map(c -> c.d())\n        .toList();■\n    e();\n",
    ],
  ],
  rust: [
    ["a body", "fn f() {\n    if a {║", "\n        b();\n    }■ else {\n        c();\n    }\n"],
    [
      "a binding with a match",
      "fn f() {\n    a();\n    ║",
      "let b = match c {\n        1 => 2,\n        _ => 3,\n    };■\n    d();\n",
    ],
    ["the last expression", "fn f() -> A {\n    a();\n    ║", "b(c)■\n}\n"],
    ["an item with its attributes", "use a;\n\n║", "#[derive(Debug)]\nstruct B {\n    c: i32,\n}■\n\nimpl B {}\n"],
    ["a literal", "fn f() {\n    let a = B {║", "\n        c: 1,\n    };■\n    d();\n"],
  ],
  c: [["a body on a line of its own", "int f(void)\n{║", "\n  return 1;\n}■\n\nint g(void);\n"]],
  cpp: [
    ["a loop", "int f() {\n  a();\n  ║", "for (int i = 0; i < n; ++i) {\n    b(i);\n  }■\n  c();\n"],
    ["an else without braces", "int f() {\n  a();\n  ║", "if (b)\n    c();\n  else\n    d();■\n  e();\n"],
    ["a class and its semicolon", "#include <a>\n\n║", "class A {\n public:\n  int b;\n};■\n\nint c;\n"],
    ["a body and its semicolon", "struct A {║", "\n  int b;\n};■\nint c;\n"],
    ["a function with its body on the next line", "int a;\n\n║", "int f()\n{\n  return 1;\n}■\n\nint g();\n"],
  ],
  csharp: [
    [
      "a condition",
      "class A\n{\n  void F()\n  {\n    a();\n    ║",
      "if (b)\n    {\n      c();\n    }\n    else\n    {\n      d();\n    }■\n    e();\n",
    ],
    ["a property", "class A\n{\n  int a;\n\n  ║", "public int B { get; set; }■\n\n  void F() {}\n"],
    ["a method", "class A\n{\n  int a;\n\n  ║", "public void F()\n  {\n    b();\n  }■\n\n  void G() {}\n"],
  ],
  // Where a statement ends is not known of these.
  ruby: [["a body", "def f\n  ║", "a\nend\nb\n"]],
  shellscript: [["a body", "if true; then\n  ║", "ls\nfi\npwd\n"]],
};

function caretAt(text: string, languageId: string): CaretSyntax {
  const syntax = trees.at(at(text, { languageId }));
  assert.ok(syntax);
  return syntax;
}

/** What is complete of an answer that came in this many characters at a time, at each step. */
function asItArrives(syntax: () => CaretSyntax, answer: string, chars: number): (number | undefined)[] {
  const ends: (number | undefined)[] = [];
  for (let length = chars; length < answer.length + chars; length += chars) {
    ends.push(syntax().completeAt(answer.slice(0, length)));
  }
  return ends;
}

for (const [languageId, rows] of Object.entries(cases)) {
  describe(`where an answer is complete, ${languageId}`, () => {
    before(async () => assert.ok(await trees.ready(languageId)));
    for (const [what, text, marked] of rows) {
      const found = marked.indexOf("■");
      const end = found === -1 ? undefined : found;
      const answer = marked.replace("■", "");

      test(what, () => assert.equal(caretAt(text, languageId).completeAt(answer), end));

      test(`${what}, in a file with Windows' line ends`, () => {
        assert.equal(caretAt(text.replaceAll("\n", "\r\n"), languageId).completeAt(answer), end);
      });

      test(`${what}, as it arrives`, () => {
        const reader = caretAt(text, languageId);
        for (const chars of [1, 7]) {
          const ends = asItArrives(() => reader, answer, chars);
          const first = end === undefined ? ends.length : ends.findIndex((each) => each !== undefined);
          assert.notEqual(first, -1);
          assert.deepEqual(ends, [...Array(first).fill(undefined), ...Array(ends.length - first).fill(end)]);
        }
      });

      test(`${what}, with each length asked of a new caret`, () => {
        const ends = asItArrives(() => caretAt(text, languageId), answer, 1);
        assert.deepEqual(
          ends,
          asItArrives(
            (
              (reader) => () =>
                reader
            )(caretAt(text, languageId)),
            answer,
            1,
          ),
        );
      });
    }
  });
}

test("another answer at the same caret is read from its start", async () => {
  assert.ok(await trees.ready("typescript"));
  const syntax = caretAt("a();\n║", "typescript");
  assert.equal(syntax.completeAt("b();\nc();\n"), 4);
  assert.equal(syntax.completeAt("if (d) {\n"), undefined);
  assert.equal(syntax.completeAt("longer();\nc();\n"), 9);
  assert.equal(syntax.completeAt("if (d) {\n}\ne();\n"), 10);
  assert.equal(syntax.completeAt("if (d) {\n}\nelse {\n}\n\nf();\n"), 19);
});

test("two answers at two carets do not disturb each other", async () => {
  assert.ok(await trees.ready("typescript"));
  const one = caretAt("a();\n║", "typescript");
  const other = caretAt("class B {\n  ║", "typescript");
  assert.equal(one.completeAt("if (c) {\n  d();\n"), undefined);
  assert.equal(other.completeAt("e() {\n"), undefined);
  assert.equal(one.completeAt("if (c) {\n  d();\n}\nf();\n"), 17);
  assert.equal(other.completeAt("e() {\n  }\n}\n"), 11);
});
