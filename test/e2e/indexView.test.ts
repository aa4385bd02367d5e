import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openFile, openWorkbench, runCommand, screenshot } from "./workbench.ts";

const COMMAND = "Pairwise: Look into the Index";
/** Some of their words are in no other file. */
const FILES = {
  "shipping.ts": "/** Parcels. */\n\nexport function freight(weight: number): number {\n  return weight * 2;\n}\n",
  "returns.ts":
    "/** What comes back, and the refund. */\nexport function refundOf(parcel: string): number {\n  return 0;\n}\n",
  "ledger.ts": "/** Bookkeeping. */\nexport const ledger = 1;\n",
  // Its name is what is searched for, and its text speaks of it in passing.
  "freight.py": `${"# All about other things.\n".repeat(30)}# And freight.\nothers = 1\n`,
};

function rows(page: Page) {
  return page.locator(".quick-input-list .monaco-list-row");
}

async function opened(page: Page): Promise<void> {
  await runCommand(page, COMMAND);
  await page.locator(".quick-input-title").filter({ hasText: "Repository index" }).waitFor();
}

function typed(page: Page, words: string): Promise<void> {
  return page.locator(".quick-input-widget input[type=text]").fill(words);
}

test("the index tells what it has; words that are typed are found in it and lead to their place", async () => {
  const { page, folder, close } = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
  try {
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    await openFile(page, "cart.ts", 1);
    await opened(page);
    // Whoever looks into it has it begun.
    await rows(page)
      .filter({ hasText: /No index yet|Reading|The index has/ })
      .waitFor();
    await typed(page, "weight of the freight");
    await rows(page).filter({ hasText: "shipping.ts" }).waitFor();
    await typed(page, "");
    await rows(page)
      .filter({ hasText: /The index has \d files\./ })
      .waitFor();
    await rows(page)
      .filter({ hasText: /\d+ definitions/ })
      .waitFor();
    await screenshot(page, "index-state");

    // What nobody wrote is said to be nowhere, and the index is still told of.
    await typed(page, "zyzzyva");
    await rows(page).filter({ hasText: "Nothing found for zyzzyva" }).waitFor();
    await rows(page)
      .filter({ hasText: /The index has \d files\./ })
      .waitFor();
    await page.locator(".quick-input-widget .monaco-progress-container.done").waitFor({ state: "attached" });
    await screenshot(page, "index-nothing");

    // Emptied in the middle of a search it does not go on looking busy.
    await typed(page, "total price");
    await page.waitForTimeout(200);
    await typed(page, "");
    await rows(page)
      .filter({ hasText: /The index has \d files\./ })
      .waitFor();
    await page.locator(".quick-input-widget .monaco-progress-container.done").waitFor({ state: "attached" });

    // Its order is that of the index, and its line the one with the words.
    await typed(page, "freight");
    await rows(page).filter({ hasText: "freight.py" }).waitFor();
    assert.match(
      (await rows(page).first().getAttribute("aria-label")) ?? "",
      /shipping\.ts:3, export function freight/,
    );
    await screenshot(page, "index-found");
    await page.keyboard.press("Enter");
    await page.locator(".tab.active").filter({ hasText: "shipping.ts" }).waitFor();
    await page.locator('.statusbar-item[id="status.editor.selection"]').filter({ hasText: "Ln 3, Col 1" }).waitFor();

    // A file that has gone since it was found.
    await opened(page);
    await typed(page, "refund");
    await rows(page).filter({ hasText: "returns.ts" }).waitFor();
    rmSync(join(folder, "returns.ts"));
    await page.keyboard.press("Enter");
    await page
      .locator(".notification-toast")
      .filter({ hasText: "returns.ts is not in the workspace any more" })
      .waitFor();
    await screenshot(page, "index-gone");

    // One that has become something else.
    await opened(page);
    await typed(page, "bookkeeping");
    await rows(page).filter({ hasText: "ledger.ts" }).waitFor();
    writeFileSync(join(folder, "ledger.ts"), Buffer.alloc(1000));
    await page.keyboard.press("Enter");
    await page.locator(".notification-toast").filter({ hasText: "ledger.ts can't be opened" }).waitFor();
  } finally {
    await close();
  }
});

test("an index that is stopped says so to who searches in it, and is rebuilt from there", async () => {
  const { page, close } = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
  try {
    await openFile(page, "cart.ts", 1);
    await runCommand(page, "Pairwise: Stop Indexing");
    await opened(page);
    await typed(page, "total price");
    await rows(page).filter({ hasText: "The index is stopped in this window, until it is rebuilt." }).waitFor();
    await screenshot(page, "index-stopped");
    await rows(page).filter({ hasText: "Rebuild" }).click();
    await opened(page);
    await typed(page, "total price");
    await rows(page).filter({ hasText: "cart.ts" }).first().waitFor();
  } finally {
    await close();
  }
});

test("an index that is switched off says so, and leads to the setting", async () => {
  const { page, close } = await openWorkbench({ settings: { "pairwise.index.enable": false } });
  try {
    await openFile(page, "cart.ts", 1);
    await opened(page);
    await typed(page, "total price");
    await rows(page).filter({ hasText: "The index of sample is switched off." }).waitFor();
    await rows(page).filter({ hasText: "Open settings" }).click();
    await page.getByRole("checkbox", { name: "pairwise.index.enable", checked: false }).waitFor();
  } finally {
    await close();
  }
});
