import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type ModelServer, modelServerSettings, startModelServer } from "../support/modelServer.ts";
import {
  ghostText,
  openFile,
  openWorkbench,
  runCommand,
  screenshot,
  statusItem,
  statusSentence,
  SUM_LINE,
  type Workbench,
} from "./workbench.ts";

const ANSWER = "item.price * item.quantity; // 计算商品的总价";
const COMMENT_LINE = 26;

let server: ModelServer;
let workbench: Workbench;
before(async () => {
  server = await startModelServer(ANSWER);
  workbench = await openWorkbench({
    settings: { "editor.minimap.enabled": false },
    machineSettings: modelServerSettings(server),
  });
});
after(async () => {
  await workbench?.close();
  await server?.close();
});

/** All grey text, which VS Code shows in pieces. */
async function greyText(): Promise<string> {
  const pieces = await workbench.page.locator(".view-lines .ghost-text-decoration").allTextContents();
  return pieces.join("").replaceAll("\u00a0", " ");
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    if (await isSo()) return;
    await workbench.page.waitForTimeout(50);
  }
  assert.fail(`not so after 10 s: ${what}`);
}

/** Notes whenever the grey text is gone for as much as one frame. */
async function watchGhostText(): Promise<() => Promise<number>> {
  const { page } = workbench;
  await page.evaluate(() => {
    const look = (): void => {
      const isThere = document.querySelector(".view-lines .ghost-text-decoration, .view-lines .ghost-text") !== null;
      if (!isThere) document.body.dataset["framesWithout"] = String(Number(document.body.dataset["framesWithout"]) + 1);
      if (document.body.dataset["framesWithout"] !== "") requestAnimationFrame(look);
    };
    document.body.dataset["framesWithout"] = "0";
    look();
  });
  return () =>
    page.evaluate(() => {
      const frames = Number(document.body.dataset["framesWithout"]);
      document.body.dataset["framesWithout"] = "";
      return frames;
    });
}

test("taken word by word, the rest stays in sight without a request, and Tab takes it", async () => {
  const { page, folder } = workbench;
  await openFile(page, "cart.ts", SUM_LINE);
  await page.keyboard.type(" ");
  // It is drawn anew when the answer goes on.
  await until("all of the grey text", async () => (await greyText()) === ANSWER);
  const asked = server.requests.length;
  const framesWithout = await watchGhostText();
  let rest = ANSWER;
  for (const word of ["item", ".", "price", " *"]) {
    assert.ok(rest.startsWith(word), rest);
    rest = rest.slice(word.length);
    await page.keyboard.press("Control+ArrowRight");
    await until(`grey is ${rest}`, async () => (await greyText()) === rest);
  }
  await screenshot(page, "accept-word");
  assert.equal(await framesWithout(), 0);
  assert.equal(server.requests.length, asked);
  await page.keyboard.press("Tab");
  await page.locator(".view-line").filter({ hasText: "总价" }).first().waitFor();
  await page.keyboard.press("Control+S");
  await page.locator(".tab.active:not(.dirty)").waitFor();
  assert.equal(readFileSync(join(folder, "cart.ts"), "utf8").split("\n")[SUM_LINE - 1], `    total += ${ANSWER}`);
});

test("each undo takes back what one key has taken", async () => {
  const { page } = workbench;
  const atColumn = (column: number) =>
    page
      .locator(".statusbar-item")
      .filter({ hasText: `Ln ${SUM_LINE}, Col ${column}` })
      .waitFor();
  await page.keyboard.press("Escape");
  // Behind "total += item.price *", "price", ".", "item", and before it.
  for (const column of [26, 24, 19, 18, 14]) {
    await page.keyboard.press("Control+Z");
    await atColumn(column);
  }
});

test("snoozed from the menu, the status item says until when, and nothing comes until it is woken", async () => {
  const { page } = workbench;
  const rows = page.locator(".quick-input-list .monaco-list-row");
  await statusItem(page).click();
  await rows.filter({ hasText: "Snooze suggestions" }).click();
  await rows.filter({ hasText: "15 minutes" }).waitFor();
  await screenshot(page, "snooze");
  await rows.filter({ hasText: "15 minutes" }).click();
  await statusSentence(page, "Suggestions are snoozed until");
  await openFile(page, "cart.ts", SUM_LINE + 14);
  const asked = server.requests.length;
  await page.keyboard.type(" ");
  // Longer than the server takes to answer.
  await page.waitForTimeout(1_000);
  assert.equal(await ghostText(page).count(), 0);
  assert.equal(server.requests.length, asked);
  // What is asked for by hand stays while it is typed along with and taken word by word, until something else is typed.
  await page.keyboard.press("Alt+\\");
  await until("all of the grey text", async () => (await greyText()) === ANSWER);
  await page.keyboard.type("it");
  await until("the rest of it", async () => (await greyText()) === ANSWER.slice(2));
  await page.keyboard.press("Control+ArrowRight");
  await until("what is left", async () => (await greyText()) === ANSWER.slice(4));
  await page.keyboard.type("x");
  // Until VS Code has asked, it has what was shown itself.
  await page.waitForTimeout(1_000);
  await page.keyboard.press("Backspace");
  await page.waitForTimeout(500);
  assert.equal(await greyText(), "");
  for (const _ of "item") await page.keyboard.press("Backspace");
  await statusItem(page).click();
  await rows.filter({ hasText: "Wake up" }).waitFor();
  await screenshot(page, "menu-snoozed");
  await rows.filter({ hasText: "Wake up" }).click();
  await statusSentence(page, "Ready.");
  await page.keyboard.type(" ");
  await ghostText(page).waitFor();
});

test("the menu says why the last suggestion was dropped, and how often that was", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", 9);
  for (const letter of ["a", "b"]) {
    await page.keyboard.press("Home");
    await page.keyboard.type(letter);
    // Each is dropped for itself.
    await page.waitForTimeout(500);
    await statusSentence(page, "the caret is inside a word");
  }
  await runCommand(page, "Pairwise: Turn Quiet Mode On or Off");
  await statusSentence(page, "Quiet mode.");
  await statusItem(page).click();
  const row = page.locator(".quick-input-list .monaco-list-row").filter({ hasText: "Last suggestion dropped" });
  await row.waitFor();
  assert.match((await row.textContent()) ?? "", /the caret is inside a word \(\d times in this window\)/);
  await screenshot(page, "menu-dropped");
  await page.keyboard.press("Escape");
  await runCommand(page, "Pairwise: Turn Quiet Mode On or Off");
});

test("while an input method composes nothing is asked; what it was for is asked about when it is there", async () => {
  const { page } = workbench;
  await openFile(page, "cart.ts", COMMENT_LINE);
  await page.keyboard.type(" ");
  const devTools = await page.context().newCDPSession(page);
  const compose = async (steps: readonly string[]): Promise<void> => {
    for (const text of steps) {
      await devTools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      await page.waitForTimeout(120);
    }
  };
  await compose(["j", "ji", "ji s", "ji suan"]);
  await devTools.send("Input.insertText", { text: "计算" });
  const isAsked = (text: string): Promise<void> =>
    until(`asked about ${text}`, () => server.requests.at(-1)?.body.includes(text) === true);
  await isAsked("计算");
  const asked = server.requests.length;
  await compose(["z", "zo", "zong", "zong j", "zong jia"]);
  // As long as somebody takes to choose.
  await page.waitForTimeout(1_000);
  await screenshot(page, "composing");
  assert.equal(server.requests.length, asked);
  await devTools.send("Input.insertText", { text: "总价" });
  await isAsked("计算总价");
  assert.ok(server.requests.every(({ body }) => !/ji s|zong?\b/.test(body)));
});
