import { basename } from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";

/** The files of a build with `splitting`, by their names. */
type Texts = ReadonlyMap<string, string>;

/**
 * Makes of the entry point `entry` (such as "extension") one CommonJS file with all that it imports, and one for each module
 * that is imported by `import()`, which is read when that is called. No module is in two files: it has one state, and its
 * classes are the same everywhere. esbuild itself splits ES modules alone, and what several of them share into many files,
 * each of which takes its time to be found and read when the extension starts.
 *
 * For a build with `splitting` that writes nothing; its `outdir` is where the files go, and `options` are theirs.
 */
export function inParts(entry: string, options: BuildOptions): Plugin {
  return {
    name: "in parts",
    setup(whole) {
      const { outdir } = whole.initialOptions;
      whole.onEnd(async ({ outputFiles = [], metafile }) => {
        const texts: Texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
        const start = startOf(`${entry}.js`, metafile?.outputs ?? {});
        const later = Array.from(texts.keys()).filter((name) => !start.has(name));
        const write = (name: string, contents: string, startFile: string | undefined) =>
          build({
            ...options,
            stdin: { contents },
            outfile: `${outdir}/${asCommon(name)}`,
            format: "cjs",
            // As `require`: Node's loader of ES modules does not know the editor's own module.
            supported: { "dynamic-import": false },
            plugins: [files(texts, start, startFile)],
          });
        // What is imported later finds under their names what is there already.
        const shared = Array.from(start, (name) => `export * as "${name}" from "./${name}";`);
        await Promise.all([
          write(`${entry}.js`, [`export * from "./${entry}.js";`, ...shared].join("\n"), undefined),
          ...later.map((name) => write(name, texts.get(name) ?? "", `./${entry}.cjs`)),
        ]);
      });
    },
  };
}

/** The names of the files that are read with `entry`. */
export function startOf(entry: string, outputs: Metafile["outputs"]): ReadonlySet<string> {
  const imports = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output.imports]));
  const found = new Set([entry]);
  for (const name of found)
    for (const { path, kind, external } of imports.get(name) ?? [])
      if (kind === "import-statement" && !external) found.add(basename(path));
  return found;
}

/** Finds what a file imports: what belongs to the start in `texts`, or in `startFile` where that is another; all else in files of their own. */
function files(texts: Texts, start: ReadonlySet<string>, startFile: string | undefined): Plugin {
  return {
    name: "files",
    setup(one) {
      one.onResolve({ filter: /./ }, ({ path, kind }) => {
        const name = basename(path);
        if (kind === "import-statement" && start.has(name)) return { path: name, namespace: "start" };
        return { path: texts.has(name) ? asCommon(path) : path, external: true };
      });
      one.onLoad({ filter: /./, namespace: "start" }, ({ path: name }) => ({
        contents: startFile ? `module.exports = require("${startFile}")["${name}"];` : (texts.get(name) ?? ""),
      }));
    },
  };
}

function asCommon(name: string): string {
  return name.replace(/\.js$/, ".cjs");
}
