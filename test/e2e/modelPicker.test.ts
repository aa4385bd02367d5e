import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import { ghostText, openFile, openWorkbench, runCommand, screenshot, type Workbench } from "./workbench.ts";

let workbench: Workbench;
let server: ModelServer;
before(async () => {
  server = await startModelServer("item.price * item.quantity;");
  workbench = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

/** The input with this title: the rows of the one before may have the same words. */
function titled(title: string) {
  const { page } = workbench;
  const bar = page.locator(".quick-input-title").filter({ hasText: title });
  return page.locator(".quick-input-widget").filter({ has: bar });
}

/** Fills the input that has this title, and presses Enter. */
async function answer(title: string, text: string): Promise<void> {
  const { page } = workbench;
  const widget = titled(title);
  await widget.locator("input").first().fill(text);
  await page.keyboard.press("Enter");
}

/** Chooses the row with this text in the list that has this title, once it is there. */
async function pick(title: string, text: string): Promise<void> {
  const widget = titled(title);
  await widget.locator(".monaco-list-row").filter({ hasText: text }).first().click();
}

test("with the keyboard to a server of one's own: address mended, key asked for, model listed, and it suggests", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Choose a Model");
  await page.locator(".quick-input-widget").filter({ hasText: "Choose a model" }).waitFor();
  await page.locator(".monaco-list-row").filter({ hasText: "SmolLM2 135M" }).waitFor();
  await page.locator(".quick-input-widget").locator("input").first().fill("another");
  await page.locator(".monaco-list-row.focused").filter({ hasText: "Another server" }).waitFor();
  await page.keyboard.press("Enter");
  await answer("Another server", `127.0.0.1:${server.port}/locked/v1/chat/completions`);
  await pick("Use this address?", server.baseUrl("locked"));
  await answer("A name for", "mine");
  await pick("Models of mine", "Enter API key");
  await answer("API key for", "Bearer sk-of-a-test");
  await page.locator(".quick-input-widget").filter({ hasText: "small-coder" }).waitFor();
  await screenshot(page, "picker-models");
  await pick("Models of mine", "small-coder");
  const toast = page.locator(".notification-toast").filter({ hasText: "Suggestions come from small-coder" });
  await toast.locator(".monaco-button").filter({ hasText: "Check" }).waitFor();
  await openFile(page, "cart.ts", 27);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor({ timeout: 30_000 });
  const asked = server.requests.filter(({ url }) => url.endsWith("/completions"));
  assert.ok(asked.length > 0);
  for (const { headers, body } of asked) {
    assert.equal(headers.authorization, "Bearer sk-of-a-test");
    assert.equal(JSON.parse(body).model, "small-coder");
  }
});

test("the picker, opened again, tells which server is in use and that its key is stored", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Choose a Model");
  const row = page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: "mine" });
  await row.filter({ hasText: "key stored · in use" }).waitFor();
  await screenshot(page, "picker-in-use");
  await page.keyboard.press("Escape");
});
