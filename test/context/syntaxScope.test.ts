import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { Scope } from "../../src/context/caretSyntax.ts";
import { SyntaxTrees } from "../../src/context/syntax/syntaxTrees.ts";
import { at } from "../support/carets.ts";
import { readWasm } from "../support/grammars.ts";

const trees = new SyntaxTrees(readWasm);

type Case = readonly [what: string, text: string, scope: Scope];

const cases: Readonly<Record<string, readonly Case[]>> = {
  typescript: [
    ["after a statement", "const a = 1;\n║", "code"],
    ["a line comment that is being typed", "foo(); // so ║", "comment"],
    ["the line after a line comment", "// so\n║", "code"],
    ["a comment in Chinese", "// 计算总价║", "comment"],
    ["code after a comment in Chinese", "// 计算总价 🛒\nconst 价格 = ║", "code"],
    ["a documenting comment that nothing closes", "/**\n * Adds ║\nexport function add() {}\n", "comment"],
    ["a closed comment on the line", "foo(/* first */ ║)", "code"],
    ["a string that is being typed", 'const a = "hel║\nfoo();\n', "string"],
    ["a string that the editor closed", 'const a = "hel║";\n', "string"],
    ["after a string", 'const a = "hel"║', "code"],
    ["a string that holds a comment's mark", 'const a = "http://║', "string"],
    ["the line after a string without an end", 'const a = "hel\nconst b = ║', "code"],
    ["an escaped quote", 'const a = "he said \\"║', "string"],
    ["a template", "const a = `hel ║`", "string"],
    ["a template of several lines", "const a = `one\n  two ║", "string"],
    ["code in a template", "const a = `hel ${║}`", "code"],
    ["a string in code in a template", 'const a = `hel ${f("║")}`', "string"],
    ["a template after code in it", "const a = `hel ${{ b: 1 }.b} lo ║`", "string"],
    ["after a template with code in it", "const a = `hel ${b}`;\n║", "code"],
    ["a quote in a regular expression", "const a = /[\"']/.test(║", "code"],
    ["a string after a quote in a regular expression", "const a = /[\"'`]/.test('║", "string"],
    ["a slash in a set of a regular expression", 'x.replace(/[/]"/g, ║', "code"],
    ["a division is no regular expression", 'const a = b / 2 + "║', "string"],
    ["brackets that nothing closes above", "foo((((\nbar({\n\nconst a = '║", "string"],
  ],
  typescriptreact: [
    ["an apostrophe in an element's text", "return (\n  <p>it's ║", "code"],
    ["a string after an apostrophe in an element's text", "return (\n  <p>it's</p>\n  {f('║", "string"],
    ["an address in an element's text", "return (\n  <p>see http://a.b ║", "code"],
    ["an attribute", 'return <p title="║', "string"],
    ["code in an attribute", "return <p title={║", "code"],
    ["quotes as an element's text", 'return (\n  <p>\n    "Go" she said ║', "code"],
  ],
  javascript: [["a string after a keyword without a space", "if (a) return'║", "string"]],
  python: [
    ["a comment", "x = 1  # so ║", "comment"],
    ["a function's docstring", 'def f():\n    """Adds ║', "comment"],
    ["a docstring that is closed", 'def f():\n    """Adds."""\n    ║', "code"],
    ["a long string that is a value", 'query = """\nselect ║', "string"],
    ["a string that is being typed", "a = 'it is ║\nb = 1\n", "string"],
    ["a hash in a string", 'a = "#║', "string"],
    ["code in an f-string", 'a = f"{║', "code"],
    ["after code in an f-string", 'a = f"{b} and ║', "string"],
    ["doubled braces in an f-string", 'a = f"{{║', "string"],
    ["a raw string", 'a = r"\\d║', "string"],
    ["after a raw string", 'a = r"\\d" + ║', "code"],
    ["a module's docstring with lines at the margin", '"""\nclass of things\n\nfrom ║', "comment"],
  ],
  go: [
    ["a raw string of several lines", "x := `one\ntwo ║", "string"],
    ["a rune", "x := 'a' + ║", "code"],
    ["a comment", "// F does ║", "comment"],
  ],
  java: [
    ["a text block", 'String s = """\n    one ║', "string"],
    ["after a character", "char c = '\"'; int d = ║", "code"],
  ],
  rust: [
    ["a lifetime is no string", "fn f<'a>(x: &'a str) -> ║", "code"],
    ["a raw string with quotes", 'let s = r#"a "b" ║', "string"],
    ["after a raw string", 'let s = r#"a "b" "#; ║', "code"],
    ["after a character", "let c = '\"'; ║", "code"],
  ],
  c: [
    ["an include", '#include "║', "string"],
    ["digits in groups", "int a = 1'000'000; ║", "code"],
  ],
  cpp: [["a raw string", 'auto s = R"x(a )" ║', "string"]],
  csharp: [
    ["a verbatim string", 'var s = @"C:\\║', "string"],
    ["after a verbatim string", 'var s = @"C:\\"; ║', "code"],
    ["code in an interpolated string", 'var s = $"a {║', "code"],
    ["after code in an interpolated string", 'var s = $"a {b} ║', "string"],
  ],
  php: [
    ["a hash", "<?php\n# so ║", "comment"],
    ["an attribute is no comment", "<?php\n#[Attr] ║", "code"],
    ["a here-document", "<?php\n$a = <<<EOT\nhel ║", "string"],
    ["after a here-document", "<?php\n$a = <<<EOT\nhel\nEOT;\n║", "code"],
    ["text outside of PHP", "<?php f(); ?>\n<p>it's ║", "code"],
  ],
  ruby: [
    ["code in a string", 'a = "x #{║', "code"],
    ["a here-document", "a = <<~EOS\n  hel ║", "string"],
    ["after a here-document", "a = <<~EOS\n  hel\nEOS\n║", "code"],
    ["a comment of several lines", "=begin\nso ║", "comment"],
  ],
  css: [
    ["a comment", "a { /* so ║", "comment"],
    ["a string", 'a::before { content: "║', "string"],
    ["an address is no comment", "a { background: url(http://║", "code"],
  ],
  shellscript: [
    ["a comment", "ls # so ║", "comment"],
    ["a count is no comment", "if [ $# -gt ║", "code"],
    ["a string", 'echo "hel ║', "string"],
    ["a command in a string", 'echo "hel $(║', "code"],
    ["a here-document", "cat <<EOF\nhel ║", "string"],
  ],
  powershell: [
    ["a comment of several lines", "<#\n so ║", "comment"],
    ["an escaped quote", '$a = "a `" ║', "string"],
    ["a here-string", '$a = @"\nhel "x" ║', "string"],
  ],
};

for (const [languageId, rows] of Object.entries(cases)) {
  describe(`what a caret is in, ${languageId}`, () => {
    before(async () => assert.ok(await trees.ready(languageId)));
    for (const [what, text, scope] of rows) {
      test(what, () => assert.equal(trees.at(at(text, { languageId }))?.scope, scope));
      test(`${what}, with Windows' line ends`, () => {
        assert.equal(trees.at(at(text.replaceAll("\n", "\r\n"), { languageId }))?.scope, scope);
      });
    }
  });
}

/** More than a piece, and less than a snapshot. */
const filler = (line: string): string => `${line}\n`.repeat(Math.ceil(4_000 / line.length));

describe("what a caret far down in a file is in", () => {
  before(async () => {
    for (const languageId of ["typescript", "python", "go"]) assert.ok(await trees.ready(languageId));
  });
  const rows: readonly (readonly [what: string, languageId: string, text: string, scope: Scope])[] = [
    ["a long template", "typescript", `const a = \`\n${filler("some text, it's long")}║`, "string"],
    ["code after a long template", "typescript", `const a = \`\n${filler("it's")}\`;\nfunction f() {\n  ║`, "code"],
    ["code in a long class", "typescript", `class A {\n${filler("  a = 'b';")}  c() {\n    ║`, "code"],
    ["a long comment", "typescript", `/*\n${filler(" * it's long")}║`, "comment"],
    ["a long docstring", "python", `"""\n${filler("from here on it's long")}║`, "comment"],
    ["code after a long docstring", "python", `"""\n${filler("It's long")}"""\nx = ║`, "code"],
    ["a long raw string", "go", `package a\n\nvar a = \`\n${filler("it's")}║`, "string"],
  ];
  for (const [what, languageId, text, scope] of rows) {
    test(what, () => assert.equal(trees.at(at(text, { languageId }))?.scope, scope));
  }

  test("code in a method, where the snapshot begins in the docstring of another", () => {
    const text = `It's the end of one.\n    """\n${filler("    a = 'b'")}    def f(self):\n        ║`;
    assert.equal(trees.at(at(text, { languageId: "python", offset: 50_000 }))?.scope, "code");
  });
});
