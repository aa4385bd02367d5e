import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { startModelServer } from "../support/modelServer.ts";
import {
  ghostText,
  openFile,
  openWorkbench,
  pressUntil,
  runCommand,
  screenshot,
  SUM_LINE,
  type Workbench,
} from "./workbench.ts";

const KEY = "Alt+Shift+\\";

/** The page of the view, two frames deep. */
function whyPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

async function withWorkbench(
  options: {
    readonly theme: string;
    readonly locale?: string;
    readonly size?: { readonly width: number; readonly height: number };
    readonly machineSettings?: Readonly<Record<string, unknown>>;
  },
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const { theme, machineSettings, ...rest } = options;
  const workbench = await openWorkbench({
    ...rest,
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": theme },
    machineSettings: { "pairwise.suggestions.speculate": "never", ...machineSettings },
  });
  try {
    await use(workbench);
  } finally {
    await workbench.close();
  }
}

async function suggest(page: Page): Promise<string> {
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor({ timeout: 60_000 });
  return ((await ghostText(page).textContent()) ?? "").replaceAll("\u00a0", " ");
}

async function scored(view: FrameLocator): Promise<void> {
  await view.locator(".progress:is([data-state=done], [data-state=failed])").waitFor({ timeout: 120_000 });
}

test("asked why, the view beside the suggestion tells what each part of the prompt did for it", async () => {
  await withWorkbench({ theme: "Default Dark Modern" }, async ({ page }) => {
    const suggested = await suggest(page);
    await page.keyboard.press(KEY);
    const view = whyPage(page);
    await view.locator(".suggestion").waitFor();
    // The editor keeps the focus, and with it the grey text.
    await ghostText(page).waitFor();
    await scored(view);
    await screenshot(page, "why-dark");
    assert.equal(await view.locator(".progress").getAttribute("data-state"), "done");
    // The grey text is in pieces where its words are highlighted.
    assert.ok((await view.locator(".suggestion").innerText()).startsWith(suggested.trim()), suggested);
    assert.match(
      await view.locator(".about").innerText(),
      /^cart\.ts:27\W+shown\W+On this machine: SmolLM2 135M\W+\d+ tokens?, (each )?\d+% likely/,
    );
    const rows = view.locator(".part");
    assert.ok((await rows.count()) >= 2);
    for (const row of await rows.all())
      assert.match(
        (await row.getAttribute("aria-label")) ?? "",
        /cart\.ts:\d+–\d+, about \d+ tokens\. Without it the suggestion would have been .+ nats/,
      );
    // The most telling first, each with a bar as long as its number is large.
    const falls = await view
      .locator("[data-effect=helped] .effect-bar > span")
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    assert.deepEqual(
      falls,
      falls.toSorted((one, other) => other - one),
    );

    // Asked again, the view gets the focus; by keyboard a part leads to its place in the file.
    await page.keyboard.press(KEY);
    await rows.first().focus();
    const line = /cart\.ts:(\d+)/.exec((await rows.first().getAttribute("aria-label")) ?? "")?.[1];
    await page.keyboard.press("Enter");
    const selection = page.locator('.statusbar-item[id="status.editor.selection"]');
    await selection.filter({ hasText: `Ln ${line}, Col 1` }).waitFor();
    await view.getByRole("button", { name: "Show what was sent" }).click();
    await page.locator(".tab.active").filter({ hasText: "What was sent" }).waitFor();
    const selected = whyPage(page).locator("[role=option][aria-selected=true]");
    await selected.filter({ hasText: "Suggestion" }).waitFor();

    // What is chosen there afterwards is what is found there later.
    await pressUntil(page, "ArrowUp", selected.filter({ hasText: "Scoring" }), whyPage(page).locator(".list"));
    await page.locator(".tab").filter({ hasText: "Why this suggestion?" }).click();
    await whyPage(page).locator(".suggestion").waitFor();
    await page.locator(".tab").filter({ hasText: "What was sent" }).click();
    await selected.waitFor();
    await page.waitForTimeout(300);
    assert.match(await selected.innerText(), /^Scoring/);
  });
});

test("in a light Chinese editor the view speaks Chinese, of what was just accepted, too", async () => {
  const size = { width: 900, height: 900 };
  await withWorkbench({ theme: "Default Light Modern", locale: "zh-cn", size }, async ({ page }) => {
    await suggest(page);
    await page.keyboard.press("Tab");
    // What is suggested next is not what is asked about.
    await page.keyboard.press("Escape");
    await runCommand(page, "Pairwise: 为什么是这条建议？");
    const view = whyPage(page);
    await view.locator(".suggestion").waitFor();
    await scored(view);
    await view.getByText("已接受").waitFor();
    const words = await view.locator("body").evaluate((body) => {
      const copy = body.cloneNode(true) as HTMLElement;
      for (const code of copy.querySelectorAll("pre, code")) code.remove();
      return copy.textContent ?? "";
    });
    assert.match(words, /建议的依据/);
    assert.doesNotMatch(words.replaceAll(/SmolLM2 135M|cart\.ts|Pairwise/g, ""), /[A-Za-z]/);
    await screenshot(page, "why-light-chinese");
  });
});

test("in a narrow high-contrast editor the view is whole", async () => {
  const size = { width: 700, height: 800 };
  await withWorkbench({ theme: "Default High Contrast", size }, async ({ page }) => {
    await suggest(page);
    await runCommand(page, "Pairwise: Why This Suggestion?");
    const view = whyPage(page);
    await view.locator(".suggestion").waitFor();
    // The palette has hidden the grey text.
    await ghostText(page).waitFor();
    await scored(view);
    const [width, room] = await view
      .locator("main")
      .evaluate((main): readonly number[] => [main.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(width !== undefined && room !== undefined && width <= room, `${width} of ${room}`);
    await screenshot(page, "why-high-contrast");
  });
});

/** Uses what cart.ts defines. */
const CHECKOUT =
  "import { countPieces, totalPrice, type Cart } from './cart';\n\nexport function label(cart: Cart): string {\n  return cart.\n}\n";

test("of a server that can't tell how likely a text is, the pieces are shown with their reasons, and nothing is asked", async () => {
  const server = await startModelServer("customer;");
  const machineSettings = {
    "pairwise.model.suggestions": "openai/qwen2.5-coder",
    "pairwise.model.servers": { openai: server.baseUrl("ok") },
    "pairwise.suggestions.alternatives": 1,
  };
  try {
    await withWorkbench({ theme: "Default Dark Modern", machineSettings }, async ({ page, folder }) => {
      writeFileSync(join(folder, "checkout.ts"), CHECKOUT);
      await openFile(page, "checkout.ts", 4);
      // Once the index knows the other file, a request has its lines.
      while (server.requests.at(-1)?.body.includes("readonly customer") !== true) {
        await page.keyboard.press("Control+Shift+Enter");
        await page.keyboard.type("// another line");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("End");
        await page.keyboard.press("Alt+\\");
        await ghostText(page).waitFor();
      }
      const asked = server.requests.length;
      await page.keyboard.press(KEY);
      const view = whyPage(page);
      await view.getByText("gives no probabilities for a text. Nothing further was sent.").waitFor();
      const definitions = view.locator(".parts li").filter({ hasText: "cart.ts:" }).first();
      await definitions.locator("summary").click();
      await screenshot(page, "why-server");
      assert.ok((await definitions.locator(".members li").count()) > 1);
      assert.equal(await view.locator(".effect-bar").count(), 0);
      assert.equal(server.requests.length, asked);
      const link = definitions.locator(".members button.link").last();
      const line = /^cart\.ts:(\d+)$/.exec(await link.innerText())?.[1];
      await link.click();
      const selection = page.locator('.statusbar-item[id="status.editor.selection"]');
      await selection.filter({ hasText: `Ln ${line}, Col 1` }).waitFor();
    });
  } finally {
    await server.close();
  }
});
