import { basename } from "node:path";
import { build } from "esbuild";

/**
 * Makes of an entry point one CommonJS file with all that it imports, and one for each module that is imported by `import()`,
 * which is read when that is called. No module is in two files: it has one state, and its classes are the same everywhere.
 * esbuild itself splits ES modules alone, and what several of them share into many files, each of which takes its time to be
 * found and read when the extension starts.
 *
 * @param {string} entry the entry point's name, such as "extension"
 * @param {import("esbuild").BuildOptions} options of the files
 * @returns {import("esbuild").Plugin} for a build with `splitting` that writes nothing
 */
export function inParts(entry, options) {
  return {
    name: "in parts",
    setup(whole) {
      whole.onEnd(async ({ outputFiles = [], metafile }) => {
        const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
        const start = startOf(`${entry}.js`, metafile?.outputs ?? {});
        const later = Array.from(texts.keys()).filter((name) => !start.includes(name));
        // What is imported later finds under their names what is there already.
        const shared = start.map((name) => `export * as "${name}" from "./${name}";`);
        const contents = [`export * from "./${entry}.js";`, ...shared].join("\n");
        const file = { ...options, format: /** @type {const} */ ("cjs"), supported: { "dynamic-import": false } };
        const folder = { resolveDir: "." };
        await Promise.all([
          build({
            ...file,
            stdin: { contents, ...folder },
            outfile: `dist/${entry}.cjs`,
            plugins: [files(texts, start, undefined)],
          }),
          ...later.map((name) =>
            build({
              ...file,
              stdin: { contents: texts.get(name), ...folder },
              outfile: `dist/${name.replace(/\.js$/, ".cjs")}`,
              plugins: [files(texts, start, `./${entry}.cjs`)],
            }),
          ),
        ]);
      });
    },
  };
}

/** The files that are read with `entry`. */
function startOf(entry, outputs) {
  const imports = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output.imports]));
  const found = new Set([entry]);
  for (const name of found)
    for (const { path, kind, external } of imports.get(name) ?? [])
      if (kind === "import-statement" && !external) found.add(basename(path));
  return Array.from(found);
}

/** Finds what a file imports: in `texts`, in the file of the start where that is not it, or else in a file of its own. */
function files(texts, start, startFile) {
  return {
    name: "files",
    /** @param {import("esbuild").PluginBuild} one */
    setup(one) {
      one.onResolve({ filter: /./ }, ({ path, kind }) => {
        const name = basename(path);
        if (kind === "import-statement" && start.includes(name)) return { path: name, namespace: "start" };
        return { path: texts.has(name) ? path.replace(/\.js$/, ".cjs") : path, external: true };
      });
      one.onLoad({ filter: /./, namespace: "start" }, ({ path: name }) => ({
        contents: startFile === undefined ? texts.get(name) : `module.exports = require("${startFile}")["${name}"];`,
      }));
    },
  };
}
