import { after, before, test } from "node:test";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import { ghostText, openFile, openWorkbench, runCommand, screenshot, type Workbench } from "./workbench.ts";

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer("item.price * item.quantity;");
  workbench = await openWorkbench({
    machineSettings: {
      // By its name it runs elsewhere, and no list has its price.
      "pairwise.model.suggestions": "openai/large-cloud",
      "pairwise.model.servers": { openai: server.baseUrl("telling") },
      "pairwise.cost.hardLimit": 5,
    },
  });
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

test("whoever has set a limit is told of a model that it can't stop, and the page of costs says what to enter", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 27);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
  const told = page.locator(".notification-toast").filter({ hasText: "No price is known of openai/large-cloud" });
  await told.waitFor();
  await screenshot(page, "price-unknown");
  await runCommand(page, "Notifications: Clear All Notifications");
  await told.waitFor({ state: "hidden" });
  await runCommand(page, "Pairwise: Show Spending");
  const view = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await view.getByRole("heading", { name: "Prices for a million tokens" }).waitFor();
  await view.getByRole("row", { name: /large-cloud.*enter one in pairwise\.cost\.prices/ }).waitFor();
  await view.locator("code").filter({ hasText: '"openai/large-cloud"' }).waitFor();
  await screenshot(page, "spending");
});
