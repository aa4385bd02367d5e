/** The ledger as a person has it: shown, exported, deleted, switched off, kept for a shorter time, and its counting tested. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, before, test } from "node:test";
import type { RecordOf } from "../../src/productivity/ledger/columns.ts";
import { ledgerFileName } from "../../src/productivity/ledger/fileName.ts";
import type { RecordKind } from "../../src/productivity/records.ts";
import { batchOf, openingOptions, recordsIn } from "../support/ledgerRig.ts";
import { openLedger } from "../../src/productivity/ledger/opening.ts";
import { LedgerStore } from "../../src/productivity/ledger/store.ts";
import { startModelServer, type ModelServer } from "../support/modelServer.ts";
import { focusEditor, ghostText, openFile, runCommand, screenshot, SUM_LINE, type Workbench } from "./workbench.ts";
import { ledgerFolder, openCounted, recordsOf, until } from "./workbenchLedger.ts";

const ANSWER = "item.price * item.quantity; // quokka";
const DAY_MS = 86_400_000;

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer(ANSWER);
  workbench = await openCounted(server);
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

const records = <Kind extends RecordKind>(kind: Kind): readonly RecordOf<Kind>[] => recordsOf(workbench, [kind]);

/** What is suggested at the end of the sum's line is accepted, and saved; what was so before is gone. */
async function acceptOne({ page, folder }: Workbench): Promise<void> {
  const file = join(folder, "cart.ts");
  const text = readFileSync(file, "utf8");
  if (text.includes("quokka")) {
    writeFileSync(file, text.replace(` ${ANSWER}`, ""));
    await openFile(page, "cart.ts", SUM_LINE);
    // What is on the disk, without waiting until it is noticed.
    await runCommand(page, "File: Revert File");
    await page.locator(".view-line").filter({ hasText: "quokka" }).first().waitFor({ state: "detached" });
  }
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
  // Long enough to be seen.
  await page.waitForTimeout(1_000);
  await page.keyboard.press("Tab");
  await page.locator(".view-line").filter({ hasText: "quokka" }).first().waitFor();
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active:not(.dirty)").waitFor();
}

/** All lines in view, the spaces between columns as they are. */
async function linesInView({ page }: Workbench): Promise<readonly string[]> {
  const lines = await page.locator(".editor-instance .view-lines .view-line").all();
  const placed = await Promise.all(
    lines.map(async (line) => ({
      top: await line.evaluate((element) => Number.parseFloat((element as HTMLElement).style.top)),
      text: (await line.innerText()).replaceAll("\u00a0", " ").trimEnd(),
    })),
  );
  return placed.toSorted((one, other) => one.top - other.top).map(({ text }) => text);
}

async function openLedgerPage({ page }: Workbench, command: string, tab: string): Promise<void> {
  await runCommand(page, command);
  await page.locator(".tab.active").filter({ hasText: tab }).waitFor();
  await focusEditor(page);
  await page.keyboard.press("Control+Home");
  await page.waitForTimeout(500);
}

test("the page says first what is so now, then what happened, and an event has all of its fields where one points at it", async () => {
  await acceptOne(workbench);
  await until(workbench, "the accept in the file", () => (records("end").length > 0 ? true : undefined));
  const { page } = workbench;
  await openLedgerPage(workbench, "Pairwise: Show the Ledger", "Ledger.txt");
  await screenshot(page, "ledger");
  const lines = await linesInView(workbench);
  const text = lines.join("\n");
  assert.match(lines[0] ?? "", /^Pairwise's ledger, as it is at \d\d:\d\d:\d\d$/);
  assert.match(text, /^Counting {2}on;/m);
  assert.ok(text.includes(`File      ${join(ledgerFolder(workbench), ledgerFileName)}`), text);
  assert.match(text, /^Today {5}[1-9]\d* suggestions? shown, 1 accepted, with 37 characters\.$/m);
  assert.match(
    text,
    /^\d\d:\d\d:\d\d {2}Accepted {4}a suggestion to its end, 37 characters, \S+ s after it was first shown$/m,
  );
  await page.locator(".view-line").filter({ hasText: "a suggestion to its end" }).locator("span span").first().hover();
  const hover = page.locator(".monaco-hover:visible");
  await hover.filter({ hasText: "A suggestion was accepted" }).waitFor();
  await screenshot(page, "ledger-event");
  assert.match(await hover.innerText(), /evidence\s+command\s+command: VS Code said so/);
  await page.keyboard.press("Control+End");
  await page.waitForTimeout(500);
  await screenshot(page, "ledger-legend");
  assert.ok((await linesInView(workbench)).some((line) => /^trial +survivingChars +\S/.test(line)));
});

/** @returns what the files have, by name */
async function exported(format: "CSV" | "JSON Lines", name: string): Promise<ReadonlyMap<string, string>> {
  const { page, dataFolder } = workbench;
  const folder = join(dataFolder, name);
  mkdirSync(folder);
  await runCommand(page, "Pairwise: Export the Ledger");
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await rows.filter({ hasText: format }).waitFor();
  if (format === "CSV") await screenshot(page, "ledger-export");
  await rows.filter({ hasText: format }).first().click();
  await page.locator(".quick-input-title").filter({ hasText: "Where are the files to be written?" }).waitFor();
  const here = page.locator(".quick-input-widget .monaco-button").filter({ hasText: "Export here" });
  // While it looks into a folder, a click is lost.
  for (let attempt = 0; attempt < 5 && (await here.isVisible()); attempt += 1) {
    await page.locator(".quick-input-widget input").fill(`${folder}/`);
    await page.waitForTimeout(700);
    await here.click();
    await here.waitFor({ state: "hidden", timeout: 3_000 }).catch(() => {});
  }
  const done = page.locator(".notification-toast").filter({ hasText: `files in ${folder}` });
  await done.waitFor();
  if (format === "CSV") await screenshot(page, "ledger-exported");
  await runCommand(page, "Notifications: Clear All Notifications");
  return new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

function assertNothingOfTheUser(files: ReadonlyMap<string, string>): void {
  const all = [...files.values()].join("\n");
  for (const secret of ["quokka", "item.", "quantity", "cart", "sample", "file:", workbench.folder])
    assert.ok(!all.includes(secret), `${secret} is in what was exported`);
}

test("exported as CSV and as JSON Lines, what was just done is there, and no text, no path and no name of a file", async () => {
  const accept = records("accept").at(-1);
  assert.ok(accept);
  const csv = await exported("CSV", "csv");
  assert.ok(csv.has("pairwise-ledger-opportunity.csv") && csv.has("pairwise-ledger-shown.csv"));
  const [head = "", row = ""] = csv.get("pairwise-ledger-accept.csv")?.split(/\r?\n/) ?? [];
  const cells = new Map(head.split(",").map((name, column) => [name, row.split(",")[column]]));
  assert.deepEqual(
    ["kind", "accept", "part", "evidence", "chars", "language"].map((name) => cells.get(name)),
    ["accept", accept.accept, "full", "command", String(ANSWER.length), "typescript"],
  );
  assertNothingOfTheUser(csv);
  const lines = await exported("JSON Lines", "jsonl");
  const [first] = (lines.get("pairwise-ledger-accept.jsonl") ?? "").split("\n");
  const told: unknown = JSON.parse(first ?? "");
  assert.partialDeepStrictEqual(told, { ...accept });
  assertNothingOfTheUser(lines);
});

test("a commit by git itself is counted, and what was accepted before it is looked at", async () => {
  const { page, folder } = workbench;
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "-q", "-b", "main");
  git("add", "README.md");
  git("commit", "-q", "-m", "The first");
  await page.locator(".statusbar-item").filter({ hasText: /main/ }).first().waitFor({ timeout: 60_000 });
  // The first commit may be one that was there already, or a new one: the next is new in any case.
  await page.waitForTimeout(2_000);
  const accepts = records("accept").length;
  await acceptOne(workbench);
  const accept = await until(workbench, "the accept in the file", () => records("accept")[accepts]);
  const before = records("commit").length;
  git("add", ".");
  git("commit", "-q", "-m", "The sum of a cart");
  await until(
    workbench,
    "the commit in the file",
    () => (records("commit").length > before ? true : undefined),
    60_000,
  );
  const survival = await until(workbench, "what is left of the accept", () =>
    records("survival").find((each) => each.accept === accept.accept && each.check === "commit"),
  );
  assert.partialDeepStrictEqual(survival, {
    state: "alive",
    isRescued: false,
    insertedChars: ANSWER.length,
    survivingChars: ANSWER.length,
  });
  assert.equal(records("commit").length, before + 1);
});

/** The settings of the ledger in the settings editor. */
async function openSettings({ page }: Workbench): Promise<void> {
  await runCommand(page, "Preferences: Open Settings (UI)");
  await page.locator(".settings-editor .suggest-input-container .view-lines").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("pairwise.ledger");
  await page.locator(".setting-item-contents").filter({ hasText: "Retention Days" }).waitFor();
}

/** They stand in front of everything else. What was changed is saved a moment later. */
async function closeSettings({ page, dataFolder }: Workbench, name: string, value: string | undefined): Promise<void> {
  const file = join(dataFolder, "user", "User", "settings.json");
  await until(workbench, name, () => {
    const settings: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, "utf8"));
    return JSON.stringify(settings[name]) === value ? true : undefined;
  });
  for (let press = 0; press < 5 && (await page.locator(".settings-editor:visible").count()) > 0; press += 1) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(500);
  }
  await page.locator(".settings-editor").waitFor({ state: "hidden" });
}

test("kept for fewer days, what is older goes, and the sums of its day stay", async () => {
  const { page } = workbench;
  const oldMs = Date.now() - 100 * DAY_MS;
  const opened = openLedger(openingOptions(ledgerFolder(workbench)));
  assert.ok(opened.kind === "open");
  const store = new LedgerStore(opened.database, "old");
  const [accept] = records("accept");
  assert.ok(accept);
  const old = [1, 2, 3].map((number) => ({
    ...accept,
    accept: `old${number}`,
    run: `old-run${number}`,
    atMs: oldMs + number,
  }));
  store.append(batchOf(old, { writer: "old" }), Date.now());
  store.close();
  const kept = records("accept").length - 3;
  await openSettings(workbench);
  const days = page.locator(".setting-item-number input");
  await days.fill("30");
  await days.press("Enter");
  await screenshot(page, "ledger-settings");
  await closeSettings(workbench, "pairwise.ledger.retentionDays", "30");
  await until(workbench, "nothing older", () =>
    records("accept").every(({ atMs }) => atMs > oldMs + DAY_MS) ? true : undefined,
  );
  assert.equal(records("accept").length, kept);
  const database = new DatabaseSync(join(ledgerFolder(workbench), ledgerFileName), { readOnly: true });
  const sums = database.prepare("SELECT measure, value FROM days ORDER BY measure").all();
  database.close();
  assert.deepEqual(
    sums.map(({ measure, value }) => [measure, value]),
    [
      ["accept.full.chars", 3 * ANSWER.length],
      ["accept.full.count", 3],
      ["accept.full.lines", 3],
    ],
  );
});

test("switched off in the settings nothing is counted, and on again it is, with the time between noted", async () => {
  const { page } = workbench;
  const before = records("accept").length;
  await acceptOne(workbench);
  await until(workbench, "the accept in the file", () => records("accept")[before]);
  await openSettings(workbench);
  const box = page.locator(".setting-item-bool .setting-value-checkbox");
  await box.click();
  await page.locator('.setting-item-bool .setting-value-checkbox[aria-checked="false"]').waitFor();
  await closeSettings(workbench, "pairwise.ledger.enabled", "false");
  await page.waitForTimeout(2_000);
  const accepts = records("accept").length;
  await acceptOne(workbench);
  await page.waitForTimeout(2_000);
  assert.equal(records("accept").length, accepts);
  await openLedgerPage(workbench, "Pairwise: Show the Ledger", "Ledger.txt");
  assert.match((await linesInView(workbench)).join("\n"), /^Counting {2}off, by pairwise\.ledger\.enabled;/m);
  await screenshot(page, "ledger-off");
  await openSettings(workbench);
  await box.click();
  await page.locator('.setting-item-bool .setting-value-checkbox[aria-checked="true"]').waitFor();
  await closeSettings(workbench, "pairwise.ledger.enabled", undefined);
  const gap = await until(workbench, "the time between", () =>
    records("gap").find(({ reason }) => reason === "turned-off"),
  );
  assert.ok(gap.toMs - gap.fromMs >= 4_000, JSON.stringify(gap));
  await acceptOne(workbench);
  await until(workbench, "the accept in the file", () => (records("accept").length === accepts + 1 ? true : undefined));
  const names = records("accept").map(({ accept }) => accept);
  assert.equal(new Set(names).size, names.length, `each accept has a name of its own: ${names.join(", ")}`);
});

test("deleted after a question, nothing of before is left, and counting goes on", async () => {
  const { page } = workbench;
  const accepts = records("accept").length;
  await acceptOne(workbench);
  await until(workbench, "the accept in the file", () => records("accept")[accepts]);
  await openLedgerPage(workbench, "Pairwise: Show the Ledger", "Ledger.txt");
  await runCommand(page, "Pairwise: Delete the Ledger");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.filter({ hasText: "Delete the ledger?" }).waitFor();
  await screenshot(page, "ledger-delete");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.ok(records("accept").length > 0, "nothing is deleted without a yes");
  await runCommand(page, "Pairwise: Delete the Ledger");
  await dialog.filter({ hasText: "Delete the ledger?" }).waitFor();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.waitForTimeout(1_000);
  assert.ok(records("accept").length > 0, "nothing is deleted by the key that the command was called with");
  await runCommand(page, "Pairwise: Delete the Ledger");
  const saidMs = Date.now();
  await dialog.getByRole("button", { name: "Delete everything" }).click();
  await page.locator(".notification-toast").filter({ hasText: "The ledger is empty." }).waitFor();
  // The page that is open has nothing of it any more, either.
  await page
    .locator(".view-line")
    .filter({ hasText: "a suggestion to its end" })
    .first()
    .waitFor({ state: "detached" });
  await screenshot(page, "ledger-deleted");
  assert.deepEqual(
    recordsIn(ledgerFolder(workbench)).filter(
      // These two have the time at which the minute, or the ten seconds, began.
      ({ kind, atMs }) => kind !== "activity" && kind !== "edit" && atMs < saidMs,
    ),
    [],
  );
  assert.deepEqual(records("accept"), []);
  assert.deepEqual(records("commit"), []);
  await acceptOne(workbench);
  await until(workbench, "the accept in the file", () => (records("accept").length === 1 ? true : undefined));
});

/** All of the editor in front. */
async function wholeText({ page }: Workbench): Promise<string> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await focusEditor(page);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  await page.waitForTimeout(500);
  return page.evaluate(() => navigator.clipboard.readText());
}

test("in a Chinese editor the page is Chinese, but for the names that the file has", async () => {
  const english = workbench;
  const chinese = await openCounted(server, { locale: "zh-cn" });
  try {
    workbench = chinese;
    const { page } = chinese;
    await acceptOne(chinese);
    await until(workbench, "the accept in the file", () => (records("end").length > 0 ? true : undefined));
    await openLedgerPage(chinese, "显示账本", "账本.txt");
    await screenshot(page, "ledger-chinese");
    const [head = "", legend = ""] = (await wholeText(chinese)).split(/\n各词的含义\n/);
    const own = /VS Code|Pairwise|pairwise\.ledger\.enabled|Esc\b/g;
    const told = head.split("\n").filter((line) => !line.startsWith("文件"));
    for (const line of told) assert.doesNotMatch(line.replaceAll(own, ""), /[A-Za-z]{2,}/, line);
    assert.match(head, /^\d\d:\d\d:\d\d {2}接受 {2}一条建议直到末尾，37 个字符，首次显示后 \S+ 秒$/m);
    for (const line of legend.split("\n").filter(Boolean)) assert.match(line, /\p{Script=Han}/u);
    await page.keyboard.press("Control+End");
    await page.waitForTimeout(500);
    await screenshot(page, "ledger-legend-chinese");
  } finally {
    workbench = english;
    await chinese.close();
  }
});

test("the counting is tested after a question, with its progress in sight, and the result is shown and kept", async () => {
  const { page } = workbench;
  await runCommand(page, "Pairwise: Test the Counting of Suggestions");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.filter({ hasText: "Test the counting of suggestions?" }).waitFor();
  await screenshot(page, "counting-test-question");
  const accepts = records("accept").length;
  await dialog.getByRole("button", { name: "Start the test" }).click();
  const progress = page.locator(".notification-toast").filter({ hasText: "Testing the counting of suggestions" });
  await progress.filter({ hasText: /[1-9]\d* \/ \d+/ }).waitFor({ timeout: 60_000 });
  await screenshot(page, "counting-test-progress");
  await progress.waitFor({ state: "detached", timeout: 900_000 });
  const results = await until(workbench, "the results in the file", () =>
    records("selfTest").length > 0 ? records("selfTest") : undefined,
  );
  // As a page that nobody has to save, or to throw away.
  await page.locator(".tab.active:not(.dirty)").filter({ hasText: "Test of the Counting.txt" }).waitFor();
  const text = await wholeText(workbench);
  await page.keyboard.press("Control+Home");
  await page.waitForTimeout(500);
  await screenshot(page, "counting-test-result");
  assert.match(text, /^The counting of suggestions, tested in VS Code \d+\.\d+\.\d+$/m);
  assert.match(text, /^Everything was counted as what it was\.$/m, text);
  for (const table of ["Accepted: the whole, a word or a line", "What became of the suggestion", "Shown for 750 ms"])
    assert.ok(text.includes(`\n${table}\n`), table);
  const ofAspect = (aspect: string): number =>
    results.reduce((sum, { truth, count }) => sum + (truth.startsWith(`${aspect}:`) ? count : 0), 0);
  assert.ok(ofAspect("outcome") >= 100, String(ofAspect("outcome")));
  assert.equal(records("accept").length, accepts, "nothing of it is in the figures");
});
