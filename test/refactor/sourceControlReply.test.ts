/** What models reply with, made into a message. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { askedLines, messageOf, partialMessageOf, pullRequestOf } from "../../src/refactor/sourceControlReply.ts";

const cleaned = (reply: string, asked = none): string | undefined => {
  const found = messageOf(reply, asked);
  return "message" in found ? found.message : undefined;
};

const none = askedLines("");
const PLAIN = "fix(cart): count items once";

test("a bare message stays as it is", () => {
  for (const message of [
    PLAIN,
    "Add a retry to the upload",
    "修复购物车的重复计数",
    `${PLAIN}\n\nThey were counted twice where a voucher was applied.`,
    `${PLAIN}\n\n- count once\n- test it\n\nFixes: PAIR-12`,
    'Rename "old" to "new"',
    "`count` takes a list",
    "Here documents are parsed",
    "Let the user choose: a new setting",
    "Sorry page is shown for status 500",
    "feat!: drop Node 18",
    "Write e.g. and etc. in full...",
  ])
    assert.equal(cleaned(message), message);
});

test("fences, quotes, labels and introductions go", () => {
  for (const reply of [
    `\`\`\`\n${PLAIN}\n\`\`\``,
    `\`\`\`text\n${PLAIN}`,
    `Here is a commit message:\n\n\`\`\`\n${PLAIN}\n\`\`\`\n\nThis message says what changes.`,
    `Sure! Here's a concise commit message for your changes:\n\n${PLAIN}`,
    `Sure, here is the commit message:\n${PLAIN}`,
    `Based on the diff, here is a message:\n${PLAIN}\n\nLet me know if you want it longer!`,
    `"${PLAIN}"`,
    `\`${PLAIN}\``,
    `**${PLAIN}**`,
    `# ${PLAIN}`,
    `Commit message: ${PLAIN}`,
    `**Commit message:**\n\n${PLAIN}`,
    `Subject: ${PLAIN}.`,
    `git commit -m "${PLAIN}"`,
    `<think>It counts.\n\nHm.</think>\n\n${PLAIN}`,
    `好的，以下是提交信息：\n\n${PLAIN}`,
    `提交信息：${PLAIN}`,
    `\r\n${PLAIN}\r\n`,
  ])
    assert.equal(cleaned(reply), PLAIN, reply);
});

test("of several messages the first is taken", () => {
  for (const reply of [
    `${PLAIN}\n\nAlternatively:\n\nfeat(cart): other`,
    `${PLAIN}\n\nor\n\n${PLAIN} again`.replace("\n\nor\n", "\n\nOr:\n"),
    `1. ${PLAIN}\n2. feat(cart): other\n3. chore: third`,
    `Here are three options:\n\n1. ${PLAIN}\n2. feat(cart): other`,
    `${PLAIN}\n\nfeat(cart): other\n\nchore: third`,
    `Option 1:\n${PLAIN}\n\nOption 2:\nfeat(cart): other`,
    `${PLAIN}\n\n---\n\nfeat(cart): other`,
    `${PLAIN}\n\n**Option 2:** feat(cart): other`,
  ])
    assert.equal(cleaned(reply), PLAIN, reply);
});

test("a body keeps its paragraphs and lists and is wrapped; labels and remarks around it go", () => {
  const long =
    "It was counted twice, once for the list and once more for the voucher, which nobody had noticed before.";
  assert.equal(
    cleaned(`Subject: ${PLAIN}\n\nBody: ${long}\n- ${long}\n\n\n\nThis commit message follows the style.`),
    `${PLAIN}\n\nIt was counted twice, once for the list and once more for the voucher,\nwhich nobody had noticed before.\n- It was counted twice, once for the list and once more for the voucher,\n  which nobody had noticed before.`,
  );
  assert.equal(cleaned(`${PLAIN}\nThey were counted twice.`), `${PLAIN}\n\nThey were counted twice.`);
  assert.equal(cleaned(`${PLAIN}\n\nUse:\n\n\`\`\`\nnpm run x\n\`\`\``)?.includes("Use:"), true);
});

test("a subject of more than 72 characters is cut at a clause or a word, and all of it stands in the body", () => {
  const subject =
    "feat(editor): show the preview of an edit while it is being written, with buttons at each of its hunks";
  const message = cleaned(subject) ?? "";
  const [first = "", blank, ...rest] = message.split("\n");
  assert.equal(first, "feat(editor): show the preview of an edit while it is being written");
  assert.equal(blank, "");
  assert.equal(rest.join(" "), subject);
  const noClause = cleaned("word ".repeat(30).trim()) ?? "";
  assert.ok((noClause.split("\n")[0] ?? "").length <= 72);
  const chinese = "修复了购物车里的重复计数问题".repeat(8);
  assert.equal(Array.from((cleaned(chinese) ?? "").split("\n")[0] ?? "").length, 72);
  assert.ok(Array.from((cleaned("x".repeat(300)) ?? "").split("\n")[0] ?? "").length <= 72);
});

test("what is no message is refused", () => {
  for (const reply of ["", "  \n", "```\n```", "<think>Let me see", "Sure!", '""'])
    assert.deepEqual(messageOf(reply, none), { refusal: "empty" }, reply);
  for (const reply of [
    "I'm sorry, but I can't help with that.",
    "I’m sorry, I cannot see the diff.",
    "I don't see any changes in the diff you've given.",
    "As an AI language model, I cannot commit.",
    "Could you please provide the diff?",
    "Please provide the changes.",
    "抱歉，我无法生成提交信息。",
    "请提供差异内容。",
    "diff --git a/x b/x\n+++ b/x",
    "```diff\n@@ -1 +1 @@\n+x\n```",
    "{\n",
  ])
    assert.deepEqual(messageOf(reply, none), { refusal: "no-message" }, reply);
});

test("what repeats the question is no message, and no part of one", () => {
  const question =
    "The subject is at most 50 characters long.\n\nThe changes:\n+export const count = 1;\n- feat: older subject";
  const asked = askedLines(question);
  for (const reply of [question, `The commit message:\n${question}`, "+export const count = 1;", "+export const"])
    assert.deepEqual(messageOf(reply, asked), { refusal: "no-message" }, reply);
  assert.equal(cleaned(`${PLAIN}\n\nOnce.\n\n+export const count = 1;\nmore`, asked), `${PLAIN}\n\nOnce.`);
});

test("while a reply is written, no introduction and no half fence is shown", () => {
  const reply = `Here is a commit message:\n\n\`\`\`\n${PLAIN}\n\nThey were counted twice.\n\`\`\`\n`;
  const whole = `${PLAIN}\n\nThey were counted twice.`;
  const shown = Array.from(reply, (_, length) => partialMessageOf(reply.slice(0, length), none));
  const some = shown.filter((text) => text !== undefined);
  for (const text of some) assert.ok(whole.startsWith(text), text);
  assert.ok(some.length > 40, "it grows");
  assert.ok(some.includes(whole));
  const refusal = "I'm sorry, but I can't help with that.";
  assert.ok(
    Array.from(refusal, (_, length) => partialMessageOf(refusal.slice(0, length), none)).every(
      (text) => text === undefined,
    ),
  );
});

test("a pull request has a title and a description, whatever it is wrapped in", () => {
  const body = "Items are counted once.\n\n- `count` takes a list";
  for (const reply of [
    `Count items once\n\n${body}`,
    `# Count items once\n\n${body}\n`,
    `**Title:** Count items once\n\n**Description:**\n\n${body}`,
    `Title: "Count items once"\n\n## Description\n\n${body}\n\nLet me know if it should be shorter.`,
    `## Title\n\nCount items once\n\n## Description\n\n${body}`,
    `\`\`\`markdown\n# Count items once\n\n${body}\n\`\`\``,
    `Here is the title and the description:\n\nCount items once\n\n${body}`,
  ])
    assert.deepEqual(pullRequestOf(reply), { title: "Count items once", body }, reply);
  assert.equal(pullRequestOf("I'm sorry, I can't."), undefined);
  assert.equal(pullRequestOf("  "), undefined);
  assert.equal(pullRequestOf("# Title bars show the branch\n\nText")?.title, "Title bars show the branch");
});

test("characters that nobody sees, or that turn the direction, are in no message", () => {
  const reply = "Fix \u001b[31mthe\u202e cart\u200b\u0000\r\n\r\nIt \u0007counted \u{1F468}\u200D\u{1F467} twice.";
  assert.deepEqual(messageOf(reply, new Set()), {
    message: "Fix [31mthe cart\n\nIt counted \u{1F468}\u200D\u{1F467} twice.",
  });
  assert.equal(pullRequestOf("Fix\u202e it\n\nAll\u200b of it.")?.title, "Fix it");
});
