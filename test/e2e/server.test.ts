import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ModelServer, modelServerSettings, startModelServer } from "../support/modelServer.ts";
import {
  ghostText,
  openFile,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
  statusSentence,
  type Workbench,
} from "./workbench.ts";

const KEY = "sk-test-0123456789";

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer("item.price * item.quantity;");
  workbench = await openWorkbench({
    machineSettings: modelServerSettings(server, "locked"),
  });
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

test("a server that wants a key: the status says so, the menu leads to the box, and no popup comes", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 27);
  await page.keyboard.type(" ");
  await statusSentence(page, "asks for an API key and none is stored");
  assert.equal(await page.locator(".notification-toast").count(), 0);
  await screenshot(page, "key-missing");
  await statusItem(page).click();
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Enter API key" }).first().click();
  const box = page.locator(".quick-input-widget input[type=password]");
  await box.fill(`  ${KEY}\n`);
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
  await statusSentence(page, "Ready.");
});

test("with the key the server answers, and the key went into its header alone", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 27);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
  const { headers, url, body } = server.requests.at(-1) ?? assert.fail("no request");
  assert.equal(headers.authorization, `Bearer ${KEY}`);
  assert.ok(!`${url}${body}`.includes(KEY));
});

test("what was sent to a model of OpenAI's is counted with its vocabulary, not estimated", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Show What Was Sent");
  const view = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await view.locator("[role=option]").first().click();
  const tokens = view.locator(".piece-tokens").filter({ hasText: /^\d[\d,]* tokens · \d+ ?%$/ });
  await tokens.first().waitFor();
  await screenshot(page, "sent-counted");
  await page.keyboard.press("Control+1");
});

test("a key that was removed is not sent any more", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Remove API Key");
  await openFile(page, "cart.ts", 41);
  const before = server.requests.length;
  await page.keyboard.type(" ");
  await statusSentence(page, "asks for an API key and none is stored");
  assert.ok(server.requests.length > before);
  assert.equal(server.requests.at(-1)?.headers.authorization, undefined);
});
