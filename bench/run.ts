/**
 * `npm run bench -- NAME… [--json FILE] [--markdown] [--quick] [--development]`: measures and prints a table. A NAME is the
 * first part of a figure's key; without one, all are taken. `--markdown` writes docs/benchmarks.md. `--quick` takes few
 * samples of `completion`, `context`, `ledger`, `replay` and `report`, for a first look while one works on them. `--development` takes `context`
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
import { measureReplay } from "./replay/measure.ts";

const measurements: Readonly<Record<string, () => Promise<Figures>>> = {
  host: measureHost,
  chat: measureChat,
  engine: async () => merge([await measureFirstText(), await measureEngine()]),
  completion: async () => measureCompletion({ script: await bundleHeadless(), ...sizeOf(completionBench) }),
  context: () => (values.development ? measureDevelopment : measureContext)(sizeOf(contextBench)),
  ledger: () => measureLedger(sizeOf(ledgerBench)),
  report: async () => measureReport(sizeOf(reportBench)),
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
  for (const name of names.length > 0 ? names : Object.keys(measurements)) {
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
  console.log(table(result));
  const report = { date: new Date().toISOString(), machine: machine(), ...result };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  if (values.markdown) writeFileSync(join(root, "docs", "benchmarks.md"), markdown(report));
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

function table({ figures }: Figures): string {
  const rows = Object.entries(figures).map(([key, value]) => {
    const { what, goal } = goals[key] ?? { what: "", goal: "-" };
    return `| ${key} | ${what} | ${Number(value.toPrecision(3)).toLocaleString("en")} | ${goal} |`;
  });
  return ["| figure | what | measured | goal |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function markdown(report: Figures & { readonly date: string; readonly machine: ReturnType<typeof machine> }): string {
  const { date, machine: on, missing } = report;
  const absent = Object.entries(missing).map(([key, reason]) => `- ${key}: ${reason}`);
  return `# Benchmarks

Made by \`npm run bench -- --markdown\` on ${date.slice(0, 10)}, on ${on.cpu}, ${on.cores} cores, Node ${on.node}, ${on.editor}.
The model is ${defaultModel().name} with its adapter. Medians (p50) and 95th percentiles (p95) of at least 200 samples after 20 warm-ups, or of at least 10 starts of the editor or the model; the share of 5 turns of 64 tokens each.
The \`completion\` figures are those of one run with one set of settings, those as shipped but for one suggestion instead of three where it is asked by hand, which is how the 200 requests are made. In a document of 2,937 lines with 10 others open, against a server on this machine: 200 requests, 200 keys typed through, 21 bursts of each kind (11 of 13 keys), 41 requests after a pause, and 101 keys in each of the documents that are compared. The \`replay\` figures come from the edits of four files in test/fixtures/replay, three of which somebody has made in this repository, typed in real time. In both the index of the folder, the search for secrets and the record of what was sent are switched on.
The \`context\` figures are of places in twelve packages that nothing was tuned on, where a name is needed that the file does not have; those of the index of 10,000 files of these and other packages. bench/context/packages.ts names them all.
The \`report\` figures on users of whom the truth is known: they type, read, accept, delete and pause in an editor without a window, by a clock of their own; suggestions multiply what they leave in an active minute by 1, 1.25 or 3. Twenty of each go through all that counts, a ledger in a file and the report; 500 of each are made as blocks, whose means, spreads and share of qualifying half-hours were found to be those of the twenty (bench/report/agreement.ts says how closely). 40 pairs of half-hours each.
The share of llama.cpp's own server is taken when \`llama-server\` is on PATH or named in PAIRWISE_LLAMA_SERVER.

${table(report)}
${absent.length > 0 ? `\nNot taken:\n\n${absent.join("\n")}\n` : ""}`;
}
