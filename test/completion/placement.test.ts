import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOnLine } from "../../src/completion/placement.ts";
import { at } from "../support/carets.ts";

test("at the end of a line a text goes where the caret is, with all its lines", () => {
  assert.deepEqual(placeOnLine("a;\nb;", at("x = ║\n")), { text: "a;\nb;", replaceAfter: 0 });
  assert.deepEqual(placeOnLine("a;\nb;", at("x = ║   \n")), { text: "a;\nb;", replaceAfter: 0 });
});

test("a text that contains the closing brackets of the line takes their place, so that the line grows around them", () => {
  assert.deepEqual(placeOnLine("user.id);", at("log(║)\n")), { text: "user.id);", replaceAfter: 1 });
  assert.deepEqual(placeOnLine('a", b);', at('f("║")\n')), { text: 'a", b);', replaceAfter: 2 });
  assert.deepEqual(placeOnLine("() => {\n  a();\n});", at("f(║)\n")), {
    text: "() => {\n  a();\n});",
    replaceAfter: 1,
  });
});

test("a bracket that the text has opened itself does not take the place of the line's", () => {
  assert.deepEqual(placeOnLine("get(1)", at("log(║)\n")), { text: "get(1)", replaceAfter: 0 });
  assert.deepEqual(placeOnLine('a" + "b', at('f("║")\n')), { text: 'a" + "b', replaceAfter: 0 });
});

test("before other text on the line only what fits in between is shown", () => {
  assert.deepEqual(placeOnLine("a;\nb;", at("x = ║ + 1\n")), { text: "a;", replaceAfter: 0 });
  assert.deepEqual(placeOnLine("is(a)) {", at("if (║ && b) {\n")), { text: "is(a)", replaceAfter: 0 });
  assert.equal(placeOnLine("a) {", at("if (║ && b) {\n")), undefined, "a single character is not worth a look");
  assert.equal(placeOnLine(") {", at("if (a║ && b) {\n")), undefined);
});

test("the last character of what is shown stays", () => {
  assert.equal(placeOnLine("d", at("log(user.i║)\n")), undefined);
  assert.deepEqual(placeOnLine("d", at("log(user.i║)\n"), 1), { text: "d", replaceAfter: 0 });
  assert.equal(placeOnLine(") {", at("if (a║ && b) {\n"), 1), undefined);
});

test("a text that closes the string for which the line has a quote ends before it", () => {
  assert.deepEqual(placeOnLine("ndAll', () => {", at("describe('fi║')\n")), { text: "ndAll", replaceAfter: 0 });
  assert.deepEqual(placeOnLine("ndAll', () => {\n  run('a');\n});", at("describe('fi║');\n")), {
    text: "ndAll', () => {\n  run('a');\n});",
    replaceAfter: 3,
  });
});

test("a header that the editor has closed grows around its closing bracket", () => {
  assert.deepEqual(placeOnLine("bar: str):", at("def foo(║)\n")), { text: "bar: str):", replaceAfter: 1 });
});

test("a bracket in a string is none", () => {
  assert.deepEqual(placeOnLine("':)'", at("log(║)\n")), { text: "':)'", replaceAfter: 0 });
  assert.deepEqual(placeOnLine('" + f(")"', at('x = "a║ && b\n')), { text: '" + f(")"', replaceAfter: 0 });
});
