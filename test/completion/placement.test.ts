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
  assert.deepEqual(placeOnLine("a) {", at("if (║ && b) {\n")), { text: "a", replaceAfter: 0 });
  assert.equal(placeOnLine(") {", at("if (a║ && b) {\n")), undefined);
});
