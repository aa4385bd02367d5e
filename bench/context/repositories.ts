/** Real packages that ship their sources, fetched once into the cache folder. */

import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { installOnce, runNpm } from "../../scripts/toolchain.mjs";
import { seeded } from "../replay/random.ts";
import { cacheFolder } from "../../src/model/cacheFolder.ts";

const SEED = 20_261_125;

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly language: "typescript" | "python";
  /** Where its sources are, in the package. */
  readonly folder: string;
}

/**
 * The four in TypeScript are those that others were measured with; those in Python were drawn, by a seed, from a list of
 * ten that was written down before. Nothing was tuned on any of them: the weights come from mobx, redux, viem,
 * @tanstack/router-core, openai, rich, httpx, flask, click and sqlalchemy.
 */
export const evaluated: readonly Package[] = [
  { name: "zod", version: "4.1.12", language: "typescript", folder: "src" },
  { name: "rxjs", version: "7.8.2", language: "typescript", folder: "src" },
  { name: "@reduxjs/toolkit", version: "2.9.2", language: "typescript", folder: "src" },
  { name: "@trpc/server", version: "11.7.1", language: "typescript", folder: "src" },
  ...drawn(
    [
      { name: "requests", version: "2.32.5" },
      { name: "jinja2", version: "3.1.6" },
      { name: "werkzeug", version: "3.1.3" },
      { name: "fastapi", version: "0.120.0" },
      { name: "starlette", version: "0.48.0" },
      { name: "marshmallow", version: "4.0.1" },
      { name: "networkx", version: "3.5" },
      { name: "pytest", version: "8.4.2" },
      { name: "celery", version: "5.5.3" },
      { name: "pydantic", version: "2.12.3" },
    ],
    4,
  ).map((each) => ({ ...each, language: "python" as const, folder: "." })),
];

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Its sources without declarations of types, tests and what is larger than anybody writes. @throws where it can't be had */
export async function sourcesOf(one: Package): Promise<readonly SourceFile[]> {
  const folder = join(await fetched(one), one.folder);
  const pattern = one.language === "python" ? "**/*.py" : "**/*.{ts,tsx}";
  const paths = globSync(pattern, { cwd: folder }).filter(
    (path) => !/\.d\.ts$|(?:^|\/)(?:__)?tests?(?:__)?\/|\.test\./.test(path),
  );
  return paths
    .toSorted()
    .map((path) => ({ path: path.replaceAll("\\", "/"), text: readFileSync(join(folder, path), "utf8") }))
    .filter(({ text }) => text.length < MOST_CHARS);
}

async function fetched(one: Package): Promise<string> {
  const folder = join(cacheFolder(), "bench", `${one.name.replace("/", "-")}-${one.version}`);
  const fill = async (making: string): Promise<void> => {
    if (one.language === "python") {
      const target = ["--no-deps", "--no-compile", "--quiet", "--target", making];
      await run("python3", ["-m", "pip", "install", ...target, `${one.name}==${one.version}`]);
    } else {
      const target = ["--no-save", "--no-package-lock", "--prefix", making];
      await runNpm(["install", ...target, `${one.name}@${one.version}`], { cwd: making });
    }
  };
  await installOnce({ folder, title: `Fetching ${one.name} ${one.version}`, megabytes: 5, fill });
  return one.language === "python" ? folder : join(folder, "node_modules", one.name);
}

function drawn<Item>(items: readonly Item[], count: number): readonly Item[] {
  const random = seeded(SEED);
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

const run = promisify(execFile);
const MOST_CHARS = 300_000;
