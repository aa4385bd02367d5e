import assert from "node:assert/strict";
import { test } from "node:test";
import { editPrompt, type EditQuestion, wholeLines } from "../../src/refactor/editPrompt.ts";

const FILE = `${"// above\n".repeat(50)}function one() {\n  return 1;\n}\n${"// below\n".repeat(50)}`;
const question: EditQuestion = {
  path: "src/one.ts",
  languageId: "typescript",
  text: FILE,
  asked: { from: FILE.indexOf("function"), to: FILE.indexOf("}\n") + 2 },
  instruction: "Return 2.",
  problems: [],
  earlier: [],
};
/** Tokens that a template writes around a message. */
const PER_MESSAGE = 8;
const count = (text: string): number => text.length / 4;
const contents = (asked: EditQuestion, tokens: number) =>
  editPrompt(asked, tokens, count)?.messages.map(({ content }) => content);

test("the prompt names the file, shows it, marks the code by its lines and ends with the instruction", () => {
  const [, user = ""] = contents(question, 10_000) ?? [];
  assert.ok(
    user.startsWith("File: src/one.ts (typescript)\n\nThe whole file, to understand it:\n```typescript\n// above"),
  );
  assert.ok(user.includes("The code to change, lines 51 to 53:\n```typescript\nfunction one() {\n  return 1;\n}\n```"));
  assert.ok(user.includes("\n\nInstruction: Return 2.\n\nReply with"));
});

test("where there is little room less of the surroundings is shown, and the code to change always is as a whole", () => {
  const shown: string[] = [];
  let longest = Infinity;
  for (let tokens = 2_000; tokens > 0; tokens -= 1) {
    const messages = contents(question, tokens);
    if (messages) {
      const text = messages.join("");
      assert.ok(count(text) <= tokens);
      assert.ok(text.length <= longest);
      longest = text.length;
      assert.ok(messages[1]?.includes("```typescript\nfunction one() {\n  return 1;\n}\n```"));
    }
    const before = /The (?:whole file|code around), to understand it/.exec(messages?.[1] ?? "")?.[0];
    const kind = messages ? (before ?? "the code alone") : "nothing";
    if (shown.at(-1) !== kind) shown.push(kind);
  }
  const steps = ["The whole file, to understand it", "The code around, to understand it", "the code alone", "nothing"];
  assert.deepEqual(shown, steps);
  // As soon as it fits it is asked, whatever the words around it are.
  assert.ok(contents(question, Math.ceil(count("x".repeat(longest))) + 2 * PER_MESSAGE));
});

test("a file that is all to be changed is shown once, and its fence is longer than those in it", () => {
  const text = "# Title\n\n````js\na\n````\n";
  const asked = { ...question, text, asked: { from: 0, to: text.length } };
  const [, user = ""] = contents(asked, 10_000) ?? [];
  assert.equal(user.split("# Title").length, 2);
  assert.ok(user.includes(`\`\`\`\`\`typescript\n${text}\`\`\`\`\``));
});

test("what was answered before goes along with what is to be different", () => {
  const [, , reply, again] = contents({ ...question, earlier: [{ reply: "R", wish: "shorter" }] }, 10_000) ?? [];
  assert.equal(reply, "R");
  assert.match(again ?? "", /^Do it differently: shorter\n/);
});

test("a selection is widened to whole lines", () => {
  const text = "one\ntwo\nthree";
  const lines = (from: number, to: number) => {
    const all = wholeLines(text, { from, to });
    return text.slice(all.from, all.to);
  };
  assert.equal(lines(1, 2), "one\n");
  assert.equal(lines(0, 4), "one\n");
  assert.equal(lines(5, 9), "two\nthree");
  assert.equal(lines(4, 4), "two\n");
  assert.equal(lines(13, 13), "three");
  assert.equal(wholeLines("", { from: 0, to: 0 }).to, 0);
});
