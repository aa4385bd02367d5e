import assert from "node:assert/strict";
import { test } from "node:test";
import { dropProse } from "../../../src/completion/filters/prose.ts";
import { dropped, offered } from "../../../src/completion/suggestion.ts";
import { at } from "../../support/carets.ts";

const talk = [
  "Sure, here is the completed code:",
  "Here's the missing part of the function.",
  "To complete the function, you need to return the sum of both numbers.",
  "The following code adds two numbers",
  "I'm sorry, but I can't help with that.",
  "This function takes two arguments and returns their sum.",
  "Certainly! The `add(a, b)` function is below:",
  "Let me know if you need anything else",
];
const code = [
  "return a + b;",
  "this.value = value;",
  "I = np.eye(3)",
  "let me = people[0];",
  "to(target, { x: 1 });",
  "great",
  "user.name",
  "// Here is the place where it all begins.",
  "# This function adds two numbers and returns them.",
  '"The file could not be read."',
  "SELECT name FROM users WHERE id = 1",
  "case 1:",
];

for (const said of talk) {
  test(`drops talk: ${said}`, () => assert.deepEqual(dropProse(said, at("x\n║")), dropped("prose")));
}
for (const said of code) {
  test(`keeps code: ${said}`, () => assert.deepEqual(dropProse(said, at("x\n║")), offered(said)));
}

test("keeps sentences where sentences are written", () => {
  const said = "This function takes two numbers and returns their sum.";
  assert.deepEqual(dropProse(said, at("// ║")), offered(said));
  assert.deepEqual(dropProse(said, at('  """║')), offered(said));
  assert.deepEqual(dropProse(said, at("/*\n  Adds.\n  ║\n*/")), offered(said));
  for (const quotes of ['"""', "'''"]) {
    assert.deepEqual(
      dropProse(said, at(`def f():\n    ${quotes}\n    Adds.\n\n    ║\n    ${quotes}\n`)),
      offered(said),
    );
    assert.deepEqual(dropProse(said, at(`def f():\n    ${quotes}Adds.${quotes}\n    ║\n`)), dropped("prose"));
  }
  assert.deepEqual(dropProse(said, at("║", { languageId: "markdown" })), offered(said));
});
