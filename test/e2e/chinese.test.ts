import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fillQuickInput, openWorkbench, screenshot, statusItem, statusSentence, type Workbench } from "./workbench.ts";

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench({ locale: "zh-cn" });
});
after(() => workbench?.close());

test("in a Chinese editor the status, the menu and the palette speak Chinese", async () => {
  const { page } = workbench;
  await statusSentence(page, "就绪");
  await statusItem(page).click();
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "选择模型" }).waitFor();
  await screenshot(page, "menu-chinese");
  await rows.filter({ hasText: "没有显示过建议" }).waitFor();
  await page.keyboard.press("Escape");
  await fillQuickInput(page, "F1", ">Pairwise");
  await rows.filter({ hasText: "Pairwise" }).first().waitFor();
  await screenshot(page, "palette-chinese");
  await page.keyboard.press("Escape");
  await fillQuickInput(page, "F1", ">复制诊断信息");
  await rows.filter({ hasText: "复制诊断信息" }).waitFor();
  assert.equal(
    await rows.filter({ hasText: "Copy Diagnostics" }).count(),
    await rows.filter({ hasText: "复制诊断信息" }).count(),
  );
});
