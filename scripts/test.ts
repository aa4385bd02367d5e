/** `npm test`: everything that is checked, in order, with one summary line at the end. `npm test -- PART…` picks parts. */

import { spawn } from "node:child_process";
import { globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBrowser } from "../test/support/browser.ts";
import { build } from "./build.ts";
import { ensureClickHouse } from "./clickHouse.ts";
import { browserEditor, editorForTests } from "./editor.ts";
import { runHostSuite } from "./hostTests.ts";
import { ensureLlamaServer, findLlamaServer } from "./llamaServer.ts";
import { ensureSmallModel } from "./model.ts";
import { type Counts, runNodeTests, seconds } from "./nodeTests.ts";
import { cacheFolder, root, SetUpError } from "./toolchain.mjs";

interface Part {
  readonly name: string;
  readonly title: string;
  /** What it cannot run without. */
  readonly needs: readonly (keyof typeof preparations)[];
  run(): Promise<Counts>;
}

const preparations = {
  model: async () => {
    process.env["PAIRWISE_TEST_MODEL"] = await ensureSmallModel(stopping.signal);
  },
  /** The one in which the host suite runs; on a desktop it is not the next one. */
  editor: editorForTests,
  webEditor: browserEditor,
  browser: ensureBrowser,
  build: buildOnce,
} as const;

const parts: readonly Part[] = [
  { name: "types", title: "Type check", needs: [], run: () => check("typescript", "tsc", ["--noEmit", "-p", "."]) },
  { name: "lint", title: "Lint", needs: [], run: () => check("oxlint", "oxlint", ["--deny-warnings"]) },
  { name: "format", title: "Format", needs: [], run: () => check("oxfmt", "oxfmt", ["--check"]) },
  { name: "unused", title: "Unused code and packages", needs: [], run: () => check("knip", "knip", []) },
  { name: "unit", title: "Unit tests", needs: ["model", "build"], run: () => tests(unitFiles(), false) },
  { name: "servers", title: "With real servers", needs: ["model"], run: runServerTests },
  { name: "build", title: "Build", needs: [], run: () => buildOnce().then(() => onePassed) },
  { name: "host", title: "In the extension host", needs: ["model", "editor", "browser", "build"], run: runHostSuite },
  {
    name: "e2e",
    title: "In the editor, by a browser",
    needs: ["model", "webEditor", "browser", "build"],
    run: () => tests([...filesOf("media"), ...filesOf("e2e")], true),
  },
  { name: "warehouse", title: "With a real ClickHouse", needs: ["build"], run: runWarehouseTests },
  {
    name: "package",
    title: "The packages",
    needs: ["model", "webEditor", "browser"],
    run: () => tests(filesOf("package"), true),
  },
];

const onePassed: Counts = { passed: 1, failed: 0, skipped: 0 };
const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0 };

const stopping = new AbortController();
const stop = (): void => {
  stopping.abort();
  process.exit(1);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
// The process that started this one is gone, or on Windows was told to end.
process.on("disconnect", stop);
process.channel?.unref();

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) {
    console.error(`There is no part ${unknown}. The parts are ${parts.map((part) => part.name).join(", ")}.`);
    return 1;
  }
  process.chdir(root);
  process.env["PAIRWISE_CACHE"] = cacheFolder();
  mkdirSync(cacheFolder(), { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const bad: string[] = [];
  const started = performance.now();
  for (const part of parts) {
    if (names.length > 0 && !names.includes(part.name)) continue;
    const counts = await runPart(part);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    if (counts.failed > 0) bad.push(part.title);
  }
  console.log(`\n${seconds(performance.now() - started)} in all`);
  if (bad.length > 0) console.log(`Failures in: ${bad.join(", ")}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function runPart(part: Part): Promise<Counts> {
  const started = performance.now();
  console.log(`\n── ${part.title}`);
  let counts: Counts;
  try {
    for (const need of part.needs) await preparations[need]();
    counts = await part.run();
    if (counts.passed + counts.failed + counts.skipped === 0) {
      console.log("✗ Nothing was tested.");
      counts = oneFailed;
    }
  } catch (error) {
    console.log(error instanceof SetUpError ? `✗ ${error.message}` : error);
    counts = oneFailed;
  }
  const { passed, failed } = counts;
  console.log(
    `   ${failed > 0 ? `${failed} failed, ` : ""}${passed} passed in ${seconds(performance.now() - started)}`,
  );
  return counts;
}

function tests(files: readonly string[], verbose: boolean): Promise<Counts> {
  // With no files node:test would look for some itself.
  if (files.length === 0) return Promise.resolve({ passed: 0, failed: 0, skipped: 0 });
  return runNodeTests({ files, verbose, signal: stopping.signal });
}

/** Building llama.cpp's server takes minutes and a compiler: it is built for those who ask for this part by its name. */
async function runServerTests(): Promise<Counts> {
  const isAskedFor = process.argv.slice(2).includes("servers");
  const server = isAskedFor ? await ensureLlamaServer(stopping.signal) : findLlamaServer();
  if (server === undefined) {
    console.log(
      "Left out, since llama.cpp's server is not there: `npm run test:servers` builds it once and runs them.",
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  process.env["PAIRWISE_LLAMA_SERVER"] = server;
  return tests(filesOf("servers"), false);
}

const WAREHOUSE_LIMIT_MS = 1_200_000;

/** ClickHouse as a library is half a gigabyte, and its rows are some more: this part is for those who ask for it by its name. */
async function runWarehouseTests(): Promise<Counts> {
  if (!process.argv.slice(2).includes("warehouse")) {
    console.log("Left out: `npm run test:warehouse` fetches ClickHouse once and runs them.");
    return { passed: 0, failed: 0, skipped: 1 };
  }
  process.env["PAIRWISE_CHDB"] = await ensureClickHouse();
  const limitMs = WAREHOUSE_LIMIT_MS;
  return runNodeTests({ files: filesOf("warehouse"), verbose: true, signal: stopping.signal, limitMs });
}

function unitFiles(): readonly string[] {
  const others = ["e2e", "host", "media", "package", "servers", "warehouse"].map((folder) =>
    join(root, "test", folder),
  );
  return testFiles("test/**/*.test.ts").filter((file) => !others.some((folder) => file.startsWith(folder)));
}

function filesOf(folder: string): readonly string[] {
  return testFiles(`test/${folder}/**/*.test.ts`);
}

function testFiles(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root })
    .map((file) => join(root, file))
    .toSorted();
}

let built = false;
/** Throws what the build throws. */
async function buildOnce(): Promise<void> {
  if (!built) build("development");
  built = true;
}

async function check(packageName: string, tool: string, args: readonly string[]): Promise<Counts> {
  return (await succeeds([toolScript(packageName, tool), ...args])) ? onePassed : oneFailed;
}

/** Runs Node, and shows what it printed when it fails. */
async function succeeds(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const code = await new Promise<number | null>((settle, fail) => child.on("error", fail).on("close", settle));
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

/** The JavaScript behind a tool, which needs no shell on any platform. */
function toolScript(packageName: string, tool: string): string {
  const folder = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly bin: string | Readonly<Record<string, string>>;
  };
  const script = typeof bin === "string" ? bin : bin[tool];
  if (script === undefined) throw new Error(`${packageName} has no ${tool}.`);
  return join(folder, script);
}

// At the end, where all constants of this file are there.
process.exitCode = await main(process.argv.slice(2));
