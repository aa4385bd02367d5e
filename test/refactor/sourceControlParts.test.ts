/** Diffs that fit into a model's room and diffs that do not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOfDiff } from "../../src/refactor/sourceControlDiff.ts";
import { shownFiles } from "../../src/refactor/sourceControlFiles.ts";
import { planOf, reducedText } from "../../src/refactor/sourceControlParts.ts";
import { baseTokens, commitPrompt } from "../../src/refactor/sourceControlPrompt.ts";
import { styleOf } from "../../src/refactor/sourceControlStyle.ts";
import { gitFolder } from "../support/gitFolder.ts";

const count = (text: string): number => Math.ceil(text.length / 4);

function filesWith(sizes: Readonly<Record<string, number>>) {
  using folder = gitFolder();
  for (const [name, lines] of Object.entries(sizes))
    folder.write(name, Array.from({ length: lines }, (_, index) => `line ${index} of ${name}\n`).join(""));
  folder.git("add", "-A");
  return shownFiles(filesOfDiff(folder.git("diff", "--cached"), new Set(Object.keys(sizes))));
}

test("what fits is asked about at once, with the names of what is left out", () => {
  const plan = planOf(filesWith({ "a.ts": 3, "yarn.lock": 5_000 }), 500, count);
  assert.equal(plan.kind, "whole");
  assert.match(
    plan.kind === "whole" ? plan.text : "",
    /a\.ts \(new[^]*yarn\.lock \(new, \+5000 -0\): not shown, a lock file/,
  );
});

test("what does not fit is taken in parts that fit, each line of it in one of them", () => {
  const files = filesWith({ "a.ts": 3, "b.ts": 4, "long.ts": 400, "z.ts": 60 });
  const plan = planOf(files, 800, count);
  assert.ok(plan.kind === "parts");
  for (const { text } of plan.parts) assert.ok(count(text) <= 800, String(count(text)));
  const all = plan.parts
    .map(({ text }) => text)
    .join("\n")
    .split("\n");
  for (let line = 0; line < 400; line += 1)
    assert.equal(all.filter((each) => each === `+line ${line} of long.ts`).length, 1, String(line));
  assert.deepEqual(plan.parts[0]?.paths, ["a.ts", "b.ts", "long.ts"]);
  assert.deepEqual(plan.unread, []);
  assert.ok(plan.parts.length < 8, "short files share a request");
});

test("the summaries stand for the diff and fit, however long they are", () => {
  const files = filesWith({ "a.ts": 300, "b.ts": 300, "pnpm-lock.yaml": 10 });
  const plan = planOf(files, 700, count);
  assert.ok(plan.kind === "parts");
  const summaries = plan.parts.map((_, index) => `Summary ${index}. ${"long ".repeat(2_000)}`);
  const text = reducedText(plan, summaries, files, 700, count);
  assert.ok(count(text) <= 700, String(count(text)));
  for (const [index] of plan.parts.entries()) assert.match(text, new RegExp(`Summary ${index}\\.`));
  assert.match(text, /pnpm-lock\.yaml .*a lock file/);
});

test("of very many files the first are read, and the others are named as not read", () => {
  const files = filesWith(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index + 10}.ts`, 100])));
  const plan = planOf(files, 800, count);
  assert.ok(plan.kind === "parts");
  assert.equal(plan.parts.length, 24);
  assert.ok(plan.unread.length > 20);
  assert.match(reducedText(plan, [], files, 1_500, count), /f69\.ts .*not read/);
});

test("of a file that is too long for all requests it is said that not all of it was read", () => {
  const files = filesWith({ "a.ts": 3, "long.ts": 2_500 });
  const plan = planOf(files, 500, count);
  assert.ok(plan.kind === "parts");
  assert.deepEqual(
    plan.unread.map(({ path }) => path),
    ["long.ts"],
  );
  assert.match(reducedText(plan, [], files, 1_500, count), /long\.ts \(new, \+2500 -0\): not read, or not all of it/);
});

test("that there is nothing to show is said", () => {
  const plan = planOf(shownFiles([]), 500, count);
  assert.deepEqual(plan, { kind: "whole", text: "(There are none to show.)" });
});

test("the question has the wish, the style and what it costs without the changes", () => {
  const ask = commitPrompt({ style: styleOf(["fix(a): one"]), branch: "main", wish: "mention the cart" });
  const [system, user] = ask("THE DIFF").messages;
  assert.match(system?.content ?? "", /no alternatives/);
  assert.match(user?.content ?? "", /fix\(a\): one[^]*mention the cart[^]*THE DIFF[^]*Write the commit message/);
  assert.ok(baseTokens(ask, count) > 100 && baseTokens(ask, count) < 400);
  assert.deepEqual(
    ask("THE DIFF").stretches.map(({ source, text }) => [source, text]),
    [["changes", "THE DIFF"]],
  );
});
