import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { quietSettings, startBrowserEditor } from "../../scripts/browserEditor.ts";
import { browserEditor } from "../../scripts/editor.ts";
import { root } from "../../scripts/toolchain.mjs";
import { launchBrowser } from "../support/browser.ts";

const folder = mkdtempSync(join(tmpdir(), "pairwise-e2e-"));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** The processes whose command line has `text` in it. */
function processesWith(text: string): readonly string[] {
  const lines = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(text));
}

test("stopping the editor ends the server and all that it started; without its secret it answers nobody", async () => {
  const dataFolder = join(folder, "stopped");
  const { serverMain } = await browserEditor();
  const server = await startBrowserEditor({ serverMain, dataFolder, settings: quietSettings });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.url({ open: folder }));
    await page.locator(".monaco-workbench .statusbar").waitFor();
    assert.equal((await fetch(`http://127.0.0.1:${server.port}/`)).status, 403);
    assert.notDeepEqual(processesWith(dataFolder), []);
  } finally {
    await browser.close();
    await server.stop();
  }
  assert.deepEqual(processesWith(dataFolder), []);
  await assert.rejects(fetch(`http://127.0.0.1:${server.port}/`));
});

test("the server ends when the process that started it is killed", async () => {
  const dataFolder = join(folder, "orphaned");
  const { serverMain } = await browserEditor();
  const options = { serverMain, dataFolder, settings: {} };
  const module = pathToFileURL(join(root, "scripts", "browserEditor.ts")).href;
  const script = `const { startBrowserEditor } = await import(${JSON.stringify(module)});
    await startBrowserEditor(${JSON.stringify(options)}); console.log("up");`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(starter.stdout, "data");
  assert.notDeepEqual(processesWith(dataFolder), []);
  starter.kill("SIGKILL");
  await once(starter, "exit");
  for (let looks = 0; looks < 100 && processesWith(dataFolder).length > 0; looks++) await wait(100);
  assert.deepEqual(processesWith(dataFolder), []);
});
