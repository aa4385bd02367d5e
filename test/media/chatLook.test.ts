/** What the page looks like, at the widths and in the themes in which it is used, and what a checker of accessibility says of it. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import type { AxeResults } from "axe-core";
import type { ToChatPage } from "../../src/extension/chatProtocol.ts";
import { launchBrowser } from "../support/browser.ts";
import { answer, type ChatPage, composer, openChatPage, question, thread } from "../support/chatPage.ts";
import { chinese, english } from "../support/chatStrings.ts";
import { themes } from "../support/themes.ts";

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const code = `\`\`\`ts src/cart.ts
/** The sum of what is in the cart, in cents. */
export function total(items: readonly Item[], rate = 0.19): number {
  const net = items.reduce((sum, { price, count }) => sum + price * count, 0);
  return Math.round(net * (1 + rate)); // "rounded"
}
\`\`\``;

const scene: readonly ToChatPage[] = [
  thread(
    [
      question("Why is the total wrong when an item is taken twice?", {
        chips: [
          {
            id: "s",
            kind: "selection",
            label: "cart.ts:24–31",
            title: "src/cart.ts, lines 24 to 31",
            isBlocked: false,
          },
          { id: "p", kind: "problems", label: "@problems", title: "2 problems", isBlocked: false },
        ],
        branch: 2,
        branches: 2,
      }),
      answer(
        `The sum adds \`price\` once for each *row* and forgets **count**. Two things follow:\n\n1. An item that is taken twice is paid once.\n2. The [rounding](src/money.ts#L12) is done for each row, so that cents get lost.\n\n${code}\n\n| Items | Before | After |\n|---|--:|--:|\n| 1 | 1.19 | 1.19 |\n| 2 | 1.19 | 2.38 |`,
        {
          summary: "4 pieces used · 1,204 tokens",
          pieces: [
            { kind: "selection", label: "cart.ts:24–31", title: "src/cart.ts", note: "212 tokens", canOpen: true },
            { kind: "problems", label: "@problems", title: "", note: "48 tokens", canOpen: false },
          ],
          tools: [
            {
              id: "t1",
              title: "Read src/money.ts",
              state: "done",
              stateWords: "812 tokens",
              about: "",
              arguments: '{ "path": "src/money.ts" }',
              result: "export const cents = …",
            },
            {
              id: "t2",
              title: "Look up an issue in Jira",
              state: "waiting",
              stateWords: "Leaves this machine",
              about: "A tool of Jira, which is not part of Pairwise. It says of itself: Looks up an issue.",
              arguments: '{ "issue": "CART-12" }',
              result: "",
            },
          ],
        },
      ),
      question("And with a voucher?"),
      answer("A voucher is taken off before the tax, so", {
        state: "failed",
        stateWords: "The server did not answer for 30 seconds.",
        ways: [
          { id: 0, label: "Try again" },
          { id: 1, label: "Choose another model" },
        ],
      }),
    ],
    { title: "Wrong total in the cart" },
  ),
  composer({
    chips: [
      { id: "f", kind: "file", label: "cart.ts", title: "src/cart.ts", isBlocked: false },
      { id: "c", kind: "changes", label: "@changes", title: "3 files", isBlocked: false },
      { id: "i", kind: "picture", label: "cart.png", title: "gpt-4.1 does not see pictures", isBlocked: true },
    ],
    meter: "7,912 tok",
    meterTitle: "Of 8,000 tokens; 2 earlier turns will be left out",
    meterState: "near",
  }),
];

const empty: readonly ToChatPage[] = [
  thread([], {
    questions: [
      "What does total() in cart.ts do when the cart is empty?",
      "Which tests cover the rounding in cart.ts?",
      "How would a voucher be taken off the total?",
    ],
  }),
  composer({ chips: [{ id: "f", kind: "file", label: "cart.ts", title: "src/cart.ts", isBlocked: false }] }),
];

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function violations({ page }: ChatPage): Promise<readonly string[]> {
  // Past the policy of the page, which lets no script in.
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setBypassCSP", { enabled: true });
  await page.evaluate((await import("node:fs")).readFileSync(axe, "utf8"));
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { readonly axe: { run(): Promise<AxeResults> } };
    return axe.run();
  });
  return results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
  );
}

for (const theme of Object.keys(themes) as (keyof typeof themes)[])
  for (const width of [300, 420, 900])
    test(`a thread in ${theme}, ${width} pixels wide`, async () => {
      const chat = await openChatPage(browser, { theme, width });
      await chat.say(...scene);
      await chat.page.locator(".hljs-keyword").first().waitFor({ state: "attached" });
      const overflow = await chat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `It is ${overflow} pixels too wide.`);
      await chat.picture(`${theme.replace(" ", "-")}-${width}`);
      await chat.page.locator(".thread").evaluate((box) => (box.scrollTop = 0));
      await chat.page.locator(".code").first().hover();
      await chat.picture(`${theme.replace(" ", "-")}-${width}-top`);
      assert.deepEqual(await violations(chat), []);
      assert.deepEqual(chat.complaints, []);
      await chat.close();
    });

for (const theme of Object.keys(themes) as (keyof typeof themes)[])
  test(`what opens, in ${theme}`, async () => {
    const chat = await openChatPage(browser, { theme });
    await chat.say(...empty);
    await chat.picture(`${theme.replace(" ", "-")}-empty`);
    assert.deepEqual(await violations(chat), []);
    await chat.page.locator(".input").pressSequentially("/");
    const { query } = await chat.hear("complete");
    await chat.say({
      type: "completions",
      query,
      items: [
        { label: "/explain", detail: "Say what the code does", insert: "/explain ", attach: "" },
        { label: "/fix", detail: "Repair what the problems say", insert: "/fix ", attach: "" },
        { label: "/tutor", detail: "Lead me there step by step, without the solution", insert: "/tutor ", attach: "" },
      ],
    });
    await chat.picture(`${theme.replace(" ", "-")}-completions`);
    assert.deepEqual(await violations(chat), []);
    await chat.page.keyboard.press("Escape");
    await chat.say({
      type: "threads",
      threads: [
        { id: "thread-1", title: "", when: "now", isOpen: true },
        { id: "thread-2", title: "Wrong total in the cart", when: "5 minutes ago", isOpen: false },
        {
          id: "thread-3",
          title: "How the index is kept while the branch is switched",
          when: "yesterday",
          isOpen: false,
        },
      ],
    });
    await chat.page.locator(".title-button").click();
    await chat.page.locator(".thread-name").nth(1).hover();
    await chat.picture(`${theme.replace(" ", "-")}-threads`);
    assert.deepEqual(await violations(chat), []);
    assert.deepEqual(chat.complaints, []);
    await chat.close();
  });

test("while an answer comes, what it does stands below what it said, and the button stops it", async () => {
  const chat = await openChatPage(browser);
  const running = answer("First I look at the tests.", {
    state: "running",
    tools: [
      {
        id: "t",
        title: "Search for total",
        state: "running",
        about: "",
        stateWords: "",
        arguments: '{ "text": "total" }',
        result: "",
      },
    ],
  });
  await chat.say(thread([question("Which tests cover the rounding?"), running]), composer({ isBusy: true }));
  await chat.page.getByText("Working").waitFor();
  await chat.page.getByRole("button", { name: "Stop" }).waitFor();
  await chat.page.waitForTimeout(300);
  await chat.picture("dark-running");
  assert.deepEqual(await violations(chat), []);
  await chat.close();
});

test("in Chinese nothing is cut off", async () => {
  for (const [name, messages] of [
    ["thread", scene],
    ["empty", empty],
  ] as const) {
    const chat = await openChatPage(browser, { strings: chinese, language: "zh-cn" });
    await chat.say(...messages);
    await chat.page.locator(".input").waitFor();
    await chat.picture(`chinese-${name}`);
    const overflow = await chat.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `It is ${overflow} pixels too wide.`);
    await chat.close();
  }
  assert.deepEqual(Object.keys(chinese), Object.keys(english));
});

test("in a narrow view a wide table is scrolled, and its words stay whole", async () => {
  const chat = await openChatPage(browser, { width: 260 });
  try {
    const table =
      "| one | two | three | four | column five | `code_of_six` |\n|---|---|---|---|---|---|\n| a | b | c | d | e | f |";
    await chat.say(thread([question("Why?"), answer(table)]), composer());
    const scroll = chat.page.locator(".text .table");
    await scroll.waitFor();
    assert.ok(await scroll.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth));
    const heights = await scroll.locator("th").evaluateAll((heads) =>
      heads.map((head) => {
        const range = document.createRange();
        range.selectNodeContents(head);
        return new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top / 8))).size;
      }),
    );
    assert.ok(
      heights.every((lines, at) => lines <= (at === 4 ? 2 : 1)),
      heights.join(),
    );
  } finally {
    await chat.close();
  }
});
