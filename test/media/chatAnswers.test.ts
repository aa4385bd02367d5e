/** Answers as they come, as the user sees them; also those that are made to do harm. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, question, thread } from "../support/chatPage.ts";
import { appended, begin, chatPages, textOf } from "../support/chatTests.ts";

const withChat = chatPages();

test("an answer comes in pieces, and its finished blocks stay the elements they were", () =>
  withChat(async (chat) => {
    const running = await begin(chat);
    await chat.say(appended(running.id, "One *wo"), appended(running.id, "rd*.\n\nTwo\n\n```ts\nlet a"));
    await textOf(chat).getByText("let a").waitFor();
    assert.equal(await textOf(chat).locator("em").innerText(), "word");
    await textOf(chat)
      .locator("p")
      .first()
      .evaluate((element) => (element.id = "kept"));
    assert.equal(
      await textOf(chat).getByRole("button").count(),
      0,
      "A block that is being written offers nothing yet.",
    );
    await chat.say(appended(running.id, " = 1;\n```\n\n- thr"), appended(running.id, "ee"));
    await textOf(chat).locator("li").getByText("three").waitFor();
    const full = "One *word*.\n\nTwo\n\n```ts\nlet a = 1;\n```\n\n- three";
    await chat.say({ type: "turn", turn: { ...running, text: full, state: "done" }, after: undefined });
    assert.equal(await textOf(chat).locator("p").first().getAttribute("id"), "kept");
    assert.match(await textOf(chat).innerText(), /One word\.\s+Two\s+ts\s[\s\S]*let a = 1;\s+three/);
  }));

test("links lead nowhere by themselves: the extension is told of them", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("?"), answer("[here](https://example.com/a) and [there](src/a.ts#L3)")]));
    await textOf(chat).getByRole("link", { name: "here", exact: true }).click();
    assert.equal((await chat.hear("link")).href, "https://example.com/a");
    await textOf(chat).getByRole("link", { name: "there" }).press("Enter");
    assert.equal((await chat.hear("link")).href, "src/a.ts#L3");
    assert.equal(await textOf(chat).locator("[href]").count(), 0);
    // What the extension would open in no case is text, with its address.
    await chat.say(thread([question("?"), answer("[mail](mailto:a@example.com) or <b@example.com>")]));
    await textOf(chat).getByText("[mail](mailto:a@example.com) or <b@example.com>").waitFor();
    assert.equal(await textOf(chat).getByRole("link").count(), 0);
    assert.match(chat.page.url(), /^https:\/\/chat\.test\/$/);
  }));

const hostile: Readonly<Record<string, string>> = {
  "a picture with an error handler":
    '<img src=x onerror="window.ran = 1">\n\ninline <img src=x onerror=window.ran=1> too',
  "a script":
    "<script>window.ran = 1</script>\n\n<svg onload=window.ran=1>\n\n<iframe srcdoc='<script>parent.ran=1</script>'>",
  "links with other schemes":
    "[a](javascript:window.ran=1) [b](command:workbench.action.quit) [c](JaVaScRiPt:window.ran=1) [d](vscode://x/y) [e](data:text/html,x) [f](\u0001javascript:window.ran=1) <javascript:window.ran=1>",
  "a picture from elsewhere": "![who](https://example.com/pixel.png?secret) and ![](javascript:window.ran=1)",
  "attributes in a fence":
    '```"><img src=x onerror=window.ran=1>\nlet a = "</code></pre><img src=x onerror=window.ran=1>";\n```',
  "HTML in code that gets colours": "```html\n<img src=x onerror=window.ran=1>&lt;b&gt;</span></div>\n```",
  "half a table": "| a | b |\n|---|\n| c",
  "half of everything": "**a _b `c [d](e \n\n> - 1. ```\n> x",
  "control characters": "\u001B[31mred\u001B[0m \u0000 \u202Eabc\u202C \uFEFF",
  "broken surrogates": "\uD83D \uDE00 [\uD800](https://a/\uDFFF) `\uD83D`\n\n```\n\uDC00\n```",
  "names of the page's own": '<div data-fence="0" id="completions" class="popup">a</div>\n\n[x](<#" data-fence="0>)',
};

for (const [name, text] of Object.entries(hostile))
  test(`${name}: nothing runs, nothing is loaded, and the text is there`, () =>
    withChat(async (chat) => {
      const running = await begin(chat);
      for (let at = 0; at < text.length; at += 7) await chat.say(appended(running.id, text.slice(at, at + 7)));
      await chat.say({ type: "turn", turn: { ...running, text, state: "done" }, after: undefined });
      await chat.say(appended("no turn", "x"));
      await chat.page.waitForFunction(
        () => (document.querySelectorAll(".turn .text")[0]?.textContent ?? "").length > 0,
      );
      await chat.page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => setTimeout(settle, 50))));
      assert.equal(await chat.page.evaluate(() => "ran" in window), false);
      const found = await textOf(chat).evaluate((root) =>
        [...root.querySelectorAll("*")].flatMap((made) => [
          ...(/^(?:img|script|svg|iframe|style|form|input|object|embed|base|meta|link)$/i.test(made.tagName)
            ? [made.tagName]
            : []),
          ...[...made.attributes].flatMap(({ name, value }) =>
            /^on|^href$|^src|^style$|^id$/.test(name) ||
            (name === "data-href" && /^\W*(?:javascript|command|vscode|data):/i.test(value))
              ? [`${name}=${value}`]
              : [],
          ),
        ]),
      );
      assert.deepEqual(found, []);
    }));

test("of megabytes on one line only a part is shown, until more is asked for", () =>
  withChat(async (chat) => {
    const text = `${"x".repeat(3_000_000)}END\n\nafter`;
    await chat.say(thread([question("?"), answer(text)]));
    await textOf(chat).getByText("after").waitFor();
    const shown = async (): Promise<number> => ((await textOf(chat).textContent()) ?? "").length;
    assert.ok((await shown()) < 100_000, `${await shown()} characters are shown.`);
    await textOf(chat).getByRole("button", { name: "Show all" }).click();
    await textOf(chat).getByText("END").waitFor({ state: "attached" });
    assert.ok((await shown()) > 3_000_000);
  }));

test("where long text is cut no character is", () =>
  withChat(async (chat) => {
    const text = `x${"😀".repeat(30_000)}`;
    for (const long of [question(text), answer(text)]) {
      const { role } = long;
      await chat.say(thread([long]));
      const turn = chat.page.locator(`[data-role=${role}]`);
      const halves = (): Promise<number> =>
        turn.evaluate((each) => {
          const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
          let count = 0;
          while (texts.nextNode()) if (!(texts.currentNode.nodeValue ?? "").isWellFormed()) count += 1;
          return count;
        });
      const more = turn.getByRole("button", { name: "Show all" });
      await more.waitFor();
      assert.equal(await halves(), 0);
      await more.click();
      await chat.page.waitForFunction(
        (each) => (document.querySelector(`[data-role=${each}]`)?.textContent?.length ?? 0) > 60_000,
        role,
      );
      assert.equal(await halves(), 0);
    }
  }));

test("of ten thousand code blocks only some are made, until the others are asked for", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("?"), answer("```js\nlet a;\n```\n\n".repeat(10_000))]));
    const more = textOf(chat).getByRole("button", { name: "Show all" });
    await more.waitFor();
    const count = await textOf(chat).locator(".code").count();
    assert.ok(count > 100 && count < 2_000, `${count} are made.`);
  }));

test("a screen reader is told sentences, and no code", () =>
  withChat(async (chat) => {
    const log = chat.page.locator("[role=log]");
    const running = await begin(chat);
    await chat.say(appended(running.id, "The **sum** is wr"));
    await chat.page.waitForTimeout(600);
    assert.equal(await log.innerText(), "");
    await chat.say(appended(running.id, "ong. Use this:\n```ts\nlet secret = 1;\n```\nDo"));
    await log.getByText("The sum is wrong. Use this:").waitFor({ state: "attached" });
    await chat.say({
      type: "turn",
      turn: { ...running, text: "The **sum** is wrong. Use this:\n```ts\nlet secret = 1;\n```\nDone", state: "done" },
      after: undefined,
    });
    await log.getByText("Answered").waitFor({ state: "attached" });
    assert.doesNotMatch((await log.textContent()) ?? "", /secret|```/);
  }));

test("a failure has its ways out below what had come, which stays", () =>
  withChat(async (chat) => {
    const running = await begin(chat);
    await chat.say(appended(running.id, "Half an ans"));
    const ways = [{ id: 3, label: "Try again" }];
    const failed = {
      ...running,
      text: "Half an ans",
      state: "failed",
      stateWords: "The server is gone.",
      ways,
    } as const;
    await chat.say({ type: "turn", turn: failed, after: undefined });
    const last = chat.page.locator(".turn").last();
    assert.match(await last.innerText(), /Half an ans\s+The server is gone\.\s+Try again/);
    await last.getByRole("button", { name: "Try again" }).click();
    assert.equal((await chat.hear("way")).way, 3);
  }));

test("a tool that waits asks; once it has run its row is folded with arguments and result", () =>
  withChat(async (chat) => {
    const tool = {
      id: "t",
      title: "Read a.ts",
      state: "waiting",
      stateWords: "",
      about: "A tool of Files. It says of itself: Reads a file.",
      arguments: "{}",
      result: "",
    } as const;
    const running = await begin(chat, { tools: [tool] });
    assert.match(await chat.page.locator(".call").innerText(), /It says of itself: Reads a file\./);
    assert.equal(await chat.page.locator(".waiting").isVisible(), false);
    for (const [label, expected] of [
      ["Allow once", "once"],
      ["Always allow", "always"],
      ["Refuse", "no"],
    ] as const) {
      await chat.page.getByRole("button", { name: label }).click();
      assert.equal((await chat.hear("tool")).answer, expected);
    }
    await chat.say({
      type: "turn",
      turn: { ...running, tools: [{ ...tool, state: "done", about: "", result: "text" }] },
      after: undefined,
    });
    assert.equal(await chat.page.getByRole("button", { name: "Allow once" }).count(), 0);
    await chat.page.getByText("Read a.ts").click();
    assert.equal(await chat.page.locator(".call pre").last().innerText(), "text");
  }));
