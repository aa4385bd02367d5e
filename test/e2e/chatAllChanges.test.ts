import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startChatServer } from "../support/chatServer.ts";
import { openFile, openWorkbench, runCommand, screenshot } from "./workbench.ts";

const REMOVE = `export function removeItem(cart: Cart, name: string): Cart {
  const items = cart.items.filter((item) => item.name !== name);
  return { ...cart, items };
}
`;
const ADD = `export function addItem(cart: Cart, item: Item): Cart {
  const items = cart.items.concat(item);
  return { ...cart, items };
}
`;
const CELSIUS = `def fahrenheit_to_celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) * 5 / 9
`;
const TAX = "/** In percent. */\nexport const TAX = 19;\n";

test("changes of several files are looked at in one refactor preview, applied by one button and undone by one step", async () => {
  const blocks = [
    `\`\`\`ts cart.ts\n${REMOVE}`,
    `\`\`\`ts tax.ts\n${TAX}`,
    `\`\`\`python temperature.py\n${CELSIUS}`,
    `\`\`\`ts cart.ts\n${ADD}`,
  ];
  await using server = await startChatServer(() => ({ pieces: blocks.map((block) => `${block}\`\`\`\n\n`) }));
  const workbench = await openWorkbench({
    settings: { "editor.minimap.enabled": false },
    machineSettings: {
      "pairwise.model.chat": "openai/scripted",
      "pairwise.model.servers": { openai: server.baseUrl },
      "pairwise.suggestions.automatic": false,
    },
  });
  const { page, folder } = workbench;
  try {
    const tax = join(folder, "tax.ts");
    const texts = (): readonly string[] =>
      ["cart.ts", "temperature.py"].map((name) => readFileSync(join(folder, name), "utf8"));
    const before = texts();
    await openFile(page, "cart.ts", 1);
    await runCommand(page, "Pairwise: Ask About the Selection");
    const view = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await view.locator("textarea.input").fill("Add a tax");
    await view.locator("textarea.input").press("Enter");
    const outcome = view.locator("[data-role=answer] .outcome");
    const all = outcome.getByRole("button", { name: "Apply all 4 changes" });
    await all.waitFor();
    await screenshot(page, "chat-all-offered");
    await all.focus();
    await page.keyboard.press("Enter");
    await outcome.getByText("The changes are in the refactor preview.").waitFor();
    const apply = page.getByRole("button", { name: "Apply", exact: true });
    await apply.waitFor();
    await page.locator(".monaco-list-row").filter({ hasText: "tax.ts" }).last().click();
    await page.locator(".view-lines").getByText("In percent.").waitFor();
    await screenshot(page, "chat-all-preview");
    assert.deepEqual([texts(), existsSync(tax)], [before, false]);
    await apply.click();
    await outcome.getByText("Applied to cart.ts, tax.ts, temperature.py.").waitFor();
    await screenshot(page, "chat-all-applied");
    assert.equal(readFileSync(tax, "utf8"), TAX);
    const [cart = "", temperature = ""] = texts();
    assert.ok(cart.includes(REMOVE) && cart.includes(ADD), cart);
    assert.ok(temperature.includes("* 5 / 9"), temperature);

    await openFile(page, "cart.ts", 1);
    await page.keyboard.press("Control+Z");
    await page.locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();
    for (let look = 0; existsSync(tax) && look < 100; look += 1) await page.waitForTimeout(50);
    assert.equal(existsSync(tax), false, "what was new is gone");
    // VS Code gives a file that was changed unseen its tab a moment later.
    await page.locator(".tab.dirty").filter({ hasText: "temperature.py" }).waitFor();
    await runCommand(page, "File: Save All Files");
    for (let look = 0; texts().join() !== before.join() && look < 100; look += 1) await page.waitForTimeout(50);
    assert.deepEqual(texts(), before);
  } catch (error) {
    await screenshot(page, "chat-all-failed");
    throw error;
  } finally {
    await workbench.close();
  }
});
