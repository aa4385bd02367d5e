import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ModelServer, modelServerSettings, startModelServer } from "../support/modelServer.ts";
import { ghostText, openFile, openWorkbench, screenshot, type Workbench } from "./workbench.ts";

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer("item.price * item.quantity;");
  workbench = await openWorkbench({
    machineSettings: modelServerSettings(server, "varied"),
  });
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

test("asked by hand, there are three suggestions to go through, and Tab takes the one that is seen", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 27);
  await page.keyboard.press("Alt+\\");
  await ghostText(page).filter({ hasText: "item.price" }).waitFor();
  const before = server.requests.length;
  await page.waitForTimeout(1_500);
  assert.equal(server.requests.length, before, "the first suggestion and two others were asked for at once");
  await page.keyboard.press("Alt+]");
  await ghostText(page).filter({ hasText: "variation" }).waitFor();
  await screenshot(page, "alternatives");
  const second = await ghostText(page).textContent();
  await page.keyboard.press("Alt+]");
  await page
    .locator(".ghost-text, .ghost-text-decoration")
    .filter({ hasText: "variation" })
    .filter({ hasNotText: second ?? "" })
    .first()
    .waitFor();
  await page.keyboard.press("Alt+[");
  await ghostText(page)
    .filter({ hasText: second ?? "" })
    .waitFor();
  await page.keyboard.press("Tab");
  await page
    .locator(".view-line")
    .filter({ hasText: second ?? "" })
    .first()
    .waitFor();
  await page.waitForTimeout(1_500);
  assert.equal(
    server.requests.length,
    before + 1,
    "the place after the accepted suggestion is asked about, and nothing else",
  );
});
