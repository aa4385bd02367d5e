// Builds what VS Code loads into dist/. `--production` minifies; `--watch` builds again at every change.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { context } from "esbuild";

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

/** The SDK is a file of its own, read with the first request to a server and not when the extension starts. */
const sdkApart = {
  name: "sdk-apart",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^openai(\/|$)/ }, () => ({ path: "./openai.cjs", external: true }));
  },
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: "src/extension/extension.ts" },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
    plugins: [sdkApart],
  },
  {
    ...shared,
    stdin: { contents: 'export * from "openai"; export { Stream } from "openai/streaming";', resolveDir: "." },
    outfile: "dist/openai.cjs",
    format: "cjs",
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
];

rmSync("dist", { recursive: true, force: true });
const contexts = await Promise.all(builds.map((options) => context(options)));
if (watch) await Promise.all(contexts.map((each) => each.watch()));
else {
  const results = await Promise.all(contexts.map((each) => each.rebuild()));
  writeLicences(results.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})));
  await Promise.all(contexts.map((each) => each.dispose()));
}

/** What is bundled is distributed, and its licences ask to be distributed with it. */
function writeLicences(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []));
  const texts = Array.from(folders, String)
    .toSorted()
    .map((folder) => {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      if (!file) throw new Error(`${name} has no licence file`);
      return `${name} ${version}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
    });
  writeFileSync("dist/licences.txt", texts.join("\n----\n\n"));
}
