import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startChatServer } from "../support/chatServer.ts";
import { simplerCart } from "../support/simplerCart.ts";
import { openFile, openWorkbench, screenshot, type Workbench, type WorkbenchOptions } from "./workbench.ts";

async function withWorkbench(
  theme: string,
  options: WorkbenchOptions,
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const settings = { "editor.minimap.enabled": false, "workbench.colorTheme": theme };
  const workbench = await openWorkbench({ ...options, settings });
  try {
    await use(workbench);
  } catch (error) {
    await screenshot(workbench.page, "edit-failed");
    throw error;
  } finally {
    await workbench.close();
  }
}

/** Selects the two functions of cart.ts, and says what is to be done with them. */
async function editLines(page: Page, from: number, to: number, wish: string): Promise<void> {
  await openFile(page, "cart.ts", from);
  await page.keyboard.press("Home");
  for (let line = from; line < to; line += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+End");
  await page.keyboard.press("Alt+I");
  const input = page.locator(".quick-input-widget input");
  await page
    .locator(".quick-input-title")
    .filter({ hasText: `Edit lines ${from} to ${to} of cart.ts` })
    .waitFor();
  await input.fill(wish);
  await page.keyboard.press("Enter");
}

const lens = (page: Page, title: string) => page.locator(".codelens-decoration").getByText(title, { exact: true });

for (const theme of ["Default Dark Modern", "Default Light Modern", "Default High Contrast"]) {
  const name = theme.split(" ").slice(1).join("-").toLowerCase();
  test(`an edit is watched while it comes, refined, accepted hunk by hunk and undone: ${theme}`, async () => {
    const stopSeen = Promise.withResolvers<void>();
    await using server = await startChatServer((_, count) => ({
      pieces: simplerCart,
      ...(count === 0 && { delayMs: 300 }),
      ...(count === 1 && { held: stopSeen.promise }),
    }));
    const machineSettings = {
      "pairwise.model.suggestions": "openai/scripted",
      "pairwise.model.servers": { openai: server.baseUrl },
      "pairwise.suggestions.automatic": false,
    };
    await withWorkbench(theme, { machineSettings }, async ({ page, folder }) => {
      const file = join(folder, "cart.ts");
      const before = readFileSync(file, "utf8");
      await editLines(page, 14, 20, "Name the new items");
      await page.locator(".view-lines").getByText("cart.items.concat").waitFor();
      await screenshot(page, `edit-writing-${name}`);
      await lens(page, "hunks left: 2 of 2").waitFor();
      await page.waitForTimeout(500);
      await screenshot(page, `edit-offered-${name}`);
      assert.equal(readFileSync(file, "utf8"), before);

      await page.keyboard.press("Alt+I");
      await page.locator(".quick-input-widget input").fill("Without concat");
      await page.keyboard.press("Enter");
      for (let look = 0; server.asked.length < 2 && look < 100; look += 1) await page.waitForTimeout(50);
      assert.match(JSON.stringify(server.asked[1]?.messages), /Do it differently: Without concat/);
      await lens(page, "Stop").waitFor();
      stopSeen.resolve();
      await lens(page, "hunks left: 2 of 2").waitFor();

      await page.keyboard.press("Alt+R");
      await lens(page, "hunks left: 1 of 2").waitFor();
      await lens(page, "Accept").click();
      await page.locator(".tab.active.dirty").filter({ hasText: "cart.ts" }).waitFor();
      await page
        .locator(".statusbar")
        .getByText(/Name the new items: accepted · /)
        .waitFor();
      await screenshot(page, `edit-accepted-${name}`);
      assert.equal(await page.locator(".tab").count(), 1);
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
      const after = before.replace(
        "  return { ...cart, items: cart.items.filter((item) => item.name !== name) };\n",
        "  const items = cart.items.filter((item) => item.name !== name);\n  return { ...cart, items };\n",
      );
      assert.equal(readFileSync(file, "utf8"), after);
      await page.keyboard.press("Control+Z");
      await page.keyboard.press("Control+S");
      await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
      assert.equal(readFileSync(file, "utf8"), before);

      await editLines(page, 14, 20, "Once more");
      await lens(page, "hunks left: 2 of 2").waitFor();
      await page.reload();
      await page.locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor({ timeout: 60_000 });
      await page.locator(".view-lines").getByText("addItem").waitFor();
      await page.waitForTimeout(3_000);
      assert.equal(await page.locator(".tab").count(), 1);
      assert.equal(readFileSync(file, "utf8"), before);
    });
  });
}

test("keys that are pressed at once with closing or accepting an edit go where the user means them to", async () => {
  await using server = await startChatServer(() => ({ pieces: simplerCart }));
  const machineSettings = {
    "pairwise.model.suggestions": "openai/scripted",
    "pairwise.model.servers": { openai: server.baseUrl },
    "pairwise.suggestions.automatic": false,
  };
  await withWorkbench("Default Dark Modern", { machineSettings }, async ({ page, folder }) => {
    const file = join(folder, "cart.ts");
    const before = readFileSync(file, "utf8");
    await editLines(page, 14, 20, "Name them");
    await lens(page, "hunks left: 2 of 2").waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    await page.waitForTimeout(1_500);
    assert.ok(await page.locator(".quick-input-widget input").isVisible(), "the palette stays open");
    await page.keyboard.press("Escape");
    await page.locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();

    await editLines(page, 14, 20, "Name them again");
    await lens(page, "Name them again").waitFor();
    await lens(page, "hunks left: 2 of 2").waitFor();
    await page.waitForTimeout(500);
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+Enter");
    await page.locator(".tab.active.dirty").filter({ hasText: "cart.ts" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active:not(.dirty)").filter({ hasText: "cart.ts" }).waitFor();
    assert.equal(readFileSync(file, "utf8").split("\n").length, before.split("\n").length + 2);
    assert.equal(await page.locator(".notification-list-item").count(), 0);
  });
});

test("the model on this machine edits: it is shown with what the guard says, or refused with a reason", async () => {
  await withWorkbench("Default Dark Modern", {}, async ({ page, folder }) => {
    const file = join(folder, "cart.ts");
    const before = readFileSync(file, "utf8");
    await editLines(page, 14, 16, "Add a comment that says what the function does");
    await lens(page, "Stop").waitFor();
    await screenshot(page, "edit-local-waiting");
    const verdict = page.locator(".codelens-decoration").getByText(/parses|syntax errors/);
    await verdict.or(page.locator(".notification-list-item-message")).first().waitFor({ timeout: 120_000 });
    await screenshot(page, "edit-local");
    assert.equal(readFileSync(file, "utf8"), before);
  });
});
