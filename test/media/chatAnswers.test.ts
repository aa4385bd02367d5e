/** Answers as they come, as the user sees them; also those that are made to do harm. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Locator } from "playwright-core";
import type { ShownTurn, ToChatPage } from "../../src/extension/chatProtocol.ts";
import { codeBlocks } from "../../src/chat/codeBlocks.ts";
import { launchBrowser } from "../support/browser.ts";
import { answer, type ChatPage, composer, openChatPage, question, thread } from "../support/chatPage.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

async function withChat(use: (chat: ChatPage) => Promise<void>): Promise<void> {
  const chat = await openChatPage(browser, { width: 420 });
  try {
    await chat.say(thread([]), composer());
    await use(chat);
    assert.deepEqual(chat.complaints, []);
  } finally {
    await chat.close();
  }
}

const appended = (turn: string, text: string): ToChatPage => ({ type: "append", turn, text });

async function begin({ say }: ChatPage, rest: Partial<ShownTurn> = {}): Promise<ShownTurn> {
  const asked = question("Why?");
  const running = answer("", { state: "running", ...rest });
  await say({ type: "turn", turn: asked, after: undefined }, { type: "turn", turn: running, after: asked.id });
  return running;
}

function textOf({ page }: ChatPage): Locator {
  return page.locator(".turn .text").last();
}

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
        await blocks.nth(index).hover();
        // What is no command is not offered to the terminal.
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

async function lastTurn({ page }: ChatPage): Promise<string> {
  return (await page.locator(".turn").last().getAttribute("data-turn")) ?? "";
}

test("links lead nowhere by themselves: the extension is told of them", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("?"), answer("[here](https://example.com/a) and [there](src/a.ts#L3)")]));
    await textOf(chat).getByRole("link", { name: "here", exact: true }).click();
    assert.equal((await chat.hear("link")).href, "https://example.com/a");
    await textOf(chat).getByRole("link", { name: "there" }).press("Enter");
    assert.equal((await chat.hear("link")).href, "src/a.ts#L3");
    assert.equal(await textOf(chat).locator("[href]").count(), 0);
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

test("of ten thousand code blocks only some are made, until the others are asked for", () =>
  withChat(async (chat) => {
    await chat.say(thread([question("?"), answer("```js\nlet a;\n```\n\n".repeat(10_000))]));
    const more = textOf(chat).getByRole("button", { name: "Show all" });
    await more.waitFor();
    const count = await textOf(chat).locator(".code").count();
    assert.ok(count > 100 && count < 2_000, `${count} are made.`);
  }));

test("who reads above stays there while an answer comes, and is told that there is more", () =>
  withChat(async (chat) => {
    const turns = Array.from({ length: 30 }, (_, at) =>
      at % 2 === 0 ? question(`Question ${at}`) : answer(`Answer ${at}. ${"word ".repeat(200)}`),
    );
    const running = answer("", { state: "running" });
    await chat.say(thread([...turns, question("Last"), running]));
    const box = chat.page.locator(".thread");
    const fromEnd = (): Promise<number> =>
      box.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight);
    await chat.say(appended(running.id, "word ".repeat(400)));
    await chat.page.waitForFunction(() => document.querySelector(".turn:last-child .text")?.textContent !== "");
    await chat.page.waitForFunction(() => {
      const each = document.querySelector(".thread");
      return each !== null && each.scrollHeight - each.scrollTop - each.clientHeight < 2;
    });
    const more = chat.page.getByRole("button", { name: "New messages" });
    assert.equal(await more.isVisible(), false);

    await box.hover();
    await chat.page.mouse.wheel(0, -1_500);
    await chat.page.waitForFunction(() => {
      const each = document.querySelector(".thread");
      return each !== null && each.scrollHeight - each.scrollTop - each.clientHeight > 1_000;
    });
    await chat.page.waitForTimeout(300);
    const place = (): Promise<readonly [string, number]> =>
      box.evaluate((each) => {
        const top = each.getBoundingClientRect().top;
        const seen = [...each.querySelectorAll(".turn")].find((turn) => turn.getBoundingClientRect().bottom > top + 50);
        return [
          seen?.getAttribute("data-turn") ?? "",
          Math.round((seen?.getBoundingClientRect().top ?? 0) - top),
        ] as const;
      });
    const before = await place();
    await chat.say(appended(running.id, "\n\nmore ".repeat(300)));
    await more.waitFor();
    await chat.page.waitForTimeout(300);
    assert.deepEqual(await place(), before);
    await more.click();
    assert.ok((await fromEnd()) < 2);
    assert.equal(await more.isVisible(), false);
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
      arguments: "{}",
      result: "",
    } as const;
    const running = await begin(chat, { tools: [tool] });
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
      turn: { ...running, tools: [{ ...tool, state: "done", result: "text" }] },
      after: undefined,
    });
    assert.equal(await chat.page.getByRole("button", { name: "Allow once" }).count(), 0);
    await chat.page.getByText("Read a.ts").click();
    assert.equal(await chat.page.locator(".call pre").last().innerText(), "text");
  }));
