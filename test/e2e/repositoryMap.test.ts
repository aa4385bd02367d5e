import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/toolchain.mjs";
import { openFile, openWorkbench, runCommand, screenshot } from "./workbench.ts";

test("the repository map opens from the palette, and F12 leads from a line of it to its place", async () => {
  const { page, folder, close } = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
  try {
    cpSync(join(root, "src", "text"), join(folder, "text"), { recursive: true });
    cpSync(join(root, "src", "context"), join(folder, "context"), { recursive: true });
    await openFile(page, "window.ts", 1);
    await runCommand(page, "Pairwise: Show Repository Map");
    await page.locator(".tab.active").filter({ hasText: "Repository map of sample" }).waitFor();
    const line = page.locator(".view-line").filter({ hasText: "export interface CursorSnapshot" });
    await line.first().waitFor();
    await screenshot(page, "repository-map");
    await line.first().locator("span span").last().click();
    await page.keyboard.press("F12");
    await page.locator(".tab.active").filter({ hasText: "snapshot.ts" }).waitFor();
  } finally {
    await close();
  }
});

test("in a narrow Chinese editor of high contrast the map speaks Chinese", async () => {
  const { page, folder, close } = await openWorkbench({
    locale: "zh-cn",
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": "Default High Contrast" },
    size: { width: 700, height: 600 },
  });
  try {
    cpSync(join(root, "src", "text"), join(folder, "text"), { recursive: true });
    await openFile(page, "brackets.ts", 1);
    await runCommand(page, "Pairwise: 显示代码库地图");
    await page.locator(".view-line").filter({ hasText: "其余代码引用最多的排在最前" }).waitFor();
    await screenshot(page, "repository-map-contrast-chinese");
  } finally {
    await close();
  }
});

test("where the index is switched off, the command says so and leads to the setting", async () => {
  const { page, close } = await openWorkbench({ settings: { "pairwise.index.enable": false } });
  try {
    await openFile(page, "cart.ts", 1);
    await runCommand(page, "Pairwise: Show Repository Map");
    const notice = page.locator(".notification-toast").filter({ hasText: "The index of sample is switched off" });
    await notice.getByRole("button", { name: "Open settings" }).click();
    // On the page of the user's own settings, where it is off.
    await page.getByRole("checkbox", { name: "pairwise.index.enable", checked: false }).waitFor();
  } finally {
    await close();
  }
});
