/** What a person sees where something has become of the ledger's file. */

import assert from "node:assert/strict";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import { openWorkbench, screenshot, statusItem, statusSentence, type Workbench } from "./workbench.ts";
import { ledgerFolder } from "./workbenchLedger.ts";

interface Words {
  readonly locale: string | undefined;
  /** In the row of the menu, and at the start of what is read aloud of the status item. */
  readonly stopped: string;
  readonly reason: string;
  readonly removed: string;
  readonly removedMore: string;
  readonly damaged: (name: string) => string;
  readonly show: string;
}

const languages: readonly Words[] = [
  {
    locale: undefined,
    stopped: "Suggestions are not counted",
    reason: "The ledger's file can't be opened.",
    removed: "The ledger's file was removed; counting goes on in a new one",
    removedMore: "It was in use. What was counted before is not in the new one.",
    damaged: (name) => `${name} is the damaged one, kept beside the new one. Counting goes on.`,
    show: "Show where it is",
  },
  {
    locale: "zh-cn",
    stopped: "未对建议计数",
    reason: "无法打开账本文件。",
    removed: "账本文件已被删除；计数在新文件中继续",
    removedMore: "删除时它正在使用。此前的计数不在新文件中。",
    damaged: (name) => `${name} 是损坏的账本文件，保留在新文件旁边。计数继续进行。`,
    show: "显示所在位置",
  },
];

const rows = (page: Page) => page.locator(".quick-input-list .monaco-list-row");

/** All that is read of a row: what is cut with an ellipsis is not. */
async function rowOf(page: Page, words: string): Promise<string> {
  await statusItem(page).click();
  const row = rows(page).filter({ hasText: words });
  await row.waitFor();
  const isCut = await row
    .locator(".label-name, .quick-input-list-label-meta .label-name")
    .evaluateAll((parts) => parts.some((part) => part.scrollWidth > part.clientWidth + 1));
  assert.equal(isCut, false, `${words} is shown whole`);
  return row.innerText();
}

/** The window is closed, something becomes of the files, and it is opened again. */
async function meanwhile({ page }: Workbench, change: () => void): Promise<void> {
  await page.goto("about:blank");
  // Its extension host ends with it, as soon as the server knows.
  await page.waitForTimeout(3_000);
  change();
  await page.goBack();
  await statusItem(page).waitFor({ timeout: 60_000 });
}

for (const words of languages) {
  const { locale } = words;
  const ending = locale ? "-chinese" : "";
  test(`removed, damaged, or not to be opened: the menu and the status item say so${locale ? ` (${locale})` : ""}`, async () => {
    const workbench = await openWorkbench(locale === undefined ? {} : { locale });
    try {
      const { page } = workbench;
      const folder = ledgerFolder(workbench);
      const sign = statusItem(page).locator(".codicon-graph");

      // The menu has today's figures: by then the ledger is open.
      await statusItem(page).click();
      await rows(page).first().waitFor();
      await page.keyboard.press("Escape");
      await page.waitForTimeout(1_500);
      rmSync(folder, { recursive: true });
      // It is looked at when something is asked of it.
      await statusItem(page).click();
      await rows(page).first().waitFor();
      await page.keyboard.press("Escape");
      assert.match(await rowOf(page, words.removed), new RegExp(words.removedMore.replaceAll(".", "\\.")));
      await screenshot(page, `ledger-removed${ending}`);
      await page.keyboard.press("Escape");
      assert.equal(await sign.count(), 0, "it is counted");

      await meanwhile(workbench, () => {
        for (const name of readdirSync(folder)) rmSync(join(folder, name));
        writeFileSync(join(folder, ledgerFileName), "No ledger.\n".repeat(5_000));
      });
      const toast = page.locator(".notification-toast").filter({ hasText: "ledger-damaged-" });
      await toast.waitFor({ timeout: 30_000 });
      const moved = readdirSync(folder).find((name) => name.startsWith("ledger-damaged-")) ?? "none";
      assert.ok((await toast.innerText()).includes(words.damaged(moved)), await toast.innerText());
      await toast.hover();
      assert.equal(await toast.locator(".monaco-button").filter({ hasText: words.show }).count(), 1);
      await screenshot(page, `ledger-damaged${ending}`);

      await meanwhile(workbench, () => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, "A file is in the way.");
      });
      await statusSentence(page, words.stopped);
      assert.equal(await sign.count(), 1);
      assert.equal(await statusItem(page).locator(".codicon-warning").count(), 1);
      const row = await rowOf(page, words.stopped);
      assert.ok(row.includes(words.reason) && row.includes(words.show), row);
      await screenshot(page, `ledger-stopped${ending}`);
    } finally {
      await workbench.close();
    }
  });
}
