import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { startChatServer } from "../support/chatServer.ts";
import { openFile, openWorkbench, runCommand, screenshot, type Workbench, type WorkbenchOptions } from "./workbench.ts";

/** The page of the view, two frames deep. */
function chatPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

async function withWorkbench(
  { theme = "Default Dark Modern", settings = {}, ...rest }: WorkbenchOptions & { readonly theme?: string },
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench({
    ...rest,
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": theme, ...settings },
  });
  try {
    await use(workbench);
  } catch (error) {
    await screenshot(workbench.page, "chat-failed");
    throw error;
  } finally {
    await workbench.close();
  }
}

async function selectLines(page: Page, name: string, from: number, to: number): Promise<void> {
  await openFile(page, name, from);
  await page.keyboard.press("Home");
  for (let line = from; line < to; line += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+End");
}

async function ask(view: FrameLocator, text: string): Promise<void> {
  const input = view.locator("textarea.input");
  await input.fill(text);
  await input.press("Enter");
}

test("what is asked about a selection is answered by the model on this machine, piece by piece", async () => {
  await withWorkbench({}, async ({ page }) => {
    await selectLines(page, "cart.ts", 14, 16);
    await runCommand(page, "Pairwise: Ask About the Selection");
    const view = chatPage(page);
    await view.locator(".composer .chips").filter({ hasText: "cart.ts:14-16" }).waitFor();
    await screenshot(page, "chat-empty-dark");
    await ask(view, "What does this function do?");
    const answer = view.locator("[data-role=answer]");
    await answer.locator(".turn-actions:not(.unready)").waitFor({ timeout: 120_000 });
    await screenshot(page, "chat-answer-dark");
    assert.ok((await answer.innerText()).length > 60, await answer.innerText());
    await answer
      .locator("summary")
      .filter({ hasText: /1 piece used · [\d,]+ tokens/ })
      .click();
    await answer.getByRole("button", { name: "cart.ts" }).waitFor();
  });
});

const COUNT = [
  "It stops after `cart.items.`: ",
  "what it returns is missing. ",
  "This adds up the quantity of all items:\n\n",
  "```ts cart.ts\n",
  "export function countPieces(cart: Cart): number {\n",
  "  return cart.items.reduce((sum, { quantity }) => sum + quantity, 0);\n",
  "}\n",
  "```\n",
  "\nOf an empty cart that is 0.\n",
];

test("an answer of a server is put into the file, undone, stopped in the middle, and found again after a reload", async () => {
  const long = Array.from({ length: 400 }, (_, word) => `word${word} `);
  await using server = await startChatServer((text) =>
    text.includes("long story") ? { pieces: long, delayMs: 50 } : { pieces: COUNT, delayMs: 20 },
  );
  const machineSettings = {
    "pairwise.model.suggestions": "openai/scripted",
    "pairwise.model.servers": { openai: server.baseUrl },
    "pairwise.suggestions.automatic": false,
  };
  await withWorkbench({ machineSettings }, async ({ page, folder }) => {
    await selectLines(page, "cart.ts", 33, 36);
    await runCommand(page, "Pairwise: Ask About the Selection");
    const view = chatPage(page);
    await view.locator(".composer .chips").filter({ hasText: "cart.ts:33-36" }).waitFor();
    await ask(view, "How do I count the pieces?");
    const answers = view.locator("[data-role=answer]");
    const apply = answers.getByRole("button", { name: "Apply", exact: true });
    await answers.locator("summary").waitFor();
    await screenshot(page, "chat-block-dark");
    await apply.click();
    await page.locator(".tab.active").filter({ hasText: "change by the chat" }).waitFor();
    const accept = view.getByRole("button", { name: "Accept" });
    await accept.waitFor();
    await page.waitForTimeout(1_000);
    await screenshot(page, "chat-apply-dark");
    const file = join(folder, "cart.ts");
    const before = readFileSync(file, "utf8");
    await accept.click();
    await answers.getByText("Applied to cart.ts.").waitFor();
    await page.locator(".view-lines").getByText("quantity }) => sum").waitFor();
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
    assert.match(readFileSync(file, "utf8"), /sum \+ quantity/);
    await page.keyboard.press("Control+Z");
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
    assert.equal(readFileSync(file, "utf8"), before);

    await ask(view, "Tell me a long story");
    await answers.last().getByText("word20 ").waitFor();
    await view.getByRole("button", { name: "Stop" }).click();
    await answers.last().getByText("Stopped.").waitFor();
    assert.equal(server.aborted, 1);
    await screenshot(page, "chat-stopped-dark");

    await page.reload();
    await view.getByText("How do I count the pieces?").first().waitFor({ timeout: 60_000 });
    await answers.last().getByText("word20 ").waitFor();
    await view.locator(".title-button").filter({ hasText: "How do I count the pieces?" }).waitFor();
    await screenshot(page, "chat-reloaded-dark");
  });
});

test("the chat opens as an editor with the same thread, and both are there again after a reload", async () => {
  await using server = await startChatServer(() => ({
    pieces: ["See [the sum](cart.ts:23), or run:\n\n```sh\nnpm test\n```\n"],
  }));
  const machineSettings = {
    "pairwise.model.chat": "openai/scripted",
    "pairwise.model.servers": { openai: server.baseUrl },
    "pairwise.suggestions.automatic": false,
  };
  await withWorkbench({ machineSettings, theme: "Default Light Modern" }, async ({ page }) => {
    await openFile(page, "cart.ts", 1);
    // Its key.
    await page.keyboard.press("Alt+/");
    const view = chatPage(page);
    await view.locator("textarea.input:focus").waitFor();
    await page.keyboard.type("Where is the sum?");
    await page.keyboard.press("Enter");
    await view.locator("[data-role=answer]").getByText("npm test").waitFor();
    await view.getByRole("link", { name: "the sum" }).click();
    await page.locator('.statusbar-item[id="status.editor.selection"]').filter({ hasText: "Ln 23, Col 1" }).waitFor();
    await view.getByRole("button", { name: "Put into the terminal" }).click();
    await page.locator(".terminal.xterm").waitFor();
    await page.waitForTimeout(1_500);
    await screenshot(page, "chat-terminal-light");

    await runCommand(page, "Pairwise: Chat: Open in Editor");
    await page.locator(".tab.active").filter({ hasText: "Chat" }).waitFor();
    const pages = page.locator("iframe.webview.ready");
    const bothShowIt = async (): Promise<void> => {
      await page.waitForFunction(() => document.querySelectorAll("iframe.webview.ready").length === 2);
      for (const index of [0, 1]) {
        const shown = pages.nth(index).contentFrame().frameLocator("#active-frame");
        await shown.locator("[data-role=answer]").getByText("npm test").waitFor({ timeout: 60_000 });
      }
    };
    await bothShowIt();
    await screenshot(page, "chat-editor-light");
    // Leaving the page in another way would not give VS Code the time to write down what was open.
    await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
    await bothShowIt();
  });
});

/** A red square of one pixel. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

for (const [model, sees] of [
  ["gpt-4o", true],
  ["deepseek-coder", false],
] as const)
  test(`a picture that is pasted is ${sees ? "sent to a model that sees" : "not sent to a model that does not see, which the chip says"}`, async () => {
    await using server = await startChatServer(() => ({ pieces: ["A square."] }));
    const machineSettings = {
      "pairwise.model.chat": `openai/${model}`,
      "pairwise.model.servers": { openai: server.baseUrl },
      "pairwise.suggestions.automatic": false,
    };
    await withWorkbench({ machineSettings }, async ({ page }) => {
      await runCommand(page, "Pairwise: Chat: Ask a Question");
      const view = chatPage(page);
      await view.locator("textarea.input").evaluate((input, base64) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([bytes], "square.png", { type: "image/png" }));
        input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, PICTURE);
      const chip = view.locator(".composer .chips").filter({ hasText: "square.png" });
      await chip.waitFor();
      await screenshot(page, `chat-picture-${sees ? "seen" : "unseen"}`);
      assert.equal(await chip.locator("[title*='see pictures']").count(), sees ? 0 : 1);
      await ask(view, "What is it?");
      await view.locator("[data-role=answer]").getByText("A square.").waitFor();
      assert.equal(JSON.stringify(server.asked).includes("image_url"), sees);
      assert.equal(JSON.stringify(server.asked).includes("base64"), sees);
    });
  });

for (const [theme, width] of [
  ["Default Dark Modern", 300],
  ["Default Light Modern", 420],
  ["Default High Contrast", 300],
] as const)
  test(`a chat in Chinese, ${width} pixels wide, in the theme ${theme}`, async () => {
    await using server = await startChatServer(() => ({ pieces: COUNT, delayMs: 20 }));
    const machineSettings = {
      "pairwise.model.suggestions": "openai/scripted",
      "pairwise.model.servers": { openai: server.baseUrl },
      "pairwise.suggestions.automatic": false,
    };
    const size = { width: 1000, height: 760 };
    await withWorkbench({ theme, machineSettings, locale: "zh-cn", size }, async ({ page }) => {
      await selectLines(page, "cart.ts", 33, 36);
      await runCommand(page, "Pairwise: 询问所选内容");
      const view = chatPage(page);
      await view.locator(".composer .chips").filter({ hasText: "cart.ts:33-36" }).waitFor();
      await setWidth(page, width);
      await page.waitForTimeout(500);
      const name = theme.split(" ")[1]?.toLowerCase();
      await screenshot(page, `chat-zh-${name}-empty`);
      await ask(view, "怎么数件数？");
      await view.getByRole("button", { name: "应用", exact: true }).click();
      await view.getByRole("button", { name: "接受" }).waitFor();
      await page.waitForTimeout(500);
      await screenshot(page, `chat-zh-${name}`);
      assert.match(await view.locator("[data-role=answer] summary").innerText(), /使用了 1 个片段 · \d+ 个词元/);
    });
  });

/** Drags the side bar's edge. */
async function setWidth(page: Page, width: number): Promise<void> {
  const bar = await page.locator(".part.sidebar").boundingBox();
  assert.ok(bar);
  await page.mouse.move(bar.x + bar.width, 400);
  await page.mouse.down();
  await page.mouse.move(bar.x + width, 400, { steps: 5 });
  await page.mouse.up();
}
