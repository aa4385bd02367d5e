import assert from "node:assert/strict";
import { test } from "node:test";
import { bracketsIn } from "../../src/text/brackets.ts";
import { endsInLiteral } from "../../src/text/literals.ts";

/** The brackets that count, as they stand in the text. */
function counted(text: string): string {
  return bracketsIn(text)
    .map(({ offset }) => text.charAt(offset))
    .join("");
}

const rows: readonly (readonly [what: string, text: string, brackets: string])[] = [
  ["strings", `a("(", ')', \`}\${b}\`)`, "()"],
  ["escaped quotes in strings", `a("\\")", '\\')')`, "()"],
  ["strings with a mark in front", `a(rb'(', f"{", L'{')`, "()"],
  ["characters", "if (c == '(' || c == '\"' || c == '\\'') {", "(){"],
  ["long strings", 'def f():\n  """Says (a,\n  b.\n  """\n  g(', "()("],
  ["the rest after the start of a long string", 'f(""" (', "("],
  ["strings over several lines", "f(`(\n(`)", "()"],
  ["strings in strings", "`${a ? `b` : ``}` + (", "("],
  ["comments", "a( // (\n) # (\n[ /* { \n { */ ]", "()[]"],
  ["a comment that has no end yet", "a(); /* (", "()"],
  ["regular expressions", "a(/\\(/g, b = /[(/]/, c.match(/}/))", "(())"],
];
for (const [what, text, brackets] of rows) {
  test(`brackets do not count in ${what}`, () => assert.equal(counted(text), brackets));
}

const code: readonly (readonly [what: string, text: string, brackets: string])[] = [
  ["the end of a string that began earlier", "a', (b) => {", "(){"],
  ["apostrophes", "// don't\nf(a) // it's here\n{ isn't (one) that isn't }", "(){()}"],
  ["lifetimes", "fn f<'a, 'b>(x: &'a str, y: &'b str) -> Box<dyn Fn() + 'a> {", "()(){"],
  ["a lifetime for ever", "fn f(x: &'static str, y: Box<dyn T + 'static>) {", "(){"],
  ["floor division", "for i in range(len(a) // 2):\n  f(", "(())("],
  ["addresses", "see https://a.b/(c)", "()"],
  ["globs", "for f in src/*; do (a); done", "()"],
  ["divisions", "a / (b) / (c)", "()()"],
  ["selectors, attributes and directives", "#a { }\n#[derive(A)]\n#define F(x)", "{}[()]()"],
  ["a quote alone on its line", 'a" (\nb"', "("],
  ["the end of a string of several lines", "b}`;\nfunction f() {\n  return `a", "}(){"],
];
for (const [what, text, brackets] of code) {
  test(`brackets count around ${what}`, () => assert.equal(counted(text), brackets));
}

const ends: readonly (readonly [what: string, text: string, within: boolean])[] = [
  ["in a comment", "a(); // so", true],
  ["behind a comment", "a(); // so\n", false],
  ["in a comment of several lines", "/* a\n  b ", true],
  ["behind one", "/* a\n  b */", false],
  ["in a string of several lines", '"""\nThe area.\n\n', true],
  ["behind one", '"""\nThe area.\n"""', false],
  ["in one with a quote in it", "'''It's \"here\"\n", true],
  ["in another that follows", '"""a"""\nb = """', true],
  ["behind a quote that is alone on its line", 'x = "a\n', false],
  ["in code", "x = y / 2", false],
  ["at the start", "", false],
];
for (const [what, text, within] of ends) {
  test(`an end ${what}: ${JSON.stringify(text)}`, () => assert.equal(endsInLiteral(text), within));
}
