/**
 * `npm run bench -- NAME… [--json FILE] [--markdown] [--quick] [--development]`: measures and prints a table. A NAME is the
 * first part of a figure's key; without one, all are taken. `--markdown` puts what was measured into
 * docs/benchmarks.md, where all else stays as it is. `--quick` takes few samples of `completion`, `context`, `ledger`, `replay`,
 * `report` and `warehouse`, for a first look while one works on them. `--development` takes `context`
 * on the repositories that values may be fitted to. Neither writes anything.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, totalmem } from "node:os";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "../scripts/build.ts";
import { ensureSmallModel } from "../scripts/model.ts";
import { root, toolchainFolder } from "../scripts/toolchain.mjs";
import { defaultModel } from "../src/model/catalogue.ts";
import { measureChat } from "./chat.ts";
import { completionBench, measureCompletion } from "./completion.ts";
import { benchEngine } from "./engine.ts";
import { merge, noFigures, type Figures, type Sizes } from "./figures.ts";
import { measureFirstText } from "./firstText.ts";
import { goals } from "./goals.ts";
import { bundleHeadless } from "./headless/bundle.ts";
import { contextBench, measureContext, measureDevelopment } from "./context.ts";
import { measureHost } from "./host.ts";
import { ledgerBench, measureLedger } from "./ledger.ts";
import { measureReport, reportBench } from "./report.ts";
import { measureWarehouse, warehouseBench } from "./warehouse.ts";
import { tableOf, updatedPage } from "./page.ts";
import { measureReplay } from "./replay/measure.ts";

const measurements: Readonly<Record<string, () => Promise<Figures>>> = {
  host: measureHost,
  chat: measureChat,
  engine: async () => merge([await measureFirstText(), await measureEngine()]),
  completion: async () => measureCompletion({ script: await bundleHeadless(), ...sizeOf(completionBench) }),
  context: () => (values.development ? measureDevelopment : measureContext)(sizeOf(contextBench)),
  ledger: () => measureLedger(sizeOf(ledgerBench)),
  report: async () => measureReport(sizeOf(reportBench)),
  warehouse: async () => measureWarehouse(sizeOf(warehouseBench)),
  replay: async () => measureReplay({ script: await bundleHeadless(), mostKeys: values.quick ? 60 : REPLAYED_KEYS }),
};

/** Of each file, at most: some four minutes of typing in all. */
const REPLAYED_KEYS = 300;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "string" },
    markdown: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    development: { type: "boolean", default: false },
  },
});
process.exitCode = await main(positionals);

function sizeOf<Size>({ full, quick }: Sizes<Size>): Size {
  return values.quick ? quick : full;
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in measurements));
  if (unknown.length > 0) {
    console.error(`There is no ${unknown.join(", ")} to measure. There are ${Object.keys(measurements).join(", ")}.`);
    return 1;
  }
  if ((values.quick || values.development) && (values.json !== undefined || values.markdown)) {
    console.error("That is no look to keep: --quick and --development go with neither --json nor --markdown.");
    return 1;
  }
  // The built product is measured, as it is shipped.
  build("production");
  await ensureSmallModel(new AbortController().signal);
  const parts: Figures[] = [];
  const wanted = names.length > 0 ? names : Object.keys(measurements);
  for (const name of wanted) {
    console.error(`Measuring ${name} …`);
    try {
      parts.push((await measurements[name]?.()) ?? noFigures);
    } catch (error) {
      // What was measured before is kept.
      const [reason = ""] = String(error).split("\n");
      const keys = Object.keys(goals).filter((key) => key.startsWith(`${name}.`));
      parts.push({ figures: {}, runs: {}, missing: Object.fromEntries(keys.map((key) => [key, reason])) });
    }
  }
  const result = merge(parts);
  for (const [key, reason] of Object.entries(result.missing)) console.error(`missing: ${key}: ${reason}`);
  const date = new Date().toISOString();
  const day = date.slice(0, 10);
  console.log(tableOf(result, day));
  const report = { date, machine: machine(), ...result };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (values.markdown) {
    const page = join(root, "docs", "benchmarks.md");
    const run = { ...result, day, names: wanted, machine: machineWords(report.machine) };
    writeFileSync(page, updatedPage(readFileSync(page, "utf8"), run));
  }
  return 0;
}

async function measureEngine(): Promise<Figures> {
  const { adapter } = defaultModel();
  return benchEngine({
    processFile: join(root, "dist", "modelProcess.mjs"),
    modelPath: await ensureSmallModel(new AbortController().signal),
    adapterPath: adapter && join(root, adapter.file),
    serverPath: llamaServer(),
    threads: 0,
  });
}

/** llama.cpp's own server: named in `PAIRWISE_LLAMA_SERVER`, or on PATH. */
function llamaServer(): string | undefined {
  const named = process.env["PAIRWISE_LLAMA_SERVER"];
  if (named) return named;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, "llama-server")).find((path) => existsSync(path));
}

function machine() {
  const editor = join(toolchainFolder("editor"), "node_modules", "code-server", "lib", "vscode", "package.json");
  const version: string = existsSync(editor) ? JSON.parse(readFileSync(editor, "utf8")).version : "unknown";
  return {
    cpu: `${cpus()[0]?.model.trim() ?? "unknown"}, ${platform()} ${arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    cores: cpus().length,
    node: process.versions.node,
    editor: `VS Code ${version} (its server, in a headless browser)`,
  };
}

function machineWords({ cpu, cores, node, editor }: ReturnType<typeof machine>): string {
  return `${cpu}, ${cores} cores, Node ${node}, ${editor}`;
}
