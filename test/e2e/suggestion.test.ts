import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  ghostText,
  modelProcess,
  openFile,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
  statusSentence,
  SUM_LINE,
  type Workbench,
} from "./workbench.ts";

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench({ settings: { "editor.minimap.enabled": false } });
});
after(() => workbench?.close());

test("grey text of the local model appears while typing, Tab accepts it, and it is in the saved file", async () => {
  const { page, folder } = workbench;
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor({ timeout: 60_000 });
  const suggested = ((await ghostText(page).textContent()) ?? "").replaceAll("\u00a0", " ").trim();
  assert.ok(suggested.length > 0);
  await screenshot(page, "suggestion");
  await page.keyboard.press("Tab");
  // A short suggestion is followed by the next one at once: that grey text goes away is no sign of having been accepted.
  let line = "";
  for (let look = 0; look < 100; look += 1) {
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    line = readFileSync(join(folder, "cart.ts"), "utf8").split("\n")[SUM_LINE - 1] ?? "";
    if (line.startsWith(`    total += ${suggested}`)) return;
  }
  assert.fail(line);
});

test("what is typed along with the grey text shortens it, and Escape takes it away", async () => {
  const { page } = workbench;
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
  const suggested = (await ghostText(page).textContent()) ?? "";
  await page.keyboard.type(suggested.slice(0, 3));
  await page
    .locator(".view-lines .ghost-text-decoration")
    .filter({ hasText: suggested.slice(3) })
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  await ghostText(page).waitFor({ state: "detached" });
});

test("the model's process is killed: the user is told once, and the next keystroke gets a suggestion again", async () => {
  const { page, dataFolder } = workbench;
  await openFile(page, "temperature.py", 24);
  const pid = modelProcess(dataFolder);
  assert.ok(pid !== undefined);
  // Killed in the middle of a prompt that it has not seen.
  await page.keyboard.type(" ");
  await page.locator(".statusbar-item .codicon-loading").first().waitFor();
  process.kill(pid, "SIGKILL");
  await page.locator(".statusbar-item").filter({ hasText: "The local model stopped" }).waitFor();
  assert.equal(await page.locator(".notification-toast").count(), 0);
  await page.keyboard.type("r");
  await ghostText(page).waitFor({ timeout: 60_000 });
  assert.notEqual(modelProcess(dataFolder), pid);
});

test("the menu of the status item tells the state first, and today's figures without scrolling", async () => {
  const { page } = workbench;
  await statusItem(page).click();
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.first().waitFor();
  assert.match((await rows.first().textContent()) ?? "", /Ready.*Model: SmolLM2 135M/);
  await screenshot(page, "menu");
  const [list, figures] = await Promise.all([
    page.locator(".quick-input-list").boundingBox(),
    rows.filter({ hasText: /suggestions? shown.*[1-9]\d* accepted/ }).boundingBox(),
  ]);
  assert.ok(list && figures && figures.y + figures.height <= list.y + list.height, JSON.stringify({ list, figures }));
  await page.keyboard.press("Escape");
});

test("switched off, the status item says so and nothing is suggested", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Turn Suggestions On or Off");
  await statusSentence(page, "Suggestions are off.");
  await openFile(page, "cart.ts", SUM_LINE + 14);
  await page.keyboard.type(" ");
  // Longer than a suggestion of the loaded model takes.
  await page.waitForTimeout(2_000);
  assert.equal(await ghostText(page).count(), 0);
  await runCommand(page, "Pairwise: Turn Suggestions On or Off");
  await statusSentence(page, "Ready.");
});
