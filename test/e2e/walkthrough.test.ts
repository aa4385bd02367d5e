import { after, before, test } from "node:test";
import { ghostText, openWorkbench, screenshot, statusItem, type Workbench } from "./workbench.ts";

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
});
after(() => workbench?.close());

/** A step of the walkthrough, by its title. */
function step(title: string) {
  return workbench.page.locator(".getting-started-step").filter({ hasText: title });
}

test("the first steps lead from the menu to a first suggestion of the local model, and tick themselves off", async () => {
  const { page } = workbench;
  await statusItem(page).click();
  // The last row but today's figures.
  await page.locator(".quick-input-widget input").fill("First steps");
  await page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: "First steps" }).waitFor();
  await page.keyboard.press("Enter");
  await step("Get a model").waitFor();
  await screenshot(page, "walkthrough-model");
  await page.getByRole("button", { name: "Get the small model" }).click();
  await step("Get a model").locator(".codicon-getting-started-step-checked").waitFor();
  await step("See a suggestion").click();
  await page.getByRole("button", { name: "Open the sample" }).click();
  await ghostText(page).waitFor({ timeout: 60_000 });
  // The grey text is in the line; it comes in pieces by colour.
  const line = page.locator(".view-line").filter({ hasText: /return\sMath\.min\(/ });
  await line.waitFor();
  await screenshot(page, "walkthrough-sample");
  await page.keyboard.press("Tab");
  await page.locator(".tab").filter({ hasText: "Welcome" }).click();
  await step("See a suggestion").locator(".codicon-getting-started-step-checked").waitFor();
  await screenshot(page, "walkthrough-done");
});
