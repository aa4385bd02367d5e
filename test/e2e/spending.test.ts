import assert from "node:assert/strict";
import { test } from "node:test";
import { fillingServer } from "../support/fillingServer.ts";
import { serve } from "../model/localServer.ts";
import { openWorkbench, runCommand, screenshot } from "./workbench.ts";

test("whoever has set a limit is told of a model of no known price; a check is counted, and the page says what to enter", async () => {
  // By its name it runs elsewhere, and no list has its price.
  const model = "qwen2.5-coder-cloud";
  await using server = await serve(fillingServer({ models: [{ id: model, max_model_len: 32_768 }] }));
  const workbench = await openWorkbench({
    machineSettings: {
      "pairwise.model.suggestions": `vllm/${model}`,
      "pairwise.model.servers": { vllm: `${server.url}/v1` },
      "pairwise.model.warmUp": false,
      "pairwise.cost.hardLimit": 5,
    },
  });
  try {
    const { page } = workbench;
    const view = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await runCommand(page, "Pairwise: Check the Model");
    await view.getByRole("button", { name: "Check", exact: true }).click();
    await view.locator(".summary:not(:empty)").waitFor();
    const told = page.locator(".notification-toast").filter({ hasText: `No price is known of vllm/${model}` });
    await told.waitFor();
    assert.equal(await told.count(), 1, "it is told once, and several things were asked");
    await screenshot(page, "price-unknown");
    await runCommand(page, "Notifications: Clear All Notifications");
    await runCommand(page, "View: Close All Editors");
    await runCommand(page, "Pairwise: Show Spending");
    await view.getByRole("row", { name: new RegExp(`^Check vllm/${model} [2-9]`) }).waitFor();
    await view
      .getByRole("row", { name: new RegExp(`${model} .*no price known: enter one in pairwise\\.cost\\.prices`) })
      .waitFor();
    await view
      .locator("code")
      .filter({ hasText: `"vllm/${model}"` })
      .waitFor();
    await screenshot(page, "spending");
  } finally {
    await workbench.close();
  }
});
