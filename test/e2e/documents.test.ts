import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { fakeProvider } from "../support/fakeProvider.ts";
import { type ModelServer, modelServerSettings, startModelServer } from "../support/modelServer.ts";
import {
  copiedDiagnostics,
  fillQuickInput,
  focusQuickRow,
  ghostText,
  openFile,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
  statusSentence,
  type Workbench,
} from "./workbench.ts";

const MB = 1024 * 1024;

let server: ModelServer;
let others: string;
let workbench: Workbench;
before(async () => {
  server = await startModelServer("item.price * item.quantity;");
  others = mkdtempSync(join(tmpdir(), "pairwise-others-"));
  workbench = await openWorkbench({
    machineSettings: modelServerSettings(server),
    // Otherwise VS Code asks first before it opens what is larger than 50 MB.
    settings: { "workbench.editorLargeFileConfirmation": 4_096, "diffEditor.renderSideBySide": true },
    others: [fakeProvider(others)],
  });
  writeFiles(workbench.folder);
});
after(async () => {
  await workbench?.close();
  await server?.close();
  rmSync(others, { recursive: true, force: true });
});

/** At once, so that VS Code's list of files has them when they are looked for. */
function writeFiles(folder: string): void {
  const line = "0123456789,abcdefghijklmnopqrstuvwxyz\n";
  writeFileSync(join(folder, "bigfile.csv"), line.repeat((60 * MB) / line.length));
  writeFileSync(join(folder, "data.bin"), Buffer.from([0, 1, 2, 0, 0, 3]));
  const cell = (text: string) => ({
    cell_type: "code",
    metadata: {},
    source: text,
    outputs: [],
    execution_count: null,
  });
  const notebook = {
    cells: [cell("price = 3"), cell("total =")],
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(folder, "sums.ipynb"), JSON.stringify(notebook));
  mkdirSync(join(folder, "second", "inner"), { recursive: true });
  writeFileSync(join(folder, "second", "inner", "deep.ts"), "const deep =\n");
  writeFileSync(join(folder, "both.code-workspace"), JSON.stringify({ folders: [{ path: "." }, { path: "second" }] }));
}

/** Opens a file that is no text for `openFile`. */
async function openOther(page: Page, name: string): Promise<void> {
  await focusQuickRow(page, "Control+P", name, name);
  await page.keyboard.press("Enter");
  await page.locator(".tab.active").filter({ hasText: name }).waitFor();
}

/** On a busy machine VS Code now and then opens such a window without its folders. */
async function goToFolders(page: Page, address: string): Promise<void> {
  const folders = page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: "second" });
  for (let attempts = 3; ; attempts -= 1) {
    await page.goto(address);
    await statusItem(page).waitFor({ timeout: 60_000 });
    try {
      return await folders.first().waitFor({ timeout: 10_000 });
    } catch (error) {
      if (attempts === 1) throw error;
    }
  }
}

test("another extension that suggests is told once, in the menu and in the diagnostics", async () => {
  const { page } = workbench;
  const toast = page.locator(".notification-toast").filter({ hasText: "Continue may suggest as you type, too." });
  await toast.waitFor();
  await screenshot(page, "other-provider");
  await toast.getByRole("button", { name: "OK" }).click();
  await toast.waitFor({ state: "detached" });
  assert.match(await copiedDiagnostics(page), /^Other inline providers: Continue \(Continue\.continue\)\.$/m);
  await statusItem(page).click();
  await page
    .locator(".quick-input-list .monaco-list-row")
    .filter({ hasText: "Continue may suggest here, too" })
    .waitFor();
  await page.keyboard.press("Escape");
  await page.reload();
  await statusItem(page).waitFor({ timeout: 60_000 });
  // Longer than the first message took.
  await page.waitForTimeout(7_000);
  assert.equal(await toast.count(), 0);
});

test("grey text on the side of a diff that can be changed", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 27);
  await page.keyboard.type(" 1 +");
  await ghostText(page).waitFor();
  await page.keyboard.press("Escape");
  await runCommand(page, "File: Compare Active File with Saved");
  const modified = page.locator(".monaco-diff-editor .editor.modified");
  await modified.locator(".view-lines").click();
  await fillQuickInput(page, "Control+G", ":27:9999");
  await page.keyboard.press("Enter");
  await page.keyboard.type(" ");
  await modified.locator(".ghost-text, .ghost-text-decoration").first().waitFor();
  await screenshot(page, "diff");
});

test("a file that VS Code keeps from extensions is named with the reason", async () => {
  const { page } = workbench;
  await openFile(page, "bigfile.csv", 1);
  await statusSentence(page, "bigfile.csv is over 50 MB: VS Code does not show such files to extensions.");
  await statusItem(page).hover();
  await page.locator(".monaco-hover").filter({ hasText: "bigfile.csv is over 50 MB" }).waitFor();
  await screenshot(page, "withheld");
  await openFile(page, "temperature.py", 1);
  await statusSentence(page, "Ready.");
});

test("a file that is not shown as text is named, too", async () => {
  const { page } = workbench;
  await openOther(page, "data.bin");
  await statusSentence(page, "VS Code does not show the text of data.bin to extensions.");
});

test("grey text in a notebook's cell", async () => {
  const { page } = workbench;
  await openOther(page, "sums.ipynb");
  await page.locator(".notebookOverlay .view-lines").filter({ hasText: "total" }).click();
  await page.keyboard.press("End");
  const before = server.requests.length;
  await page.keyboard.type(" ");
  await page.locator(".notebookOverlay").locator(".ghost-text, .ghost-text-decoration").first().waitFor();
  await screenshot(page, "notebook");
  const { body } = server.requests[before] ?? assert.fail("no request");
  assert.ok(body.includes("price = 3") && body.includes("sums.ipynb"), body);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
});

test("with several folders in a window, a file's path starts at its own", async () => {
  const { page, folder } = workbench;
  const file = join(folder, "both.code-workspace");
  const address = new URL(page.url());
  address.searchParams.delete("folder");
  address.searchParams.set("workspace", file);
  await goToFolders(page, address.href);
  const before = server.requests.length;
  await openFile(page, "deep.ts", 1);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
  const { body } = server.requests[before] ?? assert.fail("no request");
  assert.ok(body.includes("inner/deep.ts") && !body.includes("second/inner"), body);
});
