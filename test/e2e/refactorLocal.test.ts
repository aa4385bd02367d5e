import assert from "node:assert/strict";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { root } from "../../scripts/toolchain.mjs";
import { openFile, openWorkbench, runCommand, screenshot } from "./workbench.ts";

test("the model on this machine explains, documents and edits: an answer, a verdict or a reason, and the file waits", async () => {
  const { page, folder, close } = await openWorkbench({
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": "Default Light Modern" },
    machineSettings: { "pairwise.suggestions.automatic": false },
  });
  try {
    const file = join(folder, "ftoa.go");
    copyFileSync(join(root, "test/fixtures/refactor/ftoa.go"), file);
    const before = readFileSync(file, "utf8");

    await selectLines(page, 8, 24);
    await runCommand(page, "Pairwise: Document");
    await settled(page);
    await screenshot(page, "local-document");
    assert.equal(readFileSync(file, "utf8"), before);
    if ((await verdict(page).count()) > 0) {
      await page.keyboard.press("Control+Enter");
      await page.locator(".tab.active.dirty").filter({ hasText: "ftoa.go" }).waitFor();
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "ftoa.go" }).waitFor();
      const after = readFileSync(file, "utf8");
      assert.notEqual(after, before);
      assert.equal(withoutComments(after), withoutComments(before), "a comment is all that has come");
      await page.keyboard.press("Control+Z");
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "ftoa.go" }).waitFor();
    }
    assert.equal(readFileSync(file, "utf8"), before);

    await selectLines(page, 26, 38);
    await page.keyboard.press("Alt+I");
    await page.locator(".quick-input-title").filter({ hasText: "Edit lines 26 to 38 of ftoa.go" }).waitFor();
    await page.locator(".quick-input-widget input").fill("Use strings.Cut");
    await page.keyboard.press("Enter");
    await settled(page);
    await screenshot(page, "local-edit");
    assert.equal(readFileSync(file, "utf8"), before);
    if ((await verdict(page).count()) > 0) {
      await page.keyboard.press("Escape");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "ftoa.go" }).waitFor();
    } else
      await page
        .getByRole("button", { name: /^Clear Notification/ })
        .first()
        .click();

    await selectLines(page, 8, 24);
    await runCommand(page, "Pairwise: Explain");
    const chat = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await chat.getByRole("button", { name: "Stop" }).waitFor();
    await chat.getByRole("button", { name: "Stop" }).waitFor({ state: "hidden", timeout: 120_000 });
    await screenshot(page, "local-explain");
    assert.match((await chat.locator("body").innerText()).replaceAll(/\s+/g, " "), /Pairwise .{40}/);
    assert.equal(readFileSync(file, "utf8"), before);
  } catch (error) {
    await screenshot(page, "local-failed");
    throw error;
  } finally {
    await close();
  }
});

const verdict = (page: Page) => page.locator(".codelens-decoration").getByText(/parses|syntax errors/);

/** A verdict in the preview, or a sentence that says why there is none. */
async function settled(page: Page): Promise<void> {
  await page.locator(".codelens-decoration").getByText("Stop", { exact: true }).waitFor();
  const reason = page.locator(".notification-list-item-message").getByText(/\w+\.go/);
  await verdict(page).or(reason).first().waitFor({ timeout: 120_000 });
}

async function selectLines(page: Page, from: number, to: number): Promise<void> {
  await openFile(page, "ftoa.go", from);
  await page.keyboard.press("Home");
  for (let line = from; line < to; line += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+End");
}

function withoutComments(text: string): string {
  return text.replaceAll(/^[ \t]*\/\/.*\n/gm, "");
}
