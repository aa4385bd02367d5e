// Builds what VS Code loads into dist/. `--production` minifies; `--watch` builds again at every change.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { context } from "esbuild";
import { inParts } from "./scripts/parts.ts";
import { grammarFiles } from "./src/context/syntax/languages.ts";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  platform: "node",
  // VS Code 1.101, the oldest we run in, has Node 22.15.
  target: "node22.15",
  minify: production,
  // In a production build too, for stack traces of our own; .vscodeignore leaves them out of the package.
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: "warning",
};

/**
 * Files of their own, not read when the extension starts: the SDK with the first chat, the rules for secrets with the first request, and the parser with the
 * first caret in a language that has a grammar.
 */
const apart = {
  name: "apart",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^openai(\/|$)/ }, () => ({ path: "./openai.cjs", external: true }));
    build.onResolve({ filter: /^@secretlint\/secretlint-rule-preset-recommend$/ }, () => ({
      path: "./secretlint.cjs",
      external: true,
    }));
    build.onResolve({ filter: /^web-tree-sitter$/ }, () => ({ path: "./treeSitter.cjs", external: true }));
  },
};

/**
 * In CommonJS each file that imports all of a module gets a copy of it. Of the editor's, with its hundreds of names, one is
 * enough: copying it for each of our files took a quarter of the time to load them.
 *
 * @type {import("esbuild").Plugin}
 */
const vscodeOnce = {
  name: "vscode once",
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === "vscode" ? { path: "vscode", external: true } : { path: "vscode", namespace: "vscode" },
    );
    build.onLoad({ filter: /./, namespace: "vscode" }, () => ({ contents: 'export * from "vscode";' }));
  },
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: "src/extension/extension.ts" },
    outdir: "dist",
    format: "esm",
    splitting: true,
    write: false,
    minify: false,
    sourcemap: "inline",
    plugins: [apart, vscodeOnce, inParts("extension", shared)],
  },
  {
    ...shared,
    stdin: { contents: 'export * from "openai"; export { Stream } from "openai/streaming";', resolveDir: "." },
    outfile: "dist/openai.cjs",
    format: "cjs",
  },
  {
    ...shared,
    stdin: { contents: 'export { rules } from "@secretlint/secretlint-rule-preset-recommend";', resolveDir: "." },
    outfile: "dist/secretlint.cjs",
    format: "cjs",
  },
  {
    ...shared,
    stdin: { contents: 'export { Edit, Language, Parser } from "web-tree-sitter";', resolveDir: "." },
    outfile: "dist/treeSitter.cjs",
    format: "cjs",
    // The package's other file looks for itself by import.meta.url, which a CommonJS file has not.
    alias: { "web-tree-sitter": "./node_modules/web-tree-sitter/web-tree-sitter.cjs" },
  },
  {
    ...shared,
    entryPoints: { modelProcess: "src/model/embedded/process.ts" },
    outdir: "dist",
    // An ES module may await at its top level and has import.meta.url, by which it finds the engine beside it.
    format: "esm",
    outExtension: { ".js": ".mjs" },
    // The engine's binaries are found at run time, in dist/engine or in node_modules.
    external: ["@node-llama-cpp/*", "node-llama-cpp"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  },
  {
    ...shared,
    entryPoints: {
      indexWorker: "src/repository/worker.ts",
      extractionWorker: "src/repository/extractionWorker.ts",
    },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [apart],
  },
  {
    ...shared,
    entryPoints: {
      tokenWorker: "src/extension/tokenWorker.ts",
      ledgerWorker: "src/extension/ledgerWorker.ts",
      reportExportWorker: "src/extension/reportExportWorker.ts",
      simulationWorker: "src/extension/simulationWorker.ts",
    },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
  },
  {
    ...shared,
    entryPoints: { "pairwise-report": "src/report/commandLine.ts" },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
  },
  {
    ...shared,
    entryPoints: { editWorker: "src/extension/editWorker.ts" },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    plugins: [apart],
  },
  {
    ...shared,
    entryPoints: [
      "media/sent.ts",
      "media/sent.css",
      "media/why.ts",
      "media/why.css",
      "media/check.ts",
      "media/check.css",
      "media/chat.ts",
      "media/chat.css",
      "media/report.ts",
      "media/report.css",
    ],
    outdir: "dist",
    // The font of the icons.
    loader: { ".ttf": "file" },
    assetNames: "[name]",
    platform: "browser",
    // VS Code 1.101 is Electron 35.
    target: "chrome134",
    format: "iife",
  },
];

rmSync("dist", { recursive: true, force: true });
const runtime = "node_modules/web-tree-sitter/web-tree-sitter.wasm";
const grammars = grammarFiles.map((file) => `node_modules/@vscode/tree-sitter-wasm/wasm/${file}`);
for (const path of [runtime, ...grammars]) cpSync(path, `dist/grammars/${path.split("/").at(-1)}`);
const vocabulary = ["lite/tiktoken_bg.wasm", "encoders/o200k_base.json"];
for (const file of vocabulary) cpSync(`node_modules/tiktoken/${file}`, `dist/tiktoken/${file.split("/").at(-1)}`);

const contexts = await Promise.all(builds.map((options) => context(options)));
if (watch) await Promise.all(contexts.map((each) => each.watch()));
else {
  const results = await Promise.all(contexts.map((each) => each.rebuild()));
  writeLicences(results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})).concat(grammars));
  await Promise.all(contexts.map((each) => each.dispose()));
}

/**
 * What is bundled or copied is distributed, and its licences ask to be distributed with it, as do the notices of those who have one.
 * A text that is the same for many stands once, below their names.
 */
function writeLicences(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const named = new Map();
  for (const folder of Array.from(folders, String).toSorted()) {
    const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const entries = readdirSync(folder);
    const file = entries.find((entry) => /^licen[cs]e/i.test(entry));
    const notice = entries.find((entry) => /^notice(\.|$)/i.test(entry));
    // Some packages name their licence and forget its text; where there is none here either, this fails.
    const texts = [
      file ? `${folder}/${file}` : `scripts/licences/${name}.txt`,
      ...(notice ? [`${folder}/${notice}`] : []),
    ];
    const text = texts.map((path) => readFileSync(path, "utf8").trim()).join("\n\n");
    named.set(text, [...(named.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = Array.from(named, ([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  writeFileSync("dist/licences.txt", parts.join("\n----\n\n"));
}
