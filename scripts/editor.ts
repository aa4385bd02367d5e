/** Which VS Code is used: a desktop one where there is a desktop, else the one for the browser. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder, installLocked, installOnce, root, runNpm, SetUpError, toolchainFolder } from "./toolchain.mjs";

export type Editor =
  /** `command` is VS Code's command line program, installed by the user. */
  | { readonly kind: "installed"; readonly command: string; readonly version: string }
  /** `executable` is VS Code's own program, downloaded into the cache. */
  | { readonly kind: "downloaded"; readonly executable: string }
  /** `serverMain` is the script of VS Code's server. */
  | { readonly kind: "browser"; readonly serverMain: string };

/** `PAIRWISE_EDITOR=browser` or `desktop` decides; otherwise a desktop must be there to show a window on. */
function wantsDesktop(): boolean {
  const { PAIRWISE_EDITOR, WSL_DISTRO_NAME } = process.env;
  if (PAIRWISE_EDITOR !== undefined) return PAIRWISE_EDITOR === "desktop";
  // Under WSL the `code` on PATH is the one of Windows, which looks for the extension on the Windows side.
  return hasScreen() && WSL_DISTRO_NAME === undefined;
}

export function hasScreen(): boolean {
  return process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

/** For a person: their own VS Code, else a downloaded one, else the one for the browser. */
export async function editorForUse(): Promise<Editor> {
  if (!wantsDesktop()) return browserEditor();
  return installedEditor() ?? (await downloadedEditor()) ?? (await browserEditor());
}

/** For tests: never the user's own, whose settings and extensions are theirs. */
export async function editorForTests(): Promise<Editor> {
  return (wantsDesktop() ? await downloadedEditor() : undefined) ?? (await browserEditor());
}

function installedEditor(): Editor | undefined {
  const names = process.platform === "win32" ? ["code.cmd", "code-insiders.cmd"] : ["code", "code-insiders"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  if (process.platform === "darwin") {
    folders.push("/Applications/Visual Studio Code.app/Contents/Resources/app/bin");
  }
  for (const command of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    const version = existsSync(command) ? versionOf(command) : undefined;
    if (version === undefined) continue;
    if (isAtLeast(version, neededVersion())) return { kind: "installed", command, version };
    console.log(`${command} is VS Code ${version}; ${neededVersion()} or later is needed, so another one is used.`);
  }
  return undefined;
}

function versionOf(command: string): string | undefined {
  try {
    const shell = process.platform === "win32";
    const answer = execFileSync(shell ? `"${command}"` : command, ["--version"], {
      encoding: "utf8",
      shell,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    });
    return /^\d+\.\d+\.\d+/.exec(answer)?.[0];
  } catch {
    return undefined;
  }
}

/** From `engines.vscode` of package.json. */
function neededVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const engines = (manifest as { readonly engines?: { readonly vscode?: string } }).engines;
  return (engines?.vscode ?? "").replace(/^\D+/, "");
}

function isAtLeast(version: string, needed: string): boolean {
  return version.localeCompare(needed, "en", { numeric: true }) >= 0;
}

/** `undefined` where VS Code's own download server can't be reached. */
async function downloadedEditor(): Promise<Editor | undefined> {
  const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
  try {
    const executable = await downloadAndUnzipVSCode({ cachePath: join(cacheFolder(), "vscode"), timeout: 30_000 });
    return { kind: "downloaded", executable };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`VS Code could not be downloaded (${reason}); the one for the browser is used.`);
    return undefined;
  }
}

/** VS Code for the browser, which the end-to-end tests drive on every platform. */
export async function browserEditor(): Promise<Extract<Editor, { readonly kind: "browser" }>> {
  if (process.platform === "win32" && process.arch !== "x64") {
    throw new SetUpError("There is no VS Code to fetch for this platform. Install VS Code and run this again.");
  }
  const folder = await installOnce({
    folder: toolchainFolder("editor"),
    title: "Fetching VS Code for the browser",
    megabytes: 650,
    fill: async (temporary) => {
      await installLocked("editor", temporary);
      // Both bring a lock file of their own. The second has TypeScript for the built-in language features.
      await runNpm(["install", "--omit=dev"], { cwd: join(temporary, serverFolder) });
      await runNpm(["install", "--omit=dev"], { cwd: join(temporary, serverFolder, "extensions") });
    },
  });
  return { kind: "browser", serverMain: join(folder, serverFolder, "out", "server-main.js") };
}

const serverFolder = join("node_modules", "code-server", "lib", "vscode");
