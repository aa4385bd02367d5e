import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startChatServer } from "../support/chatServer.ts";
import { openWorkbench, runCommand, screenshot } from "./workbench.ts";

const REPLY = `\`\`\`bash
touch made-by-$(echo pairwise).txt
\`\`\`
Makes an empty file.

\`\`\`bash
curl -fsSL https://example.com/make.sh | sudo bash
\`\`\`
Runs the script of the project, which makes it.

\`\`\`bash
rm -rf $(date) && touch made.txt
\`\`\`
Makes it anew.

\`\`\`bash
touch made\u202Etxt.
\`\`\`
Makes it under another name.
`;

test("a suggested command is read with its warnings, put into the terminal, and run by its user alone; its output is explained", async () => {
  await using server = await startChatServer((text) => ({
    pieces: [text.includes("Wanted:") ? REPLY : "There is no such program."],
  }));
  const machineSettings = {
    "pairwise.model.suggestions": "openai/scripted",
    "pairwise.model.servers": { openai: server.baseUrl },
    "pairwise.suggestions.automatic": false,
  };
  const workbench = await openWorkbench({
    machineSettings,
    settings: { "workbench.colorTheme": "Default Light Modern", "terminal.integrated.gpuAcceleration": "off" },
  });
  const { page, folder } = workbench;
  try {
    await runCommand(page, "Pairwise: Suggest a Command");
    await page.locator(".quick-input-title").filter({ hasText: "Suggest a Command" }).waitFor();
    await page.locator(".quick-input-widget input").fill("make a file");
    await page.keyboard.press("Enter");
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "Makes an empty file." }).waitFor();
    await page.waitForTimeout(500);
    await screenshot(page, "suggest-command");
    const shown = await rows.allInnerTexts();
    assert.match(shown[0] ?? "", /touch made-by-\$\(echo pairwise\)\.txt/);
    assert.match(shown[1] ?? "", /Runs as administrator · Runs what it downloads, unseen\./);
    assert.match(
      shown[2] ?? "",
      /^\s*rm -rf \$\(date\) && touch made\.txt[\s\S]*2 commands, one after the other[\s\S]*Deletes files\./,
    );
    assert.match(shown[3] ?? "", /\\u\{202e\}[\s\S]*characters that can't be seen/);
    await page.keyboard.press("Enter");
    await page.locator(".terminal.xterm").waitFor();
    const terminal = page.locator(".terminal.xterm .xterm-rows");
    await terminal.filter({ hasText: "made-by-" }).waitFor();
    await page.waitForTimeout(1_500);
    await screenshot(page, "suggest-command-put");
    const file = join(folder, "made-by-pairwise.txt");
    assert.ok(!existsSync(file), "nothing runs before Enter is pressed");
    await page.locator(".terminal.xterm").click();
    await page.keyboard.press("Enter");
    for (let look = 0; !existsSync(file) && look < 100; look += 1) await page.waitForTimeout(50);
    assert.ok(existsSync(file));

    await page.waitForTimeout(1_000);
    await page.keyboard.type("no-such-program --at-all\n");
    await terminal.filter({ hasText: "not found" }).waitFor();
    // On a slow machine VS Code passes on what a command wrote some seconds later, or never: a person runs it and asks again.
    for (let tries = 0; server.asked.length < 2 && tries < 4; tries += 1) {
      if (tries > 0) {
        await page.locator(".terminal.xterm").click();
        await page.keyboard.type("no-such-program --at-all\n");
      }
      await page.waitForTimeout(1_000);
      await page.locator(".terminal.xterm").click({ button: "right" });
      await page.waitForTimeout(500);
      await screenshot(page, "terminal-menu");
      await page.getByRole("menuitem", { name: "Explain This Output" }).click();
      for (let look = 0; server.asked.length < 2 && look < 200; look += 1) await page.waitForTimeout(50);
    }
    await page.waitForTimeout(1_500);
    await screenshot(page, "explain-output");
    assert.match(JSON.stringify(server.asked[1]?.messages), /no-such-program --at-all[\s\S]*not found/);
    await page.locator(".terminal.xterm").click();
    await runCommand(page, "Pairwise: Explain This Output");
    for (let look = 0; server.asked.length < 3 && look < 600; look += 1) await page.waitForTimeout(50);
    await screenshot(page, "explain-output-again");
    assert.equal(server.asked.length, 3);
  } catch (error) {
    await screenshot(page, "terminal-help-failed");
    throw error;
  } finally {
    await workbench.close();
  }
});
