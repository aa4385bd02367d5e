import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { madeUp } from "../support/secrets.ts";
import { ghostText, openFile, openWorkbench, runCommand, screenshot, SUM_LINE, type Workbench } from "./workbench.ts";

const COMMAND = "Pairwise: Show What Was Sent";
/** A control token of the small model's prompts: it is in no file of the user's. */
const CONTROL_TOKEN = "<issue_comment>";

/** The page of the view, two frames deep. */
function sentPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

async function withWorkbench(
  options: { readonly theme: string; readonly locale?: string },
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const { theme, ...rest } = options;
  const workbench = await openWorkbench({
    ...rest,
    settings: { "editor.minimap.enabled": false, "workbench.colorTheme": theme },
    // What is sent is then what the keys of the test ask for.
    machineSettings: { "pairwise.model.warmUp": false, "pairwise.suggestions.speculate": "never" },
  });
  try {
    await use(workbench);
  } finally {
    await workbench.close();
  }
}

/** Opens the view beside cart.ts, and has a suggestion made there. */
async function suggestBeside(page: Page, command: string, line = SUM_LINE): Promise<string> {
  await openFile(page, "cart.ts", line);
  await runCommand(page, command);
  await sentPage(page).locator(".empty").waitFor();
  await page.keyboard.press("Control+1");
  await page.locator(".monaco-editor.focused").waitFor();
  await page.keyboard.type(" ");
  await ghostText(page).waitFor({ timeout: 60_000 });
  await sentPage(page).locator(".row").first().waitFor();
  return ((await ghostText(page).textContent()) ?? "").replaceAll("\u00a0", " ");
}

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => existsSync(path) && statSync(path).isFile() && readFileSync(path).includes(text));
}

test("after a suggestion of the local model the view shows what it was asked, and purges it", async () => {
  await withWorkbench({ theme: "Default Dark Modern" }, async ({ page, folder, dataFolder }) => {
    const suggested = await suggestBeside(page, COMMAND);
    const view = sentPage(page);
    const rows = view.locator("[role=option]");
    const detail = view.locator(".detail");
    await rows.first().filter({ hasText: "Answered" }).waitFor();

    // The end point, the figures and what the prompt is made of.
    assert.match(await rows.first().innerText(), /Suggestion[\s\S]*\d tokens · [\d.]+ m?s · SmolLM2 135M/);
    assert.equal(await detail.locator(".end-point").innerText(), "On this machine: SmolLM2 135M");
    assert.match(await detail.locator(".figures").innerText(), /Prompt\s+\d+ tokens\s+\d+ cached \+ \d+ new/);
    assert.match(
      await detail.locator(".pieces").innerText(),
      /Before the caret\s+cart\.ts:\d+\s+about \d+ tokens · \d+%/,
    );

    // The exact prompt: control tokens set off, and the file up to the caret.
    const prompt = detail.locator(".prompt");
    const special = await prompt.locator(".special").allTextContents();
    assert.deepEqual(special, ["<file_sep>", "<issue_start>", CONTROL_TOKEN]);
    const [beforeCaret = ""] = await prompt.locator("[data-source=before]").allTextContents();
    assert.ok(readFileSync(join(folder, "cart.ts"), "utf8").includes(beforeCaret.trimEnd()), beforeCaret);
    assert.ok(beforeCaret.endsWith("    total += "), beforeCaret);
    assert.equal(await prompt.locator(".caret").count(), 1);
    assert.ok((await detail.locator(".answer").innerText()).startsWith(suggested.slice(0, 3)), suggested);
    await screenshot(page, "sent-dark");

    // Copied it is the same text, and nowhere on the disk.
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await detail.getByRole("button", { name: "Copy prompt" }).click();
    await detail.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await prompt.locator("pre").textContent());
    assert.deepEqual(filesWith(dataFolder, CONTROL_TOKEN), []);

    // The list goes on and the selection stays; arrows move it.
    const first = await rows.first().getAttribute("id");
    await page.keyboard.press("Control+1");
    await page.locator(".monaco-editor.focused").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await rows.nth(1).waitFor();
    assert.equal(await view.locator("[aria-selected=true]").getAttribute("id"), first);
    await view.locator(".list").focus();
    await page.keyboard.press("Home");
    assert.equal(await view.locator("[aria-selected=true]").getAttribute("id"), await rows.first().getAttribute("id"));
    await page.keyboard.press("End");
    assert.equal(await view.locator("[aria-selected=true]").getAttribute("id"), first);

    // The place of a piece leads to the file.
    const place = detail.locator("button.piece-place").last();
    const line = /^cart\.ts:(\d+)$/.exec(await place.innerText())?.[1];
    await place.click();
    const selection = page.locator('.statusbar-item[id="status.editor.selection"]');
    await selection.filter({ hasText: `Ln ${line}, Col 1` }).waitFor();

    // Only saving writes it.
    await detail.getByRole("button", { name: "Save as…" }).click();
    const path = page.locator(".quick-input-widget input[type=text]");
    // VS Code proposes a name first, when it has looked at the folder.
    while (!(await path.inputValue()).includes("prompt-")) await page.waitForTimeout(50);
    await path.fill(join(folder, "sent.json"));
    await page.keyboard.press("Enter");
    await detail.getByText("Saved").waitFor();
    const saved = JSON.parse(readFileSync(join(folder, "sent.json"), "utf8"));
    assert.equal(saved.prompt.parts.map(({ text }: { readonly text: string }) => text).join(""), copied);

    // What can't be written is told of: no file system takes such a name.
    await detail.getByRole("button", { name: "Save as…" }).click();
    while (!(await path.inputValue()).includes("prompt-")) await page.waitForTimeout(50);
    await path.fill(join(folder, `${"长".repeat(200)}.json`));
    await page.keyboard.press("Enter");
    await page.locator(".notification-toast").filter({ hasText: "That could not be done" }).waitFor();

    // Purged at once, and the view says so.
    await view.getByRole("button", { name: "Purge" }).click();
    await view.getByText("All requests are forgotten").waitFor();
    assert.equal(await rows.count(), 0);
    assert.equal(await detail.textContent(), "");
    await screenshot(page, "sent-purged");

    // What follows is kept again, unless recording is paused.
    await view.getByRole("button", { name: "Suggest now" }).click();
    await rows.first().waitFor();
    await view.getByRole("button", { name: "Pause recording" }).click();
    await view.getByRole("button", { name: "Purge" }).click();
    await view.getByRole("heading", { name: "All requests are forgotten" }).waitFor();
    await view.locator(".empty").getByRole("button", { name: "Resume recording" }).waitFor();
  });
});

test("a secret in the file is named by what it is, and stands nowhere in the view", async () => {
  await withWorkbench({ theme: "Default Dark Modern" }, async ({ page, folder }) => {
    const { secret, line } = madeUp["GitHub token"] ?? { secret: "", line: "" };
    assert.ok(secret !== "");
    const lines = readFileSync(join(folder, "cart.ts"), "utf8").split("\n");
    writeFileSync(join(folder, "cart.ts"), lines.toSpliced(SUM_LINE - 1, 0, `// ${line}`).join("\n"));
    await suggestBeside(page, COMMAND, SUM_LINE + 1);
    const view = sentPage(page);
    await view.locator("[role=option]").filter({ hasText: "Answered" }).first().waitFor();
    await screenshot(page, "sent-secret");
    const detail = view.locator(".detail");
    const section = detail.locator("section").filter({ hasText: "Secrets that were replaced" });
    const told = await section.locator("li").allInnerTexts();
    const placeholder = /^1 secret replaced: GitHub key or token \((SECRET_\w+)\)$/.exec(told.join("\n"))?.[1];
    assert.ok(placeholder !== undefined, told.join("\n"));
    assert.ok((await detail.locator(".prompt").innerText()).includes(placeholder));
    assert.ok(!(await view.locator("body").innerText()).includes(secret));
  });
});

test("in a light Chinese editor the view speaks Chinese", async () => {
  await withWorkbench({ theme: "Default Light Modern", locale: "zh-cn" }, async ({ page }) => {
    await suggestBeside(page, "Pairwise: 显示发送的内容");
    const view = sentPage(page);
    await view.locator("[role=option]").filter({ hasText: "已回答" }).first().waitFor();
    assert.equal(await view.locator(".end-point").innerText(), "在本机上：SmolLM2 135M");
    await view.getByRole("button", { name: "全部清除" }).waitFor();
    const words = await view.locator("body").evaluate((body) => {
      const copy = body.cloneNode(true) as HTMLElement;
      for (const code of copy.querySelectorAll(".prompt, .answer, .parameters dd, .row-time, .time")) code.remove();
      return copy.textContent ?? "";
    });
    assert.match(words, /提示的组成/);
    assert.doesNotMatch(words.replaceAll(/SmolLM2 135M|cart\.ts|Pairwise/g, ""), /[A-Za-z]/);
    await screenshot(page, "sent-light-chinese");
  });
});
