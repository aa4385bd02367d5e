/** Runs test/host inside the extension host of a real VS Code. */

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { parseHostReport } from "../test/support/hostSuite.ts";
import { testSettings } from "./browserEditor.ts";
import { editorForTests } from "./editor.ts";
import { type Counts, seconds } from "./nodeTests.ts";
import { root } from "./toolchain.mjs";

export async function runHostSuite(): Promise<Counts> {
  const suite = join(root, "out", "host", "index.cjs");
  await build({
    entryPoints: [join(root, "test", "host", "index.ts")],
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22.15",
    sourcemap: "inline",
    external: ["vscode"],
    logLevel: "warning",
  });
  // A short name: sockets in it have a limit of about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), "pairwise-"));
  try {
    return await runIn(folder, suite);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runIn(folder: string, suite: string): Promise<Counts> {
  const project = join(folder, "project");
  const report = join(folder, "report");
  cpSync(join(root, "sample"), project, { recursive: true });
  const userFolder = join(folder, "user", "User");
  mkdirSync(userFolder, { recursive: true });
  writeFileSync(join(userFolder, "settings.json"), JSON.stringify(testSettings));
  const editor = await editorForTests();
  let ending: string | undefined;
  try {
    await runTests({
      vscodeExecutablePath:
        editor.kind === "downloaded" ? editor.executable : join(import.meta.dirname, "hostLauncher.ts"),
      // The second one stands for an extension that brings chat models.
      extensionDevelopmentPath: [root, join(root, "test", "host", "chatModels")],
      extensionTestsPath: suite,
      extensionTestsEnv: { PAIRWISE_HOST_REPORT: report },
      launchArgs: [
        project,
        `--user-data-dir=${join(folder, "user")}`,
        `--extensions-dir=${join(folder, "extensions")}`,
      ],
    });
  } catch (error) {
    ending = error instanceof Error ? error.message : String(error);
  }
  const results = existsSync(report) ? parseHostReport(readFileSync(report, "utf8")) : [];
  for (const { name, outcome, durationMs, detail } of results) {
    console.log(`${outcome === "passed" ? "✓" : "✗"} ${name} (${seconds(durationMs)})`);
    if (detail !== "") console.log(detail.replace(/^/gm, "    "));
  }
  const failed = results.filter(({ outcome }) => outcome === "failed").length;
  const brokeOff = ending !== undefined && failed === 0;
  if (brokeOff) console.log(`✗ The suite did not come to its end: ${ending}`);
  return { passed: results.length - failed, failed: failed + (brokeOff ? 1 : 0), skipped: 0 };
}
