import assert from "node:assert/strict";
import { test } from "node:test";
import { actionNamed } from "../../src/edit/catalogue.ts";
import { docConvention, withConventions } from "../../src/edit/docConventions.ts";
import { newCodePrompt, type ShownCode } from "../../src/refactor/newCodePrompt.ts";
import {
  addingRow,
  addTestsInstruction,
  newTestsInstruction,
  relativePath,
} from "../../src/refactor/testInstruction.ts";
import { targetLanguages } from "../../src/refactor/translation.ts";

const shown = (path: string, text: string, line = 0): ShownCode => ({ path, languageId: "typescript", text, line });
const code = shown("src/cart.ts", "export const one = 1;\n", 4);
const file = shown("src/cart.ts", `// all of it\n${"\n".repeat(3)}export const one = 1;\n`);
const sample = shown("src/shop.test.ts", 'test("shop", () => {});\n'.repeat(200));
const chars = (text: string): number => text.length;

test("what is asked has code, file and a test beside, each in a fence, and says where each is from", () => {
  const prompt = newCodePrompt({ instruction: "Write tests.", code, file, sample }, 100_000, chars);
  const text = prompt?.messages.at(-1)?.content ?? "";
  for (const each of [code, file, sample]) assert.ok(text.includes(`\`\`\`typescript\n${each.text}\`\`\``), each.path);
  assert.match(text, /Instruction: Write tests\.$/);
  assert.deepEqual(
    prompt?.stretches.map(({ path, line }) => [path, line]),
    [
      ["src/cart.ts", 0],
      ["src/shop.test.ts", 0],
    ],
  );
  for (const { text: part } of prompt?.stretches ?? []) assert.ok(text.includes(part));
});

test("the test beside gets shorter first, then the file is left out, and the code is never cut", () => {
  const asked = (tokens: number) => newCodePrompt({ instruction: "Write tests.", code, file, sample }, tokens, chars);
  const short = asked(2_400)?.messages.at(-1)?.content ?? "";
  assert.ok(short.includes("shop.test.ts") && !short.includes(sample.text));
  const bare = asked(700)?.messages.at(-1)?.content ?? "";
  assert.ok(bare.includes(code.text) && !bare.includes("shop.test.ts"));
  assert.equal(asked(100), undefined);
});

test("code with fences of its own is in a longer one", () => {
  const fences = shown("a.md", "```ts\na\n```\n");
  const prompt = newCodePrompt({ instruction: "", code: fences }, 100_000, chars);
  assert.match(prompt?.messages.at(-1)?.content ?? "", /````typescript\n```ts\na\n```\n````/);
});

test("new tests are told their framework, their file, and from where they import the code", () => {
  const wanted = { path: "test/shop/cart.test.ts", code, framework: "Vitest" };
  assert.equal(
    newTestsInstruction(wanted),
    'The project tests with Vitest. The tests will be the new file test/shop/cart.test.ts. From there the code is at "../../src/cart.ts".',
  );
  assert.equal(newTestsInstruction({ path: undefined, code, framework: undefined }), "");
  assert.equal(relativePath("src/cart.test.ts", "src/cart.ts"), "./cart.ts");
  assert.equal(relativePath("src/__tests__/cart.test.ts", "src/cart.ts"), "../cart.ts");
});

test("tests that are added are told what they test, unless they stand beside it", () => {
  const text = "fn one() {}\n";
  const rust = { path: "src/lib.rs", code: { path: "src/lib.rs", languageId: "rust" }, framework: "#[test]" };
  assert.match(
    addTestsInstruction(rust, undefined),
    /^Add tests for the code of this file\. Use #\[test\]\..*#\[cfg\(test\)\]/,
  );
  assert.match(
    addTestsInstruction({ ...rust, path: "tests/lib.rs" }, text),
    /code of src\/lib\.rs:\n```rust\nfn one\(\) \{\}\n```/,
  );
});

test("a short file of tests is shown whole, of a long one its last paragraph", () => {
  const one = ["test('a', () => {", "  run();", "});", ""];
  const long = Array.from({ length: 40 }, () => one).flat();
  assert.equal(addingRow(one), 0);
  const row = addingRow(long);
  assert.ok(row > 100 && long[row] === "test('a', () => {");
  const nested = ["describe('a', () => {", ...long.map((line) => (line === "" ? "" : `  ${line}`)), "});"];
  assert.equal(nested[addingRow(nested)], "  test('a', () => {");
});

test("code is translated to another language, those that are open first", () => {
  const all = targetLanguages("typescript", ["go", "typescript", "plaintext"]);
  assert.equal(all[0]?.id, "go");
  assert.ok(all.length > 15 && all.every(({ id }) => id !== "typescript"));
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
});

test("comments are asked for in the convention of the language, where it has one", () => {
  assert.match(docConvention("python") ?? "", /PEP 257/);
  assert.match(docConvention("go") ?? "", /begin with the declared name/);
  assert.match(docConvention("rust") ?? "", /`\/\/\/`/);
  assert.match(docConvention("java") ?? "", /Javadoc/);
  assert.match(docConvention("typescript") ?? "", /write no types/);
  assert.equal(docConvention("json"), undefined);
});

test("only documentation is asked for by convention, in each language once", () => {
  const asked = (id: string, languages: readonly string[]) => {
    const action = actionNamed(id);
    assert.ok(action);
    return withConventions(action, languages).instruction.slice(action.instruction.length);
  };
  assert.equal(asked("docs", ["java", "json", "java", "go"]), `\n${docConvention("java")}\n${docConvention("go")}`);
  assert.equal(asked("docs", ["json"]), "");
  assert.equal(asked("simplify", ["java"]), "");
});
