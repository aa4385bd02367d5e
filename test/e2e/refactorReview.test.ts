import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startChatServer } from "../support/chatServer.ts";
import { openFile, openWorkbench, runCommand, screenshot } from "./workbench.ts";

const FOUND = `- **high** 14 \`export function addItem(cart: Cart, item: Item): Cart {\`: the items are not copied deeply; a caller that changes \`item\` changes the cart. Write:
  \`\`\`ts
  return { ...cart, items: [...cart.items, { ...item }] };
  \`\`\`
- **low** 18 \`export function removeItem(cart: Cart, name: string): Cart {\`: removes all items of a name, see [the docs](https://example.com).`;

for (const theme of ["Default Dark Modern", "Default Light Modern"]) {
  const name = theme.split(" ").slice(1).join("-").toLowerCase();
  test(`a review's findings are seen at their lines, resolved, fixed and dismissed: ${theme}`, async () => {
    await using server = await startChatServer(() => ({ pieces: [FOUND] }));
    const { page, folder, close } = await openWorkbench({
      settings: { "editor.minimap.enabled": false, "workbench.colorTheme": theme, "comments.openView": "never" },
      machineSettings: {
        "pairwise.model.suggestions": "openai/scripted",
        "pairwise.model.servers": { openai: server.baseUrl },
        "pairwise.suggestions.automatic": false,
      },
    });
    try {
      const before = readFileSync(join(folder, "cart.ts"), "utf8");
      await openFile(page, "cart.ts", 1);
      await runCommand(page, "Pairwise: Review the Selection or File");
      const threads = page.locator(".review-widget .body");
      await threads.nth(1).waitFor();
      await page.waitForTimeout(700);
      await screenshot(page, `review-${name}`);
      const text = (await page.locator(".review-widget").allTextContents()).join("\n");
      assert.match(text, /High/);
      assert.match(text, /\[the docs\]\(https:\/\/example\.com\)/);
      assert.equal(await page.locator(".review-widget .comment-body a[href]").count(), 0);
      const first = page.locator(".review-widget").first();
      await first.locator(".review-title, .head").first().hover();
      await first.getByRole("button", { name: "Resolve the Finding" }).first().click();
      await page.waitForTimeout(500);
      await screenshot(page, `review-resolved-${name}`);
      await runCommand(page, "Pairwise: Dismiss All Findings");
      await page.locator(".review-widget .body").first().waitFor({ state: "detached" });
      assert.equal(readFileSync(join(folder, "cart.ts"), "utf8"), before);
    } catch (error) {
      await screenshot(page, "review-failed");
      throw error;
    } finally {
      await close();
    }
  });
}
