/**
 * `npm run package [-- TARGET…]`: makes the VSIX files in out/vsix, one for each platform with the engine of just
 * that platform, and one for "anywhere" without an engine. Without a target it makes them all.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { cacheFolder, installOnce, root, runNpm, SetUpError, step } from "./toolchain.mjs";
import { build } from "./build.ts";
import { withoutDeadLinks } from "./deadLinks.ts";

/** VS Code's names of platforms, and the engine package that runs there. */
const engines: Readonly<Record<string, string>> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "linux-armhf": "linux-armv7l",
  "darwin-x64": "mac-x64",
  "darwin-arm64": "mac-arm64-metal",
  "win32-x64": "win-x64",
  "win32-arm64": "win-arm64",
};
const ANYWHERE = "anywhere";
export const targets: readonly string[] = [...Object.keys(engines), ANYWHERE];

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const shipped = [
  "package.json",
  "package.nls.json",
  "package.nls.zh-cn.json",
  "l10n",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "media/icon.png",
  "media/ledger.tmLanguage.json",
  "media/repositoryMap.tmLanguage.json",
  "media/walkthrough",
  "docs/images/report.png",
  "docs/images/sent.png",
  "docs/images/suggestion.png",
  "docs/images/why.png",
  ".vscodeignore",
];

/** Makes the VSIX of one target and returns its path. */
export async function packageFor(target: string): Promise<string> {
  const output = join(root, "out", "vsix", `pairwise-${target}-${manifest.version}.vsix`);
  mkdirSync(join(root, "out", "vsix"), { recursive: true });
  // Staged in a folder of its own: what is in it is what is shipped, whatever lies about in the clone.
  const stage = mkdtempSync(join(tmpdir(), "pairwise-vsix-"));
  try {
    for (const path of shipped) cpSync(join(root, path), join(stage, path), { recursive: true });
    cpSync(join(root, "dist"), join(stage, "dist"), { recursive: true, filter: (path) => !path.endsWith(".map") });
    if (target !== ANYWHERE) {
      cpSync(join(root, "models"), join(stage, "models"), { recursive: true });
      await stageEngine(engines[target] ?? "", stage);
    }
    stageReadme(stage);
    await createVSIX({
      cwd: stage,
      packagePath: output,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      ...(target === ANYWHERE ? {} : { target }),
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  return output;
}

/** The last to be staged: it links to what is shipped alone. */
function stageReadme(stage: string): void {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  writeFileSync(
    join(stage, "README.md"),
    withoutDeadLinks(readme, (path) => existsSync(join(stage, path))),
  );
}

async function stageEngine(engine: string, stage: string): Promise<void> {
  const name = `@node-llama-cpp/${engine}`;
  const version: string = manifest.optionalDependencies[name];
  const folder = await installOnce({
    folder: join(cacheFolder(), `engine-${engine}-${version}`),
    title: `Fetching the engine for ${engine}`,
    megabytes: 60,
    fill: async (temporary) => {
      // Forced: npm refuses a package of another platform than this one.
      await runNpm(["install", "--force", "--no-save", "--prefix", temporary, `${name}@${version}`], {
        cwd: temporary,
      });
      const installed = join(temporary, "node_modules", name);
      renameSync(join(installed, "bins", engine), join(temporary, "engine"));
      renameSync(join(installed, "LICENSE"), join(temporary, "engine", "LICENSE"));
      rmSync(join(temporary, "node_modules"), { recursive: true, force: true });
    },
  });
  cpSync(join(folder, "engine"), join(stage, "dist", "engine", engine), { recursive: true });
}

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((target) => !targets.includes(target));
  if (unknown.length > 0)
    throw new SetUpError(`There is no target ${unknown.join(", ")}. Targets: ${targets.join(", ")}.`);
  build("production");
  for (const target of wanted.length > 0 ? wanted : targets) {
    const path = await step(`Packaging for ${target}`, () => packageFor(target));
    console.log(`  ${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)`);
  }
}

if (import.meta.main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
