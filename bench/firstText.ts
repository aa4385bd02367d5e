import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../scripts/toolchain.mjs";
import { copiedDiagnostics, ghostText, modelProcess, openFile, openWorkbench } from "../test/e2e/workbench.ts";
import { percentile, type Figures } from "./figures.ts";

const RUNS = 11;
const SETTLE_MS = 2_000;

/**
 * In the page, in the sample project. Each run ends the model's process first, opens a file that the model has not
 * seen, types one key and waits for grey text; the editor's own delay before it asks is inside. Then it types on,
 * against the suggestion, and takes the time to the first token of the request that follows.
 */
export async function measureFirstText(): Promise<Figures> {
  const { page, folder, dataFolder, close } = await openWorkbench();
  const loadToFirstText: number[] = [];
  const firstToken: number[] = [];
  try {
    // Written before the first is opened: the editor's list of files is made once.
    const files = Array.from({ length: RUNS }, (_, run) => writeFile(folder, run));
    for (const { name, line } of files) {
      await openFile(page, name, line);
      const pid = modelProcess(dataFolder);
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      const started = performance.now();
      await page.keyboard.type(" ");
      await ghostText(page).waitFor({ timeout: 60_000 });
      loadToFirstText.push(performance.now() - started);
      await page.keyboard.press("Escape");
      await page.keyboard.type("2 * ", { delay: 15 });
      firstToken.push(await followingFirstToken(page));
    }
  } finally {
    await close();
  }
  return {
    figures: {
      "engine.loadToFirstTextMs.p50": percentile(loadToFirstText, 50),
      "engine.firstTokenMs.p50": percentile(firstToken, 50),
    },
    runs: { "engine.loadToFirstTextMs.p50": loadToFirstText, "engine.firstTokenMs.p50": firstToken },
    missing: {},
  };
}

/** A copy of the sample with other names, so that no earlier suggestion fits. `line` is where a sum waits for its end. */
function writeFile(folder: string, run: number): { readonly name: string; readonly line: number } {
  const text = readFileSync(join(root, "sample", "cart.ts"), "utf8").replaceAll(/\btotal\b/g, `total${run}`);
  const name = `cart${run}.ts`;
  writeFileSync(join(folder, name), text);
  const line = text.split("\n").findIndex((candidate) => candidate.endsWith("+=")) + 1;
  return { name, line };
}

/** Of the request that found most of its prompt evaluated; milliseconds, from the diagnostics. */
async function followingFirstToken(page: Page): Promise<number> {
  // The palette takes the focus, and with it the request: it has to be over before.
  await page.waitForTimeout(SETTLE_MS);
  const diagnostics = await copiedDiagnostics(page);
  const requests = [...diagnostics.matchAll(/^- (\d+), (\d+); \d+; (\d+)$/gm)];
  const [, prompt, cached, ms] = requests.at(-1) ?? [];
  if (!(Number(cached) > 0.8 * Number(prompt))) throw new Error(`no following request in:\n${diagnostics}`);
  return Number(ms);
}
