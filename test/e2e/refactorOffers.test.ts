import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fillQuickInput,
  focusEditor,
  openFile,
  openWorkbench,
  pressUntil,
  runCommand,
  screenshot,
} from "./workbench.ts";

const SIMPLIFY = "Pairwise: Simplify";

test("the refactorings are in the palette before the extension has looked at the file, and not in what is read-only for the session", async () => {
  const { page, close } = await openWorkbench();
  const rows = page.locator(".quick-input-list .monaco-list-row");
  try {
    await page.reload();
    await page.locator(".monaco-workbench .part.editor").waitFor({ timeout: 60_000 });
    // Without a line to go to: what still starts takes the focus away.
    await fillQuickInput(page, "Control+P", "cart.ts");
    await rows.filter({ hasText: "cart.ts" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();
    await page.locator(".monaco-editor .view-lines").first().click();
    await fillQuickInput(page, "F1", `>${SIMPLIFY}`);
    await rows.filter({ hasText: SIMPLIFY }).first().waitFor();
    await page.keyboard.press("Escape");

    await openFile(page, "cart.ts", 14);
    await runCommand(page, "File: Set Active Editor Read-only in Session");
    await focusEditor(page);
    const refusal = "cart.ts is read-only here: no model is asked, since nothing could be written.";
    await pressUntil(page, "Alt+I", page.locator(".notification-list-item-message").getByText(refusal).first());
    await screenshot(page, "edit-read-only");
    for (const title of [SIMPLIFY, "Pairwise: Edit with an Instruction"]) {
      await fillQuickInput(page, "F1", `>${title}`);
      await page.waitForTimeout(1_000);
      assert.equal(await rows.filter({ hasText: title }).count(), 0, title);
      await page.keyboard.press("Escape");
    }

    await runCommand(page, "File: Reset Active Editor Read-only in Session");
    await focusEditor(page);
    await pressUntil(page, "Alt+I", page.locator(".quick-input-title").filter({ hasText: /of cart\.ts/ }));
  } catch (error) {
    await screenshot(page, "offers-failed");
    throw error;
  } finally {
    await close();
  }
});
