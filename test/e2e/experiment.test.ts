/** An experiment as somebody begins, meets and ends it. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { commitmentTo, configurationOf, planOf } from "../../src/productivity/experiment/plan.ts";
import { offPosition } from "../../src/productivity/experiment/schedule.ts";
import { SLOT_MS, slotOf } from "../../src/productivity/experiment/slots.ts";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { openLedger } from "../../src/productivity/ledger/opening.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import type { LedgerRecord, RecordKind } from "../../src/productivity/records.ts";
import { batchOf, openingOptions } from "../support/ledgerRig.ts";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import {
  ghostText,
  openFile,
  runCommand,
  screenshot,
  statusItem,
  statusSentence,
  SUM_LINE,
  type Workbench,
} from "./workbench.ts";
import { ledgerFolder, openCounted, recordsOf, until } from "./workbenchLedger.ts";

const ANSWER = "item.price * item.quantity; // quokka";

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer(ANSWER);
  workbench = await opened();
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

const opened = (locale?: string): Promise<Workbench> =>
  openCounted(server, {
    machineSettings: { "pairwise.suggestions.alternatives": 1 },
    ...(locale !== undefined && { locale }),
  });

const records = <Kind extends RecordKind>(kind: Kind, of = workbench): readonly RecordOf<Kind>[] =>
  recordsOf(of, [kind]);

const some = <Each>(all: readonly Each[]): readonly Each[] | undefined => (all.length > 0 ? all : undefined);

/** From the command to the dialog with the whole text. */
async function upToConsent({ page }: Workbench, command: string, share: string, name: string): Promise<void> {
  await runCommand(page, command);
  const rows = page.locator(".quick-input-list .monaco-list-row");
  const row = rows.filter({ hasText: share }).first();
  await row.waitFor();
  await screenshot(page, `${name}-share`);
  await row.click();
  const input = page.locator(".quick-input-widget input");
  await page.locator(".quick-input-widget").filter({ hasText: "2" }).waitFor();
  await input.fill("20 %");
  await page.waitForTimeout(500);
  await screenshot(page, `${name}-forecast`);
  await page.keyboard.press("Enter");
  await page
    .locator(".quick-input-list .monaco-list-row")
    .filter({ hasText: /I agree|我同意/ })
    .waitFor();
  await page.waitForTimeout(500);
  await screenshot(page, `${name}-consent`);
}

async function menuText({ page }: Workbench, name: string, wanted = ""): Promise<string> {
  await statusItem(page).click();
  const list = page.locator(".quick-input-list");
  await list.locator(".monaco-list-row").nth(6).waitFor();
  if (wanted !== "") await page.locator(".quick-input-widget input").fill(wanted);
  await page.waitForTimeout(300);
  await screenshot(page, name);
  const text = await list.innerText();
  await page.keyboard.press("Escape");
  return text;
}

async function reload({ page }: Workbench): Promise<void> {
  await page.reload();
  await statusItem(page).waitFor({ timeout: 60_000 });
}

/** A key at the end of the sum's line. */
async function typeAtSum({ page }: Workbench, key: string): Promise<void> {
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(key);
}

test("the whole text is read and agreed to before an experiment begins; the menu says that it runs, and how to end it", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", SUM_LINE);
  await upToConsent(workbench, "Pairwise: Start an Experiment", "One of two half-hours", "experiment");
  assert.deepEqual(records("prereg"), []);
  const text = (await page.locator(".editor-instance .view-line").allInnerTexts()).join(" ").replaceAll(/\s+/g, " ");
  assert.match(text, /disappear silently/);
  assert.match(
    text,
    /your code goes to the model that you chose \(now gpt-4\.\s?1, [\w.:]+\) and costs what it costs in the others/,
  );
  assert.match(text, /ends by itself after at most 600 half-hours of work/);
  // In a small window its end is read by scrolling, with the question open.
  const size = page.viewportSize();
  await page.setViewportSize({ width: 480, height: 500 });
  await page.waitForTimeout(500);
  await page.mouse.move(370, 350);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(100);
  }
  await screenshot(page, "experiment-consent-small");
  const end = (await page.locator(".editor-instance .view-line").allInnerTexts()).join(" ").replaceAll(/\s+/g, " ");
  if (size) await page.setViewportSize(size);
  // Its last word: the editor scrolls beyond the last line.
  assert.match(end, /ledger\.\s*$/);
  // The row that has the focus is the way out.
  const rows = page.locator(".quick-input-list .monaco-list-row");
  assert.match(await rows.first().innerText(), /No, not now/);
  assert.match((await rows.first().getAttribute("class")) ?? "", /focused/);
  await rows.filter({ hasText: "I agree: start the experiment" }).click();
  await until(workbench, "the plan in the ledger", () => some(records("prereg")));
  assert.deepEqual(
    records("belief").map(({ factor }) => factor),
    [1.2],
  );
  await page
    .locator(".notification-toast")
    .filter({ hasText: "The experiment begins with the next half-hour" })
    .waitFor();
  await statusSentence(page, "An experiment is running.");
  const menu = await menuText(workbench, "experiment-menu");
  assert.match(
    menu,
    /An experiment is running\.\s+Suggest Now always works\. Half-hours drawn so far: 0, of at most 600\./,
  );
  assert.match(menu, /Pause the experiment/);
  assert.match(menu, /Stop the experiment/);
  assert.doesNotMatch(menu, /held back|without suggestions now/i);
  // In this half-hour it does not take part yet.
  await typeAtSum(workbench, " ");
  await ghostText(page).waitFor();
  await page.keyboard.press("Control+Z");
});

/** Another experiment goes on since two hours, and this half-hour is without suggestions. */
function plant(to: Workbench): void {
  const ledger = openLedger(openingOptions(ledgerFolder(to)));
  assert.ok(ledger.kind !== "stopped");
  const store = new LedgerStore(ledger.database, "planted");
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const seeds = Array.from({ length: 100 }, (_, number) => sha256(`seed ${number}`));
  const seed = seeds.find((each) => offPosition(each, 0, 2, sha256) === 0) ?? "";
  const configuration = configurationOf(planOf({ tier: 2, k: 2, mostStrata: 200, pairwiseVersion: "0.0.0" }));
  const of = { atMs: Date.now() - 4 * SLOT_MS, session: "0123456789abcdef", experiment: "fedcba9876543210" } as const;
  const planted: readonly LedgerRecord[] = [
    { kind: "prereg", ...of, commitment: commitmentTo({ seed, configuration }, sha256), configuration, seed },
    { kind: "consent", ...of, textVersion: 1, isGiven: true },
  ];
  store.append(batchOf(planted, { writer: "planted", isDurable: true }), Date.now());
  store.close();
}

test("without suggestions the model is asked and nothing is seen, also after a reload; asked by hand it is", async () => {
  const { page } = workbench;
  // The next half-hour has another part.
  const leftMs = slotOf(Date.now()) + SLOT_MS - Date.now();
  if (leftMs < 60_000) await page.waitForTimeout(leftMs + 100);
  plant(workbench);
  await reload(workbench);
  for (const when of ["before", "after a reload"]) {
    const heldBefore = records("response").filter(({ outcome }) => outcome === "held-back").length;
    await typeAtSum(workbench, " ");
    await until(workbench, `held back ${when}`, () =>
      some(
        records("response")
          .filter(({ outcome }) => outcome === "held-back")
          .slice(heldBefore),
      ),
    );
    await page.waitForTimeout(1_000);
    assert.equal(await ghostText(page).count(), 0, when);
    await page.keyboard.press("Control+Z");
    if (when !== "before") break;
    await reload(workbench);
  }
  assert.equal(records("assign").length, 1);
  await typeAtSum(workbench, " ");
  await runCommand(page, "Pairwise: Suggest Now");
  await ghostText(page).waitFor();
  await screenshot(page, "experiment-by-hand");
});

test("stopped, suggestions come with the next key", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Stop the Experiment");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: "No, go on" }).waitFor();
  await screenshot(page, "experiment-stop");
  await rows.filter({ hasText: "Stop the experiment" }).click();
  const toast = page.locator(".notification-toast").filter({ hasText: "The experiment is stopped, with too few" });
  await toast.waitFor();
  await screenshot(page, "experiment-stopped");
  await toast.getByRole("button", { name: "Show the report" }).click();
  await page
    .frameLocator("iframe.webview.ready")
    .frameLocator("#active-frame")
    .locator("main header h1")
    .filter({ hasText: "No result: the experiment has ended" })
    .waitFor();
  assert.deepEqual(
    records("experiment").map(({ what }) => what),
    ["stopped"],
  );
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.press("Control+Z");
  await typeAtSum(workbench, " ");
  await ghostText(page).waitFor();
  assert.match(await menuText(workbench, "experiment-offer", "experiment"), /Start an experiment…/);
});

test("what an experiment can show is a page that says of itself that it is simulated", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: What an Experiment Can Show");
  await fillRow(workbench, "3 times");
  await page.locator(".tab.active").filter({ hasText: "What an Experiment Can Show" }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  await screenshot(page, "experiment-simulation");
  await page.locator(".view-line").filter({ hasText: "After 8 weeks" }).waitFor();
  const rows = (await page.locator(".editor-instance .view-line").allInnerTexts()).join(" ");
  for (const said of [/is\s+no\s+measurement\s+of\s+yours/, /480\s+half-hours\s+of\s+work/]) assert.match(rows, said);
});

async function fillRow({ page }: Workbench, label: string): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: label }).first();
  await row.waitFor();
  await row.click();
}

test("in Chinese it is read, agreed to and met in Chinese", async () => {
  await workbench.close();
  workbench = await opened("zh-cn");
  const { page } = workbench;
  await openFile(page, "cart.ts", SUM_LINE);
  await upToConsent(workbench, "Pairwise: 开始实验", "每两个时段", "experiment-chinese");
  const text = await page.locator(".editor-instance .view-line").allInnerTexts();
  assert.match(text.join(" "), /悄悄消失/);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "我同意：开始实验" }).click();
  await until(workbench, "the plan in the ledger", () => some(records("prereg")));
  assert.match(await menuText(workbench, "experiment-chinese-menu"), /实验正在进行。/);
  await runCommand(page, "Pairwise: 实验能说明什么");
  await fillRow(workbench, "1.25");
  await page.locator(".tab.active").filter({ hasText: "实验能说明什么" }).waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  await screenshot(page, "experiment-chinese-simulation");
});
