/** The sources of packages, fetched once into the cache folder. */

import { execFile } from "node:child_process";
import { globSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { installOnce, runNpm } from "../../scripts/toolchain.mjs";
import { cacheFolder } from "../../src/model/cacheFolder.ts";
import type { Package } from "./packages.ts";

export interface SourceFile {
  /** Relative to the package's sources, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Without declarations of types, tests and what is larger than anybody writes. @throws where the package can't be had */
export async function sourcesOf(one: Package): Promise<readonly SourceFile[]> {
  const folder = join(await fetched(one), one.folder);
  const pattern = one.language === "python" ? "**/*.py" : "**/*.{ts,tsx}";
  const paths = globSync(pattern, { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  return paths
    .filter((path) => !/\.d\.ts$|(?:^|\/)(?:__)?tests?(?:__)?\/|\.test\.|(?:^|\/)node_modules\//.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }))
    .filter(({ text }) => text.length < MOST_CHARS);
}

/** The package alone, without what it depends on; nothing of it is run. */
async function fetched(one: Package): Promise<string> {
  const folder = join(cacheFolder(), "bench", "sources", `${one.name.replace("/", "-")}-${one.version}`);
  const fill = (making: string): Promise<void> => (one.language === "python" ? pip(one, making) : npm(one, making));
  await installOnce({ folder, title: `Fetching ${one.name} ${one.version}`, megabytes: 5, fill });
  return one.language === "python" ? folder : join(folder, "package");
}

async function npm({ name, version }: Package, making: string): Promise<void> {
  await runNpm(["pack", `${name}@${version}`, "--pack-destination", making], { cwd: making });
  const [archive = ""] = globSync("*.tgz", { cwd: making });
  // Some archives call their only folder by the package's name.
  mkdirSync(join(making, "package"));
  await run("tar", ["-xzf", archive, "-C", "package", "--strip-components=1"], { cwd: making });
}

async function pip({ name, version }: Package, making: string): Promise<void> {
  const options = ["--no-deps", "--no-compile", "--ignore-requires-python", "--only-binary", ":all:", "--quiet"];
  await run("python3", ["-m", "pip", "install", ...options, "--target", making, `${name}==${version}`]);
}

const run = promisify(execFile);
const MOST_CHARS = 300_000;
