/** The report in the editor: on a year of made work with an experiment, and on a ledger with nothing in it. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { openLedger } from "../../src/productivity/ledger/opening.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { LedgerRecord } from "../../src/productivity/records.ts";
import { workedRecords } from "../support/ledgerRecords.ts";
import { batchOf, openingOptions } from "../support/ledgerRig.ts";
import { experimentRecords } from "../support/experimentRecords.ts";
import { openWorkbench, runCommand, screenshot, statusItem, type Workbench } from "./workbench.ts";

const DAY_MS = 86_400_000;
/** A year of a million events; the picture and the way there are the same with a tenth of it. */
const EVENTS = 100_000;
const WORKED_DAYS = 230;

let workbench: Workbench;
before(async () => {
  workbench = await open({ "workbench.colorTheme": "Default Light Modern" });
});
after(() => workbench?.close());

function open(settings: Readonly<Record<string, unknown>>, locale?: string): Promise<Workbench> {
  return openWorkbench({
    // No file, and nothing of the editor beside the report.
    settings: { "workbench.secondarySideBar.defaultVisibility": "hidden", ...settings },
    ...(locale ? { locale } : {}),
    size: { width: 1280, height: 900 },
  });
}

const page = (): Page => workbench.page;
/** The page of the view, two frames deep. */
const report = (): FrameLocator => page().frameLocator("iframe.webview.ready").frameLocator("#active-frame");

const ledgerFolder = (): string =>
  join(workbench.dataFolder, "user", "User", "globalStorage", "pairwise.pairwise", "ledger");

/** As the extension's own thread would have written it. */
function write(batches: Iterable<readonly LedgerRecord[]>): void {
  mkdirSync(ledgerFolder(), { recursive: true });
  const opened = openLedger(openingOptions(ledgerFolder(), { mostBytes: 1_000_000_000 }));
  assert.ok(opened.kind !== "stopped");
  const store = new LedgerStore(opened.database, "report-test");
  for (const records of batches) store.append(batchOf(records), Date.now());
  store.close();
}

function* yearOfWork(): Generator<readonly LedgerRecord[]> {
  for (let day = 0; day < WORKED_DAYS; day += 1) {
    const fromMs = Date.now() - (365 - Math.floor((day * 364) / WORKED_DAYS)) * DAY_MS;
    const session = `5e55${day.toString(16).padStart(12, "0")}`;
    yield workedRecords(session, fromMs, day + 1, Math.round(EVENTS / WORKED_DAYS));
  }
}

async function openReport(): Promise<void> {
  await runCommand(page(), "Pairwise: Show the Productivity Report");
  await report().locator("main header h1").waitFor();
}

test("on an empty ledger it says what to do, what can be said nevertheless, and that nobody knows yet", async () => {
  await openReport();
  assert.match(await report().locator(".notice").innerText(), /Nothing was counted yet/);
  assert.match(await report().locator("main header h1").innerText(), /^Nobody knows yet/);
  await screenshot(page(), "report-empty");
  await report().getByRole("button", { name: "What an experiment can show" }).click();
  await page().locator(".quick-input-widget input").waitFor();
  await page().keyboard.press("Escape");
});

test("what was counted since is there on Refresh, and the interval of an experiment stands first", async () => {
  write(yearOfWork());
  write([experimentRecords({ effect: 3, strata: 40 })]);
  await report().getByRole("button", { name: "Refresh" }).click();
  await report()
    .locator("main header h1")
    .filter({ hasText: "times as much in the same time" })
    .waitFor({ timeout: 30_000 });
  assert.equal(await report().locator(".notice").isVisible(), false);
  await report().locator("#survival canvas").waitFor();
  assert.ok(await report().locator("#trend .live").isVisible());
  await screenshot(page(), "report-light");
  await report().locator("#survival h2").scrollIntoViewIfNeeded();
  await report().locator("#survival .live").focus();
  await page().keyboard.press("End");
  await screenshot(page(), "report-light-charts");
  assert.match((await report().locator("#survival .live").getAttribute("aria-valuetext")) ?? "", /^After 24 h/);
});

test("there is one at a time, and shown again it is where it was", async () => {
  await report().locator("#trend summary").press("Enter");
  const top = await report()
    .locator("html")
    .evaluate(() => window.scrollY);
  assert.ok(top > 0);
  await page().locator(".explorer-viewlet .monaco-list-row").filter({ hasText: "cart.ts" }).dblclick();
  await page().locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();
  await runCommand(page(), "Pairwise: Show the Productivity Report");
  await report().locator("#trend table").waitFor();
  assert.equal(await page().locator(".tab").filter({ hasText: "Productivity report" }).count(), 1);
  assert.ok(
    Math.abs(
      (await report()
        .locator("html")
        .evaluate(() => window.scrollY)) - top,
    ) <= 2,
  );
});

test("it is there again after the window was loaded anew", async () => {
  // VS Code in a browser writes down what is open every five seconds, and not when it is loaded anew.
  await page().waitForTimeout(7_000);
  await page().reload();
  await statusItem(page()).waitFor({ timeout: 60_000 });
  // Which tab was in front is written down by VS Code some time later.
  await page().locator(".tab").filter({ hasText: "Productivity report" }).click();
  await report()
    .locator("main header h1")
    .filter({ hasText: "times as much in the same time" })
    .waitFor({ timeout: 30_000 });
  await report().locator("#trend table").waitFor();
});

test("one that stood behind a file when the window was loaded anew is the same one when it is shown", async () => {
  await page().locator(".explorer-viewlet .monaco-list-row").filter({ hasText: "cart.ts" }).dblclick();
  await page().locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();
  await page().waitForTimeout(7_000);
  await page().reload();
  await statusItem(page()).waitFor({ timeout: 60_000 });
  const tabs = page().locator(".tab").filter({ hasText: "Productivity report" });
  await page().locator(".tab.active").filter({ hasText: "cart.ts" }).waitFor();
  assert.equal(await tabs.count(), 1);
  await runCommand(page(), "Pairwise: Show the Productivity Report");
  await report()
    .locator("main header h1")
    .filter({ hasText: "times as much in the same time" })
    .waitFor({ timeout: 30_000 });
  assert.equal(await tabs.count(), 1);
});

test("it is saved as a file that needs nothing beside it", async () => {
  await report().getByRole("button", { name: "Save as HTML…" }).click();
  const input = page().locator(".quick-input-widget input");
  await input.waitFor();
  const file = join(workbench.folder, "saved.html");
  // It fills itself when it has looked into the folder.
  await page().waitForTimeout(1_500);
  await input.fill(file);
  await page().keyboard.press("Enter");
  await page()
    .locator(".notification-toast")
    .filter({ hasText: `The report is in ${file}` })
    .waitFor();
  const html = readFileSync(file, "utf8");
  assert.match(html, /<h1>Between .* times as much in the same time/);
  assert.doesNotMatch(html, /<script|http:\/\//);
});

test("the menu of the status item leads to it", async () => {
  await runCommand(page(), "View: Close All Editors");
  await statusItem(page()).click();
  await page().locator(".quick-input-widget input").fill("productivity report");
  await screenshot(page(), "report-menu");
  await page().keyboard.press("Enter");
  await report().locator("main header h1").waitFor();
});

test("in Chinese all of it is Chinese", async () => {
  await workbench.close();
  workbench = await open({ "workbench.colorTheme": "Default Dark Modern" }, "zh-cn");
  await statusItem(page()).waitFor();
  write(yearOfWork());
  write([experimentRecords({ effect: 3, strata: 40 })]);
  await runCommand(page(), "显示效率报告");
  await report()
    .locator("main header h1")
    .filter({ hasText: "写下并留存的字符是没有建议时的" })
    .waitFor({ timeout: 30_000 });
  await report().locator("#survival canvas").waitFor();
  await screenshot(page(), "report-chinese");
  const text = await report().locator("body").innerText();
  assert.doesNotMatch(text, /[A-Za-z]{4,} [a-z]{3,} [a-z]{2,}/, text);
});

for (const [theme, name] of [
  ["Default Dark Modern", "dark"],
  ["Default High Contrast", "high-contrast"],
] as const)
  test(`in ${name}, and in a narrow column, it is still itself`, async () => {
    await workbench.close();
    workbench = await open({ "workbench.colorTheme": theme });
    write(yearOfWork());
    if (name === "dark") write([experimentRecords({ effect: 3, strata: 40 })]);
    await runCommand(page(), "Pairwise: Show the Productivity Report");
    await report().locator(`body.vscode-${name} #survival canvas`).waitFor({ timeout: 30_000 });
    await screenshot(page(), `report-${name}`);
    await report()
      .locator("#survival")
      .evaluate((section) => section.scrollIntoView());
    await page().waitForTimeout(300);
    await screenshot(page(), `report-${name}-charts`);
    await page().setViewportSize({ width: 680, height: 900 });
    await page().waitForTimeout(500);
    assert.ok(
      await report()
        .locator("html")
        .evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth),
    );
    await screenshot(page(), `report-${name}-narrow`);
  });
