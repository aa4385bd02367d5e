import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { ghostText, openFile, openWorkbench, runCommand, SUM_LINE } from "./workbench.ts";

const WHY = "Pairwise: Why This Suggestion?";

/** The page of the view that is in front, two frames deep. */
function frontPage(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
}

test("purged, what a suggestion was made from is shown nowhere any more, and while recording is paused none is kept", async () => {
  const workbench = await openWorkbench({
    machineSettings: { "pairwise.suggestions.alternatives": 1, "pairwise.suggestions.speculate": "never" },
  });
  const { page } = workbench;
  try {
    await openFile(page, "cart.ts", SUM_LINE);
    await page.keyboard.type(" ");
    await ghostText(page).waitFor({ timeout: 60_000 });
    await runCommand(page, WHY);
    await frontPage(page).locator(".suggestion").waitFor();
    await frontPage(page).getByRole("button", { name: "Show what was sent" }).click();
    const whyTab = page.locator(".tab").filter({ hasText: "Why this suggestion?" });
    assert.equal(await whyTab.count(), 1);
    await frontPage(page).getByRole("button", { name: "Pause recording" }).click();
    await frontPage(page).getByRole("button", { name: "Purge" }).click();
    await whyTab.waitFor({ state: "detached" });

    // The same suggestion comes back from the cache; the request behind it is forgotten.
    await page.keyboard.press("Control+1");
    await page.locator(".monaco-editor.focused").waitFor();
    await runCommand(page, "Pairwise: Suggest Now");
    await ghostText(page).waitFor({ timeout: 60_000 });
    await runCommand(page, WHY);
    await page.getByText("What this suggestion was made from is not known").first().waitFor();
    assert.equal(await whyTab.count(), 0);
  } finally {
    await workbench.close();
  }
});
