/** Code blocks of answers, and what is done with them, as the user sees them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownTurn } from "../../src/extension/chatProtocol.ts";
import { codeBlocks } from "../../src/chat/codeBlocks.ts";
import { answer, type ChatPage, question, thread } from "../support/chatPage.ts";
import { chatPages, textOf } from "../support/chatTests.ts";

const withChat = chatPages();

test("what is done with a code block names it by the line that the extension finds it at", () =>
  withChat(async (chat) => {
    const text = "Text\r\n\r\n- item\n\n  ```sh\n  npm test\n  ```\n\n~~~py src/a.py\nb = 1\n~~~\n";
    await chat.say(thread([question("?"), answer(text)]));
    const known = codeBlocks(text);
    const blocks = textOf(chat).locator(".code");
    for (const [index, { line }] of known.entries())
      for (const [label, action] of [
        ["Copy", "copy"],
        ["Insert at cursor", "insert"],
        ["Open as a new file", "open"],
        ["Run in terminal", "run"],
        ["Apply", "apply"],
      ] as const) {
        // What is no command is not offered to the terminal, and a command to no file.
        if (action === (index > 0 ? "run" : "apply")) continue;
        await blocks.nth(index).getByRole("button", { name: label, exact: true }).click();
        const said = await chat.hear("block");
        assert.deepEqual([said.line, said.action], [line, action]);
      }
    assert.equal(known.length, 2);
    assert.equal(await blocks.nth(1).locator(".code-name").innerText(), "src/a.py");
    await chat.say({ type: "copied", turn: await lastTurn(chat), line: known[0]?.line ?? 0 });
    await blocks.first().getByRole("button", { name: "Copied" }).waitFor();
  }));

test("only a whole block can be put into a file or run, and one of commands goes into a terminal alone", () =>
  withChat(async (chat) => {
    let count = 0;
    const offered = async (text: string): Promise<readonly (string | null)[]> => {
      count += 1;
      await chat.say(thread([question("Why?"), answer(`Answer ${count}.\n\n${text}`)]));
      await textOf(chat).getByText(`Answer ${count}.`).waitFor();
      await textOf(chat).locator(".tools").first().waitFor({ state: "attached" });
      const buttons = await textOf(chat).locator(".tools button").all();
      const labels = await Promise.all(
        buttons.map(async (each) => (await each.getAttribute("aria-label")) ?? (await each.textContent())),
      );
      return labels.filter((label) => label === "Apply" || label === "Run in terminal");
    };
    assert.deepEqual(await offered("```ts\na();\n```"), ["Apply"]);
    assert.deepEqual(await offered("```ts\na();\nb("), []);
    assert.deepEqual(await offered("- so:\n\n  ```ts\n  a();\n  b("), []);
    assert.deepEqual(await offered("```sh\nrm -r ou"), []);
    assert.deepEqual(await offered("```sh\nnpm test\n```"), ["Run in terminal"]);
    for (const script of ["```sh run.sh\nnpm test\n```", "```sh\n#!/bin/sh\nnpm test\n```", "```\nnpm test\n```"])
      assert.deepEqual(await offered(script), ["Run in terminal", "Apply"], script);
  }));

test("what became of a block stands at that block, with what can be done about it, and a screen reader is told", () =>
  withChat(async (chat) => {
    const done = answer("One:\n\n```ts\na;\n```\n\nTwo:\n\n```ts\nb;\n```\n\nThree:\n\n```ts\nc;\n```\n");
    await chat.say(thread([question("?"), done]));
    const blocks = textOf(chat).locator(".code");
    const said = async (blockNotes: ShownTurn["blockNotes"]): Promise<void> =>
      chat.say({ type: "turn", turn: { ...done, blockNotes }, after: undefined });
    const refused = { line: 2, words: "Not applied: it would lose total().", ways: [] };
    const ways = [
      { id: 18, label: "Accept" },
      { id: 19, label: "Reject" },
    ];
    await said([refused, { line: 8, words: "cart.ts: parses", ways }]);
    assert.match(await blocks.nth(0).innerText(), /a;\s+Not applied: it would lose total\(\)\.$/);
    assert.match(await blocks.nth(1).innerText(), /b;\s+cart\.ts: parses\s+Accept\s+Reject$/);
    assert.doesNotMatch(await blocks.nth(2).innerText(), /applied|parses/);
    await chat.page
      .locator("[role=log]")
      .getByText("Not applied: it would lose total()")
      .waitFor({ state: "attached" });
    await blocks.nth(1).getByRole("button", { name: "Accept" }).click();
    assert.equal((await chat.hear("way")).way, 18);
    await said([refused, { line: 8, words: "Applied to cart.ts.", ways: [] }]);
    assert.match(await blocks.nth(1).innerText(), /Applied to cart\.ts\.$/);
    assert.equal(await blocks.nth(1).evaluate((block) => block.contains(document.activeElement)), true);
    await said([]);
    assert.doesNotMatch(await textOf(chat).innerText(), /applied/i);
    // When the thread is opened anew it is there as well.
    await chat.say(thread([question("?"), { ...done, blockNotes: [refused] }]));
    await blocks.nth(0).getByText("Not applied").waitFor();
  }));

test("all changes of an answer are applied by a button below it, with the keyboard, and what comes of it is told", () =>
  withChat(async (chat) => {
    const ways = [{ id: 3, label: "Apply all 2 changes" }];
    const done = answer("```ts a.ts\na;\n```\n\n```ts b.ts\nb;\n```\n", { ways });
    await chat.say(thread([question("?"), done]));
    const outcome = chat.page.locator(".outcome").last();
    const all = outcome.getByRole("button", { name: "Apply all 2 changes" });
    assert.equal(await outcome.locator("p, .codicon").count(), 0, "there is nothing to say yet");
    await all.focus();
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("way")).way, 3);
    const refused = "Nothing was applied. Refused: 1 of 2 changes (b.ts).";
    const others = { id: 4, label: "Apply the other one" };
    await chat.say({ type: "turn", turn: { ...done, stateWords: refused, ways: [...ways, others] }, after: undefined });
    await outcome.getByText(refused).waitFor();
    await chat.page.locator("[role=log]").getByText(refused).waitFor({ state: "attached" });
    assert.equal(await all.evaluate((button) => button === document.activeElement), true);
    await chat.page.keyboard.press("Tab");
    await chat.page.keyboard.press("Enter");
    assert.equal((await chat.hear("way")).way, 4);
    await chat.say({ type: "turn", turn: { ...done, stateWords: "Applied to a.ts.", ways }, after: undefined });
    await outcome.getByText("Applied to a.ts.").waitFor();
    assert.equal(await all.evaluate((button) => button === document.activeElement), true);
    await chat.picture("apply-all");
  }));

test("what can be done with a block is seen without a pointer, and reached by the keyboard", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("?"), answer("```sh\nls\n```\n\n```ts\na;\n```\n")]));
    const tools = textOf(chat).getByRole("toolbar", { name: "sh", exact: true });
    const seen = await tools.evaluate((bar) =>
      bar.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    );
    assert.equal(seen, true);
    const focused = (): Promise<string> =>
      chat.page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "",
      );
    await chat.page.locator(".thread").focus();
    const reached: string[] = [];
    for (let tabs = 0; tabs < 10 && reached.at(-1) !== "Copy"; tabs += 1) {
      await chat.page.keyboard.press("Tab");
      reached.push(await focused());
    }
    assert.equal(reached.at(-1), "Copy", reached.join());
    await chat.page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), "Run in terminal");
    await chat.page.keyboard.press("Enter");
    const { line, action } = await chat.hear("block");
    assert.deepEqual([line, action], [0, "run"]);
    // One press further is the code itself, which scrolls by the arrow keys.
    await chat.page.keyboard.press("Tab");
    assert.equal(await chat.page.evaluate(() => document.activeElement?.tagName), "PRE");
  }));

test("the lines of code are wrapped at wish, in all blocks, also in those that come later", () =>
  withChat(async (chat) => {
    const long = `const text = ${"word + ".repeat(40)}"";`;
    const wide = `\`\`\`ts\n${long}\n\`\`\`\n`;
    await chat.say(thread([question("?"), answer(`${wide}\n\`\`\`ts\nshort;\n\`\`\`\n\n${wide}`)]));
    const blocks = textOf(chat).locator(".code");
    const wrap = (at: number) => blocks.nth(at).getByRole("button", { name: "Wrap lines" });
    const overflows = (at: number): Promise<boolean> =>
      blocks
        .nth(at)
        .locator("pre")
        .evaluate((code) => code.scrollWidth > code.clientWidth);
    await wrap(2).waitFor();
    assert.equal(await wrap(1).count(), 0, "What fits anyway has no such button.");
    assert.deepEqual([await overflows(0), await overflows(2)], [true, true]);
    await wrap(0).click();
    assert.deepEqual([await overflows(0), await overflows(2)], [false, false]);
    assert.equal(await wrap(2).getAttribute("aria-pressed"), "true");
    await chat.say(thread([question("?"), answer(wide), question("?"), answer(wide)]));
    await wrap(0).waitFor();
    assert.equal(await overflows(0), false);
    await wrap(0).click();
    assert.deepEqual([await overflows(0), await wrap(0).getAttribute("aria-pressed")], [true, "false"]);
  }));

async function lastTurn({ page }: ChatPage): Promise<string> {
  return (await page.locator(".turn").last().getAttribute("data-turn")) ?? "";
}
