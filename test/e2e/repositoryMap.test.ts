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
