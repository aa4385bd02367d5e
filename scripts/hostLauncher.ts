#!/usr/bin/env node
/**
 * Stands in for VS Code's executable where there is no desktop: takes the two arguments by which
 * `@vscode/test-electron` runs a suite in the extension host, runs it in VS Code's server and a headless
 * browser, and exits with the suite's code.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspect, parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { launchBrowser } from "../test/support/browser.ts";
import { testSettings, startBrowserEditor } from "./browserEditor.ts";
import { editorForTests } from "./editor.ts";
import { root } from "./toolchain.mjs";

/** For the whole suite. */
const LIMIT_MS = Number(process.env["PAIRWISE_HOST_LIMIT_MS"] ?? 1_800_000);

const { values, positionals } = parseArgs({
  // Chromium's and VS Code's other switches have no meaning here.
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: "string", multiple: true }, extensionTestsPath: { type: "string" } },
});

async function main(): Promise<number> {
  const editor = await editorForTests();
  if (editor.kind !== "browser")
    throw new Error("This launcher is for VS Code in the browser (PAIRWISE_EDITOR=browser).");
  const [extension, ...others] = strings(values["extensionDevelopmentPath"]);
  const [suite] = strings([values["extensionTestsPath"]]);
  const dataFolder = mkdtempSync(join(tmpdir(), "pairwise-host-"));
  process.once("exit", () => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const server = await startBrowserEditor({
    serverMain: editor.serverMain,
    dataFolder,
    settings: testSettings,
    // A page takes only one under development.
    extensions: others,
    testDriver: true,
  });
  const stop = (): void => void server.stop().finally(() => process.exit(1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // The process that started this one is gone.
  process.stdin.on("close", stop).resume();
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const { exit } = await suiteExit(page);
    await page.goto(
      server.url({
        open: positionals[0] ?? dataFolder,
        extensionDevelopmentPath: extension,
        extensionTestsPath: suite,
      }),
    );
    return await within(LIMIT_MS, exit, page);
  } finally {
    await browser.close();
    await server.stop();
  }
}

function strings(value: unknown): readonly [string, ...string[]] {
  const [first, ...rest] = Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  if (first === undefined) throw new Error("--extensionDevelopmentPath or --extensionTestsPath is missing.");
  return [first, ...rest];
}

/** The page calls these two functions when it was started with a suite. */
async function suiteExit(page: Page): Promise<{ readonly exit: Promise<number> }> {
  const { promise, resolve } = Promise.withResolvers<number>();
  await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) => {
    const line = args.map((arg) => (typeof arg === "string" ? arg : inspect(arg))).join(" ");
    if (noise.some((pattern) => pattern.test(line))) return;
    (type === "error" || type === "warn" ? process.stderr : process.stdout).write(`${line}\n`);
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
  return { exit: promise };
}

/** What the workbench itself writes at every start, some of it because no native modules were built for it. */
const noise: readonly RegExp[] = [
  /^(Resolving|Resolved) connection token/,
  /^Creating a socket/,
  /^Updating additional builtin extensions cache/,
  /^\[(AccountPolicyGate|AgentHost|Service Worker|reconnection-grace-time)\b/,
  /bindings file|native-watchdog|build\/Release\/watchdog|\.node'/,
  /^(Canceled|MCP migration|Model is disposed)\b/,
  // The gallery of extensions, which tests do without.
  /ENOTFOUND|ECONNREFUSED.*extensions?gallery/i,
];

async function within(limitMs: number, exit: Promise<number>, page: Page): Promise<number> {
  const code = await Promise.race([exit, wait(limitMs, undefined, { ref: false })]);
  if (code !== undefined) return code;
  const screenshot = join(root, "out", "host-timed-out.png");
  mkdirSync(join(root, "out"), { recursive: true });
  await page.screenshot({ path: screenshot });
  console.error(`The suite did not end within ${limitMs / 1000} s. What the page showed is in ${screenshot}.`);
  return 1;
}

// At the end, where all constants of this file are there.
process.exit(await main());
