import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startChatServer } from "../support/chatServer.ts";
import { openWorkbench, screenshot } from "./workbench.ts";

const MESSAGE = "fix(cart): count each item once\n\nA voucher made the cart count its items twice.";

test("a button above the changes writes the message of a commit into the input box, and undo brings back what stood there", async () => {
  await using server = await startChatServer(() => ({
    pieces: `Here is a commit message:\n\n\`\`\`\n${MESSAGE}\n\`\`\`\n`.match(/[^]{1,6}/g) ?? [],
    delayMs: 40,
  }));
  const workbench = await openWorkbench({
    settings: {
      "workbench.colorTheme": "Default Dark Modern",
      "git.openRepositoryInParentFolders": "never",
    },
    machineSettings: {
      "pairwise.model.chat": "openai/scripted",
      "pairwise.model.servers": { openai: server.baseUrl },
    },
  });
  const { page, folder } = workbench;
  try {
    const git = (...args: readonly string[]): string =>
      execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
        cwd: folder,
        encoding: "utf8",
      });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "feat(cart): show prices");
    writeFileSync(join(folder, "counted.ts"), "export const counted = 1;\n");
    git("add", ".");
    await page.keyboard.press("Control+Shift+G");
    await page.locator(".scm-view .resource", { hasText: "counted.ts" }).waitFor({ timeout: 60_000 });
    const input = page.locator(".scm-input .view-lines").first();
    await page.locator(".scm-input .monaco-editor").first().click();
    await page.keyboard.type("about vouchers");
    await screenshot(page, "commit-before");
    await page.getByRole("button", { name: "Write Commit Message" }).first().click();
    await page.waitForTimeout(600);
    await screenshot(page, "commit-writing");
    await input.filter({ hasText: "count its items twice." }).waitFor();
    await page.locator(".scm-input .view-lines").filter({ hasText: "Here is" }).waitFor({ state: "detached" });
    await page.waitForTimeout(500);
    await screenshot(page, "commit-written");
    assert.match(
      JSON.stringify(server.asked.at(-1)?.messages),
      /counted\.ts \(new[^]*about vouchers|about vouchers[^]*counted\.ts \(new/,
    );
    await page.locator(".scm-input .monaco-editor").first().click();
    await page.keyboard.press("Control+Z");
    await page.waitForTimeout(300);
    await screenshot(page, "commit-undone");
    assert.equal((await input.innerText()).replaceAll("\u00a0", " ").trim(), "about vouchers");
    await page.getByRole("button", { name: "Write Commit Message" }).first().click();
    await input.filter({ hasText: "count each" }).waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await input.filter({ hasText: "about vouchers" }).waitFor();
  } catch (error) {
    await screenshot(page, "commit-failed");
    throw error;
  } finally {
    await workbench.close();
  }
});
