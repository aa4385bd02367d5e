// Builds what VS Code loads into dist/. `--production` minifies; `--watch` builds again at every change.
import { rmSync } from "node:fs";
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
  logLevel: "warning",
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: "src/extension/extension.ts" },
    outdir: "dist",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
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
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
