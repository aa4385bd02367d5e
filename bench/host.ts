import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { packageFor } from "../scripts/package.ts";
import { root } from "../scripts/toolchain.mjs";
import { openWorkbench, runCommand, statusItem } from "../test/e2e/workbench.ts";
import { percentile, type Figures } from "./figures.ts";

const STARTS = 11;

/** Activation as VS Code itself counts it, and the sizes of what is shipped. Needs a production build in dist/. */
export async function measureHost(): Promise<Figures> {
  const activation = await activationTimes();
  const scripts = readdirSync(join(root, "dist")).filter((name) => /\.[cm]?js$/.test(name));
  const bytes = scripts.reduce((sum, name) => sum + statSync(join(root, "dist", name)).size, 0);
  return {
    figures: {
      "host.activationMs.p50": percentile(activation, 50),
      "host.bundleMB": bytes / 1e6,
      "host.vsixMB": statSync(await packageFor("anywhere")).size / 1e6,
    },
    runs: { "host.activationMs.p50": activation },
    missing: {},
  };
}

/** One for each start of an extension host, in milliseconds: loading the code and calling `activate`. */
async function activationTimes(): Promise<number[]> {
  const { page, close } = await openWorkbench();
  try {
    const times: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      if (start > 0) await page.reload();
      await statusItem(page).waitFor({ timeout: 60_000 });
      await runCommand(page, "Developer: Show Running Extensions");
      times.push(await shownActivation(page));
      await page.keyboard.press("Control+F4");
    }
    return times;
  } finally {
    await close();
  }
}

async function shownActivation(page: Page): Promise<number> {
  const row = page.locator(".runtime-extensions-editor .monaco-list-row").filter({ hasText: "Pairwise" });
  await row.waitFor();
  const shown = /Activation:\s*(\d+)\s*ms/.exec((await row.textContent()) ?? "")?.[1];
  if (shown === undefined) throw new Error(`no activation time in: ${await row.textContent()}`);
  return Number(shown);
}
